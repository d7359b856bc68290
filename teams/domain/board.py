"""What the organiser's board shows of a proposal: its teams and people, what they lack, what a move would change.

It reads and counts; the verbs that change a proposal are in `placing`. Organisers only: it shows everybody's role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.models import Event, Registration, Role, Theme

from ..models import Proposal, Team
from . import matching, placing, wording
from .matching import Cost, Problem, breaches


def theme_names(event: Event) -> dict[str, str]:
    """Short titles of the themes, by id as text."""
    return {str(theme.pk): theme.short_title for theme in Theme.objects.for_event(event).in_order()}


def team_names(event: Event) -> dict[str, str]:
    """Names of the real teams, by key."""
    return {team.key: str(team) for team in Team.objects.for_event(event).active()}


@dataclass
class Card:
    """One team on the board. `balance` is the sum of (level − 3): 0 is even, far from it is lopsided.

    `is_settled`: kept by the computation itself; `is_locked`: locked on this board. Nobody leaves or joins either.
    """

    key: str
    name: str
    theme: Theme
    people: list[Registration]
    balance: int
    missing: list[Role]
    alone: list[Role]
    is_settled: bool
    is_locked: bool
    problems: list[str] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        return self.is_settled or self.is_locked

    @property
    def balance_words(self) -> str:
        if abs(self.balance) <= 2:
            return _("levels in balance")
        return _("rather experienced") if self.balance > 0 else _("rather beginners")


@dataclass(frozen=True)
class Effect:
    """What a move would change. `changes`: points by part of the cost; `breaks`, `mends`: rules, in words."""

    before: Cost
    after: Cost
    breaks: list[str]
    mends: list[str]
    words: list[str]

    @property
    def difference(self) -> int:
        return self.after.total - self.before.total

    @property
    def gain(self) -> int:
        return -self.difference

    @property
    def changes(self) -> list[tuple[str, int]]:
        before, after = self.before.parts, self.after.parts
        changed = [(name, after[name] - before[name]) for name in after if after[name] != before[name]]
        return [
            (str(wording.PARTS[name]), points)
            for name, points in sorted(changed, key=lambda one: -abs(one[1]))
        ]


class Board:
    """A proposal with the rows it names, read once: people, themes, roles, real teams."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.event = proposal.event
        self.themes = list(Theme.objects.for_event(self.event).in_order())
        self.roles = {role.key: role for role in Role.objects.for_event(self.event).in_order()}
        ids = [one["id"] for one in proposal.problem["people"]]
        found = (
            Registration.objects.for_event(self.event).filter(pk__in=ids).select_related("person").by_name()
        )
        self.people = {str(registration.pk): registration for registration in found}
        by_id = {role.pk: role for role in self.roles.values()}
        for registration in self.people.values():
            registration.role = by_id[registration.role_id]
        self.real = {team.key: team for team in Team.objects.for_event(self.event).active()}

    @cached_property
    def problem(self) -> Problem:
        return Problem.from_json(self.proposal.problem)

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Names for sentences, by id of theme and key of team."""
        teams = {str(team.key): self.team_name(str(team.key)) for team in placing.teams_of(self.proposal)}
        return {
            "themes": {str(theme.pk): theme.short_title for theme in self.themes},
            "teams": teams,
            "roles": {key: role.name for key, role in self.roles.items()},
        }

    def team_name(self, key: str) -> str:
        return str(self.real[key]) if key in self.real else _("Team %(key)s") % {"key": key}

    @cached_property
    def cards(self) -> list[Card]:
        on_board = {team["key"] for team in self.proposal.problem["locked"] if team.get("on_board")}
        settled = {team.key for team in self.problem.locked} - on_board
        said: dict[Any, list[str]] = {}
        for breach in breaches(self.problem, placing.teams_of(self.proposal)):
            said.setdefault(breach.params.get("key"), []).append(self._say(breach))
        by_id = {str(theme.pk): theme for theme in self.themes}
        return [
            self._card(team, by_id[team.theme], team.key in settled, said.get(team.key, []))
            for team in placing.teams_of(self.proposal)
            if team.theme in by_id
        ]

    def _card(self, team: matching.Team, theme: Theme, is_settled: bool, problems: list[str]) -> Card:
        people = [self.people[person] for person in team.people if person in self.people]
        counts = Counter(registration.role.key for registration in people)
        return Card(
            key=str(team.key),
            name=self.team_name(str(team.key)),
            theme=theme,
            people=sorted(people, key=lambda one: (one.role.position, one.person.folded_name)),
            balance=sum((one.level or 3) - 3 for one in people),
            missing=[
                role for role in self._roles(self.problem.roles.wanted) if people and not counts[role.key]
            ],
            alone=[role for role in self._roles(self.problem.roles.never_alone) if counts[role.key] == 1],
            is_settled=is_settled,
            is_locked=str(team.key) in self.proposal.locked_teams,
            problems=problems,
        )

    def _roles(self, keys: Iterable[Any]) -> list[Role]:
        """Those roles, without any that was deleted since the computation."""
        return [self.roles[str(key)] for key in keys if str(key) in self.roles]

    @cached_property
    def held(self) -> set[int]:
        """Registrations locked one by one on the board; those of a team locked as a whole are not among them."""
        whole = self.proposal.locked_teams
        return {int(who) for who, team in self.proposal.locked_people.items() if team not in whole}

    @cached_property
    def columns(self) -> list[dict[str, Any]]:
        """One per theme: its cards, how many people, what it breaks."""
        columns = []
        over = {
            breach.params["theme"]: self._say(breach)
            for breach in breaches(self.problem, placing.teams_of(self.proposal))
            if breach.code in ("theme_under", "theme_over")
        }
        for theme in self.themes:
            cards = [card for card in self.cards if card.theme.pk == theme.pk]
            people = sum(len(card.people) for card in cards)
            columns.append(
                {"theme": theme, "cards": cards, "people": people, "problem": over.get(str(theme.pk), "")}
            )
        return columns

    @cached_property
    def tray(self) -> list[tuple[Registration, str]]:
        """People without a team, each with the reason."""
        return [
            (self.people[entry["person"]], self._worded(entry))
            for entry in self.proposal.plan["left_over"]
            if entry["person"] in self.people
        ]

    @cached_property
    def notices(self) -> list[str]:
        return [self._worded(notice) for notice in self.proposal.plan.get("notices", [])]

    @cached_property
    def parts(self) -> list[tuple[str, int]]:
        """What the cost is made of, the heaviest first; nothing for what costs nothing."""
        parts = [
            (str(wording.PARTS[name]), points)
            for name, points in self.proposal.plan["parts"].items()
            if points
        ]
        return sorted(parts, key=lambda part: -part[1])

    @property
    def gap_words(self) -> str:
        if any(entry.get("code") == "out_by_hand" for entry in self.proposal.plan["left_over"]):
            return _("Somebody was taken out by hand: the proven limit no longer applies.")
        return wording.cost_words(self.proposal.plan["gap"], self.proposal.plan["cost"])

    @property
    def size(self) -> int:
        """How many teams have somebody in them."""
        return sum(1 for card in self.cards if card.people)

    @property
    def size_words(self) -> str:
        return ngettext("%(count)s team", "%(count)s teams", self.size) % {"count": self.size}

    def reasons_for(self, person: str) -> list[str]:
        return [self._worded(reason) for reason in self.proposal.plan["why"].get(person, [])]

    def effect_of(self, person: str, to_team: str | None) -> Effect:
        """What moving that person would change; nothing is written. Raises MoveRefused."""
        before, after = placing.teams_of(self.proposal), placing.teams_after(self.proposal, person, to_team)
        broken, would_break = breaches(self.problem, before), breaches(self.problem, after)
        return Effect(
            before=matching.evaluate(self.problem, before),
            after=matching.evaluate(self.problem, after),
            breaks=[self._say(one) for one in would_break if one not in broken],
            mends=[self._say(one) for one in broken if one not in would_break],
            words=self._words(person, to_team),
        )

    def offers_for(self, person: str) -> dict[str | None, tuple[int, list[str]]]:
        """What each place that may take that person would change: points of cost, and rules broken in words.

        None is the tray. Locked teams and the place where the person is are not among them.
        """
        before = placing.teams_of(self.proposal)
        cost, broken = matching.evaluate(self.problem, before).total, breaches(self.problem, before)
        found: dict[str | None, tuple[int, list[str]]] = {}
        for place in [None, *(str(team.key) for team in before)]:
            try:
                after = placing.teams_after(self.proposal, person, place)
            except placing.MoveRefused:
                continue
            points = matching.evaluate(self.problem, after).total - cost
            found[place] = (
                points,
                [self._say(one) for one in breaches(self.problem, after) if one not in broken],
            )
        return found

    def _words(self, person: str, to_team: str | None) -> list[str]:
        """« +1 Designer, 2nd choice » in sentences."""
        who = self.people[person]
        team = next((one for one in placing.teams_of(self.proposal) if one.key == to_team), None)
        if team is None:
            return [_("%(person)s will have no team.") % {"person": who.person.full_name}]
        chosen = self.problem.person_of[person].themes
        words = [_("One more in the role: %(role)s.") % {"role": who.role.name}]
        if team.theme in chosen:
            words.append(_("Choice number %(rank)s of %(person)s.") % {
                "rank": chosen.index(team.theme) + 1, "person": who.person.full_name,
            })  # fmt: skip
        elif chosen:
            words.append(_("%(person)s did not choose this theme.") % {"person": who.person.full_name})
        return words

    def _say(self, message: matching.Message) -> str:
        return self._worded(placing.as_record(message))

    def _worded(self, message: dict[str, Any]) -> str:
        return wording.sentence(message, **self.names)
