"""A rehearsal as plain data: the same on its way back; its refused lines come back corrected."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from hackathon.domain import roster
from hackathon.domain.roster.refused_lines import refused_lines
from hackathon.models import Event, Person
from hackathon.tests.domain.roster.bringing import LUCE, bring, rehearse

BAD = "=Ana;Sol;ana@example.org;Astronaute;;Local;;;Oui;"


def test_a_report_comes_back_as_it_went(event: Event) -> None:
    bring(event, LUCE)
    changed = LUCE.replace("0102030405", "0600000000").replace("Local;Emploi", "Emploi;Local")
    report = roster.Report.of(rehearse(event, changed, BAD, "Zoe;Roy;;Designer;;;;;;"))
    back = roster.Report.from_bytes(report.as_bytes())
    assert back.as_bytes() == report.as_bytes()
    assert back.mapping == report.mapping
    for language in ("fr", "en"):
        with override(language):
            for ours, theirs in zip(back.lines, report.lines, strict=True):
                assert ours.differences == theirs.differences
                assert list(map(str, ours.reasons)) == list(map(str, theirs.reasons))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_refused_lines_are_corrected_and_sent_again(event: Event, kind: str, language: str) -> None:
    with override(language):
        report = roster.Report.of(bring(event, LUCE, BAD))
        data = refused_lines(report, kind=kind)
    again = roster.rehearse(event=event, data=data, name="refused")
    assert again.counts["refused"] == 1
    row = again.table.rows[0].cells
    assert row[0] == "=Ana"
    assert "Astronaute" in row[-1]
    assert row[-2] == "3"
    assert not any("palmares" in name.lower() for name in again.profile.mapping.values())
    corrected = roster.rehearse(event=event, data=_corrected(again, kind), name="corrected")
    assert corrected.counts == {"new": 1, "changed": 0, "unchanged": 0, "skipped": 0, "refused": 0}
    roster.import_rows(rehearsal=corrected, actor=None)
    assert Person.objects.get(email="ana@example.org").registration.extra == {}


def _corrected(rehearsal: roster.Rehearsal, kind: str) -> bytes:
    from hackathon.kit import sheets

    write = sheets.write_xlsx if kind == "xlsx" else sheets.write_csv
    rows = [[cell.replace("Astronaute", "Designer") for cell in row.cells] for row in rehearsal.table.rows]
    return write(rehearsal.table.header, rows)
