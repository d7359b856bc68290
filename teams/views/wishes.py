"""« My team preferences », and the organisers' page where wishes that are not certain are understood."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event, Registration
from hackathon.views.loaders import actor_of, load_event

from ..domain import wishes
from ..forms.ideas import WishesForm
from ..models import Wish
from .loaders import load_wish, registered


@allowed("teams.say_wishes", load_event, methods=("GET", "POST"))
def wishes_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Themes in order, skills, with whom: one of one's people at a time. The answer never tells who is registered."""
    own = registered(request, event)
    asked = request.POST.get("registration") or request.GET.get("for", "")
    who = next((one for one in own if str(one.pk) == asked), own[0] if own else None)
    form = WishesForm(who, request.POST if request.method == "POST" else None) if who else None
    if request.method == "POST" and form and who and form.is_valid():
        try:
            wishes.keep_preferences(registration=who, actor=actor_of(request), **form.arguments())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your preferences are saved."))
            return redirect(f"{reverse('teams:wishes', args=[event.slug])}?for={who.pk}")
    context = {"own": own, "who": who, "form": form, "is_open": wishes.are_taken(event)}
    status = 422 if form and form.errors else 200
    return TemplateResponse(request, "teams/wishes_page.html", context, status=status)


@allowed("teams.see_wishes", load_event, methods=("GET", "POST"))
def wish_list(request: HttpRequest, event: Event) -> HttpResponse:
    """Everybody's wishes, those nobody could be found for first; POST looks again."""
    if request.method == "POST":
        found = wishes.look_again(event=event, actor=actor_of(request))
        told = ngettext(
            "%(count)s more person was recognised.", "%(count)s more people were recognised.", found
        )
        messages.success(request, told % {"count": found})
        return redirect("teams:wish_list", event.slug)
    all_ = list(Wish.objects.for_event(event).with_people())
    context = {
        "unclear": [wish for wish in all_ if wish.other_id is None],
        "clear": [wish for wish in all_ if wish.other_id is not None],
        "people": Registration.objects.for_event(event).not_gone().with_person().by_name() if all_ else [],
    }
    return TemplateResponse(request, "teams/wish_list_page.html", context)


@allowed("teams.see_wishes", load_wish, methods=("POST",))
def wish_person(request: HttpRequest, wish: Wish) -> HttpResponse:
    """Who was meant: the number at the end of what was chosen; nothing for nobody."""
    event, text = wish.registration.event, request.POST.get("person", "").strip()
    number = re.search(r"#(\d{1,12})\s*$", text)
    known = Registration.objects.for_event(event).not_gone()
    other = known.numbered(int(number[1])).with_person().first() if number else None
    try:
        if text and other is None:
            raise wishes.WishRefused(_("Choose somebody of the list: it ends with their number."))
        wishes.choose_person(wish=wish, other=other, actor=actor_of(request))
        messages.success(request, _("Kept."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:wish_list", event.slug)
