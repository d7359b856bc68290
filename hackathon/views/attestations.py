"""Attestations of presence: the organisers' page, one's own, one for somebody at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .. import documents
from ..domain import attestation_papers, attesting, jobs
from ..domain.attestation_papers import Paper, hours
from ..forms.attestations import HoursForm, IssuerForm, hours_forms
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Attestation, Event, Registration
from .badges import language_of
from .loaders import actor_of, load_event, load_own_registration, load_registration
from .printing import as_pdf, refused


@allowed("hackathon.issue_attestations", load_event, methods=("GET", "POST"))
def attestations_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Who issues and signs, the hours of each day; how many can be issued, and issuing them all."""
    data = request.POST if request.method == "POST" else None
    form = IssuerForm(data, instance=Event.objects.get(pk=event.pk))
    days = hours_forms(event, data)
    if (
        data is not None
        and all([form.is_valid(), *(day.is_valid() for day in days)])
        and _save(request, form, days)
    ):
        messages.success(request, _("The attestations issued from now on say so."))
        return redirect("hackathon:attestations", event.slug)
    is_wrong = bool(form.errors or any(day.errors for day in days))
    context = {
        "form": form,
        "days": days,
        "count": len(attesting.halves_of_all(event)),
        "issued": Attestation.objects.for_event(event).in_force().count(),
        "is_over": event.is_over,
    }
    return TemplateResponse(
        request, "hackathon/attestations_page.html", context, status=422 if is_wrong else 200
    )


def _save(request: HttpRequest, form: IssuerForm, days: list[HoursForm]) -> bool:
    actor = actor_of(request)
    try:
        if form.changed_data:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            attesting.change_issuer(event=form.instance, actor=actor, **changes)
        for day in days:
            if day.changed_data:
                changes = {name: day.cleaned_data[name] for name in day.changed_data}
                attesting.change_hours(day=day.instance, actor=actor, **changes)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@allowed("hackathon.issue_attestations", load_event)
def attestation_sample(request: HttpRequest, event: Event) -> HttpResponse:
    """One of nobody, to read before anybody gets one."""
    try:
        content = documents.attestation_pdf(attestation_papers.sample(event, language=language_of(request)))
    except Refused as refusal:
        return refused(request, refusal, "hackathon:attestations", event.slug)
    return as_pdf(content, "attestation-specimen.pdf", inline=True)


@allowed("hackathon.issue_attestations", load_event, methods=("POST",))
def attestations_print(request: HttpRequest, event: Event) -> HttpResponse:
    """Ask for everybody's: one PDF to print, or a file for each person."""
    count = len(attesting.halves_of_all(event))
    if not count:
        messages.error(request, _("The welcome desk recorded nobody: there is no presence to attest yet."))
        return redirect("hackathon:attestations", event.slug)
    title = ngettext("%(count)s attestation", "%(count)s attestations", count) % {"count": count}
    options = {"as": "zip" if request.POST.get("as") == "zip" else "pdf"}
    job = jobs.start(event=event, kind="attestations", options=options, actor=actor_of(request), title=title)
    return redirect("hackathon:job", event.slug, job.pk)


@allowed("hackathon.issue_attestations", load_registration, methods=("POST",))
def person_attestation(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Somebody's, for an organiser, who may issue it before the event is over."""
    try:
        made = attesting.attest(registration=registration, actor=actor_of(request), early=True)
        return _pdf(_paper(request, registration, made, language=registration.person.language))
    except Refused as refusal:
        return refused(request, refusal, "hackathon:person", registration.event.slug, registration.pk)


@allowed("hackathon.answer_for_registration", load_own_registration, methods=("GET", "POST"))
def own_attestation(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One's own: what it will say; sent, it is issued and the answer is the file."""
    event = registration.event
    if request.method == "POST":
        try:
            made = attesting.attest(registration=registration, actor=actor_of(request))
            return _pdf(_paper(request, registration, made, language=language_of(request)))
        except Refused as refusal:
            return refused(request, refusal, "hackathon:own_attestation", event.slug, registration.pk)
    halves = attesting.halves_of(registration)
    context = {
        "registration": registration,
        "halves": attestation_papers.as_printed(halves),
        "total": hours(sum(half.minutes for half in halves)),
        "is_over": event.is_over,
        "capacity": registration.role.attestation_wording or registration.role.name,
        "LANGUAGE_CODE": get_language(),
        "issued": Attestation.objects.of_registration(registration).in_force().first(),
    }
    return TemplateResponse(request, "hackathon/own_attestation_page.html", context)


def _paper(request: HttpRequest, registration: Registration, made: Attestation, *, language: str) -> Paper:
    says = request.POST.get("says_capacity") == "1"
    return attestation_papers.paper(made, registration, language=language, says_capacity=says)


def _pdf(paper: Paper) -> HttpResponse:
    return as_pdf(documents.attestation_pdf(paper), documents.file_name(paper))
