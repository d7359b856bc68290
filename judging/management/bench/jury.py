"""Saving a mark, printing the results, ranking."""

from __future__ import annotations

import uuid
from random import Random

from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from hackathon.kit.pdf import html_to_pdf
from hackathon.models import Event
from judging.documents import results as paper
from judging.domain import publishing, ranking
from judging.models import Ballot, Mark

from . import Figure, in_turn, median_of


def saving_a_mark(event: Event) -> Figure:
    """A tap on a phone, through the page's own address, against a bare one-row update through Django."""
    ballot = Ballot.objects.for_event(event).open().with_projects().filter(marks__isnull=False).first()
    assert ballot is not None, "the event must be at its judging stage"
    mark = ballot.marks.select_related("criterion").first()
    assert mark is not None
    client = Client()
    account = ballot.juror.person.account
    assert account is not None
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("judging:marks", args=[event.slug, ballot.pk])
    state = {"version": mark.version, "value": int(mark.value)}

    def ours() -> None:
        state["value"] = 1 + state["value"] % 5
        answer = client.post(
            url,
            {
                "criterion": mark.criterion.key,
                "value": state["value"],
                "version": state["version"],
                "key": uuid.uuid4().hex,
            },
            headers={"accept": "application/json"},
        )
        assert answer.status_code == 200, answer.content
        state["version"] = answer.json()["version"]

    def bare() -> None:
        with transaction.atomic():
            Mark.objects.filter(pk=mark.pk).update(value=3)

    seconds, baseline = in_turn(ours, bare, runs=30)
    with CaptureQueriesContext(connection) as made:
        ours()
    return Figure(
        "a mark saved",
        seconds,
        baseline,
        "a bare one-row update",
        "6 queries at most",
        {"queries": questions(made)},
    )


def questions(made: CaptureQueriesContext) -> int:
    """How many of the statements ask or write something: a transaction's beginning and end do not."""
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in made)


def results_pdf(event: Event) -> Figure:
    """The results as a PDF, from the database on, against WeasyPrint on the same HTML."""
    announcement = publishing.announcement(event, "fr")
    assert announcement is not None, "the event must be at its results stage"
    with translation.override("fr"):
        html = render_to_string(
            "pdf/results.html",
            {"announcement": announcement, "language": "fr", "check_address": "example", "is_demo": True},
        )
    seconds, baseline = in_turn(lambda: paper.results(event, "fr"), lambda: html_to_pdf(html), runs=7)
    return Figure("results PDF", seconds, baseline, "WeasyPrint on the same HTML")


def ranking_marks() -> Figure:
    """60 projects × 20 jurors, 5 marks per project, corrected for severity; against the plain means of the same."""
    random = Random(1)
    severity = [random.gauss(0, 1.5) for _unused in range(20)]
    ballots = [
        ranking.Ballot(juror, project, round(12 + random.gauss(0, 2) - severity[juror]))
        for project in range(60)
        for juror in random.sample(range(20), 5)
    ]
    seconds = median_of(lambda: ranking.rank_ballots(ballots), runs=15)

    def means() -> None:
        totals: dict[int, list[float]] = {}
        for ballot in ballots:
            totals.setdefault(ballot.project, []).append(float(ballot.total))  # type: ignore[arg-type]
        sorted(totals, key=lambda project: -sum(totals[project]) / len(totals[project]))

    return Figure(
        "ranking 60 projects × 20 jurors",
        seconds,
        median_of(means, runs=15),
        "sorting plain means",
        "under 50 ms",
    )
