"""`manage.py create_event SLUG --organiser EMAIL`: a new event and its first organiser."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.urls import reverse

from hackathon.domain import events
from hackathon.kit.commands import VerbCommand


class Command(VerbCommand):
    help = "Make an event from a template; its organiser signs in with a code sent to that address."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--organiser", required=True, metavar="EMAIL")
        parser.add_argument("--template", default=events.DEFAULT_TEMPLATE, metavar="NAME")
        parser.add_argument("--first-day", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")

    def perform(
        self, *, actor: Any, slug: str, organiser: str, template: str, first_day: date | None, **options: Any
    ) -> dict[str, Any]:
        event = events.create_event(
            slug=slug, organiser_email=organiser, template=template, first_day=first_day, actor=actor
        )
        return {
            "event": event.slug,
            "organiser": organiser.strip().lower(),
            "days": [str(day.on) for day in event.days.all()],
            "url": reverse("hackathon:event", args=[event.slug]),
        }

    def tell(self, answer: dict[str, Any]) -> list[str]:
        return [f"{answer['event']} is made, on {', '.join(answer['days'])}. It lives at {answer['url']}"]
