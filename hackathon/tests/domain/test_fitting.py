"""Names fit: as large as they can, never wider than the room, never cut."""

from __future__ import annotations

import pytest

from hackathon.domain.fitting import LINE, fit, width_of

NAMES = [
    "Al", "Zoë", "Ólafur", "Jean-Baptiste-Emmanuel", "Maximilienne-Charlotte Anne", "Wolfeschlegelsteinhausen",
    "محمد", "王小明", "M" * 80, "-", "Anne  Marie",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_in_its_room_and_loses_nothing(name: str) -> None:
    size, lines = fit(name, width=73, height=17, largest=14)
    assert 0 < size <= 14
    assert max(map(width_of, lines)) * size <= 73.001
    assert len(lines) * LINE * size <= 17.001
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")


def test_a_short_name_is_as_large_as_allowed_and_a_long_one_takes_two_even_lines() -> None:
    assert fit("Léa", width=73, height=17, largest=14) == (14, ["Léa"])
    assert fit("Jean-Baptiste-Emmanuel", width=73, height=17, largest=14)[1] == ["Jean-Baptiste-", "Emmanuel"]


def test_what_may_not_wrap_shrinks() -> None:
    size, lines = fit("de La Rochefoucauld-Montbéliard", width=73, height=99, largest=5.5, wraps=False)
    assert len(lines) == 1
    assert size < 5.5


def test_an_accent_takes_no_room() -> None:
    assert width_of("Élise") == width_of("Elise")
