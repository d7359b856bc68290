"""The set-up pages: what an organiser does by hand, without JavaScript, and what is refused there."""

import pytest
from django.urls import reverse

from hackathon.models import AuditEntry, EventDay, ProgrammeItem, Role
from hackathon.tests import factories

pytestmark = pytest.mark.django_db
NEW = {
    "roles": {
        "name_fr": "Étudiant",
        "name_en": "Student",
        "colour": "other",
        "attendance_rate": "70",
        "is_open": "on",
    },
    "themes": {"title_fr": "Une thématique", "short_title_fr": "Une", "people_min": "0"},
    "questions": {"kind": "choice", "label_fr": "Venez-vous avec un projet ?", "choices_fr": "Oui\nNon\n"},
    "programme": {
        "title_fr": "Accueil",
        "starts_at": "2016-11-18T08:30",
        "ends_at": "2016-11-18T09:15",
        "room": "Hall",
    },
}
SHELVES = sorted(NEW)


@pytest.fixture
def event():
    return factories.make_event()


@pytest.fixture
def organiser(event, browse):
    return browse(factories.make_staff(event))


def url(event, name, *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


def rows(event, shelf):
    return getattr(event, shelf).all()


@pytest.mark.parametrize("shelf", SHELVES)
def test_row_is_added_changed_and_removed(event, organiser, shelf):
    assert organiser.get(url(event, "shelf", shelf)).status_code == 200
    assert organiser.get(url(event, "shelf_new", shelf)).status_code == 200
    assert organiser.post(url(event, "shelf_new", shelf), NEW[shelf]).status_code == 302
    row = rows(event, shelf).get()
    name = next(field for field in NEW[shelf] if field.endswith("_fr") and field != "choices_fr")
    page = organiser.get(url(event, "shelf_row", shelf, row.pk)).content.decode()
    assert getattr(row, name) in page
    changed = {**NEW[shelf], name: "Autre nom"}
    assert organiser.post(url(event, "shelf_row", shelf, row.pk), changed).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == "Autre nom"
    assert organiser.post(url(event, "shelf_remove", shelf, row.pk)).status_code == 302
    assert not rows(event, shelf).exists()
    assert AuditEntry.objects.for_event(event).count() == 3


@pytest.mark.parametrize("shelf", SHELVES)
def test_row_without_its_name_is_sent_back(event, organiser, shelf):
    answer = organiser.post(url(event, "shelf_new", shelf), {})
    assert answer.status_code == 422
    assert not rows(event, shelf).exists()


@pytest.mark.parametrize("shelf", SHELVES)
def test_row_of_another_event_does_not_exist(event, organiser, browse, shelf):
    other = factories.make_event()
    browse(factories.make_staff(other)).post(url(other, "shelf_new", shelf), NEW[shelf])
    row = rows(other, shelf).get()
    for name in ("shelf_row", "shelf_remove", "shelf_move"):
        assert organiser.post(url(event, name, shelf, row.pk), {}).status_code == 404
    assert rows(other, shelf).exists()


@pytest.mark.parametrize("shelf", SHELVES)
def test_list_asks_the_same_of_the_database_whatever_its_rows(event, organiser, shelf):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    numbers = []
    for more in (1, 2, 27):
        for _ in range(more):
            organiser.post(url(event, "shelf_new", shelf), NEW[shelf])
        organiser.get(url(event, "shelf", shelf))
        with CaptureQueriesContext(connection) as asked:
            organiser.get(url(event, "shelf", shelf))
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 8


def test_questions_list_names_the_role_of_each(event, organiser):
    role = factories.make_role(event, "designer")
    organiser.post(url(event, "shelf_new", "questions"), {**NEW["questions"], "role": role.pk})
    assert "Designer" in organiser.get(url(event, "shelf", "questions")).content.decode()
    assert event.questions.get().choices_fr == ["Oui", "Non"]


def test_rows_are_ordered_with_buttons(event, organiser):
    first, second = factories.make_role(event, "un"), factories.make_role(event, "deux")
    organiser.post(url(event, "shelf_move", "roles", second.pk), {"direction": "up"})
    assert list(event.roles.in_order()) == [second, first]
    assert organiser.post(url(event, "shelf_move", "programme", 1), {}).status_code == 404


@pytest.mark.parametrize(("prefix", "words"), [("", "est inscrite comme"), ("/en", "is registered as")])
def test_role_in_use_is_not_removed_and_says_why(event, organiser, prefix, words):
    role = factories.make_registration(event).role
    answer = organiser.post(prefix + url(event, "shelf_remove", "roles", role.pk), follow=True)
    assert words in answer.content.decode()
    assert Role.objects.filter(pk=role.pk).exists()


def test_programme_is_written_in_the_time_of_the_venue(event, organiser):
    organiser.post(url(event, "shelf_new", "programme"), NEW["programme"])
    item = ProgrammeItem.objects.get()
    assert (item.starts_at.hour, item.starts_at.minute) == (7, 30)
    answer = organiser.get(url(event, "shelf_row", "programme", item.pk)).content.decode()
    assert 'value="2016-11-18T08:30"' in answer
    twice = {**NEW["programme"], "starts_at": "2016-10-30T02:30"}
    assert organiser.post(url(event, "shelf_new", "programme"), twice).status_code == 422
    assert ProgrammeItem.objects.count() == 1


def facts_of(event, **changes):
    return {
        "name_fr": event.name_fr, "name_en": event.name_en, "timezone": event.timezone, "edition": "1",
        "team_size_min": "3", "team_size_wanted": "6", "team_size_max": "7", "rules_version": "1", **changes,
    }  # fmt: skip


def test_facts_are_changed(event, organiser):
    data = facts_of(
        event, organisers="Ville de Rennes\n\nLa Criée", capacity="120", contact_email="a@example.org"
    )
    assert organiser.post(url(event, "setup_facts"), data).status_code == 302
    event.refresh_from_db()
    assert event.organisers == ["Ville de Rennes", "La Criée"]
    assert event.capacity == 120
    assert set(AuditEntry.objects.get(verb="change_event").data["changed"]) == {
        "organisers",
        "capacity",
        "contact_email",
    }


@pytest.mark.parametrize(
    "wrong", [{"team_size_min": "9"}, {"name_fr": ""}, {"contact_email": "x"}, {"timezone": "Mars/Base"}]
)
def test_facts_that_cannot_be_are_sent_back_and_nothing_changes(event, organiser, wrong):
    answer = organiser.post(url(event, "setup_facts"), facts_of(event, venue="Ailleurs", **wrong))
    assert answer.status_code == 422
    event.refresh_from_db()
    assert event.venue == ""
    assert not AuditEntry.objects.exists()


def test_days_are_added_and_removed(event, organiser):
    assert organiser.post(url(event, "day_add"), {"on": "2016-11-20"}).status_code == 302
    assert organiser.post(url(event, "day_add"), {"on": "yesterday"}).status_code == 422
    assert event.days.count() == 3
    organiser.post(url(event, "day_remove", EventDay.objects.last().pk))
    assert event.days.count() == 2


def test_hub_says_what_is_missing_and_opens_when_nothing_needed_is(event, organiser):
    event.is_public = False
    event.save()
    text = organiser.get(url(event, "setup")).content.decode()
    assert "Il n’y a aucun profil" in text
    refused = organiser.post(url(event, "visibility"), {"public": "yes"}, follow=True)
    assert "Il n’y a aucune thématique" in refused.content.decode()
    factories.make_role(event)
    factories.make_theme(event)
    organiser.post(url(event, "visibility"), {"public": "yes"})
    event.refresh_from_db()
    assert event.is_public
    organiser.post(url(event, "visibility"), {"public": "no"})
    event.refresh_from_db()
    assert not event.is_public


def test_set_up_is_the_organisers_own(event, browse):
    participant = factories.make_registration(event).person
    participant.account = factories.make_account()
    participant.save()
    for name, args in (("setup", []), ("setup_facts", []), ("shelf", ["roles"]), ("shelf_new", ["themes"])):
        assert browse(participant.account).get(url(event, name, *args)).status_code == 403
    assert browse(participant.account).post(url(event, "visibility"), {"public": "no"}).status_code == 403
