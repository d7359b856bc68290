"""The page of somebody without e-mail: opened by the code on their slip, closed by one button or after 12 hours.

A look at the address opens nothing: the code travels in a POST, and in the QR behind the `#`, which no server sees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ..domain import jobs, pass_slips, passes
from ..forms.passes import PassForm
from ..kit.access import allowed, public
from ..kit.errors import Refused
from ..kit.limits import Limit, address_of
from ..models import Event, Registration
from .loaders import actor_of, load_event, load_registration

#: Where the session keeps the passes opened on this browser.
KEPT = "passes"
#: A whole venue is one address; one browser has one slip, or a few.
PER_ADDRESS = Limit("pass_address", times=300, seconds=300)
PER_BROWSER = Limit("pass_browser", times=10, seconds=300)


def open_passes(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: `request.user.passes`, the registrations that this browser may reach without an account."""

    def answered(request: HttpRequest) -> HttpResponse:
        signed_in = request.user

        def with_passes() -> Any:
            # the attribute goes on the user itself, whom `SimpleLazyObject` stands for
            signed_in.passes = passes.still_open(request.session.get(KEPT) or {})  # type: ignore[union-attr]
            return signed_in._wrapped if isinstance(signed_in, SimpleLazyObject) else signed_in

        request.user = SimpleLazyObject(with_passes)  # type: ignore[assignment]
        return answer(request)

    return answered


@public(load_event, methods=("GET", "POST"))
def pass_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Type the code of the slip; it opens « My hackathon » of that person on this browser."""
    form = PassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _open(request, event, form.cleaned_data["code"])
            return redirect("hackathon:me", event.slug)
        except Refused as refusal:
            form.add_error("code", str(refusal))
    return TemplateResponse(
        request, "hackathon/pass_page.html", {"form": form}, status=422 if form.errors else 200
    )


def _open(request: HttpRequest, event: Event, code: str) -> None:
    """Remember the pass in this browser's session, under a new key. Raises PassRefused, TooMany."""
    if request.session.session_key is None:
        request.session.create()
    tries = (PER_ADDRESS, address_of(request)), (PER_BROWSER, str(request.session.session_key))
    for limit, key in tries:
        limit.check(key)
    try:
        opened = passes.open_pass(event=event, code=code)
    except passes.PassRefused:
        for limit, key in tries:
            limit.count(key)
        raise
    request.session.cycle_key()
    rotate_token(request)
    request.session[KEPT] = passes.kept(opened, request.session.get(KEPT))


@public(load_event, methods=("POST",))
def pass_end(request: HttpRequest, event: Event) -> HttpResponse:
    """« Sign out » on a shared computer: the browser forgets everything it held here."""
    if request.user.is_authenticated:  # who also signed in signs out by the account menu
        request.session.pop(KEPT, None)
    else:
        request.session.flush()
    messages.success(request, _("This computer has forgotten you."))
    return redirect("hackathon:event" if event.is_public else "hackathon:home", *_slug(event))


def _slug(event: Event) -> list[str]:
    return [event.slug] if event.is_public else []


@allowed("hackathon.make_passes", load_event, methods=("GET", "POST"))
def passes_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Everybody without e-mail and whether they have a slip; POST prints one for each who has none."""
    lacking = Registration.objects.for_event(event).not_gone().without_email()
    if request.method == "POST":
        job = jobs.start(
            event=event, kind="pass_slips", options={}, actor=actor_of(request), title=_("Slips with a code")
        )
        return redirect("hackathon:job", event.slug, job.pk)
    people = list(lacking.with_people().with_pass().by_name())
    unprinted = sum(not one.pass_made_at for one in people)  # type: ignore[attr-defined]
    context = {"people": people, "unprinted": unprinted}
    return TemplateResponse(request, "hackathon/passes_page.html", context)


@allowed("hackathon.make_passes", load_registration, methods=("POST",))
def pass_make(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A new slip for one person, as a PDF; the slip before stops working."""
    event = registration.event
    try:
        code = passes.make_pass(registration=registration, actor=actor_of(request))
        made = pass_slips.slips_pdf(event, [(registration, code)], registration.person.language)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("hackathon:person", event.slug, registration.pk)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-{registration.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@allowed("hackathon.make_passes", load_registration, methods=("POST",))
def pass_revoke(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A slip was lost: nobody opens anything with it any more."""
    if passes.revoke_pass(registration=registration, actor=actor_of(request)):
        messages.success(request, _("The slip of %(who)s opens nothing any more.") % {"who": registration})
    else:
        messages.info(request, _("No slip was in force for %(who)s.") % {"who": registration})
    return redirect("hackathon:passes", registration.event.slug)
