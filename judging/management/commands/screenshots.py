"""`manage.py screenshots`: pictures of the main pages of a running demo, at two widths and in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from hackathon.kit.commands import VerbCommand, WrongUsage
from hackathon.models import Event
from judging.domain import personas, staging

WIDTHS = (375, 1280)

#: Who looks (part of a persona's address, or nobody) → the pages, as they follow the event's address.
PAGES: dict[str, tuple[str, ...]] = {
    "": ("", "programme/", "register/", "projects/", "results/"),
    "organisatrice@": (
        "tower/",
        "tower/people/",
        "tower/import/",
        "tower/teams/",
        "tower/teams/list/",
        "tower/jury/",
        "tower/windows/",
        "tower/setup/",
        "tower/staff/",
        "tower/record/",
        "tower/mail/",
        "tower/documents/",
        "tower/prizes/",
        "tower/results/",
        "tower/report/",
    ),
    "vasseur@": ("jury/", "jury/deliberation/"),
    "morel@": ("jury/",),
    "captain": ("me/", "me/data/", "team/"),
}


class Command(VerbCommand):
    help = "Take pictures of the main pages of a running demo (./run first)."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path("screenshots"), metavar="DIR")
        parser.add_argument("--url", default=f"http://127.0.0.1:{settings.PORT}", help="where the demo runs")
        parser.add_argument("--only", default="", help="pages whose address contains this")
        parser.add_argument("--dark", action="store_true", help="in the dark scheme")

    def perform(
        self, *, actor: Any, out: Path, url: str, only: str, dark: bool, **options: Any
    ) -> dict[str, Any]:
        event = self.found(Event.objects, "event", slug=staging.SLUG)
        out.mkdir(parents=True, exist_ok=True)
        written = []
        with chromium() as browser:
            for who, pages in PAGES.items():
                for width in WIDTHS:
                    context = browser.new_context(
                        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
                    )
                    page = context.new_page()
                    if who:
                        sign_in(page, url, event, who)
                    for language, _name in settings.LANGUAGES:
                        prefix = "" if language == "fr" else f"/{language}"
                        for address in pages:
                            if only not in address:
                                continue
                            page.goto(f"{url}{prefix}/{event.slug}/{address}")
                            name = f"{who.rstrip('@') or 'public'}-{address.replace('/', '_') or 'event_'}"
                            path = out / f"{name}{language}-{width}.png"
                            page.screenshot(path=path, full_page=True)
                            written.append(str(path))
                    context.close()
        return {"written": written}

    def tell(self, answer: dict[str, Any]) -> list[str]:
        return [f"{len(answer['written'])} pictures."]


@contextmanager
def chromium() -> Iterator[Any]:
    """The system's browser; playwright is among the development tools."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise WrongUsage("Pictures need the development tools: ./run test installs them.") from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def sign_in(page: Any, url: str, event: Event, who: str) -> None:
    """Through the demo page, as the first persona of that address (or who captains a team)."""
    known = personas.of_event(event)
    if who == "captain":
        chosen = next((one for one in known if one.url.endswith("/team/")), None)
    else:
        chosen = next((one for one in known if who in one.account.email), None)
    if chosen is None:
        return
    page.goto(f"{url}/demo/")
    with page.expect_navigation():  # the form may stand in a folded part of the page
        page.locator(f'form:has(input[name="account"][value="{chosen.account.pk}"])').evaluate(
            "form => form.submit()"
        )
