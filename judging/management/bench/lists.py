"""Importing lists of 250, 5,000 and 10,000 people, how long others wait meanwhile, and showing 250."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path, reverse
from django.utils import timezone

from hackathon.domain import roster
from hackathon.models import AuditEntry, Consent, Event, Person, Registration, Role, ThemeChoice
from judging.domain import staging

from . import Figure, in_turn, timed


class _Undone(Exception):
    """Rolls a measured write back."""


def importing(event: Event) -> Figure:
    """Reading, rehearsing and writing the sample list, against `bulk_create` of the same people and registrations."""
    data = staging.LIST.read_bytes()
    role = Role.objects.for_event(event).in_order()[0]
    rows = roster.rehearse(event=event, data=data, name="inscriptions.csv").lines

    def ours() -> None:
        def write() -> None:
            rehearsal = roster.rehearse(event=event, data=data, name="inscriptions.csv")
            roster.import_rows(rehearsal=rehearsal, actor=None)

        undone(write)

    def bare() -> None:
        def write() -> None:
            people = [
                Person(
                    event=event,
                    first_name="Camille",
                    last_name=f"Morin {number}",
                    folded_name=f"morin {number}",
                )
                for number in range(len(rows))
            ]
            Person.objects.bulk_create(people)
            Registration.objects.bulk_create(
                Registration(event=event, person=one, role=role) for one in people
            )

        undone(write)

    seconds, baseline = in_turn(ours, bare, runs=5)
    return Figure(
        f"import of {len(rows)} rows, rehearsal included",
        seconds,
        baseline,
        "bulk_create of the rows",
        "under 1 s",
    )


def long_list(count: int) -> bytes:
    """The sample list, its people repeated under other names and addresses until there are that many."""
    header, *lines = staging.LIST.read_bytes().decode("cp1252").splitlines()
    made = [header]
    for number in range(count):
        cells = lines[number % len(lines)].split(";")
        cells[1] += "".join("abcdefghij"[int(figure)] for figure in f"{number:05}")
        cells[2] = f"personne{number}@exemple.test"
        made.append(";".join(cells))
    return "\r\n".join(made).encode("cp1252")


def importing_many(event: Event) -> Figure:
    """5,000 people through the rehearsal and the import by parts, against one `bulk_create` of each table they fill."""
    data = long_list(5_000)
    role = Role.objects.for_event(event).in_order()[0]

    def ours() -> None:
        def write() -> None:
            rehearsal = roster.rehearse(event=event, data=data, name="longue.csv")
            assert rehearsal.counts["new"] == 5_000
            roster.import_rows(rehearsal=rehearsal, actor=None)

        undone(write)

    def bare() -> None:
        undone(lambda: bare_rows(event, role, 5_000))

    seconds, baseline = in_turn(ours, bare, runs=2)
    return Figure(
        "import of 5,000 rows, rehearsal included",
        seconds,
        baseline,
        "bulk_create of the same people, registrations, choices, consents and record",
        "at most 10 ×",
    )


def bare_rows(event: Event, role: Role, count: int) -> None:
    """The same rows as the long list makes, written without reading anything."""
    themes = list(event.themes.all())
    people = [
        Person(event=event, first_name="Camille", last_name=f"M {n}", folded_name=f"camille m {n}", email=f"b{n}@exemple.test")
        for n in range(count)
    ]  # fmt: skip
    Person.objects.bulk_create(people)
    made = Registration.objects.bulk_create(
        Registration(event=event, person=one, role=role) for one in people
    )
    ThemeChoice.objects.bulk_create(
        ThemeChoice(registration=one, theme=theme, rank=rank)
        for one in made
        for rank, theme in enumerate(themes, start=1)
    )
    Consent.objects.bulk_create(
        Consent(person=one, purpose="image", given_at=timezone.now()) for one in people
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(event=event, verb="register", object_id=str(one.pk)) for one in made
    )


def waiting_beside(event: Event) -> Figure:
    """10,000 people go in while somebody else keeps writing: the longest that they waited."""
    data = long_list(10_000)
    waits: list[float] = []
    over = threading.Event()

    def other() -> None:
        try:
            while not over.is_set():
                waits.append(timed(lambda: Event.objects.filter(pk=event.pk).update(turns=F("turns") + 1)))
                over.wait(0.05)
        finally:
            connection.close()

    writer = threading.Thread(target=other)
    rehearsal = roster.rehearse(event=event, data=data, name="longue.csv")
    writer.start()
    try:
        seconds = timed(lambda: roster.import_rows(rehearsal=rehearsal, actor=None))
    finally:
        over.set()
        writer.join()
        Person.objects.filter(event=event, email__startswith="personne").delete()
    return Figure(
        "import of 10,000 rows beside another writer",
        seconds,
        target="waits of about 1 s at most",
        facts={"longest wait": f"{max(waits):.2f} s", "their writes": len(waits)},
    )


def undone(write: Any) -> None:
    """Do it in a transaction and take it back."""
    try:
        with transaction.atomic():
            write()
            raise _Undone
    except _Undone:
        pass


TABLE = """<table>{% for row in rows %}<tr><td>{{ row.person.first_name }} {{ row.person.last_name }}</td>
<td>{{ row.person.email }}</td><td>{{ row.role.name }}</td><td>{{ row.get_state_display }}</td></tr>{% endfor %}</table>"""


def bare_list(request: HttpRequest, event: str) -> HttpResponse:
    """The baseline: one query, one table, the same fifty rows that the page shows."""
    rows = Registration.objects.filter(event__slug=event).select_related("person", "role")[:50]
    return HttpResponse(engines["django"].from_string(TABLE).render({"rows": rows}, request))


urlpatterns = [path("<slug:event>/", bare_list)]


def listing(event: Event) -> Figure:
    """The organiser's list, signed in, through every middleware; so is the bare page."""
    client = Client()
    organiser = staging.organiser()
    assert organiser is not None
    client.force_login(organiser, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("hackathon:people", args=[event.slug])

    def ours() -> None:
        assert client.get(url).status_code == 200

    def bare() -> None:
        with override_settings(ROOT_URLCONF=__name__):
            assert client.get(f"/{event.slug}/").status_code == 200

    seconds, baseline = in_turn(ours, bare, runs=15)
    return Figure(
        "organiser’s list of 250 people",
        seconds,
        baseline,
        "a bare one-query page of the same rows",
        "8 queries at most",
        {"queries": queries(client, url)},
    )


def queries(client: Client, url: str) -> str:
    """How many the page makes, with 25, 250 and 2,500 people."""
    counts = []
    for kept, count in ((25, 25), (250, 250), (None, 2_500)):

        def measure(kept: int | None = kept, count: int = count) -> None:
            resize(kept, count)
            with CaptureQueriesContext(connection) as made:
                client.get(url)
            counts.append(f"{len(made)} ({count:,})")

        undone(measure)
    return ", ".join(counts)


def resize(kept: int | None, count: int) -> None:
    """Leave that many registrations in the scratch event, or fill it up to `count`."""
    event = Event.objects.get(slug=staging.SLUG)
    registrations = Registration.objects.for_event(event)
    if kept is not None:
        Registration.objects.filter(
            pk__in=list(registrations.order_by("pk").values_list("pk", flat=True))[kept:]
        ).delete()
        return
    role = Role.objects.for_event(event).in_order()[0]
    people = [
        Person(
            event=event,
            first_name="Camille",
            last_name=f"Morin {number}",
            folded_name=f"camille morin {number}",
        )
        for number in range(count - registrations.count())
    ]
    Person.objects.bulk_create(people)
    Registration.objects.bulk_create(
        Registration(event=event, person=one, role=role, state="confirmed") for one in people
    )
