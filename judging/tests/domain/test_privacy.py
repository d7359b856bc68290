"""A juror's data: handed over whole, erased without breaking the seal."""

from __future__ import annotations

import pytest

from hackathon.domain import privacy as whole
from judging.domain import privacy, sealing
from judging.models import Ballot
from judging.tests.factories import DURING_PANELS, make_jury, mark_all

pytestmark = pytest.mark.django_db


def test_export_holds_the_jurors_own_ballots_and_no_other(at):
    at(DURING_PANELS)
    jury = make_jury()
    mark_all(jury.ballot(0, 0), value=4)
    juror = jury.ballot(0, 0).juror
    data = privacy.export(juror.person)
    assert len(data["ballots"]) == Ballot.objects.for_juror(juror).count()
    assert any(set(one["marks"].values()) == {"4"} for one in data["ballots"])


def test_erasing_a_juror_leaves_every_digest_as_it_was(at):
    at(DURING_PANELS)
    jury = make_jury()
    ballot = mark_all(jury.ballot(0, 0), value=4)
    Ballot.objects.filter(pk=ballot.pk).update(note="à revoir", comment="Bravo")
    before = sealing.ballot_digest(Ballot.objects.with_marks().get(pk=ballot.pk))
    whole.erase_person(person=ballot.juror.person, actor=None)
    after = Ballot.objects.with_marks().get(pk=ballot.pk)
    assert sealing.ballot_digest(after) == before
    assert after.note == ""
    assert after.juror.title == ""
