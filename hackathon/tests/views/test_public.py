"""The front page and an event's public pages: what everybody sees, when, and what nobody sees yet."""

import re

import pytest
from django.urls import reverse

from hackathon.enums import DutyKind
from hackathon.models import ProgrammeItem
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def page(client, name, event, language="fr"):
    prefix = "/en" if language == "en" else ""
    return client.get(prefix + reverse(f"hackathon:{name}", args=[event.slug]))


def add_item(event, title, starts_at=factories.DURING_WORK, **fields):
    return ProgrammeItem.objects.create(event=event, title_fr=title, starts_at=starts_at, **fields)


def test_front_page_lists_public_events_only(browse):
    assert "Aucun événement" in browse(None).get("/").content.decode()
    factories.make_event(name_fr="Ouvert à tous")
    factories.make_event(name_fr="Encore caché", is_public=False)
    text = browse(None).get("/").content.decode()
    assert "Ouvert à tous" in text
    assert "Encore caché" not in text


@pytest.mark.parametrize("name", ["event", "programme", "programme_ics"])
def test_hidden_event_does_not_exist_for_strangers(browse, name):
    event = factories.make_event(is_public=False)
    assert page(browse(None), name, event).status_code == 404
    assert page(browse(factories.make_account()), name, event).status_code == 404
    assert page(browse(factories.make_staff(event)), name, event).status_code == 200


def test_english_page_marks_the_french_titles(browse):
    event = factories.make_event()
    factories.make_theme(event, "Je m’engage pour l’emploi")
    factories.make_theme(event, "Traduit", title_en="Translated")
    text = page(browse(None), "event", event, "en").content.decode()
    assert '<span lang="fr">Je m’engage pour l’emploi</span>' in text
    assert "Translated" in text
    assert "Traduit" not in text


@pytest.mark.parametrize(
    ("moment", "words", "link"),
    [
        (factories.REGISTRATION_OPENS.replace(day=1), "Les inscriptions ouvrent le 20 septembre 2016", ""),
        (factories.DURING_REGISTRATION, "Les inscriptions sont ouvertes", "hackathon:register"),
        (factories.DURING_WORK, "les équipes travaillent", ""),
        (factories.DURING_PANELS, "le jury écoute", ""),
    ],
)
def test_event_page_shows_the_one_thing_to_do(browse, at, moment, words, link):
    event = factories.make_event()
    at(moment)
    text = page(browse(None), "event", event).content.decode()
    assert words in text
    block = re.search(r'<section class="card next.*?</section>', text, re.DOTALL).group()
    assert ("href=" in block) is bool(link)
    if link:
        assert reverse(link, args=[event.slug]) in block


def test_event_page_leads_to_the_results_once_published(browse):
    event = factories.make_event()
    results = reverse("judging:results", args=[event.slug])
    assert results not in page(browse(None), "event", event).content.decode()
    event.published_at = factories.DURING_PANELS
    event.save()
    assert results in page(browse(None), "event", event).content.decode()


def test_programme_shows_venue_times_and_hides_the_staff_s_lines(browse):
    event = factories.make_event(timezone="Indian/Reunion")
    add_item(event, "Ouverture")
    add_item(event, "Réunion des bénévoles", is_public=False)
    text = page(browse(None), "programme", event).content.decode()
    assert "13:00" in text  # 9:00 UTC
    assert "Réunion des bénévoles" not in text
    assert "Réunion des bénévoles" not in page(browse(None), "programme_ics", event).content.decode()


def test_zone_of_an_event_does_not_outlive_its_request(browse):
    client = browse(None)
    event = factories.make_event(timezone="Indian/Reunion")
    paris = factories.make_event()
    for each in (event, paris):
        add_item(each, "Ouverture")
    assert "13:00" in page(client, "programme", event).content.decode()
    assert "10:00" in page(client, "programme", paris).content.decode()
    from django.utils import timezone

    assert timezone.get_current_timezone_name() == "Europe/Paris"


@pytest.mark.parametrize("items", [1, 30])
def test_event_page_asks_the_same_of_the_database_whatever_the_programme(
    browse, django_assert_max_num_queries, items
):
    event = factories.make_event()
    for number in range(items):
        add_item(event, f"Moment {number}")
        factories.make_theme(event, f"Thématique {number}")
    client = browse(None)
    with django_assert_max_num_queries(9):
        page(client, "event", event)


def test_calendar_file_is_what_calendars_read(browse):
    event = factories.make_event(venue="Cité; des, sciences", city="Paris")
    add_item(
        event,
        "Déjeuner, puis « très longue » intervention dont le titre dépasse les soixante-quinze octets",
        room="Hall",
    )
    answer = page(browse(None), "programme_ics", event)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    whole = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART:20161119T090000Z" in whole
    assert "SUMMARY:Déjeuner\\, puis « très longue »" in whole
    assert "LOCATION:Hall\\, Cité\\; des\\, sciences\\, Paris" in whole
    assert re.search(r"^UID:\S+$", whole.replace("\r\n", "\n"), re.MULTILINE)


@pytest.mark.parametrize("name", ["legal", "privacy", "accessibility"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_legal_pages_give_the_contact_of_each_event(browse, name, prefix):
    factories.make_event(contact_email="contact@example.org")
    factories.make_event(contact_email="hidden@example.org", is_public=False)
    text = browse(None).get(prefix + reverse(f"hackathon:{name}")).content.decode()
    assert "mailto:contact@example.org" in text
    assert "hidden@example.org" not in text


def test_machines_learn_whether_the_site_is_up_and_nothing_else(browse, settings):
    client = browse(None)
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /*/tower/" in robots


def test_not_ready_while_migrations_wait(browse, monkeypatch):
    from hackathon.views import health

    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("one", False)])
    answer = browse(None).get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unready"


def test_desk_duty_does_not_open_the_hidden_page(browse):
    event = factories.make_event(is_public=False)
    assert page(browse(factories.make_staff(event, DutyKind.DESK)), "event", event).status_code == 403
