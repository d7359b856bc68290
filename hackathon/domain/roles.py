"""The roles people come in: an organiser adds one without code, and never loses the people of one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Account, Event, Role
from . import furnishing, waiting
from .furnishing import SetupRefused


@transaction.atomic
def save_role(*, event: Event, actor: Account | None, role: Role | None = None, **fields: Any) -> Role:
    """A new role, last in order, or a changed one. Its key is made once, from its name, and stays.

    Raises SetupRefused with what is wrong.
    """
    is_new = role is None
    if role is None:
        Event.objects.take_turn(event)
        name = fields.get("name_fr") or fields.get("name_en") or ""
        role = Role(
            event=event, key=free_key(event, name), position=furnishing.next_position(event.roles.all())
        )
    kept = furnishing.keep(role, verb="add_role" if is_new else "change_role", actor=actor, fields=fields)
    if {"capacity", "attendance_rate"} & set(fields) and not is_new:
        waiting.pass_on(event=event)
    return kept


@transaction.atomic
def remove_role(*, role: Role, actor: Account | None) -> None:
    """Remove a role that nobody has. Raises SetupRefused otherwise, with what to do instead."""
    Event.objects.take_turn(role.event)
    people = role.registrations.count()
    if people:
        raise SetupRefused(
            ngettext(
                "%(count)s person is registered as “%(role)s”: take the role off the public form instead.",
                "%(count)s people are registered as “%(role)s”: take the role off the public form instead.",
                people,
            )
            % {"count": people, "role": role}
        )
    furnishing.remove(role, verb="remove_role", actor=actor)


@transaction.atomic
def move_role(*, role: Role, up: bool, actor: Account | None) -> None:
    """One up or one down in the list; at the end nothing happens."""
    furnishing.move(role, role.event.roles.all(), up=up, verb="move_role", actor=actor)


@transaction.atomic
def arrange_roles(*, event: Event, order: list[int], actor: Account | None) -> None:
    """All of them in that order of numbers. Raises SetupRefused when one of the numbers is none of theirs."""
    furnishing.arrange(event=event, rows=event.roles.all(), order=order, verb="arrange_roles", actor=actor)


def free_key(event: Event, name: str) -> str:
    """A key made of that name that no role of the event has: « Étudiant » → etudiant, etudiant-2…"""
    stem = slugify(name)[:34].strip("-")
    if not stem:
        raise SetupRefused(_("A role needs a name with letters or digits."))
    taken = set(event.roles.values_list("key", flat=True))
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in candidates if key not in taken)
