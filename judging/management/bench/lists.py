"""Importing a list of 250, and showing it."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path, reverse

from hackathon.domain import roster
from hackathon.models import Event, Person, Registration, Role
from judging.domain import staging

from . import Figure, in_turn


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
