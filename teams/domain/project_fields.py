"""What an event asks of its projects beyond our fields, for one theme or for all: the organisers' verbs."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.domain import furnishing
from hackathon.domain.furnishing import SetupRefused
from hackathon.models import Account, Event

from ..models import ExtraField, Project


@transaction.atomic
def save_field(
    *, event: Event, actor: Account | None, field: ExtraField | None = None, **fields: Any
) -> ExtraField:
    """A new field, last in order, or a changed one. Raises SetupRefused for a theme of another event, and when a
    field that teams filled in would go to another theme: their text would be asked of nobody."""
    is_new = field is None
    if field is None:
        field = ExtraField(event=event, position=furnishing.next_position(event.project_fields.all()))
    theme = fields.get("theme", field.theme)
    if theme is not None and theme.event_id != event.pk:
        raise SetupRefused(_("This theme belongs to another event: choose one of yours."))
    if not is_new and "theme" in fields and theme is not None and filled_in(field):
        raise SetupRefused(
            _(
                "Teams have filled this field in: it can be asked of everybody, or no longer be asked; add another."
            )
        )
    return furnishing.keep(
        field, verb="add_project_field" if is_new else "change_project_field", actor=actor, fields=fields
    )


@transaction.atomic
def remove_field(*, field: ExtraField, actor: Account | None) -> None:
    """Remove a field that nobody filled in. Raises SetupRefused otherwise, with what to do instead."""
    Event.objects.take_turn(field.event)
    filled = filled_in(field)
    if filled:
        raise SetupRefused(
            ngettext(
                "%(count)s team filled it in: stop asking this field instead of removing it.",
                "%(count)s teams filled it in: stop asking this field instead of removing it.",
                filled,
            )
            % {"count": filled}
        )
    furnishing.remove(field, verb="remove_project_field", actor=actor)


@transaction.atomic
def move_field(*, field: ExtraField, up: bool, actor: Account | None) -> None:
    """One up or one down on the project page; at the end nothing happens."""
    furnishing.move(field, field.event.project_fields.all(), up=up, verb="move_project_field", actor=actor)


@transaction.atomic
def arrange_fields(*, event: Event, order: list[int], actor: Account | None) -> None:
    """All of them in that order of numbers. Raises SetupRefused when one of the numbers is none of theirs."""
    furnishing.arrange(
        event=event, rows=event.project_fields.all(), order=order, verb="arrange_project_fields", actor=actor
    )


def filled_in(field: ExtraField) -> int:
    """How many projects hold something in it, in their text or in one of their versions."""
    return Project.objects.for_event(field.event).that_filled(field).count()


def answers(event: Event) -> dict[int, int]:
    """How many projects of the event hold something now in each added field, by id."""
    counts: dict[int, int] = {}
    for held in Project.objects.for_event(event).extras():
        for key, text in held.items():
            if text.strip():
                counts[int(key)] = counts.get(int(key), 0) + 1
    return counts
