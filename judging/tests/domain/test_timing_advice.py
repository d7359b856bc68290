"""How long a jury needs, and how many panels make it fit."""

from __future__ import annotations

import pytest

from judging.domain.timing_advice import advise


def test_forty_five_projects_before_one_jury_take_five_hours_and_a_quarter():
    advice = advise(projects=45, minutes=7, available=180)
    assert (advice.needed, advice.fits) == (315, True)
    assert advice.panels > 1
    assert advice.planned <= 180
    fewer = -(-45 // (advice.panels - 1)) * 7
    assert advice.panels == 2 or fewer + advice.finalists * 7 > 180 - 7 * advice.panels


def test_what_fits_needs_no_panels():
    advice = advise(projects=10, minutes=7, available=90)
    assert (advice.panels, advice.finalists, advice.planned, advice.fits) == (1, 0, 70, True)


def test_when_nothing_fits_the_shortest_is_given_and_said_not_to_fit():
    advice = advise(projects=45, minutes=15, available=60)
    assert not advice.fits
    assert advice.planned > 60


@pytest.mark.parametrize("projects", range(60))
def test_a_plan_never_takes_longer_than_one_jury_when_it_says_that_it_fits(projects):
    advice = advise(projects=projects, minutes=7, available=120)
    assert advice.fits == (advice.planned <= 120)


def test_a_turn_takes_time():
    with pytest.raises(ValueError, match="minute"):
        advise(projects=3, minutes=0, available=10)
