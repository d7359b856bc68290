"""The rush at the door: 250 scans in a row through the desk's own address."""

from __future__ import annotations

import statistics
import uuid

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path, reverse

from hackathon.models import AuditEntry, Event, Presence, Registration
from judging.domain import playing, staging

from . import Figure, timed
from .jury import questions

SCANS = 250


def bare_insert(request: HttpRequest, event: str) -> HttpResponse:
    """The baseline: one row written and its number answered, by the same server and the same middleware."""
    return JsonResponse({"pk": AuditEntry.objects.create(verb="bench_insert").pk})


urlpatterns = [path("<slug:event>/", bare_insert)]


def scanning(event: Event) -> Figure:
    """People come in, then leave, one after the other; after each, the bare view writes its row."""
    before = event.clock_offset
    playing.at(event, 0, "08:45")
    client = Client()
    organiser = staging.organiser()
    assert organiser is not None
    client.force_login(organiser, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("hackathon:desk_scan", args=[event.slug])
    codes = list(Registration.objects.for_event(event).coming().values_list("code", flat=True))
    rush = [(act, code) for act in ("check_in", "check_out") for code in codes][: SCANS + 2]

    def scan(act: str, code: str) -> None:
        answer = client.post(
            url, {"act": act, "q": code, "key": uuid.uuid4().hex}, headers={"accept": "application/json"}
        )
        assert answer.status_code == 200, answer.content
        assert answer.json()["is_repeat"] is False

    def bare() -> None:
        with override_settings(ROOT_URLCONF=__name__):
            assert client.post(f"/{event.slug}/").status_code == 200

    scan(*rush[0])
    bare()
    pairs = [(timed(lambda one=one: scan(*one)), timed(bare)) for one in rush[1:-1]]  # type: ignore[misc]
    with CaptureQueriesContext(connection) as made:
        scan(*rush[-1])
    ours = sorted(seconds for seconds, _bare in pairs)
    forget(event)
    event.clock_offset = before
    event.save(update_fields=["clock_offset"])
    return Figure(
        f"a scan, {len(pairs)} in a row",
        statistics.median(ours),
        statistics.median(seconds for _ours, seconds in pairs),
        "a view that inserts one row",
        "",
        {"p95": f"{ours[int(len(ours) * 0.95)] * 1000:.1f} ms", "queries": questions(made)},
    )


def forget(event: Event) -> None:
    """Leave the scratch event as it was for the next benchmark."""
    Presence.objects.for_event(event).delete()
    AuditEntry.objects.filter(verb__in=("check_in", "check_out", "bench_insert")).delete()
