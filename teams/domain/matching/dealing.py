"""From the theme model's answer to a first set of teams that keeps every hard rule; chance only by a seed.

On each theme the people are dealt into teams of even sizes: first those whose previous team lives on there, then
groups where they fit, then everybody else role by role. The search mends the rest.
"""

from __future__ import annotations

import random

from .arena import Arena, State
from .records import Id
from .themes import ThemePlan


def deal(arena: Arena, plan: ThemePlan, seed: int) -> State:
    """A state with the themes of `plan`."""
    chance = random.Random(seed)
    theme_of = [h for h, count in enumerate(plan.teams) for _ in range(count)]
    slots_on: list[list[int]] = [[] for _ in arena.themes]
    for slot, h in enumerate(theme_of):
        slots_on[h].append(slot)
    keys = _keys(arena, plan, slots_on)
    home = arena.homes(keys)
    place = [arena.teams] * len(arena.people)
    for h, slots in enumerate(slots_on):
        here = [p for p, person in enumerate(arena.people) if plan.theme_of[person.id] == h]
        chance.shuffle(here)
        if slots:
            _deal_theme(arena, here, slots, home, place)
    return State(arena, place, theme_of, keys)


def _keys(arena: Arena, plan: ThemePlan, slots_on: list[list[int]]) -> list[Id | None]:
    """Previous keys where the theme model keeps them; the others wherever a slot has none."""
    keys: list[Id | None] = [None] * arena.teams
    free = [list(slots) for slots in slots_on]
    for key, h in plan.key_theme.items():
        if free[h]:
            keys[free[h].pop(0)] = key
    locked = {team.key for team in arena.problem.locked}
    others = [k for k in arena.problem.previous_members if k not in plan.key_theme and k not in locked]
    held = set(arena.problem.locked_people.values())
    others.sort(key=lambda key: (key not in held, -len(arena.problem.previous_members[key])))
    for slot in (slot for slots in free for slot in slots):
        if others:
            keys[slot] = others.pop(0)
    return keys


def _deal_theme(arena: Arena, here: list[int], slots: list[int], home: list[int], place: list[int]) -> None:
    size = arena.problem.team_size
    even = -(-len(here) // len(slots))
    sizes = dict.fromkeys(slots, 0)
    waiting = dict.fromkeys(here)

    def fits(slot: int, count: int, most: int) -> bool:
        """Would `count` more keep the slot within `most`, and leave enough people to fill every slot?"""
        lacking = sum(max(0, size.min - n) for n in sizes.values())
        useful = min(count, max(0, size.min - sizes[slot]))
        return sizes[slot] + count <= most and len(waiting) - count >= lacking - useful

    def put(p: int, slot: int) -> None:
        place[p] = slot
        sizes[slot] += 1
        del waiting[p]

    for p in here:
        if home[p] in sizes and fits(home[p], 1, size.max):
            put(p, home[p])
    for p in here:
        if p not in waiting or arena.group_start[p] == arena.group_start[p + 1]:
            continue
        g = arena.groups[arena.group_start[p]]
        mates = [m for m in arena.members[arena.member_start[g] : arena.member_start[g + 1]] if m in waiting]
        slot = min(slots, key=lambda s: sizes[s])
        if fits(slot, len(mates), even):
            for m in mates:
                put(m, slot)
    for p in sorted(waiting, key=lambda p: arena.role[p]):
        put(p, min(slots, key=lambda s: sizes[s]))
