"""The themes teams work on: their texts, capacities and order."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from .. import signals
from ..models import Account, Event, Theme
from . import furnishing
from .furnishing import SetupRefused


@transaction.atomic
def save_theme(*, event: Event, actor: Account | None, theme: Theme | None = None, **fields: Any) -> Theme:
    """A new theme, last in order, or a changed one. Raises SetupRefused with what is wrong."""
    is_new = theme is None
    if theme is None:
        Event.objects.take_turn(event)
        theme = Theme(event=event, position=furnishing.next_position(event.themes.all()))
    theme = furnishing.keep(theme, verb="add_theme" if is_new else "change_theme", actor=actor, fields=fields)
    if is_new:
        signals.theme_added.send(Theme, theme=theme, actor=actor)
    return theme


@transaction.atomic
def remove_theme(*, theme: Theme, actor: Account | None) -> None:
    """Remove a theme that nobody chose and nobody works on. Raises SetupRefused otherwise."""
    Event.objects.take_turn(theme.event)
    people = theme.choices.count()
    if people:
        raise SetupRefused(
            ngettext(
                "%(count)s person chose “%(theme)s”: removing it would lose that choice.",
                "%(count)s people chose “%(theme)s”: removing it would lose their choices.",
                people,
            )
            % {"count": people, "theme": theme}
        )
    signals.theme_removing.send(Theme, theme=theme, actor=actor)
    furnishing.remove(theme, verb="remove_theme", actor=actor)


@transaction.atomic
def move_theme(*, theme: Theme, up: bool, actor: Account | None) -> None:
    """One up or one down in the list; at the end nothing happens."""
    furnishing.move(theme, theme.event.themes.all(), up=up, verb="move_theme", actor=actor)


@transaction.atomic
def arrange_themes(*, event: Event, order: list[int], actor: Account | None) -> None:
    """All of them in that order of numbers. Raises SetupRefused when one of the numbers is none of theirs."""
    furnishing.arrange(event=event, rows=event.themes.all(), order=order, verb="arrange_themes", actor=actor)
