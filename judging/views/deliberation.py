"""The president's page: rankings, prizes, decision, seal; and the organiser's switch that publishes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event
from judging.domain import deliberating, proposing, publishing, rank_plots, rank_tables, sealing
from judging.forms.deliberation import DeliberationForm, PublicationForm, SealForm
from judging.models import Publication, Seal


@allowed("judging.see_deliberation", load_event)
def deliberation_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Where the decision stands, the places to fill, and every ranking that is known."""
    return show(request, event, form_for(request, event))


@allowed("judging.decide", load_event, methods=("POST",))
def decide(request: HttpRequest, event: Event) -> HttpResponse:
    """Record the decision; or, pressed « look », only show what follows from the choices."""
    form = form_for(request, event)
    if "look" in request.POST:
        return show(request, event, form)
    if not form.is_valid():
        return show(request, event, form, status=422)
    try:
        deliberating.decide(
            event=event,
            actor=request.user,  # type: ignore[arg-type]
            choices=form.choices,
            reasons=form.reasons(),
            reason=form.cleaned_data.get("version_reason", ""),
            after=form.cleaned_data["after"],
        )
    except deliberating.DecisionRefused as refusal:
        for problem in refusal.details["problems"]:
            form.add_error(None, problem)
        return show(request, event, form, status=422)
    messages.success(request, _("The decision is recorded. Read it once more, then seal it."))
    return redirect("judging:deliberation", event.slug)


@allowed("judging.seal", load_event, methods=("POST",))
def seal(request: HttpRequest, event: Event) -> HttpResponse:
    """Seal the version that was on the page."""
    form = SealForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        sealing.seal(event=event, actor=request.user, version=version)  # type: ignore[arg-type]
        messages.success(request, _("The decision is sealed. The organisers can publish it now."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("judging:deliberation", event.slug)


@allowed("judging.publish", load_event, methods=("GET", "POST"))
def publication_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The switch, once the decision is sealed. Pressed twice, it publishes once."""
    form = PublicationForm(request.POST or None, event=event, decision=deliberating.current_decision(event))
    if request.method == "POST" and form.is_valid():
        try:
            publishing.publish(
                event=event,
                actor=request.user,  # type: ignore[arg-type]
                erratum=form.cleaned_data.get("erratum", ""),
                version=form.cleaned_data["version"],
            )
        except publishing.AlreadyPublished as refusal:
            messages.info(request, str(refusal))
            return redirect("judging:results", event.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The results are published: everybody can read them now."))
            return redirect("judging:results", event.slug)
    status = 422 if form.errors else 200
    context = {"form": form, **standing(event, is_organiser=True)}
    return TemplateResponse(request, "judging/publication_page.html", context, status=status)


def form_for(request: HttpRequest, event: Event) -> DeliberationForm:
    """The form over the decision that stands now."""
    return DeliberationForm(request.POST or None, event=event, decision=deliberating.current_decision(event))


def show(request: HttpRequest, event: Event, form: DeliberationForm, status: int = 200) -> HttpResponse:
    """The whole page; the newest round's rankings first."""
    rounds = [
        (round, [(table, rank_plots.plots(table)) for table in tables])
        for round, tables in reversed(rank_tables.of_event(event))
    ]
    context = {
        "form": form,
        "rounds": rounds,
        "open_rounds": deliberating.unfinished_rounds(event),
        "rule_problems": proposing.rule_problems(event),
        **standing(event),
    }
    return TemplateResponse(request, "judging/deliberation_page.html", context, status=status)


def standing(event: Event, *, is_organiser: bool = False) -> dict[str, Any]:
    """Where the decision stands: taken, sealed, published. Organisers see no award before the seal."""
    decision = deliberating.current_decision(event)
    made = Seal.objects.of(decision) if decision else None
    may_see = decision is not None and (made is not None or not is_organiser)
    return {
        "decision": decision,
        "awards": list(decision.awards.with_projects()) if decision and may_see else [],
        "seal": made,
        "digest": sealing.grouped(made.digest) if made else "",
        "publication": Publication.objects.for_event(event).latest_first().first(),
    }
