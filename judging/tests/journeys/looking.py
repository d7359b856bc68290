"""What every page of a journey in the browser must be: accessible, quiet, within a phone's width.

`Eyes` follows one browser page; `look()` reads it at 375 and 1280 px. What it finds is one list, said at the end.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1);
  return `${document.documentElement.scrollWidth} px: ` + wide.slice(0, 5).map((one) => `${one.tagName}.${one.className}`);
}"""


class Eyes:
    """A browser page that is watched. While `expecting` is set, the network's own errors are not news."""

    def __init__(self, page: Any, site: str) -> None:
        self.page = page
        self.site = site
        self.found: list[str] = []
        self.expecting = False
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))
        self.axe = Axe()

    def _heard(self, message: Any) -> None:
        is_network = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not (is_network and self.expecting):
            self.found.append(f"{self.page.url}: {message.text}")

    def go(self, address: str) -> Any:
        self.page.goto(self.site + address)
        self.look()
        return self.page

    def look(self) -> None:
        kept = self.page.viewport_size
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            for violation in self.axe.run(self.page).response["violations"]:
                places = [node["target"] for node in violation["nodes"][:3]]
                self.found.append(f"{self.page.url} at {size['width']}: {violation['id']} {places}")
            if size is PHONE and (wide := self.page.evaluate(OVERFLOW)):
                self.found.append(f"{self.page.url} at 375: wider than the screen, {wide}")
        self.page.set_viewport_size(kept)


def signed_in(context: Any, account: Any, site: str) -> Any:
    """A browser context that carries this account's session."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return context
