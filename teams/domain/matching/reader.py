"""Values read from parsed JSON, with the mistakes they hold: numbers, ids, lists. Knows nothing of a problem file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .messages import Message, say
from .records import Id

MANY = 10**6


class Reader:
    """Reads values and keeps what is wrong with them, so that nothing stops at the first mistake."""

    def __init__(self) -> None:
        self.troubles: list[Message] = []

    def wrong(self, code: str, **params: Any) -> None:
        """Note one mistake."""
        self.troubles.append(say(code, **params))

    def record(self, value: Any, where: str) -> dict[str, Any]:
        """An object, empty if it is absent or wrong."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong("not_an_object", where=where)
            return {}
        return value

    def items(self, value: Any, where: str) -> list[Any]:
        """A list, empty if it is absent or wrong."""
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.wrong("not_a_list", where=where)
            return []
        return list(value)

    def records(self, value: Any, where: str) -> Iterator[tuple[dict[str, Any], str]]:
        """The objects of a list, each with its place."""
        for index, item in enumerate(self.items(value, where)):
            place = f"{where}[{index}]"
            if isinstance(item, dict):
                yield item, place
            else:
                self.wrong("not_an_object", where=place)

    def number(self, value: Any, where: str, least: int, most: int = MANY, default: int | None = None) -> int:
        """A whole number in a range; a mistake reads as `least`."""
        if value is None and default is not None:
            return default
        if value is None:
            self.wrong("missing", where=where)
            return least
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong("bad_number", where=where, value=shown(value))
            return least
        if not least <= value <= most:
            if most == MANY and value < least:
                self.wrong("too_small", where=where, value=value, least=least)
            else:
                self.wrong("out_of_range", where=where, value=value, least=least, most=most)
            return least
        return value

    def id(self, value: Any, where: str) -> Id | None:
        """A text that is not blank, or a whole number; None after a mistake."""
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            if value is None:
                self.wrong("missing", where=where)
            else:
                self.wrong("bad_id", where=where, value=shown(value))
            return None
        return value

    def ids(
        self, value: Any, where: str, known: dict[str, Id] | None = None, among: str = ""
    ) -> tuple[Id, ...]:
        """Distinct ids; with `known`, each must be one of them and is returned as written there."""
        found: dict[str, Id] = {}
        for index, item in enumerate(self.items(value, where)):
            one = self.id(item, f"{where}[{index}]")
            if one is None:
                continue
            if known is not None and str(one) not in known:
                self.wrong("unknown", where=where, value=shown(one), among=among)
            elif str(one) in found:
                self.wrong("duplicate", where=where, value=shown(one))
            else:
                found[str(one)] = known[str(one)] if known is not None else one
        return tuple(found.values())


def shown(value: Any) -> str:
    """A value as a sentence quotes it, not too long."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
