"""What goes after an event, when, and what stays; the rehearsal says the same and changes nothing."""

import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from hackathon import letters
from hackathon.domain import passes, privacy, purging, sent_lists
from hackathon.kit import kept_files
from hackathon.models import (
    AuditEntry,
    Event,
    Needs,
    OutgoingMail,
    Pass,
    Person,
    Registration,
    RegistrationDraft,
)
from hackathon.tests import factories

pytestmark = pytest.mark.django_db

AFTER = factories.DURING_PANELS  # the afternoon of the last day


@pytest.fixture
def event(at):
    at(AFTER)
    return factories.make_event()


@pytest.fixture
def luce(event):
    person = factories.make_person(event, "Luce", email="luce@example.org")
    registration = factories.make_registration(event, person=person)
    Needs.objects.create(person=person, diet="Sans gluten")
    RegistrationDraft.objects.create(event=event, email="luce@example.org", data={"first_name": "Luce"})
    passes.make_pass(registration=registration, actor=None)
    letters.post(
        template="registration_accepted", to=person.email, language="fr", key="x", event=event, person=person,
        context={"registration": registration, "url": "/"},
    )  # fmt: skip
    OutgoingMail.objects.update(state="sent")
    return person


def kinds(rehearse=True):
    return {each.kind: each.count for each in purging.purge(actor=None, rehearse=rehearse)}


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, set()),
        (6, {"drafts"}),
        (7, {"drafts", "needs"}),
        (30, {"drafts", "needs", "passes"}),
        (180, {"drafts", "needs", "passes", "letters"}),
        (335, {"drafts", "needs", "passes", "letters", "notices"}),
        (365, {"drafts", "needs", "passes", "letters", "notices", "people"}),
    ],
)
def test_each_kind_is_due_on_its_day(luce, at, days, due):
    at(AFTER + timedelta(days=days))
    assert set(kinds()) == due


def test_rehearsal_changes_nothing_and_says_what_the_real_one_does(luce, at):
    at(AFTER + timedelta(days=400))
    before = (
        Needs.objects.count(),
        Pass.objects.count(),
        AuditEntry.objects.count(),
        OutgoingMail.objects.count(),
    )
    said = kinds(rehearse=True)
    after = (
        Needs.objects.count(),
        Pass.objects.count(),
        AuditEntry.objects.count(),
        OutgoingMail.objects.count(),
    )
    assert before == after
    assert kinds(rehearse=False) == said
    assert kinds(rehearse=True) == {}


def test_people_become_nobody_and_the_counts_stay(luce, at):
    states = Registration.objects.count_by_state()
    at(AFTER + timedelta(days=400))
    purging.purge(actor=None)
    luce.refresh_from_db()
    assert privacy.is_erased(luce)
    assert Registration.objects.count_by_state() == states
    stored = [
        str(list(model.objects.values())) for model in (Person, OutgoingMail, AuditEntry, RegistrationDraft)
    ]
    assert "luce" not in "".join(stored).lower()


def test_people_are_told_a_month_before_and_once(luce, at):
    at(AFTER + timedelta(days=340))
    for _ in range(2):
        purging.purge(actor=None)
    notice = OutgoingMail.objects.get(letter="deletion_notice")
    assert "19 novembre 2017" in notice.text
    assert Person.objects.get().first_name == "Luce"


def test_unfinished_forms_go_after_30_days_without_a_touch(event, at):
    RegistrationDraft.objects.create(event=event, updated_at=timezone.now() - timedelta(days=31))
    kept = RegistrationDraft.objects.create(event=event, updated_at=timezone.now() - timedelta(days=29))
    purging.purge(actor=None)
    assert list(RegistrationDraft.objects.all()) == [kept]


def test_worker_purges_once_a_day_and_never_the_demo(luce, at):
    cache.clear()
    at(AFTER + timedelta(days=8))
    Event.objects.update(is_demo=True)
    assert purging.tend() == 0
    cache.clear()
    Event.objects.update(is_demo=False)
    assert purging.tend() > 0
    Needs.objects.create(person=luce, diet="x")
    assert purging.tend() == 0


def test_command_answers_in_json_and_in_words(luce, at):
    at(AFTER + timedelta(days=8))
    out = StringIO()
    call_command("purge_personal_data", "--rehearse", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert {each["kind"] for each in answer["purged"]} == {"needs", "drafts"}
    assert Needs.objects.exists()
    out = StringIO()
    call_command("purge_personal_data", stdout=out)
    assert "1 needs gone (due on 2016-11-26)" in out.getvalue()
    assert not Needs.objects.exists()


def test_leap_day_has_an_anniversary():
    from datetime import date

    assert purging.a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_delays_on_the_pages_and_in_the_documentation_are_those_of_the_purge(client, luce):
    keeps = purging.Delays()
    page = client.get("/en" + reverse("hackathon:privacy")).text
    written = (Path(settings.BASE_DIR) / "docs" / "privacy.md").read_text()
    for number, unit in (
        (keeps.needs, "days"), (keeps.drafts, "days"), (keeps.slips, "days"), (keeps.letters, "days"),
        (keeps.files, "days"), (keeps.lists, "hours"), (keeps.open_slips, "hours"),
    ):  # fmt: skip
        assert f"{number} {unit}" in page
        assert f"{number} {unit}" in written
    assert f"{keeps.people} months after the event" in page


def test_page_follows_the_constant(client, luce, monkeypatch):
    monkeypatch.setattr(
        "hackathon.templatetags.palmares.Delays", lambda: purging.Delays(needs=9, people=24, lists=5)
    )
    page = client.get("/en" + reverse("hackathon:privacy")).text
    assert "9 days after the event" in page
    assert "24 months after the event" in page
    assert "7 days after the event" not in page
    assert "refused lines included: 5 hours" in page


def test_list_that_nobody_came_back_for_goes_with_the_purge(event, at):
    sent = sent_lists.keep(event, b"Nom;Regime\nA;secret", {"event": event.pk, "account": 1, "name": "a.csv"})
    said = lambda *options: json.loads(run_purge(*options))["list_files"]  # noqa: E731
    assert said() == 0
    for path in kept_files._folder(sent_lists.KIND).glob(f"{sent.token}.*"):
        os.utime(path, (0, 0))
    assert said("--rehearse") == 2
    assert said() == 2
    assert not list(kept_files._folder(sent_lists.KIND).glob(f"{sent.token}.*"))


def run_purge(*options):
    out = StringIO()
    call_command("purge_personal_data", "--json", *options, stdout=out)
    return out.getvalue()
