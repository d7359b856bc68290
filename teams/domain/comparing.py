"""Two proposals side by side: what each costs, who got which wish, which teams are the same, who is elsewhere.

Two computations give their teams different keys: teams are paired by the people they share, not by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hackathon.models import Registration

from ..models import Proposal
from . import placing, wording
from .board import Board

#: Wishes counted one by one; what lies beyond counts as one.
RANKS = 3

#: Of a team's people, the key of their team by person.
Places = dict[str, str]


def places_of(proposal: Proposal) -> Places:
    """The team of everybody who has one."""
    return {str(person): str(team.key) for team in placing.teams_of(proposal) for person in team.people}


def paired(one: Places, other: Places) -> dict[str, str]:
    """Teams of the first by the team of the other that shares most people with them, each once; greedy, in a fixed
    order: the largest overlap first, then by key."""
    shared = Counter((key, other[person]) for person, key in one.items() if person in other)
    pairs: dict[str, str] = {}
    for (here, there), _count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if here not in pairs and there not in pairs.values():
            pairs[here] = there
    return pairs


def rank_of(themes: Iterable[Any], theme: Any) -> int | None:
    """Which wish that theme is, from 1; RANKS + 1 for any beyond or unnamed; None for somebody without a wish."""
    named = list(themes)
    if not named:
        return None
    return min(named.index(theme) + 1, RANKS + 1) if theme in named else RANKS + 1


def wishes_met(proposal: Proposal) -> dict[str, int]:
    """People by what they got: "1", "2", "3", "beyond", "none" (named no theme), "out" (no team)."""
    wishes = {one["id"]: one.get("themes", []) for one in proposal.problem["people"]}
    found = dict.fromkeys(("1", "2", "3", "beyond", "none", "out"), 0)
    placed = 0
    for team in placing.teams_of(proposal):
        for person in team.people:
            rank = rank_of(wishes.get(person, []), team.theme)
            found["none" if rank is None else "beyond" if rank > RANKS else str(rank)] += 1
            placed += 1
    found["out"] = len(wishes) - placed
    return found


@dataclass(frozen=True)
class Difference:
    """Somebody whom the two proposals place with other people; no team is an empty name."""

    who: Registration
    here: str
    there: str
    rank_here: int | None
    rank_there: int | None


class Comparison:
    """Two proposals of one event; `here` is the first, `there` the other."""

    def __init__(self, here: Proposal, there: Proposal) -> None:
        self.here, self.there = Board(here), Board(there)
        self.boards = [self.here, self.there]

    @cached_property
    def wishes(self) -> list[tuple[str, int, int]]:
        """What people got, with how many in each; nothing for what neither has."""
        one, other = (wishes_met(board.proposal) for board in self.boards)
        return [(kind, one[kind], other[kind]) for kind in one if one[kind] or other[kind]]

    @cached_property
    def parts(self) -> list[tuple[str, int, int]]:
        """Points of cost part by part, the same order in both."""
        one, other = (board.proposal.plan["parts"] for board in self.boards)
        return [
            (str(words), one.get(name, 0), other.get(name, 0))
            for name, words in wording.PARTS.items()
            if one.get(name) or other.get(name)
        ]

    @cached_property
    def pairs(self) -> dict[str, str]:
        return paired(places_of(self.here.proposal), places_of(self.there.proposal))

    @cached_property
    def teams(self) -> dict[str, int]:
        """How many teams are the same, changed, or in one of the two only."""
        mine, theirs = (_full(board.proposal) for board in self.boards)
        same = sum(1 for key, other in self.pairs.items() if mine[key] == theirs[other])
        return {
            "same": same,
            "changed": len(self.pairs) - same,
            "here": len(mine) - len(self.pairs),
            "there": len(theirs) - len(self.pairs),
        }

    @cached_property
    def people(self) -> list[Difference]:
        """Whoever is with other people, or on the same team that changed theme, or has a team in one only; by name."""
        one, other = (places_of(board.proposal) for board in self.boards)
        themes = [_themes(board.proposal) for board in self.boards]
        found = []
        for person, who in (self.there.people | self.here.people).items():
            a, b = one.get(person), other.get(person)
            is_same = (a is None and b is None) or (
                a is not None and b is not None and self.pairs.get(a) == b and themes[0][a] == themes[1][b]
            )
            if not is_same:
                found.append(
                    Difference(who, self._name(0, a), self._name(1, b), self._rank(0, person, themes[0].get(a)), self._rank(1, person, themes[1].get(b)))
                )  # fmt: skip
        return sorted(found, key=lambda one: one.who.person.folded_name)

    def _name(self, side: int, key: str | None) -> str:
        if key is None:
            return ""
        board = self.boards[side]
        theme = board.names["themes"].get(_themes(board.proposal)[key], "")
        return f"{board.team_name(key)} · {theme}"

    def _rank(self, side: int, person: str, theme: str | None) -> int | None:
        known = self.boards[side].problem.person_of
        return rank_of(known[person].themes, theme) if theme is not None and person in known else None


def _full(proposal: Proposal) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Theme and people of each team that has somebody."""
    return {
        str(team.key): (str(team.theme), frozenset(map(str, team.people)))
        for team in placing.teams_of(proposal)
        if team.people
    }


def _themes(proposal: Proposal) -> dict[str | None, str]:
    return {str(team.key): str(team.theme) for team in placing.teams_of(proposal)}
