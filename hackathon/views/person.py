"""One person's page for the organisers: everything about them, their history, correcting it, acting on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import consenting, people, registering
from ..forms.people import ActForm, CorrectForm, acts_for
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import OutgoingMail, Registration
from .loaders import actor_of, load_registration
from .people_words import act_words, consent_words, fact_names, letter_kind, state_kind


@allowed("hackathon.see_registrations", load_registration)
def person_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Everything about one registration, its history, and what may be done."""
    return _person(request, registration)


@allowed("hackathon.change_registration", load_registration, methods=("POST",))
def person_act(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One act on one registration, with its reason."""
    form = ActForm(request.POST)
    if not form.is_valid():
        return _person(request, registration, act=form, status=422)
    verb = getattr(registering, form.cleaned_data["act"])
    try:
        verb(registration=registration, actor=actor_of(request), reason=form.cleaned_data["reason"].strip())
        messages.success(
            request,
            _("%(name)s: %(state)s.")
            % {"name": registration, "state": registration.get_state_display().lower()},
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:person", registration.event.slug, registration.pk)


@allowed("hackathon.change_registration", load_registration, methods=("POST",))
def person_correct(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Correct what is written about somebody; what was typed stays on the page when it is refused."""
    form = CorrectForm(registration.event, registration, request.POST)
    if not form.is_valid():
        return _person(request, registration, correct=form, status=422)
    try:
        changed = people.correct(
            registration=registration,
            actor=actor_of(request),
            seen=form.cleaned_data["seen"],
            **form.facts(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.seen_again(people.mark(registration))
        return _person(request, registration, correct=form, status=409)
    if changed:
        messages.success(request, _("Corrected: %(what)s.") % {"what": ", ".join(fact_names(changed))})
    else:
        messages.info(request, _("Nothing was different: nothing was changed."))
    return redirect("hackathon:person", registration.event.slug, registration.pk)


def _person(
    request: HttpRequest,
    registration: Registration,
    *,
    act: ActForm | None = None,
    correct: CorrectForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person, event = registration.person, registration.event
    seen = {"seen": people.mark(registration)}
    context = {
        "registration": registration,
        "person": person,
        "state_kind": state_kind(registration.state),
        "place": registering.place_in_queue(registration),
        "choices": registration.choices.select_related("theme"),
        "answers": registration.answers.select_related("question"),
        "consents": consent_words(person.consents.all()),
        "missing": consenting.missing(person),
        "may_see_needs": request.user.has_perm("hackathon.see_needs", event),
        "extra": [(key, value) for key, value in registration.extra.items() if key != "form"],
        "letters": [(one, letter_kind(one.state)) for one in OutgoingMail.objects.of_person(person)],
        "presences": registration.presences.select_related("day").order_by("day__on", "half"),
        "party": _party(registration),
        "printed": registration.passes.in_force().first(),
        "history": [act_words(entry) for entry in people.history_of(registration)],
        "form": act or ActForm(),
        "correct": correct or CorrectForm(event, registration, initial=seen),
        "acts": acts_for(registration.state),
    }
    return TemplateResponse(request, "hackathon/person_page.html", context, status=status)


def _party(registration: Registration) -> Any:
    """Those who were registered together with this one."""
    if registration.party is None:
        return []
    party = Registration.objects.for_event(registration.event).of_party(registration.party)
    return [one for one in party.with_people().by_name() if one.pk != registration.pk]
