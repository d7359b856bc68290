"""The demo: sign in as one of its personas, and move its event to any stage. Exists only while DEMO is on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.domain import clock
from hackathon.kit.access import public
from hackathon.models import Event, OutgoingMail
from judging.domain import moving, personas, staging
from judging.tasks import move_stage

SHOWN = 10  # personas before the list is folded
BACKEND = "django.contrib.auth.backends.ModelBackend"


def load_demo(request: HttpRequest, **others: Any) -> Event | None:
    """The demo event, or None while it is being made; without DEMO none of this exists."""
    if not settings.DEMO:
        raise Http404
    return Event.objects.demo().at(staging.SLUG)


@public(load_demo)
def demo_page(request: HttpRequest, event: Event | None) -> HttpResponse:
    """The points of the event's life, and the people to see it with."""
    found = personas.of_event(event) if event else []
    context = {
        "demo_event": event,
        "personas": found[:SHOWN],
        "others": found[SHOWN:],
        "stages": moving.steps(event),
        "moving": moving.moving(),
        "failure": moving.failure(),
        "now": clock.now(event) if event else None,
    }
    return TemplateResponse(request, "judging/demo_page.html", context)


@public(load_demo, methods=("POST",))
def sign_in(request: HttpRequest, event: Event | None) -> HttpResponse:
    """As a persona of the demo event, and as nobody else."""
    found = personas.of_event(event) if event else []
    persona = next((one for one in found if str(one.account.pk) == request.POST.get("account")), None)
    if persona is None:
        raise Http404
    logout(request)
    login(request, persona.account, backend=BACKEND)
    return redirect(persona.url)


@public(load_demo, methods=("POST",))
def stage(request: HttpRequest, event: Event | None) -> HttpResponse:
    """Move the event: a job, watched on the page. A second click while it runs does nothing."""
    wanted = request.POST.get("stage", "")
    if wanted not in staging.KEYS:
        raise Http404
    if moving.start_moving(wanted):
        move_stage.enqueue(stage=wanted)
    else:
        messages.info(request, _("The event is being moved already."))
    return redirect("judging:demo")


@public(load_demo)
def stage_progress(request: HttpRequest, event: Event | None) -> HttpResponse:
    """How far the move is, for the page's bar."""
    return JsonResponse(moving.progress_now())


@public(load_demo)
def mailbox_page(request: HttpRequest, event: Event | None) -> HttpResponse:
    """Every letter of the demo, codes to sign in included: nothing leaves this machine."""
    letters = OutgoingMail.objects.in_demo(event).latest_first()[:200]
    return TemplateResponse(request, "judging/mailbox_page.html", {"letters": letters})
