"""What the scores propose for the prizes of an event: its rules and its rankings, read once. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hackathon.models import Event, Theme
from judging.domain import award_rules as words
from judging.domain import tallying
from judging.domain.award_proposals import (
    OPEN,
    TIED,
    ProposedAward,
    SlotKey,
    holders,
    propose_awards,
    theme_winners,
)
from judging.domain.remarks import Remark
from judging.domain.standings import Standings
from judging.domain.wording import worded
from judging.enums import RoundKind
from judging.models import AwardRule, Round
from teams.models import Project

Choices = Mapping[SlotKey, Sequence[int]]

#: What a choice is, beside what the scores say: theirs, equals kept together, equals told apart by the president,
#: chosen where there is no ranking, or something else. The last three need a reason; the last departs.
AS_PROPOSED, SHARED, CAST, DELIBERATED, DEPARTURE = (
    "as_proposed",
    "shared",
    "cast",
    "deliberated",
    "departure",
)


@dataclass(frozen=True)
class Board:
    """What a decision rests on, read once: the rules, what the closed rounds say, and what things are called."""

    rules: list[words.AwardRule]
    standings: Standings
    titles: dict[int, str]
    themes: dict[int, str]

    def proposal(self, decided: Choices | None = None) -> list[ProposedAward]:
        """What the scores propose for each place, given what is decided already."""
        return propose_awards(self.rules, self.standings, decided=decided)

    def nature(self, key: SlotKey, choices: Choices) -> str:
        """What the choice for this place is, given the choices for the others."""
        if key not in choices:
            return AS_PROPOSED
        chosen = set(choices[key])
        others = {other: picked for other, picked in choices.items() if other != key}
        alone = [slot for slot in self.proposal(others) if slot.key == key]
        candidates = {project for slot in alone for project in slot.candidates}
        statuses = {slot.status for slot in alone}
        if chosen == {slot.project for slot in alone if slot.project is not None}:
            return AS_PROPOSED
        if TIED in statuses and chosen and chosen <= candidates:
            return SHARED if chosen == candidates else CAST
        if OPEN in statuses and chosen <= candidates:
            return DELIBERATED
        return DEPARTURE

    def may_receive(self, slot: ProposedAward, slots: Sequence[ProposedAward]) -> list[int]:
        """The projects that its rule lets have this place, given the places before it."""
        taken = holders(slot.rule, slots)
        eligible = self.standings.eligible(slot.rule, slot.theme, theme_winners(slot.rule, slots))
        return [project for project in eligible if project not in taken]  # type: ignore[misc]

    def name_of(self, slot: ProposedAward) -> str:
        """« Grand prize », « Theme laureate · Je m’engage », « Top three · 2 »."""
        parts = [slot.rule.label]
        if slot.theme is not None:
            parts.append(self.themes.get(slot.theme, ""))  # type: ignore[call-overload]
        if slot.rule.places > 1:
            parts.append(str(slot.rank))
        return " · ".join(part for part in parts if part)

    def say(self, remark: Remark) -> str:
        """What the engine noticed, in the reader's language."""
        return worded(remark, {"project": self.titles, "theme": self.themes})


def board_of(event: Event) -> Board:
    """Read all of it; a number of queries that depends on the rounds alone."""
    titles = {
        project.pk: str(project) for project in Project.objects.for_event(event).competing().with_teams()
    }
    themes = {theme.pk: str(theme.short_title) for theme in Theme.objects.for_event(event).in_order()}
    return Board(rules_of(event), standings(event), titles, themes)


def rules_of(event: Event) -> list[words.AwardRule]:
    """The event's award rules as the engine takes them; themes by primary key."""
    return [as_rule(row) for row in AwardRule.objects.for_event(event).in_order()]


def as_rule(row: AwardRule) -> words.AwardRule:
    """One row, saved or not, as the engine takes it."""
    return words.AwardRule(
        sequence=row.sequence,
        label=row.label or "",
        scope=row.scope,
        places=row.places,
        eligible=row.eligible,
        theme=row.theme_id,
        cumulation=row.cumulation,
        decided_by=row.decided_by,
        method=row.method,
        tie=row.tie,
        rank_style=row.rank_style,
        allow_none=row.allow_none,
        prize=row.prize or "",
        follow_up=row.follow_up_months,
        when_taken=row.when_taken,
    )


def rule_problems(event: Event, rules: Sequence[words.AwardRule] | None = None) -> list[str]:
    """Every reason why these award rules (the event's own, unless given) cannot stand together, in sentences."""
    themes = {theme.pk: str(theme.short_title) for theme in Theme.objects.for_event(event).in_order()}
    has_final = Round.objects.for_event(event).filter(kind=RoundKind.FINAL).exists()
    checked = rules_of(event) if rules is None else rules
    remarks = words.check_rules(checked, list(themes), has_final=has_final)
    return [worded(remark, {"theme": themes}) for remark in remarks]


def standings(event: Event) -> Standings:
    """What the award engine may look at: the closed rounds' orders, after the tie ladder."""
    panels: dict[Any, Sequence[Sequence[int]]] = {}
    final = whole = None
    for round in closed_rounds(event):
        for tally in tallying.tally_round(round):
            if round.kind == RoundKind.FINAL:
                final = tally.order
            elif tally.panel.theme_id is not None:
                panels[tally.panel.theme_id] = tally.order
            else:
                whole = tally.order
    competing = Project.objects.for_event(event).competing().in_order().values_list("pk", "team__theme_id")
    return Standings(
        themes=[theme.pk for theme in Theme.objects.for_event(event).in_order()],
        theme_of=dict(competing),
        panels=panels,
        final=final,
        event=whole,
    )


def closed_rounds(event: Event) -> list[Round]:
    """The rounds whose marks are final, with their grids."""
    return list(Round.objects.for_event(event).closed().with_grid().in_order())
