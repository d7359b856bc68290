"""Made-up crowds as problem files, of any size and the same for the same arguments: what the solver is measured on.

Shaped like the sample list: uneven roles, one of them private, uneven themes, some who come together, some to keep
apart.
"""

from __future__ import annotations

import random
from typing import Any

#: Role → its share of the crowd.
ROLES = {"job": 30, "dev": 20, "design": 12, "founder": 10, "public": 10, "startup": 8, "student": 10}
GROUPED, APART = 0.16, 0.02  # shares of the crowd that come with somebody, and that name somebody to avoid


def crowd(count: int, *, seed: int = 1, themes: int = 0) -> dict[str, Any]:
    """A problem file of `count` people on `themes` themes (one for every 60 people, from 4 to 24, if 0)."""
    chance = random.Random(seed)
    named = [f"h{n}" for n in range(themes or max(4, min(24, count // 60)))]
    liked = [1 / (1 + 0.35 * n) for n in range(len(named))]
    people = [_person(chance, n, named, liked) for n in range(count)]
    ids = [person["id"] for person in people]
    room = round(1.6 * count / len(named))
    return {
        "people": people,
        "themes": [{"id": theme, "capacity": {"min": 0, "max": room}} for theme in named],
        "team_size": {"min": 4, "max": 6, "wanted": 5},
        "roles": {"wanted": ["dev", "design"], "never_alone": ["job"], "private": ["job"], "diversity": 3},
        "together": _groups(chance, ids),
        "apart": [chance.sample(ids, 2) for _ in range(round(APART * count))],
        "seed": seed,
    }


def after_a_morning(
    problem: dict[str, Any], plan: dict[str, Any], *, absent: int, seed: int = 1
) -> dict[str, Any]:
    """The same problem once `absent` people did not come: the others, with where the plan had put them."""
    gone = set(random.Random(seed).sample([person["id"] for person in problem["people"]], absent))
    keys = {person: team["key"] for team in plan["teams"] for person in team["people"]}
    return {
        **problem,
        "people": [person for person in problem["people"] if person["id"] not in gone],
        "together": [group for group in problem["together"] if gone.isdisjoint(group)],
        "apart": [pair for pair in problem["apart"] if gone.isdisjoint(pair)],
        "previous": {person: key for person, key in keys.items() if person not in gone},
    }


def _person(chance: random.Random, number: int, themes: list[str], liked: list[float]) -> dict[str, Any]:
    wished = list(dict.fromkeys(chance.choices(themes, liked, k=4)))[: chance.choice((0, 1, 2, 3, 3, 3))]
    return {
        "id": f"p{number}",
        "role": chance.choices(list(ROLES), list(ROLES.values()))[0],
        "level": chance.choices((1, 2, 3, 4, 5), (10, 22, 34, 22, 12))[0],
        "skills": [],
        "themes": wished,
    }


def _groups(chance: random.Random, ids: list[str]) -> list[list[str]]:
    grouped = chance.sample(ids, round(GROUPED * len(ids)))
    groups = []
    while len(grouped) > 3:
        size = chance.choice((2, 2, 3))
        groups.append(grouped[:size])
        grouped = grouped[size:]
    return groups
