"""Conflicts of interest: suggested, declared, confirmed, set aside, and enforced wherever a ballot is made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hackathon.models import Person
from hackathon.tests.factories import make_role
from judging.domain import conflicts, convening, drawing, plan_preview, repairing_jury, scoring
from judging.enums import BallotState, ConflictState
from judging.models import Ballot, PanelMember
from judging.tests.factories import DURING_PANELS, make_juror, make_jury, mark_all
from teams.domain import mentoring
from teams.tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def write(person: Person, **fields: str) -> None:
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()


def states(jury, juror: int) -> list[str]:
    rows = Ballot.objects.in_round(jury.panels).for_juror(jury.jurors[juror]).order_by("project_id")
    return [ballot.state for ballot in rows]


def test_suggested_from_organisation_surname_domain_and_mentoring():
    jury = make_jury(projects=3, opened=False)
    make_role(jury.event)
    team, other, helped = (project.team for project in jury.projects)
    _account, member = make_member(jury.event, team)
    _account, another = make_member(jury.event, other)
    juror = jury.jurors[1].person
    write(juror, organisation="Ville de Lyon", last_name="Étienne", email="a@mairie.example")
    write(member.person, organisation="VILLE DE LYON", last_name="Etienne", email="b@Mairie.example")
    write(another.person, email="someone@gmail.com")
    request = mentoring.ask_help(team=helped, registration=None, topic="Pitch", actor=None)
    mentoring.take_help(request=request, actor=jury.account(0))
    found = {(one.juror, one.team): one.reason for one in conflicts.suggestions(jury.event)}
    assert set(found) == {(jury.jurors[1], team), (jury.jurors[0], helped)}
    assert "Ville de Lyon" in found[jury.jurors[1], team]
    assert "mairie.example" in found[jury.jurors[1], team]
    assert member.person.first_name not in found[jury.jurors[1], team].split()


def test_a_generic_domain_suggests_nothing():
    jury = make_jury(projects=1, opened=False)
    _account, member = make_member(jury.event, jury.projects[0].team)
    write(member.person, email="b@gmail.com")
    write(jury.jurors[0].person, email="a@gmail.com")
    assert conflicts.suggestions(jury.event) == []


def test_an_answered_suggestion_is_not_made_again():
    jury = make_jury(projects=1, opened=False)
    _account, member = make_member(jury.event, jury.projects[0].team)
    write(member.person, organisation="Agence X")
    write(jury.jurors[0].person, organisation="agence x")
    (one,) = conflicts.suggestions(jury.event)
    conflicts.dismiss(juror=one.juror, team=one.team, reason=one.reason, actor=None)
    assert conflicts.suggestions(jury.event) == []
    assert conflicts.kept_apart(jury.event) == {}


@pytest.mark.parametrize("verb", [conflicts.declare, conflicts.confirm])
def test_the_draw_and_the_plan_keep_them_apart(verb):
    jury = make_jury(projects=3, jurors=3, opened=False)
    verb(juror=jury.jurors[1], team=jury.projects[0].team, reason="Ancien collègue", actor=None)
    for per_project in (None, 2):
        plan = plan_preview.preview(jury.panels, per_project=per_project, seed=1, minutes=7)
        (turn,) = [one for one in plan.panels[0].turns if one.project == str(jury.projects[0])]
        assert str(jury.jurors[1]) not in turn.jurors
        drawing.draw_round(round=jury.panels, actor=None, per_project=per_project)
        assert jury.ballot(1, 0).state == BallotState.RECUSED


def test_a_conflict_declared_later_recuses_the_ballots_that_are_there():
    jury = make_jury(projects=2)
    mark_all(jury.ballot(1, 0))
    conflicts.declare(
        juror=jury.jurors[1], team=jury.projects[0].team, reason="Famille", actor=jury.account(1)
    )
    assert states(jury, 1) == [BallotState.RECUSED, BallotState.OPEN]
    with pytest.raises(scoring.ReasonNeeded, match="Famille"):
        scoring.reopen(ballot=jury.ballot(1, 0), reason="Erreur", actor=None)
    conflicts.dismiss(juror=jury.jurors[1], team=jury.projects[0].team, reason="Vérifié", actor=None)
    assert states(jury, 1)[0] == BallotState.RECUSED
    scoring.reopen(ballot=jury.ballot(1, 0), reason="Vérifié", actor=None)
    assert states(jury, 1)[0] == BallotState.OPEN


def test_a_newcomer_and_a_substitute_do_not_mark_their_conflicts():
    jury = make_jury(projects=2)
    newcomer, substitute = make_juror(jury.event), make_juror(jury.event, is_substitute=True)
    for juror in (newcomer, substitute):
        conflicts.confirm(juror=juror, team=jury.projects[0].team, reason="Associé", actor=None)
    panel = jury.panels.panels.get()
    convening.seat(panel=panel, juror=newcomer, actor=None)
    own = Ballot.objects.in_round(jury.panels).for_juror(newcomer)
    assert own.get(project=jury.projects[0]).state == BallotState.RECUSED
    absent = PanelMember.objects.get(panel=panel, juror=jury.jurors[1])
    found = repairing_jury.propose(member=absent, substitute=substitute)
    assert {change.ballot.project: change.to for change in found.changes} == {jury.projects[1]: substitute}
    assert [ballot.project for ballot in found.left] == [jury.projects[0]]


def test_a_reason_is_asked_and_another_events_team_refused():
    jury, other = make_jury(projects=1), make_jury(projects=1)
    with pytest.raises(conflicts.ConflictRefused):
        conflicts.confirm(juror=jury.jurors[0], team=jury.projects[0].team, reason=" ", actor=None)
    with pytest.raises(conflicts.ConflictRefused):
        conflicts.declare(juror=jury.jurors[0], team=other.projects[0].team, reason="x", actor=None)
    made = conflicts.declare(juror=jury.jurors[0], team=jury.projects[0].team, reason="", actor=None)
    assert (made.state, bool(made.reason)) == (ConflictState.DECLARED, True)


def test_suggestions_ask_the_same_number_of_queries_whatever_the_size():
    asked = []
    for projects in (1, 8):
        jury = make_jury(projects=projects, jurors=projects, opened=False)
        for project in jury.projects:
            make_member(jury.event, project.team)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            conflicts.suggestions(jury.event)
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 5


def test_a_word_that_replaces_another_has_its_own_date(at):
    jury = make_jury(projects=1, opened=False)
    team, juror = jury.projects[0].team, jury.jurors[0]
    first = conflicts.confirm(juror=juror, team=team, reason="Cousins", actor=None).decided_at
    at(DURING_PANELS + timedelta(hours=1))
    assert conflicts.dismiss(juror=juror, team=team, reason="Homonymes", actor=None).decided_at > first
