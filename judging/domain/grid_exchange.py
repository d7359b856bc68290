"""A grid as a JSON file: written whole, read back with every mistake named by its place; and one grid per round.

The file's grammar is the one of fixtures/default_grid.json; `manage.py rank` reads it too. What a grid may hold is
grids.py's to say.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from ..enums import RoundState
from ..models import Criterion, Grid, Level, Round
from . import grids

LANGUAGES = ("fr", "en")
MOST_BYTES = 200_000
#: The longest text of each field, as the tables take them.
LENGTHS = {"name": 120, "help": 300, "label": 40, "sentence": 250}


class RoundGridRefused(Refused):
    code = "round_grid_refused"


def written(grid: Grid) -> str:
    """The grid as JSON, texts in both languages; `read` gives the same rows back."""
    content = {
        "scale": {"min": grid.scale_min, "max": grid.scale_max},
        "criteria": [
            {
                "id": criterion.key,
                "weight": criterion.weight,
                "name": _texts(criterion, "name"),
                "help": _texts(criterion, "help"),
            }
            for criterion in grid.criteria.all()
        ],
        "levels": [
            {
                "value": level.value,
                "label": _texts(level, "label"),
                "sentence": _texts(level, "sentence"),
            }
            for level in grid.levels.all()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _texts(row: Criterion | Level, name: str) -> dict[str, str]:
    return {language: getattr(row, f"{name}_{language}") or "" for language in LANGUAGES}


def read(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The arguments `criteria` and `levels` of `grids.change_grid`. Raises GridRefused with every mistake and its place."""
    if len(content) > MOST_BYTES:
        problem = _("The file is too long for a grid: %(most)s kB at most.") % {"most": MOST_BYTES // 1000}
        raise grids.GridRefused(problem, problems=[problem])
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        problem = _(
            "This is not JSON: line %(line)s, column %(column)s. Check quotes, commas and brackets."
        ) % {
            "line": error.lineno,
            "column": error.colno,
        }
        raise grids.GridRefused(problem, problems=[problem]) from error
    except (UnicodeDecodeError, RecursionError) as error:
        problem = _("The file cannot be read: it must be JSON text in UTF-8.")
        raise grids.GridRefused(problem, problems=[problem]) from error
    reader = _Reader()
    rows = reader.rows(data)
    if reader.problems:
        raise grids.GridRefused(" ".join(reader.problems), problems=reader.problems)
    return rows


class _Reader:
    """Gathers rows and problems as it goes through a file, so that all are said at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def rows(self, data: Any) -> dict[str, list[dict[str, Any]]]:
        if not isinstance(data, dict):
            self.problems.append(_("The file must hold one object with “scale”, “criteria” and “levels”."))
            return {"criteria": [], "levels": []}
        criteria = [
            self.criterion(_("criterion %(rank)s") % {"rank": rank}, row)
            for rank, row in enumerate(self.listed(data, "criteria"), start=1)
        ]
        levels = [
            self.level(_("level %(rank)s") % {"rank": rank}, row)
            for rank, row in enumerate(self.listed(data, "levels"), start=1)
        ]
        self.scale(data.get("scale"), [row["value"] for row in levels])
        return {"criteria": criteria, "levels": levels}

    def listed(self, data: dict[str, Any], name: str) -> list[Any]:
        rows = data.get(name)
        if isinstance(rows, list) and rows:
            return rows
        self.problems.append(
            _("“%(name)s” is missing, or is not a list with at least one item.") % {"name": name}
        )
        return []

    def criterion(self, place: str, row: Any) -> dict[str, Any]:
        row = self.object(place, row)
        key = row.get("id", row.get("key", ""))
        key = slugify(str(key))[:40]
        weight = row.get("weight")
        if not key:
            self.say(place, _("“id” is missing"))
        if isinstance(weight, bool) or not isinstance(weight, int) or not 0 < weight <= 1000:
            self.say(
                place,
                _("“weight” must be a whole number from 1 to 1000, not %(found)s") % {"found": shown(weight)},
            )
            weight = 1
        name, help = self.texts(place, row, "name"), self.texts(place, row, "help")
        if not name["name_fr"].strip():
            self.say(place, _("“name” needs a text in French (“fr”)"))
        return {"key": key, "weight": weight, **name, **help}

    def level(self, place: str, row: Any) -> dict[str, Any]:
        row = self.object(place, row)
        value = row.get("value")
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 1000:
            self.say(place, _("“value” must be a whole number, not %(found)s") % {"found": shown(value)})
            value = 0
        label, sentence = self.texts(place, row, "label"), self.texts(place, row, "sentence")
        if not label["label_fr"].strip():
            self.say(place, _("“label” needs a text in French (“fr”)"))
        return {"value": value, **label, **sentence}

    def scale(self, limits: Any, values: list[int]) -> None:
        """`scale` may be left out; when it is there, it must agree with the levels."""
        if limits is None or not values:
            return
        wanted = {"min": min(values), "max": max(values)}
        if not isinstance(limits, dict) or {name: limits.get(name) for name in wanted} != wanted:
            self.problems.append(
                _("“scale” says %(scale)s, but the levels go from %(low)s to %(high)s.")
                % {"scale": shown(limits), "low": min(values), "high": max(values)}
            )

    def object(self, place: str, row: Any) -> dict[str, Any]:
        if isinstance(row, dict):
            return row
        self.say(place, _("an object between braces is expected, not %(found)s") % {"found": shown(row)})
        return {}

    def texts(self, place: str, row: dict[str, Any], name: str) -> dict[str, str]:
        """A text alone is the French one."""
        given = row.get(name, {})
        given = {"fr": given} if isinstance(given, str) else given
        if not isinstance(given, dict) or any(not isinstance(given.get(one, ""), str) for one in LANGUAGES):
            self.say(place, _("“%(name)s” must be texts by language, “fr” and “en”") % {"name": name})
            given = {"fr": "?"}
        found = {f"{name}_{language}": given.get(language, "") for language in LANGUAGES}
        if any(len(text) > LENGTHS[name] for text in found.values()):
            self.say(
                place,
                _("“%(name)s” is longer than %(most)s characters") % {"name": name, "most": LENGTHS[name]},
            )
        return found

    def say(self, place: str, what: str) -> None:
        self.problems.append(_("%(place)s: %(what)s.") % {"place": place.capitalize(), "what": what})


def shown(value: Any) -> str:
    """What was found, short enough for a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:39] + "…"


