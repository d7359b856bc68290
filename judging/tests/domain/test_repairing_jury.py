"""Mending a round when a juror is absent: what is not begun goes to others, the rest stays."""

from __future__ import annotations

import pytest

from judging.domain import convening, repairing_jury
from judging.enums import BallotState
from judging.models import Ballot, PanelMember
from judging.tests.factories import DURING_PANELS, make_juror, make_jury, mark_all, tap

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def make_shared_jury(per_project: int = 2):
    jury = make_jury(projects=6, jurors=4, opened=False)
    convening.draw_round(round=jury.panels, actor=None, per_project=per_project)
    convening.open_round(round=jury.panels, actor=None)
    return jury, PanelMember.objects.get(panel=jury.panels.panels.get(), juror=jury.jurors[1])


def own_ballots(jury, juror: int = 1) -> list[Ballot]:
    return list(
        Ballot.objects.in_round(jury.panels).for_juror(jury.jurors[juror]).with_projects().in_running_order()
    )


def test_unstarted_ballots_go_to_the_others_and_the_rest_stays():
    jury, absent = make_shared_jury()
    handed, started, *rest = own_ballots(jury)
    mark_all(handed)
    tap(started, "impact", 4)
    found = repairing_jury.propose(member=absent)
    assert [change.ballot.pk for change in found.changes] == [ballot.pk for ballot in rest]
    assert all(change.to != jury.jurors[1] for change in found.changes)
    assert [ballot.pk for ballot in found.kept] == [started.pk]
    before = Ballot.objects.in_round(jury.panels).exclude(pk__in=[ballot.pk for ballot in rest])
    untouched = list(before.order_by("pk").values())
    made = repairing_jury.repair(member=absent, shown=found.key, actor=None)
    assert list(before.filter(pk__in=[row["id"] for row in untouched]).order_by("pk").values()) == untouched
    assert {ballot.state for ballot in own_ballots(jury)[2:]} == {BallotState.SET_ASIDE}
    for project in jury.projects:
        counted = Ballot.objects.in_round(jury.panels).filter(project=project).expected()
        assert counted.count() == 2, project
    assert len(made) == len(rest)


def test_a_substitute_takes_them_and_no_more_than_them():
    jury, absent = make_shared_jury()
    substitute = make_juror(jury.event, is_substitute=True)
    found = repairing_jury.propose(member=absent, substitute=substitute)
    repairing_jury.repair(member=absent, substitute=substitute, shown=found.key, actor=None)
    taken = Ballot.objects.in_round(jury.panels).for_juror(substitute)
    assert {ballot.project_id for ballot in taken} == {change.ballot.project_id for change in found.changes}
    assert PanelMember.objects.filter(panel=absent.panel, juror=substitute).exists()


def test_when_everybody_marks_everything_nobody_else_can_take_them():
    jury = make_jury(projects=2, jurors=3)
    absent = PanelMember.objects.get(panel__round=jury.panels, juror=jury.jurors[1])
    found = repairing_jury.propose(member=absent)
    assert (found.changes, len(found.left)) == ([], 2)
    with pytest.raises(repairing_jury.RepairRefused):
        repairing_jury.repair(member=absent, shown=found.key, actor=None)
    assert {ballot.state for ballot in own_ballots(jury)} == {BallotState.OPEN}


def test_what_was_shown_is_what_is_done():
    _jury, absent = make_shared_jury()
    found = repairing_jury.propose(member=absent)
    tap(found.changes[0].ballot, "impact", 4)
    with pytest.raises(repairing_jury.RepairStale):
        repairing_jury.repair(member=absent, shown=found.key, actor=None)
    assert not Ballot.objects.filter(state=BallotState.SET_ASIDE).exists()


def test_nothing_left_and_a_closed_round_are_refused():
    jury = make_jury(projects=1, jurors=2)
    absent = PanelMember.objects.get(panel__round=jury.panels, juror=jury.jurors[1])
    for juror in (0, 1):
        mark_all(jury.ballot(juror, 0))
    with pytest.raises(repairing_jury.RepairRefused):
        repairing_jury.repair(member=absent, shown="", actor=None)
    convening.close_round(round=jury.panels, actor=None)
    with pytest.raises(repairing_jury.RepairRefused):
        repairing_jury.repair(member=absent, shown="", actor=None)
