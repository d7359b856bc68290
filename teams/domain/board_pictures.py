"""Figures behind the pictures of a proposal, placed in a drawing: who got which wish, roles per team, levels.

It counts and places; colours and words are the templates'. Organisers only: roles are everybody's own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from hackathon.models import Role

from .board import Board, Card
from .comparing import wishes_met

#: Height of a team's line, in pixels, and where the first one stands.
LINE, TOP = 28, 36
#: Where the columns of roles begin and end, in hundredths of the width.
FIRST, LAST = 42, 96
#: The sum of (level − 3) that fills half the width.
WIDEST = 10


@dataclass(frozen=True)
class Piece:
    """A part of the bar of wishes: `x` and `width` in hundredths."""

    kind: str
    count: int
    x: float
    width: float


def wishes_bar(board: Board) -> list[Piece]:
    """One bar whose pieces add up to everybody."""
    counts = wishes_met(board.proposal)
    total = sum(counts.values()) or 1
    pieces, x = [], 0.0
    for kind, count in counts.items():
        if count:
            width = 100 * count / total
            pieces.append(Piece(kind, count, round(x, 2), round(width, 2)))
            x += width
    return pieces


@dataclass(frozen=True)
class Line:
    """A team in the two pictures that have a line per team; `cells`: a role, how many, `x` (%), radius (px)."""

    card: Card
    y: int
    middle: int
    cells: list[dict[str, Any]]
    bar_x: float
    bar_width: float


def lines(board: Board) -> list[Line]:
    """Teams that have somebody, in the order of the board."""
    roles, wanted = used_roles(board), {str(key) for key in board.problem.roles.wanted}
    found: list[Line] = []
    for card in (card for column in board.columns for card in column["cards"] if card.people):
        counts = Counter(one.role.key for one in card.people)
        cells = [
            {"role": role, "count": counts[role.key], "x": role_x(at, len(roles)),
             "radius": min(12, 6 + 2 * counts[role.key]), "is_missing": role.key in wanted and not counts[role.key]}
            for at, role in enumerate(roles)
        ]  # fmt: skip
        y = TOP + LINE * len(found)
        reach = max(-WIDEST, min(WIDEST, card.balance)) * (LAST - FIRST) / 2 / WIDEST
        centre = (FIRST + LAST) / 2
        found.append(
            Line(card, y, y + LINE // 2, cells, round(centre + min(0, reach), 2), round(abs(reach), 2))
        )
    return found


def used_roles(board: Board) -> list[Role]:
    """Roles that somebody on the board has, or that every team should have."""
    used = {one.role.key for one in board.people.values()} | {str(key) for key in board.problem.roles.wanted}
    return [role for key, role in board.roles.items() if key in used]


def role_x(at: int, count: int) -> float:
    """Where the column of that role stands, in hundredths of the width."""
    return round(FIRST + (LAST - FIRST) * (at + 0.5) / max(1, count), 2)


def pictures(board: Board) -> dict[str, Any]:
    """What the page of pictures needs, the table of the same figures included."""
    found, roles = lines(board), used_roles(board)
    half = (LAST - FIRST) / 2 / WIDEST * 2
    return {
        "wishes": wishes_bar(board),
        "lines": found,
        "heads": [(number + 1, role, role_x(number, len(roles))) for number, role in enumerate(roles)],
        "height": TOP + LINE * len(found) + 8,
        "centre": (FIRST + LAST) / 2,
        "even": (round((FIRST + LAST) / 2 - half, 2), round(2 * half, 2)),
    }
