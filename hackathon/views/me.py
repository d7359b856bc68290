"""« My hackathon »: the next step, one's own cards, badge and agenda; one's own data is in my_data.py."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..domain import programme, windows
from ..enums import COMING
from ..kit.access import allowed
from ..kit.registry import registry
from ..models import Event, Registration
from .loaders import load_event
from .public import phase_rows


@allowed("hackathon.see_own_space", load_event)
def me_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The next step, the cards that the apps bring, one’s badges, the day."""
    cards, step = [], None
    for card in sorted(registry.cards, key=lambda card: card.order):
        if not (request.user.is_authenticated or card.is_for_passes):
            continue
        context = card.context(event, request.user)
        if context is None:
            continue
        step = step or context.get("next_step")
        cards.append(render_to_string(card.template, {**context, "event": event}, request))
    own = list(
        Registration.objects.for_event(event).reachable_by(request.user).with_people().in_state(*COMING)
    )
    for one in own:
        one.event = one.person.event = event
    context = {
        "cards": cards,
        "step": step,
        "badges": [(one, qr(desk_address(request, one)), _groups(one.code)) for one in own],
        "day": programme.today(event),
        "phases": phase_rows(event),
        "can_register": windows.registration_is_open(event) and event.is_public,
    }
    return TemplateResponse(request, "hackathon/me_page.html", context)


def _groups(code: str) -> list[str]:
    """By four, for whoever reads the code aloud."""
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def desk_address(request: HttpRequest, registration: Registration) -> str:
    """Where any phone's camera takes a welcome volunteer: this person's card, for those who work at the desk only."""
    desk = reverse("hackathon:desk", args=[registration.event.slug])
    return request.build_absolute_uri(f"{desk}?q={registration.code}")


def qr(address: str) -> SafeString:
    """That address as inline SVG, sized by the page."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(
        scale=1, border=4, omitsize=True, dark="#000", light="#fff", title=_("QR code of the badge")
    )
    return mark_safe(svg)  # drawn by the library from the address alone