@transaction.atomic
def use_grid(*, round: Round, grid: Grid, actor: Account | None) -> Round:
    """Let a round be marked on another grid of the event. Raises RoundGridRefused once it has opened."""
    Event.objects.take_turn(round.event)
    _refuse_opened(round)
    if grid.event_id != round.event_id:
        raise RoundGridRefused(_("This grid is another event’s."))
    round.grid = grid
    round.save(update_fields=["grid"])
    audit.record(event=round.event, actor=actor, verb="use_grid", about=round, version=grid.version)
    return round


@transaction.atomic
def give_own_grid(*, round: Round, actor: Account | None) -> Grid:
    """A copy of the round's grid that is its own: changed apart from the others'. Raises RoundGridRefused."""
    Event.objects.take_turn(round.event)
    _refuse_opened(round)
    newest = Grid.objects.for_event(round.event).latest_first().first() or round.grid
    made = Grid.objects.create(
        event=round.event,
        version=newest.version + 1,
        scale_min=round.grid.scale_min,
        scale_max=round.grid.scale_max,
        reason=_("For the round “%(round)s”") % {"round": round},
    )
    rows = read(written(round.grid).encode())
    made = grids.change_grid(grid=made, actor=actor, criteria=rows["criteria"], levels=rows["levels"])
    use_grid(round=round, grid=made, actor=actor)
    return made


def _refuse_opened(round: Round) -> None:
    round.refresh_from_db(fields=["state"])
    if round.state != RoundState.PLANNED:
        raise RoundGridRefused(
            _("The round “%(round)s” has opened: it keeps the grid it was opened with.") % {"round": round}
        )
