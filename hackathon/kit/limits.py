"""So many tries in so long: kept in the cache, shared by the workers, worded for whoever has to wait."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

from .errors import Refused


class TooMany(Refused):
    """`details["seconds"]`: until the next try."""

    code = "too_many"


@dataclass(frozen=True)
class Limit:
    """At most `times` counted tries per key in `seconds`, over a sliding window."""

    name: str
    times: int
    seconds: int

    def check(self, key: str) -> None:
        """Raises TooMany when the tries are used up, saying when the next one is free."""
        tries = self._recent(key)
        if len(tries) < self.times:
            return
        wait = max(1, math.ceil(tries[-self.times] + self.seconds - time.time()))
        raise TooMany(wait_words(wait), seconds=wait)

    def count(self, key: str) -> None:
        """One more try was made."""
        cache.set(self._name(key), [*self._recent(key), time.time()], self.seconds)

    def _recent(self, key: str) -> list[float]:
        since = time.time() - self.seconds
        return [moment for moment in cache.get(self._name(key)) or [] if moment > since]

    def _name(self, key: str) -> str:
        return f"limit:{self.name}:{key}"


def wait_words(seconds: int) -> str:
    """« Too many tries: try again in 4 minutes. »"""
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Too many tries. Try again in %(count)s minute.",
        "Too many tries. Try again in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}


def address_of(request: HttpRequest) -> str:
    """Whose address it is, believing our own proxy alone."""
    return str(get_adapter().get_client_ip(request))
