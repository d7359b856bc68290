"""The scoring grid: made from the default one, changed while nobody has marked, frozen at the first mark.

Refuses to know marks: whoever records the first one calls `freeze`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event

from ..models import Criterion, Grid, Level, Round

DEFAULT = Path(settings.BASE_DIR) / "fixtures" / "default_grid.json"


class GridRefused(Refused):
    """`details["problems"]` holds every reason, as sentences."""

    code = "grid_refused"


def read_default() -> dict[str, Any]:
    """The default grid: `scale` {min, max}, `criteria` and `levels` with their texts by language."""
    return json.loads(DEFAULT.read_text(encoding="utf-8"))


@transaction.atomic
def make_default_grid(event: Event, *, actor: Account | None = None) -> Grid:
    """The event's first grid, or the latest one it already has."""
    Event.objects.take_turn(event)
    latest = latest_grid(event)
    if latest is not None:
        return latest
    data = read_default()
    grid = Grid.objects.create(event=event, scale_min=data["scale"]["min"], scale_max=data["scale"]["max"])
    _write(
        grid,
        criteria=[{**row, **_texts(row, "name", "help")} for row in data["criteria"]],
        levels=[{**row, **_texts(row, "label", "sentence")} for row in data["levels"]],
    )
    audit.record(event=event, actor=actor, verb="make_grid", about=grid, version=grid.version)
    return grid


def latest_grid(event: Event) -> Grid | None:
    """The event’s newest grid with its criteria and levels; None when it has none."""
    return Grid.objects.for_event(event).latest_first().with_criteria().first()


def freeze(grid: Grid) -> bool:
    """From now on this grid does not change; True when this call froze it. Call it in the mark's transaction."""
    if grid.frozen_at is not None:
        return False
    grid.frozen_at = timezone.now()
    return bool(Grid.objects.filter(pk=grid.pk, frozen_at=None).update(frozen_at=grid.frozen_at))


@transaction.atomic
def change_grid(
    *,
    grid: Grid,
    criteria: Sequence[Mapping[str, Any]],
    levels: Sequence[Mapping[str, Any]],
    actor: Account | None,
    reason: str = "",
) -> Grid:
    """Replace the criteria and levels; returns the grid that now holds them.

    criteria: {key, name_fr, name_en, help_fr, help_en, weight} in order; levels: {value, label_fr, …, sentence_en},
    one per value from the lowest to the highest. A frozen grid is left as it is and the next version made, for a
    `reason`; rounds not yet opened that had it take the new one. Raises GridRefused with every problem.
    """
    Event.objects.take_turn(grid.event)
    # the same row that `freeze` writes: a first mark waits for this change, or this change sees it frozen
    Grid.objects.filter(pk=grid.pk).update(version=grid.version)
    grid.refresh_from_db()
    problems = _problems(criteria, levels)
    if grid.frozen_at is not None and not reason.strip():
        problems.append(_("Marks have been given on this grid: say why you make a new version of it."))
    if problems:
        raise GridRefused(" ".join(problems), problems=problems)
    values = [int(level["value"]) for level in levels]
    if grid.frozen_at is not None:
        former = grid
        newest = Grid.objects.for_event(grid.event).latest_first().first() or grid
        grid = Grid.objects.create(
            event=former.event,
            version=newest.version + 1,
            scale_min=min(values),
            scale_max=max(values),
            reason=reason.strip(),
        )
        Round.objects.for_event(grid.event).planned().marked_on(former).update(grid=grid)
    else:
        grid.scale_min, grid.scale_max = min(values), max(values)
        grid.save(update_fields=["scale_min", "scale_max"])
    _write(grid, criteria=criteria, levels=levels)
    audit.record(
        event=grid.event,
        actor=actor,
        verb="change_grid",
        about=grid,
        reason=reason,
        version=grid.version,
        weights={str(row["key"]): int(row["weight"]) for row in criteria},
    )
    return grid


def _problems(criteria: Sequence[Mapping[str, Any]], levels: Sequence[Mapping[str, Any]]) -> list[str]:
    problems = []
    if not criteria:
        problems.append(_("The grid needs at least one criterion."))
    keys = [row["key"] for row in criteria]
    if len(set(keys)) < len(keys):
        problems.append(_("Two criteria have the same name: give each its own."))
    problems += [
        _("%(criterion)s: the weight must be a whole number above zero.") % {"criterion": row["name_fr"]}
        for row in criteria
        if int(row["weight"]) < 1
    ]
    values = sorted(int(level["value"]) for level in levels)
    if len(values) < 2:
        problems.append(_("The scale needs at least two levels."))
    elif values != list(range(values[0], values[-1] + 1)):
        problems.append(_("The scale needs one level for each mark from the lowest to the highest."))
    return problems


def _write(grid: Grid, *, criteria: Sequence[Mapping[str, Any]], levels: Sequence[Mapping[str, Any]]) -> None:
    """Rows are kept by key and value, so that what points at them still does."""
    grid.criteria.exclude(key__in=[row["key"] for row in criteria]).delete()
    for position, row in enumerate(criteria, start=1):
        texts = {name: row.get(name, "") for name in ("name_fr", "name_en", "help_fr", "help_en")}
        Criterion.objects.update_or_create(
            grid=grid, key=row["key"], defaults={**texts, "weight": row["weight"], "position": position}
        )
    grid.levels.exclude(value__in=[row["value"] for row in levels]).delete()
    for row in levels:
        texts = {name: row.get(name, "") for name in ("label_fr", "label_en", "sentence_fr", "sentence_en")}
        Level.objects.update_or_create(grid=grid, value=row["value"], defaults=texts)
    grid.__dict__.pop("_prefetched_objects_cache", None)


def _texts(row: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {f"{name}_{language}": text for name in names for language, text in row[name].items()}
