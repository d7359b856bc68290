"""The problem and one state of it as flat sequences of whole numbers, for the annealing loop.

People who are not locked are numbered 0 … n − 1, teams that are not locked 0 … t − 1 (« slots »); slot t, the pool,
holds whoever is left over and its theme number is the number of themes. `choice[p · (themes + 1) + h]` is the cost
of person p on theme h. Groups and pairs that involve somebody locked cost the same everywhere, and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from .framing import Frame
from .problem import Problem
from .records import Id, Team

FAR = 10**9


class Arena:
    """What never changes during a search."""

    def __init__(self, problem: Problem, frame: Frame) -> None:
        self.problem, self.frame = problem, frame
        locked = {person for team in problem.locked for person in team.people}
        self.people = [person for person in problem.people if person.id not in locked]
        self.number = {person.id: index for index, person in enumerate(self.people)}
        self.teams = frame.teams - len(problem.locked)
        self.themes = [theme.id for theme in problem.themes]
        self._roles()
        self._people()
        self._links()
        self._capacities()
        weights, size = problem.weights, problem.team_size
        width = max(size.max, 1) + 1
        self.width = width
        self.rules = [
            problem.roles.diversity,
            weights.diversity,
            weights.level,
            self.teams,
            len(self.wanted),
            width,
            len(self.themes),
            size.min,
            size.max,
            weights.split,
            weights.apart,
        ]

    def _roles(self) -> None:
        problem, weights = self.problem, self.problem.weights
        names = sorted({p.role for p in self.people if p.role is not None}, key=str)
        self.role_number = {name: index for index, name in enumerate(names)}
        self.wanted = [weights.wanted * (name in problem.roles.wanted) for name in names] + [0]
        self.alone = [weights.alone * (name in problem.roles.never_alone) for name in names] + [0]
        self.real = [1] * len(names) + [0]  # the last number is « no role known »

    def _people(self) -> None:
        problem = self.problem
        unknown = len(self.role_number)
        self.role = [
            self.role_number.get(p.role, unknown) if p.role is not None else unknown for p in self.people
        ]
        self.level = [p.level - 3 for p in self.people]
        self.stay = [problem.moving_cost(p.id) for p in self.people]
        self.choice: list[int] = []
        for person in self.people:
            self.choice.extend(problem.choice_cost(person, theme) for theme in self.themes)
            self.choice.append(0)

    def _links(self) -> None:
        number = self.number
        groups = [
            [number[p] for p in g]
            for g in self.problem.together
            if len(g) > 1 and all(p in number for p in g)
        ]
        pairs = [(number[a], number[b]) for a, b in self.problem.apart if a in number and b in number]
        self.member_start, self.members = _rows(groups)
        belongs: list[list[int]] = [[] for _ in self.people]
        for index, group in enumerate(groups):
            for p in group:
                belongs[p].append(index)
        self.group_start, self.groups = _rows(belongs)
        foes: list[list[int]] = [[] for _ in self.people]
        for one, other in pairs:
            foes[one].append(other)
            foes[other].append(one)
        self.apart_start, self.apart = _rows(foes)

    def _capacities(self) -> None:
        self.least, self.most = [], []
        for theme in self.problem.themes:
            locked = sum(len(team.people) for team in self.problem.locked if team.theme == theme.id)
            self.least.append(max(0, theme.least - locked))
            self.most.append(FAR if theme.most is None else theme.most - locked)

    def homes(self, keys: Sequence[Id | None]) -> list[int]:
        """Slot of each person's previous team, −1 without one; `keys[s]` is the key slot s goes by."""
        slot = {key: index for index, key in enumerate(keys) if key is not None}
        previous = self.problem.previous
        return [slot.get(previous[p.id], -1) if p.id in previous else -1 for p in self.people]


class State:
    """Who is where, and the counts that follow; slots and themes are given, the rest is counted."""

    def __init__(
        self, arena: Arena, slot_of: Sequence[int], theme_of: Sequence[int], keys: Sequence[Id | None]
    ) -> None:
        self.arena = arena
        self.keys = list(keys)
        self.home = arena.homes(self.keys)
        self.slot_of = [int(slot) for slot in slot_of]
        self.theme_of = [int(theme) for theme in theme_of[: arena.teams]] + [len(arena.themes)]
        pool, roles, width = arena.teams, len(arena.wanted), arena.width
        self.sizes = [0] * (pool + 1)
        self.count = [0] * ((pool + 1) * roles)
        self.distinct = [0] * (pool + 1)
        self.levels = [0] * (pool + 1)
        self.filled = [0] * (len(arena.themes) + 1)
        self.team = [0] * (pool * width + arena.frame.left_over + 1)
        self.seat = [0] * len(arena.people)
        for p, slot in enumerate(self.slot_of):
            self.team[slot * width + self.sizes[slot]] = p
            self.seat[p] = self.sizes[slot]
            self.sizes[slot] += 1
            self.filled[self.theme_of[slot]] += 1
            if slot != pool:
                cell = slot * roles + arena.role[p]
                self.distinct[slot] += arena.real[arena.role[p]] * (self.count[cell] == 0)
                self.count[cell] += 1
                self.levels[slot] += arena.level[p]
        rows = zip(arena.member_start, arena.member_start[1:], strict=False)
        self.split = [int(len({self.slot_of[p] for p in arena.members[i:j]}) > 1) for i, j in rows]

    def teams(self) -> list[Team]:
        """The teams, locked ones first; `key` of a slot without one is a fresh « T… »."""
        arena = self.arena
        people: list[list[Id]] = [[] for _ in range(arena.teams + 1)]
        for p, slot in enumerate(self.slot_of):
            people[slot].append(arena.people[p].id)
        taken = {str(team.key) for team in arena.problem.locked} | {
            str(k) for k in self.keys if k is not None
        }
        taken |= {str(key) for key in arena.problem.previous.values()}
        fresh = (key for key in (f"T{n}" for n in range(1, 10**9)) if key not in taken)
        found = list(arena.problem.locked)
        for slot in range(arena.teams):
            key = self.keys[slot]
            found.append(
                Team(
                    next(fresh) if key is None else key,
                    arena.themes[self.theme_of[slot]],
                    tuple(people[slot]),
                )
            )
        return found

    def orders(self) -> tuple[list[int], list[int]]:
        """People in order of their theme, and where each theme (and the pool) begins."""
        rows: list[list[int]] = [[] for _ in range(len(self.arena.themes) + 1)]
        for p, slot in enumerate(self.slot_of):
            rows[self.theme_of[slot]].append(p)
        start, order = _rows(rows)
        return order, start


def _rows(rows: list[list[int]]) -> tuple[list[int], list[int]]:
    """Lists one after the other, and where each begins (one more at the end)."""
    start = [0]
    flat: list[int] = []
    for row in rows:
        flat.extend(row)
        start.append(len(flat))
    return start, flat
