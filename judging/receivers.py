"""What this app does about news from upstream."""

from __future__ import annotations

from typing import Any

from hackathon.domain import events
from hackathon.models import Account, Event, Theme
from judging.domain import convening, grids
from judging.models import AwardRule, Panel, Round


def furnish_jury(sender: Any, event: Event, actor: Account | None, shape: dict[str, Any], **_: Any) -> None:
    """Receives `event_created`: the grid, the rounds and the award rules of the event's template."""
    grid = grids.make_default_grid(event)
    first = event.days.order_by("on").first()
    jury = shape.get("jury")
    if jury is None or first is None:
        return
    for position, row in enumerate(jury["rounds"], start=1):
        round = convening.set_up_round(
            event=event,
            key=row["key"],
            name_fr=row["name"]["fr"],
            name_en=row["name"]["en"],
            kind=row["kind"],
            grid=grid,
            opens_at=events.moment(first.on, row["opens"], event.zone),
            closes_at=events.moment(first.on, row["closes"], event.zone),
            position=position,
            finalists_per_panel=row.get("finalists_per_panel", 0),
            minutes_per_project=row.get("minutes_per_project", 7),
            actor=actor,
        )
        rooms = row.get("rooms", []) if event.is_demo else []
        for panel, room in zip(round.panels.all(), rooms, strict=False):
            panel.room = room
            panel.save(update_fields=["room"])
    for sequence, rule in enumerate(jury["award_rules"], start=1):
        texts = {
            f"{name}_{language}": text
            for name in ("label", "prize")
            for language, text in rule.get(name, {}).items()
        }
        others = {name: value for name, value in rule.items() if name not in ("label", "prize")}
        AwardRule.objects.create(event=event, sequence=sequence, **texts, **others)


def give_theme_its_panels(sender: Any, theme: Theme, **_: Any) -> None:
    """Receives `theme_added`: a round that has a panel per theme has one for this theme too, while it is planned."""
    for round in Round.objects.for_event(theme.event).planned().of_panels():
        Panel.objects.get_or_create(round=round, theme=theme, defaults={"position": theme.position})


def give_up_panels(sender: Any, theme: Theme, **_: Any) -> None:
    """Receives `theme_removing`: empty panels of planned rounds go with their theme; others keep it, and it is refused."""
    Panel.objects.filter(pk__in=Panel.objects.of_theme_with_nobody_yet(theme).values("pk")).delete()
