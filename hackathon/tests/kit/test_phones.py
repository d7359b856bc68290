"""Numbers for text messages: told with certainty, or not at all."""

from __future__ import annotations

import pytest

from hackathon.kit.phones import e164, takes_sms


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0612345678", "+33612345678"),
        ("06.12.34.56.78 (poste 3)", "+33612345678"),
        ("06 12 34 56 78 poste 3", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("+33 06 12 34 56 78", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0692 12 34 56", "+262692123456"),
        ("612345678", ""),
        ("+33 6 12", ""),
        ("=1+1", ""),
        ("", ""),
    ],
)
def test_a_number_as_typed(typed: str, number: str) -> None:
    assert e164(typed) == number


def test_french_landlines_take_no_message() -> None:
    assert [
        takes_sms(number) for number in ("+33612345678", "+33145678901", "+262692123456", "+32470123456", "")
    ] == [
        True,
        False,
        True,
        True,
        False,
    ]
