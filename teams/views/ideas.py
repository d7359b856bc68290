"""The idea wall: read, post, change, take back, support, make a team of it; hide, for organisers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.domain import windows
from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event, Theme
from hackathon.views.loaders import actor_of, load_event

from ..domain import ideas
from ..enums import SupportKind
from ..forms.ideas import HideForm, IdeaForm, TeamNameForm, WallFilter
from ..models import Idea, IdeaSupport
from .loaders import load_idea, load_own_idea, registered

PER_PAGE = 20


@allowed("teams.see_ideas", load_event)
def wall_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The ideas, newest first, searched, narrowed and paged in a fixed number of queries."""
    own = registered(request, event)
    wanted = WallFilter(request.GET, event=event)
    shown = Idea.objects.for_event(event)
    if not request.user.has_perm("teams.hide_idea", event):
        shown = shown.shown_to_authors(own)
    found = wanted.narrow(shown).with_people().with_roles().with_likes().latest_first()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": wanted,
        "page_obj": page,
        "is_filtered": any(request.GET.get(name) for name in wanted.fields),
        "is_open": ideas.wall_is_open(event),
        "theme_resources": Theme.objects.for_event(event).in_order(),
        "own": own,
        "own_pks": {one.pk for one in own},
        "said": _said(page, own),
    }
    return TemplateResponse(request, "teams/ideas_page.html", context)


def _said(found: Any, own: list[Any]) -> dict[int, set[str]]:
    """idea → what one's own people said of it."""
    said: dict[int, set[str]] = {}
    for support in IdeaSupport.objects.for_ideas(found).of_registrations(own):
        said.setdefault(support.idea_id, set()).add(support.kind)
    return said


@allowed("teams.see_idea", load_idea)
def idea_page(request: HttpRequest, idea: Idea) -> HttpResponse:
    """One idea in full; its author and the organisers see who likes it and who would join."""
    return _idea_page(request, idea)


def _idea_page(request: HttpRequest, idea: Idea, status: int = 200, **forms: Any) -> HttpResponse:
    own = registered(request, idea.event)
    is_author = request.user.has_perm("teams.change_idea", idea)
    may_hide = request.user.has_perm("teams.hide_idea", idea.event)
    supports = IdeaSupport.objects.for_ideas([idea])
    people = list(supports.with_people()) if is_author or may_hide else []
    context = {
        "idea": idea,
        "own": [one for one in own if one.pk != idea.author_id],
        "is_author": is_author,
        "may_hide": may_hide,
        "is_open": ideas.wall_is_open(idea.event),
        "may_found": is_author and not idea.has_team and windows.rosters_are_open(idea.event),
        "joiners": [each.registration for each in people if each.kind == SupportKind.JOIN],
        "likers": [each.registration for each in people if each.kind == SupportKind.LIKE],
        "said": _said([idea], own).get(idea.pk, set()),
        "name_form": TeamNameForm(),
        "hide_form": HideForm(),
        **forms,
    }
    return TemplateResponse(request, "teams/idea_page.html", context, status=status)


@allowed("teams.post_idea", load_event, methods=("GET", "POST"))
def idea_new(request: HttpRequest, event: Event) -> HttpResponse:
    """Post an idea."""
    initial = {"theme": request.GET.get("theme")}
    form = IdeaForm(request.POST or None, event=event, own=registered(request, event), initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("theme", "title", "text", "roles")}
        try:
            idea = ideas.post_idea(registration=form.who, actor=actor_of(request), **cleaned)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your idea is on the wall."))
            return redirect("teams:idea", event.slug, idea.pk)
    context = {"form": form, "idea": None, "is_open": ideas.wall_is_open(event)}
    return TemplateResponse(request, "teams/idea_form_page.html", context, status=422 if form.errors else 200)


@allowed("teams.change_idea", load_own_idea, methods=("GET", "POST"))
def idea_edit(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Write it otherwise; what somebody else saved meanwhile is not overwritten."""
    own = [idea.author] if idea.author else []
    form = IdeaForm(request.POST or None, event=idea.event, own=own, idea=idea)
    if request.method == "POST" and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("theme", "title", "text", "roles")}
        version = form.cleaned_data["version"] or 0
        try:
            ideas.change_idea(idea=idea, version=version, actor=actor_of(request), **cleaned)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your idea is changed."))
            return redirect("teams:idea", idea.event.slug, idea.pk)
    context = {"form": form, "idea": idea, "is_open": ideas.wall_is_open(idea.event)}
    return TemplateResponse(request, "teams/idea_form_page.html", context, status=422 if form.errors else 200)


@allowed("teams.change_idea", load_own_idea, methods=("POST",))
def idea_back(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Off the wall."""
    ideas.take_idea_back(idea=idea, actor=actor_of(request))
    messages.success(request, _("Your idea is off the wall."))
    return redirect("teams:ideas", idea.event.slug)


@allowed("teams.support_idea", load_idea, methods=("POST",))
def idea_support(request: HttpRequest, idea: Idea) -> HttpResponse:
    """« I like it », « I would join », or no longer."""
    own = [one for one in registered(request, idea.event) if one.pk != idea.author_id]
    kind, named = request.POST.get("kind", ""), request.POST.get("registration", "")
    who = next((one for one in own if str(one.pk) == named), own[0] if own else None)
    is_on = request.POST.get("on") != "0"
    try:
        if who is None or kind not in SupportKind.values:
            raise ideas.IdeaRefused(_("Nobody you act for can say so: look at your registration first."))
        ideas.support_idea(idea=idea, registration=who, kind=kind, is_on=is_on, actor=actor_of(request))
        messages.success(request, _("Said.") if is_on else _("Taken back."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:idea", idea.event.slug, idea.pk)


@allowed("teams.change_idea", load_own_idea, methods=("POST",))
def idea_found(request: HttpRequest, idea: Idea) -> HttpResponse:
    """The author founds a team from it."""
    form = TeamNameForm(request.POST)
    if form.is_valid():
        try:
            team = ideas.found_team_from(idea=idea, name=form.cleaned_data["name"], actor=actor_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your team is founded; whoever would join has your invitation."))
            return redirect("teams:people", idea.event.slug, team.number)
    return _idea_page(request, idea, 409, name_form=form)


@allowed("teams.hide_idea", load_idea, methods=("POST",))
def idea_hide(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Hide it, with a reason, or show it again."""
    form = HideForm(request.POST)
    if "show" in request.POST:
        ideas.show_idea(idea=idea, actor=actor_of(request))
        messages.success(request, _("The idea is on the wall again."))
        return redirect("teams:idea", idea.event.slug, idea.pk)
    if not form.is_valid():
        return _idea_page(request, idea, 422, hide_form=form)
    ideas.hide_idea(idea=idea, reason=form.cleaned_data["reason"], actor=actor_of(request))
    messages.success(request, _("The idea is hidden, and its author told why."))
    return redirect("teams:idea", idea.event.slug, idea.pk)
