"""What every set-up verb shares: keep a changed thing, put rows in order, refuse what would lose data.

The verbs themselves are in facts.py, roles.py, themes.py, questions.py and programme.py.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from ..kit.errors import Refused
from ..models import Account, Event
from . import audit

Thing = TypeVar("Thing", bound=models.Model)


class SetupRefused(Refused):
    code = "setup_refused"


def keep(thing: Thing, *, verb: str, actor: Account | None, fields: dict[str, Any]) -> Thing:
    """Set those fields, check the whole thing and save it; the record says what each was and is.

    Raises SetupRefused with every reason at once.
    """
    before = type(thing)._base_manager.filter(pk=thing.pk).values(*fields).first() if thing.pk else None
    for name, value in fields.items():
        setattr(thing, name, value)
    try:
        thing.full_clean()
    except ValidationError as error:
        raise SetupRefused(" ".join(error.messages)) from error
    thing.save()
    changed = {
        name: [_plain(before[name]), _plain(value)]
        for name, value in fields.items()
        if before is not None and before[name] != value
    }
    if before is None or changed:
        audit.record(event=thing.event, actor=actor, verb=verb, about=thing, changed=changed)  # type: ignore[attr-defined]
    return thing


def remove(thing: models.Model, *, verb: str, actor: Account | None) -> None:
    """Delete it. Raises SetupRefused when something that must stay depends on it."""
    event = thing.event  # type: ignore[attr-defined]
    audit.record(event=event, actor=actor, verb=verb, about=thing)
    try:
        thing.delete()
    except ProtectedError as error:
        kinds = sorted({str(used._meta.verbose_name_plural) for used in error.protected_objects})
        raise SetupRefused(
            _("“%(thing)s” is in use (%(kinds)s): it cannot be removed.")
            % {"thing": thing, "kinds": ", ".join(kinds)}
        ) from error


def next_position(rows: models.QuerySet[Any]) -> int:
    """The position after the last one."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def move(thing: Any, rows: models.QuerySet[Any], *, up: bool, verb: str, actor: Account | None) -> None:
    """Swap a row with its neighbour; at the end of the list nothing happens. All rows are numbered from 1 again."""
    Event.objects.take_turn(thing.event)
    order = list(rows.order_by("position", "pk"))
    here = order.index(thing)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    # two steps, because positions may have to be unique at every moment
    rows.update(position=F("position") + 1000)
    for position, row in enumerate(order, start=1):
        rows.filter(pk=row.pk).update(position=position)
    audit.record(event=thing.event, actor=actor, verb=verb, about=thing, position=there + 1)


def arrange(
    *, event: Event, rows: models.QuerySet[Any], order: list[int], verb: str, actor: Account | None
) -> None:
    """Put the rows in that order of numbers. Rows that are not named keep theirs, after the others.

    Raises SetupRefused when it names a row of another list: somebody removed it, or it never was there.
    """
    Event.objects.take_turn(event)
    known = list(rows.order_by("position", "pk").values_list("pk", flat=True))
    wanted = list(dict.fromkeys(order))
    if not set(wanted) <= set(known):
        raise SetupRefused(_("The list has changed in the meantime: load the page again, then order it."))
    wanted += [pk for pk in known if pk not in wanted]
    if wanted == known:
        return
    rows.update(position=F("position") + 1000)
    for position, pk in enumerate(wanted, start=1):
        rows.filter(pk=pk).update(position=position)
    audit.record(event=event, actor=actor, verb=verb, about=event, order=wanted)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | list | None) else str(value)
