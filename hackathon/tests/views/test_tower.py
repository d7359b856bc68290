"""The control tower and its windows: what it shows is registered by the apps; what it costs never grows."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hackathon.domain import windows
from hackathon.enums import DutyKind, Override, RegistrationState, WindowKind
from hackathon.kit.registry import Alert, Figure, Panel, Step, registry
from hackathon.models import AuditEntry, OutgoingMail, Presence, ProgrammeItem
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at):
    at(factories.DURING_WORK)
    return factories.make_event()


@pytest.fixture
def organiser(event, browse):
    return browse(factories.make_staff(event))


def tower(event):
    return reverse("hackathon:tower", args=[event.slug])


def windows_url(event, name="windows", *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


def test_tower_shows_the_most_pressing_step_and_every_panel(event, organiser, monkeypatch):
    panels = [
        Panel("one", lambda e: [Figure(41, "figures of one")], lambda e: [Alert("quiet", "Calm", "a small thing")],
              lambda e: [Step(20, "a small step", "go", "/small/")]),
        Panel("two", lambda e: [Figure(42, "figures of two", share=0.5)], lambda e: [Alert("bad", "Bad", "a grave thing", "Mend", "/mend/")],
              lambda e: [Step(70, "a pressing step", "go", "/pressing/")]),
    ]  # fmt: skip
    monkeypatch.setattr(registry, "panels", panels)
    text = organiser.get(tower(event)).content.decode()
    assert "a pressing step" in text
    assert "a small step" not in text
    assert "figures of one" in text
    assert 'max="84.0"' in text
    assert text.index("a grave thing") < text.index("a small thing")
    assert 'href="/mend/"' in text


def test_tower_counts_people(event, organiser):
    role = factories.make_role(event)
    factories.make_registration(event, role, state=RegistrationState.WAITLISTED)
    factories.make_registration(event, role, state=RegistrationState.CANCELLED)
    seen = factories.make_registration(event, role)
    factories.make_registration(event, role, state=RegistrationState.ACCEPTED)
    text = organiser.get(tower(event)).content.decode()
    assert re.search(r"1</span>[^<]*<span[^>]*><a[^>]*>confirmé sur 2 qui ont une place", text)
    for half in ("am", "pm"):
        Presence.objects.create(
            registration=seen, day=event.days.first(), half=half, in_at=factories.DURING_WORK
        )
    text = organiser.get(tower(event)).content.decode()
    assert re.search(r"1</span>[^<]*<span[^>]*><a[^>]*>présent sur 2 attendus", text)
    assert re.search(r"3</span>[^<]*<span[^>]*><a[^>]*>personnes inscrites", text)
    assert "personne sur liste d’attente" in text


def test_tower_warns_of_letters_that_failed(event, organiser):
    OutgoingMail.objects.create(
        event=event, letter="x", to="a@example.org", subject="x", text="x", state="failed"
    )
    assert "1 lettre n’a pas pu être remise" in organiser.get(tower(event)).content.decode()


def test_tower_of_a_hidden_event_leads_to_its_set_up(event, organiser):
    event.is_public = False
    event.save()
    block = re.search(
        r'<section class="card next.*?</section>', organiser.get(tower(event)).content.decode(), re.DOTALL
    )
    assert reverse("hackathon:setup", args=[event.slug]) in block.group()


def test_tower_follows_the_run_sheet(event, organiser):
    for number, title in enumerate(("Fini", "En ce moment", "Bientôt"), start=-1):
        ProgrammeItem.objects.create(
            event=event, title_fr=title, starts_at=factories.DURING_WORK + timedelta(hours=number)
        )
    text = organiser.get(tower(event)).content.decode()
    now = re.search(r'<li class="timeline-item timeline-now".*?</li>', text, re.DOTALL).group()
    assert "En ce moment" in now
    assert "Ensuite" in text[text.index("Bientôt") : text.index("Bientôt") + 120]


def test_tower_asks_the_same_of_the_database_whatever_the_people(event, organiser):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    role, numbers = factories.make_role(event), []
    for more in (1, 2, 27):
        for _ in range(more):
            factories.make_registration(event, role)
            OutgoingMail.objects.create(
                event=event, letter="x", to="a@example.org", subject="x", text="x", state="failed"
            )
            ProgrammeItem.objects.create(event=event, title_fr="Ligne", starts_at=factories.DURING_WORK)
        organiser.get(tower(event))
        with CaptureQueriesContext(connection) as asked:
            organiser.get(tower(event))
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 15


@pytest.mark.parametrize("kind", [DutyKind.DESK, DutyKind.SECRETARY, DutyKind.PRESS])
def test_tower_is_the_organisers_own(event, browse, kind):
    assert browse(factories.make_staff(event, kind)).get(tower(event)).status_code == 403
    assert browse(factories.make_staff(factories.make_event())).get(tower(event)).status_code == 403
    assert browse(None).get(tower(event)).status_code == 302


def test_window_is_closed_by_hand_with_a_reason_only(event, organiser):
    window = windows.window_of(event, WindowKind.SUBMISSION)
    url = windows_url(event, "window_override", window.pk)
    refused = organiser.post(
        url, {f"override-{window.pk}-override": "closed", f"override-{window.pk}-reason": " "}
    )
    assert refused.status_code == 422
    assert "Dites pourquoi" in refused.content.decode()
    window.refresh_from_db()
    assert window.override == Override.NONE
    done = organiser.post(
        url, {f"override-{window.pk}-override": "closed", f"override-{window.pk}-reason": "Alerte"}
    )
    assert done.status_code == 302
    window.refresh_from_db()
    assert window.override == Override.CLOSED
    assert "Alerte" in organiser.get(windows_url(event)).content.decode()
    assert AuditEntry.objects.get(verb="override_window").reason == "Alerte"


def test_window_is_extended_in_the_time_of_the_venue(event, organiser):
    window = windows.window_of(event, WindowKind.SUBMISSION)
    url = windows_url(event, "window_extension", window.pk)
    data = {f"extension-{window.pk}-closes_at": "2016-11-19T14:00", f"extension-{window.pk}-reason": "Panne"}
    assert organiser.post(url, data).status_code == 302
    window.refresh_from_db()
    assert window.closes_at == factories.DEADLINE + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("language", "opens", "words"),
    [
        ("fr", "2016-10-30T02:30", "existe deux fois"),
        ("en", "2016-10-30T02:30", "comes twice"),
        ("fr", "2016-03-27T02:30", "n’existe pas"),
        ("en", "2016-03-27T02:30", "does not exist"),
    ],
)
def test_window_at_a_time_that_clocks_skip_or_repeat_is_refused(event, organiser, language, opens, words):
    window = windows.window_of(event, WindowKind.REGISTRATION)
    url = ("/en" if language == "en" else "") + windows_url(event, "window_times", window.pk)
    answer = organiser.post(
        url, {f"times-{window.pk}-opens_at": opens, f"times-{window.pk}-closes_at": "2016-11-17T20:00"}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    window.refresh_from_db()
    assert window.opens_at == factories.REGISTRATION_OPENS


def test_window_that_is_missing_is_planned_on_the_same_page(event, organiser):
    windows.window_of(event, WindowKind.ROSTER).delete()
    text = organiser.get(windows_url(event)).content.decode()
    assert 'name="times-roster-opens_at"' in text
    data = {
        "kind": "roster",
        "times-roster-opens_at": "2016-11-18T08:30",
        "times-roster-closes_at": "2016-11-18T18:00",
    }
    assert organiser.post(windows_url(event), data).status_code == 302
    assert event.windows.filter(kind="roster").count() == 1
    backwards = {**data, "kind": "roster", "times-roster-closes_at": "2016-11-18T08:00"}
    event.windows.filter(kind="roster").delete()
    answer = organiser.post(windows_url(event), backwards)
    assert answer.status_code == 422
    assert "se fermerait avant" in answer.content.decode()


def test_window_of_another_event_does_not_exist(event, organiser):
    other = windows.window_of(factories.make_event(), WindowKind.SUBMISSION)
    assert organiser.post(windows_url(event, "window_override", other.pk), {}).status_code == 404
