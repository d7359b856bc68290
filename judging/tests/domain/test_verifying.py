"""The seal finds what was altered behind the verbs' back, and names it."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.utils import translation

from hackathon.models import Event
from judging.domain import deliberating, sealing, verifying
from judging.models import Ballot, Seal


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def codes(event: Event, digest: str = "") -> set[str]:
    return {problem.code for problem in verifying.verify(event, digest=digest).altered}


@pytest.fixture
def ballot(results_demo: Event) -> Ballot:
    found = Ballot.objects.for_event(results_demo).filter(project__title="Plateau").first()
    assert found is not None
    return found


def test_what_nobody_touched_is_intact(results_demo: Event) -> None:
    made = Seal.objects.get()
    for digest in ("", made.digest, sealing.grouped(made.digest), made.digest[:16].upper()):
        assert verifying.verify(results_demo, digest=digest).is_intact


def test_an_altered_mark_is_named(results_demo: Event, ballot: Ballot) -> None:
    mark = ballot.marks.order_by("pk").first()
    assert mark is not None
    sql("UPDATE judging_mark SET value = value - 1 WHERE id = %s", mark.pk)
    with translation.override("en"):
        altered = verifying.verify(results_demo).altered
    named = [problem for problem in altered if problem.code == "mark"]
    assert [problem.where for problem in named] == [str(ballot)]
    assert mark.criterion.name_en in str(named[0].message)
    assert {"mark", "ballot", "seal"} <= {problem.code for problem in altered}


def test_an_altered_log_is_named_even_where_the_mark_agrees(results_demo: Event, ballot: Ballot) -> None:
    entry = ballot.mark_entries.first()
    assert entry is not None
    sql("UPDATE judging_markentry SET value = 1.5 WHERE id = %s", entry.pk)
    assert {"mark", "ballot", "seal"} <= codes(results_demo)


def test_a_log_that_misses_an_earlier_entry_is_named(judging_demo: Event) -> None:
    from judging.tests.factories import tap

    ballot = Ballot.objects.for_event(judging_demo).open().filter(marks=None).first()
    assert ballot is not None
    criterion = ballot.round.grid.criteria.first()
    assert criterion is not None
    tap(ballot, criterion, 2)
    tap(ballot, criterion, 4, version=1)
    sql("DELETE FROM judging_markentry WHERE ballot_id = %s AND version = 1", ballot.pk)
    found = verifying._log_differences(sealing.ballots_of(judging_demo))
    assert [(problem.code, problem.where) for problem in found] == [("log", str(ballot))]


def test_an_altered_award_is_named(results_demo: Event) -> None:
    award = results_demo.decisions.get().awards.get(rule__is_grand_prize=True)
    other = Ballot.objects.for_event(results_demo).filter(project__title="Plateau").values("project")[:1]
    sql("UPDATE judging_award SET project_id = %s WHERE id = %s", other[0]["project"], award.pk)
    with translation.override("fr"):
        altered = verifying.verify(results_demo).altered
    told = [str(problem) for problem in altered if problem.code == "award"]
    assert told == [
        "Grand prix du jury → Plateau: Ce prix a été modifié après le sceau (scellé\u00a0: Lunchtime Mentoring)."
    ]
    assert {"award", "ranking", "publication", "seal"} <= {problem.code for problem in altered}


@pytest.mark.parametrize(
    "change",
    ["state = 'set_aside'", "comment = 'Autre chose.'", "pseudonym = 'personne'", "receipt = 'faux'"],
)
def test_an_altered_ballot_is_named(results_demo: Event, ballot: Ballot, change: str) -> None:
    sql(f"UPDATE judging_ballot SET {change} WHERE id = %s", ballot.pk)
    ballot.refresh_from_db()
    named = [problem.where for problem in verifying.verify(results_demo).altered if problem.code == "ballot"]
    assert str(ballot) in named


def test_an_altered_announcement_is_named(results_demo: Event) -> None:
    publication = results_demo.decisions.get().publication
    content = publication.content
    content["en"]["grand"][0]["project"] = "Somebody else"
    sql("UPDATE judging_publication SET content = %s WHERE id = %s", json.dumps(content), publication.pk)
    assert codes(results_demo) == {"publication"}


def test_an_altered_seal_is_named(results_demo: Event) -> None:
    sql("UPDATE judging_seal SET digest = %s", "0" * 64)
    assert codes(results_demo) == {"seal"}


def test_a_whole_consistent_rewriting_is_caught_by_the_printed_digest(
    results_demo: Event, ballot: Ballot
) -> None:
    printed = sealing.grouped(Seal.objects.get().digest, groups=8)
    mark = ballot.marks.order_by("pk").first()
    assert mark is not None
    value = 4 if mark.value == 5 else mark.value + 1
    sql("UPDATE judging_mark SET value = %s WHERE id = %s", value, mark.pk)
    sql(
        "UPDATE judging_markentry SET value = %s WHERE ballot_id = %s AND criterion_id = %s",
        value,
        ballot.pk,
        mark.criterion_id,
    )
    for row in sealing.ballots_of(results_demo):
        Ballot.objects.filter(pk=row.pk).update(receipt=sealing.ballot_digest(row))
    made = Seal.objects.select_related("decision").get()
    made.content["ballots"] = {
        row.pseudonym: sealing.ballot_digest(row) for row in sealing.ballots_of(results_demo)
    }
    made.digest = sealing.chain(results_demo, made.decision, made.content)
    made.save()
    assert codes(results_demo) == set()
    assert codes(results_demo, digest=printed) == {"digest"}


def test_a_digest_too_short_proves_nothing(results_demo: Event) -> None:
    assert codes(results_demo, digest=Seal.objects.get().digest[:8]) == {"digest"}


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Nothing is sealed yet"), ("fr", "Rien n’est encore scellé")]
)
def test_nothing_sealed_is_refused(closed_demo: Event, language: str, sentence: str) -> None:
    with translation.override(language), pytest.raises(sealing.SealRefused, match=sentence):
        verifying.verify(closed_demo)


def test_sealing_asks_for_a_decision_that_was_read_and_seals_once(closed_demo: Event) -> None:
    with translation.override("en"):
        with pytest.raises(sealing.SealRefused, match="has not decided"):
            sealing.seal(event=closed_demo, actor=None)
        deliberating.decide(event=closed_demo, actor=None)
        with pytest.raises(sealing.SealRefused, match="recorded meanwhile"):
            sealing.seal(event=closed_demo, actor=None, version=3)
        sealing.seal(event=closed_demo, actor=None, version=1)
        with pytest.raises(sealing.SealRefused, match="sealed already"):
            sealing.seal(event=closed_demo, actor=None, version=1)
    assert Seal.objects.count() == 1


def test_a_correction_leaves_the_first_seal_verifiable(results_demo: Event) -> None:
    deliberating.decide(event=results_demo, actor=None, reason="Correction.")
    sealing.seal(event=results_demo, actor=None)
    assert verifying.verify(results_demo).is_intact
    first = results_demo.decisions.get(version=1).awards.exclude(project=None).first()
    assert first is not None
    sql("UPDATE judging_award SET is_tied = NOT is_tied WHERE id = %s", first.pk)
    assert "award" in codes(results_demo)
