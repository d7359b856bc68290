"""Whatever a list holds: it is read or refused in words, never more; and brought twice, it changes nothing."""

from __future__ import annotations

import contextlib
import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hackathon.domain import roster
from hackathon.models import Event, Person
from hackathon.tests.domain.roster.bringing import HEADER

NAMES = st.sampled_from(
    ["Luce", "LUCÉ", "luce", "Ana", "Jean-Paul", "", "-", "O’Neil", "=1+1", "Zoé\u00a0Anne"]
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8
)
CELLS = {
    "mail": st.sampled_from(["", "a@example.org", "A@Example.org", "b@example.org", "non", "a@@b"]),
    "role": st.sampled_from(["Designer", "développeur", "DEVELOPER", "Astronaute", ""]),
    "phone": st.sampled_from(["", "0102030405", "+33 1 02 03 04 05", "102030405"]) | WORDS,
    "theme": st.sampled_from(["", "Local", "emploi", "Local, Emploi", "La Lune"]),
    "yes": st.sampled_from(["Oui", "non", "x", "✓", "1", "oui mais", ""]) | WORDS,
    "date": st.sampled_from(["", "20/09/2016 10:04", "2016-09-21", "9/22/2016", "42633,5", "hier"]),
}
ROW = st.tuples(
    NAMES | WORDS, NAMES, CELLS["mail"], CELLS["role"], CELLS["phone"], CELLS["theme"], CELLS["theme"], WORDS,
    CELLS["yes"], CELLS["date"],
)  # fmt: skip
FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FEW
@given(st.lists(ROW, min_size=1, max_size=8))
def test_any_rows_brought_twice_change_nothing(event: Event, rows: list[tuple[str, ...]]) -> None:
    Person.objects.all().delete()
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADER.split(";"), *rows])
    data = out.getvalue().encode()
    try:
        first = roster.rehearse(event=event, data=data, name="x")
    except roster.UnreadableList:
        return
    said = first.counts
    roster.import_rows(rehearsal=first, actor=None)
    assert first.counts == said
    assert Person.objects.count() == said["new"]
    again = roster.rehearse(event=event, data=data, name="x").counts
    assert (again["new"], again["changed"]) == (0, 0)
    assert again["refused"] == said["refused"]


@FEW
@given(st.binary(max_size=400), st.sampled_from([b"", HEADER.encode() + b"\n", b"PK\x03\x04", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused_in_words(event: Event, data: bytes, start: bytes) -> None:
    with contextlib.suppress(roster.UnreadableList):
        roster.rehearse(event=event, data=start + data, name="x")
