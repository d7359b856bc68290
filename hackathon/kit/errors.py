"""Broken promises. What a user may have done wrong is a Problem (problems.py); these stop a verb."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A verb was asked for something it must not do. `str()` is a sentence for the person, in their language.

    `code` is for programs (API, tests); it never changes with the language.
    """

    code = "refused"

    def __init__(self, message: Any, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return str(self.message)


class Stale(Refused):
    """Somebody saved in between: nothing was overwritten."""

    code = "stale"
