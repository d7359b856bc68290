"""Who sits, who marks what, opening, closing, excusing, and who passes to the final."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils.translation import override

from hackathon.kit.errors import Refused
from hackathon.models import AuditEntry, OutgoingMail, Person
from hackathon.tests.factories import make_person, make_registration
from judging.domain import closing, convening, drawing, grids, reminding, scoring
from judging.enums import BallotState, RoundState
from judging.models import Ballot, Entry, Grid, Juror, MarkEntry
from judging.tests.factories import (
    DURING_FINAL,
    DURING_PANELS,
    Jury,
    make_juror,
    make_jury,
    make_project,
    mark_all,
    tap,
)
from teams.enums import Standing
from teams.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _during_the_panels(at) -> None:
    at(DURING_PANELS)


def mark_everything(jury: Jury, values: dict[int, int]) -> None:
    """Every ballot of the panels at the mark of its project (by its number), handed in."""
    by_project = {project.pk: values[number] for number, project in enumerate(jury.projects)}
    for ballot in Ballot.objects.in_round(jury.panels).open().with_projects():
        mark_all(ballot, by_project[ballot.project_id])


def withdraw(project) -> None:
    project.standing, project.standing_reason = Standing.WITHDRAWN, "L’équipe est partie"
    project.save()


# --- who sits ---------------------------------------------------------------------------------------------------


def test_add_juror_makes_one_person_and_writes_to_them():
    jury = make_jury(jurors=0, opened=False)
    juror = make_juror(jury.event, first_name="Zoé", last_name="Ardant", email="zoe@example.org")
    assert juror.person.account.email == "zoe@example.org"
    letter = OutgoingMail.objects.get(letter="jury_invitation")
    assert (letter.to, f"/{jury.event.slug}/jury/" in letter.text) == ("zoe@example.org", True)
    with pytest.raises(convening.SeatRefused):
        make_second(jury, "zoe@example.org")
    assert Person.objects.reached_at("zoe@example.org").count() == 1


def make_second(jury: Jury, email: str) -> Juror:
    return convening.add_juror(
        event=jury.event, first_name="Zoe", last_name="ARDANT", email=email.upper(), actor=None
    )


def test_add_juror_knows_a_person_of_the_event():
    jury = make_jury(jurors=0, opened=False)
    person = make_person(jury.event, "Zoe", "Ardant", email="zoe@example.org")
    assert make_second(jury, "zoe@example.org").person == person


def test_a_second_president_is_refused_and_the_presidency_can_be_handed_over():
    jury = make_jury()
    with pytest.raises(convening.SeatRefused, match=r"preside|présid"):
        make_juror(jury.event, is_president=True)
    convening.preside(juror=jury.jurors[1], actor=None)
    assert list(Juror.objects.for_event(jury.event).presiding()) == [jury.jurors[1]]


def test_set_up_round_makes_a_panel_per_theme_and_its_window():
    jury = make_jury(themes=3, jurors=0, projects=0, opened=False)
    assert [panel.theme.position for panel in jury.panels.panels.all()] == [1, 2, 3]
    assert (jury.panels.window.kind, jury.panels.window.key) == ("scoring", "panels")
    assert jury.final.panels.get().theme is None


# --- the draw ---------------------------------------------------------------------------------------------------


def test_open_round_gives_each_member_a_ballot_for_each_project_of_their_theme():
    jury = make_jury(themes=2, projects=3, jurors=2)
    assert Ballot.objects.in_round(jury.panels).count() == 2 * 3 * 2
    for ballot in Ballot.objects.with_projects():
        assert ballot.project.team.theme_id == ballot.panel.theme_id
    panel = jury.panels.panels.first()
    entries = list(panel.entries.all())
    assert [entry.position for entry in entries] == [1, 2, 3]
    assert (entries[1].starts_at - entries[0].starts_at).total_seconds() == 7 * 60
    assert entries[0].starts_at == jury.panels.window.opens_at


def test_the_same_seed_draws_the_same_order_and_another_seed_another():
    jury = make_jury(projects=8, opened=False)

    def order(seed: int) -> list[int]:
        convening.draw_round(round=jury.panels, actor=None, seed=seed)
        return list(Entry.objects.order_by("position").values_list("project_id", flat=True))

    assert order(1) == order(1)
    assert order(1) != order(2)


def test_open_round_keeps_a_draw_that_was_announced():
    jury = make_jury(projects=6, opened=False)
    convening.draw_round(round=jury.panels, actor=None, seed=7)
    before = list(Entry.objects.values_list("project_id", "position"))
    convening.open_round(round=jury.panels, actor=None, seed=1)
    assert list(Entry.objects.values_list("project_id", "position")) == before


def test_open_round_refuses_a_draw_that_no_longer_agrees():
    jury = make_jury(opened=False)
    convening.draw_round(round=jury.panels, actor=None)
    make_project(jury.event, jury.event.themes.get(), "Arrivé tard")
    convening.seat(
        panel=jury.panels.panels.get(), juror=make_juror(jury.event, last_name="Retard"), actor=None
    )
    with pytest.raises(convening.RoundRefused) as refused:
        convening.open_round(round=jury.panels, actor=None)
    assert len(refused.value.details["problems"]) == 2
    assert jury.panels.state == RoundState.PLANNED


def test_open_round_refuses_a_panel_without_a_juror_by_its_name():
    jury = make_jury(themes=2, jurors=0, opened=False)
    with override("en"), pytest.raises(convening.RoundRefused, match="Panel Thématique 1 has no juror"):
        convening.open_round(round=jury.panels, actor=None)
    assert not Ballot.objects.exists()


def test_open_round_twice_is_refused():
    jury = make_jury()
    with pytest.raises(convening.RoundRefused):
        convening.open_round(round=jury.panels, actor=None)
    with pytest.raises(convening.RoundRefused):
        convening.draw_round(round=jury.panels, actor=None)


def test_a_juror_in_the_team_is_recused_from_the_start():
    jury = make_jury(opened=False)
    registration = make_registration(jury.event, person=jury.jurors[0].person)
    Membership.objects.create(team=jury.projects[0].team, registration=registration)
    convening.open_round(round=jury.panels, actor=None)
    assert jury.ballot(0, 0).state == BallotState.RECUSED
    assert jury.ballot(0, 0).recusal_reason
    assert jury.ballot(1, 0).state == BallotState.OPEN


def test_a_recusal_declared_before_the_opening_survives_a_new_draw():
    jury = make_jury(opened=False)
    convening.draw_round(round=jury.panels, actor=None)
    scoring.recuse(ballot=jury.ballot(0, 0), reason="Ma sœur", actor=None)
    convening.draw_round(round=jury.panels, actor=None, seed=2)
    assert (jury.ballot(0, 0).state, jury.ballot(0, 0).recusal_reason) == (BallotState.RECUSED, "Ma sœur")


def test_per_project_asks_that_many_jurors():
    jury = make_jury(projects=6, jurors=4, opened=False)
    convening.draw_round(round=jury.panels, actor=None, per_project=2)
    convening.open_round(round=jury.panels, actor=None)
    for project in jury.projects:
        assert Ballot.objects.filter(project=project).count() == 2
    with pytest.raises(convening.RoundRefused):
        convening.draw_round(round=make_jury(jurors=1, opened=False).panels, actor=None, per_project=3)


def test_a_substitute_seated_in_an_open_round_marks_everything():
    jury = make_jury()
    substitute = make_juror(jury.event)
    panel = jury.panels.panels.get()
    convening.seat(panel=panel, juror=substitute, actor=None)
    convening.seat(panel=panel, juror=substitute, actor=None)
    assert Ballot.objects.for_juror(substitute).count() == 2
    with pytest.raises(convening.SeatRefused):
        convening.unseat(panel=panel, juror=substitute, actor=None)


# --- closing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("en", "2 ballots are missing: "), ("fr", "Il manque 2 fiches\u00a0: ")]
)
def test_close_round_names_the_missing_cells(language, words):
    jury = make_jury()
    for project in (0, 1):
        mark_all(jury.ballot(0, project))
    tap(jury.ballot(1, 0), "impact", 4)
    with override(language), pytest.raises(convening.RoundIncomplete) as refused:
        convening.close_round(round=jury.panels, actor=None)
    assert str(refused.value).startswith(words)
    assert f"{jury.jurors[1]} × {jury.projects[0]}" in str(refused.value)
    assert len(refused.value.details["missing"]) == 2
    jury.panels.refresh_from_db()
    assert (jury.panels.state, Ballot.objects.open().count()) == (RoundState.OPEN, 2)


def test_close_round_waits_neither_for_recused_cells_nor_for_withdrawn_projects():
    jury = make_jury(projects=3)
    mark_all(jury.ballot(0, 0))
    mark_all(jury.ballot(0, 1))
    scoring.recuse(ballot=jury.ballot(1, 0), reason="Conflit", actor=None)
    mark_all(jury.ballot(1, 1))
    withdraw(jury.projects[2])
    convening.close_round(round=jury.panels, actor=None)
    assert jury.panels.state == RoundState.CLOSED
    assert not Ballot.objects.open().exists()
    with pytest.raises(scoring.BallotClosed):
        tap(jury.ballot(0, 0), "impact", 5, version=1)
    with pytest.raises(scoring.BallotClosed):
        scoring.reopen(ballot=jury.ballot(0, 0), reason="Oubli", actor=None)
    with pytest.raises(scoring.BallotClosed):
        scoring.recuse(ballot=jury.ballot(0, 0), reason="Oubli", actor=None)


def test_excuse_juror_keeps_complete_ballots_and_sets_partial_ones_aside():
    jury = make_jury(projects=3)
    for project in range(3):
        mark_all(jury.ballot(0, project))
    mark_all(jury.ballot(1, 0), hand_in=False)
    tap(jury.ballot(1, 1), "impact", 2)
    with pytest.raises(convening.ExcuseRefused):
        convening.excuse_juror(round=jury.panels, juror=jury.jurors[1], reason=" ", actor=None)
    convening.excuse_juror(round=jury.panels, juror=jury.jurors[1], reason="Train supprimé", actor=None)
    states = [jury.ballot(1, project).state for project in range(3)]
    assert states == [BallotState.HANDED_IN, BallotState.SET_ASIDE, BallotState.SET_ASIDE]
    assert jury.ballot(1, 0).receipt
    convening.close_round(round=jury.panels, actor=None)
    assert AuditEntry.objects.get(verb="excuse_juror").reason == "Train supprimé"


def test_an_excused_juror_who_comes_back_finds_their_ballots():
    jury = make_jury()
    tap(jury.ballot(1, 0), "impact", 2)
    convening.excuse_juror(round=jury.panels, juror=jury.jurors[1], reason="Absent", actor=None)
    convening.seat(panel=jury.panels.panels.get(), juror=jury.jurors[1], actor=None)
    assert jury.ballot(1, 0).state == BallotState.OPEN
    tap(jury.ballot(1, 0), "impact", 3, version=1)


@pytest.mark.django_db(transaction=True)
def test_a_mark_and_the_closing_at_once_never_leave_a_mark_after_the_closing():
    """A withdrawn project comes back while the round closes: whichever comes first, the log agrees with the state."""
    for _attempt in range(4):
        jury = make_jury(projects=1, jurors=1)
        ballot = jury.ballot(0, 0)
        start = threading.Barrier(2)
        marked: list[bool] = []

        def close(jury=jury, start=start) -> None:
            start.wait()
            try:
                mark_all(jury.ballot(0, 0))
                convening.close_round(round=jury.panels, actor=None)
            except Refused:
                pass
            finally:
                connection.close()

        def mark(ballot=ballot, start=start, marked=marked) -> None:
            start.wait()
            try:
                for version in range(30):
                    tap(ballot, "impact", 5, version=version)
                    marked.append(True)
            except Refused:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for work in (close, mark)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        jury.panels.refresh_from_db()
        if jury.panels.state == RoundState.CLOSED:
            receipt = Ballot.objects.get(pk=ballot.pk).receipt
            from judging.domain import sealing

            assert receipt == sealing.ballot_digest(Ballot.objects.with_marks().get(pk=ballot.pk))


# --- the final --------------------------------------------------------------------------------------------------


def closed_panels(values: dict[int, int], **sizes: int) -> Jury:
    jury = make_jury(**sizes)
    mark_everything(jury, values)
    convening.close_round(round=jury.panels, actor=None)
    return jury


def test_finalists_are_the_first_two_of_each_panel():
    jury = closed_panels({0: 2, 1: 5, 2: 4, 3: 1, 4: 3, 5: 2}, themes=2, projects=3)
    passing = convening.finalists(jury.panels)
    assert [(one.project, one.place) for one in passing] == [
        (jury.projects[1], 1), (jury.projects[2], 2), (jury.projects[4], 1), (jury.projects[5], 2),
    ]  # fmt: skip


def test_finalists_left_ex_aequo_at_the_last_place_all_pass():
    jury = closed_panels({0: 5, 1: 3, 2: 3, 3: 1}, projects=4)
    passing = convening.finalists(jury.panels)
    assert [(one.project, one.place, one.is_tied) for one in passing] == [
        (jury.projects[0], 1, False), (jury.projects[1], 2, True), (jury.projects[2], 2, True),
    ]  # fmt: skip


def test_finalists_are_unknown_while_the_panels_are_open():
    jury = make_jury()
    with pytest.raises(convening.FinalistRefused):
        convening.finalists(jury.panels)
    with pytest.raises(Refused):
        convening.open_round(round=jury.final, actor=None)


def test_the_final_opens_with_the_finalists_and_those_chosen_by_hand(at):
    jury = closed_panels({0: 5, 1: 4, 2: 3}, projects=3)
    with pytest.raises(convening.FinalistRefused):
        convening.add_finalist(final=jury.final, project=jury.projects[2], reason="", actor=None)
    convening.add_finalist(
        final=jury.final, project=jury.projects[2], reason="Coup de cœur motivé", actor=None
    )
    convening.remove_finalist(final=jury.final, project=jury.projects[1], reason="Renonce", actor=None)
    at(DURING_FINAL)
    convening.open_round(round=jury.final, actor=None)
    entries = {entry.project: entry.reason for entry in jury.final.panels.get().entries.all()}
    assert entries == {jury.projects[0]: "", jury.projects[2]: "Coup de cœur motivé"}
    assert Ballot.objects.in_round(jury.final).count() == 2
    with pytest.raises(convening.FinalistRefused):
        convening.remove_finalist(final=jury.final, project=jury.projects[0], reason="trop tard", actor=None)


# --- the grid, the reminders ------------------------------------------------------------------------------------


def test_the_default_grid_is_made_once_with_both_languages():
    jury = make_jury(jurors=0, opened=False)
    assert grids.make_default_grid(jury.event) == jury.grid
    assert [criterion.weight for criterion in jury.criteria] == [30, 25, 20, 15, 10]
    for level in jury.grid.levels.all():
        assert all([level.label_fr, level.label_en, level.sentence_fr, level.sentence_en])


def rows_of(grid: Grid) -> dict[str, list[dict]]:
    names = ("key", "name_fr", "name_en", "help_fr", "help_en", "weight")
    texts = ("value", "label_fr", "label_en", "sentence_fr", "sentence_en")
    return {
        "criteria": [{name: getattr(row, name) for name in names} for row in grid.criteria.all()],
        "levels": [{name: getattr(row, name) for name in texts} for row in grid.levels.all()],
    }


def test_change_grid_in_place_before_the_first_mark_and_as_a_new_version_after():
    jury = make_jury()
    wanted = rows_of(jury.grid)
    wanted["criteria"][0]["weight"] = 40
    assert grids.change_grid(grid=jury.grid, actor=None, **wanted) == jury.grid
    assert jury.grid.criteria.first().weight == 40
    tap(jury.ballot(0, 0), "impact", 4)
    wanted["criteria"][0]["weight"] = 50
    with pytest.raises(grids.GridRefused):
        grids.change_grid(grid=jury.grid, actor=None, **wanted)
    newer = grids.change_grid(grid=jury.grid, actor=None, reason="Demande du jury", **wanted)
    assert (newer.version, newer.criteria.first().weight) == (2, 50)
    jury.panels.refresh_from_db()
    jury.final.refresh_from_db()
    assert (jury.panels.grid, jury.final.grid) == (jury.grid, newer)
    assert Grid.objects.get(pk=jury.grid.pk).criteria.first().weight == 40


def test_change_grid_says_everything_that_is_wrong_at_once():
    jury = make_jury(opened=False)
    wanted = rows_of(jury.grid)
    wanted["criteria"][1]["weight"] = 0
    wanted["criteria"][2]["key"] = wanted["criteria"][3]["key"]
    del wanted["levels"][2]
    with pytest.raises(grids.GridRefused) as refused:
        grids.change_grid(grid=jury.grid, actor=None, **wanted)
    assert len(refused.value.details["problems"]) == 3


def test_remind_jurors_writes_to_those_with_ballots_left_once_an_hour():
    jury = make_jury()
    for project in (0, 1):
        mark_all(jury.ballot(0, project))
    assert reminding.remind_jurors(round=jury.panels, actor=None) == 1
    assert reminding.remind_jurors(round=jury.panels, actor=None) == 0
    assert OutgoingMail.objects.get(letter="ballots_left").to == jury.jurors[1].person.email


def test_plan_round_writes_nothing():
    jury = make_jury(opened=False)
    plans = drawing.plan_round(jury.panels, per_project=1)
    assert (len(plans), Entry.objects.count(), Ballot.objects.count()) == (1, 0, 0)
    assert closing.missing_cells(jury.panels) == []
    assert MarkEntry.objects.count() == 0
