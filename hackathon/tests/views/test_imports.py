"""Importing on screen: rehearsed, confirmed once, its refused lines taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from hackathon.kit import kept_files, sheets
from hackathon.models import AuditEntry, Event, Person, Registration
from hackathon.tests.factories import DURING_REGISTRATION, make_event, make_role, make_staff, make_theme

GOOD = "Prénom;Nom;Adresse e-mail;Profil\nLuce;Lopes;luce@example.org;Designer\nAna;Sol;ana@example.org;Astronaute\n"


@pytest.fixture
def event(db: Any, at: Any) -> Event:
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, "designer", name_fr="Designer")
    make_theme(event)
    return event


@pytest.fixture
def organiser(event: Event, browse: Any) -> Any:
    return browse(make_staff(event))


def url(event: Event, name: str, language: str = "fr", **more: Any) -> str:
    with override(language):
        return reverse(f"hackathon:{name}", kwargs={"event": event.slug, **more})


def upload(organiser: Any, event: Event, data: bytes, language: str = "fr", **more: Any) -> Any:
    sent = SimpleUploadedFile("liste.csv", data)
    return organiser.post(url(event, "import", language), {"list": sent, **more}, follow=True)


def token_of(response: Any) -> str:
    return response.redirect_chain[-1][0].rstrip("/").rsplit("/", 1)[-1]


def test_nothing_is_written_before_the_confirmation(event: Event, organiser: Any) -> None:
    page = upload(organiser, event, GOOD.encode())
    assert "1 personne à importer" in page.text
    assert "Astronaute" in page.text
    assert not Person.objects.exists()


def test_a_double_click_imports_once(event: Event, organiser: Any) -> None:
    token = token_of(upload(organiser, event, GOOD.encode()))
    confirm = url(event, "import_confirm", token=token)
    first, second = organiser.post(confirm, follow=True), organiser.post(confirm, follow=True)
    assert "La liste est importée" in first.text
    assert first.context["report"] == second.context["report"]
    assert AuditEntry.objects.filter(verb="import_registrations").count() == 1
    assert Registration.objects.get().person.first_name == "Luce"


def test_the_file_is_deleted_and_the_refused_lines_come_back_with_reasons(
    event: Event, organiser: Any, settings: Any
) -> None:
    token = token_of(upload(organiser, event, GOOD.encode()))
    organiser.post(url(event, "import_confirm", token=token))
    kept = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert not any(b"luce@example.org" in data for data in kept)
    table = sheets.read_table(organiser.get(url(event, "import_refused", token=token)).content)
    assert len(table.rows) == 1
    assert table.rows[0].cells[0] == "Ana"
    assert table.rows[0].cells[4] == "3"
    assert "Astronaute" in table.rows[0].cells[5]


def test_all_or_nothing_writes_nothing(event: Event, organiser: Any) -> None:
    token = token_of(upload(organiser, event, GOOD.encode()))
    page = organiser.post(url(event, "import_confirm", token=token), {"all_or_nothing": "1"}, follow=True)
    assert "Rien n’a été importé" in page.text
    assert not Person.objects.exists()
    organiser.post(url(event, "import_confirm", token=token))
    assert Person.objects.count() == 1


def test_a_list_belongs_to_whoever_sent_it(event: Event, organiser: Any, browse: Any) -> None:
    token = token_of(upload(organiser, event, GOOD.encode()))
    other = browse(make_staff(event))
    assert other.get(url(event, "import_rehearsal", token=token)).status_code == 404
    assert other.post(url(event, "import_confirm", token=token)).status_code == 404
    assert not Person.objects.exists()


def test_a_list_that_waited_too_long_is_gone(
    event: Event, organiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(upload(organiser, event, GOOD.encode()))
    monkeypatch.setattr(kept_files.time, "time", lambda: 4_000_000_000)
    page = organiser.post(url(event, "import_confirm", token=token), follow=True)
    assert "n’est plus là" in page.text
    assert not Person.objects.exists()
    assert organiser.get(
        url(event, "import_rehearsal", token="../../../etc/passwd".replace("/", "-"))
    ).status_code in (302, 404)


def test_columns_are_corrected_on_screen(event: Event, organiser: Any) -> None:
    page = upload(organiser, event, b"A;B;C;D\nLuce;Lopes;luce@example.org;Designer\n")
    assert "colonnes" in page.text
    token = token_of(page)
    chosen = {"column_0": "first_name", "column_1": "last_name", "column_2": "email", "column_3": "role"}
    page = organiser.post(url(event, "import_rehearsal", token=token), chosen, follow=True)
    assert "1 personne à importer" in page.text
    organiser.post(url(event, "import_confirm", token=token))
    assert Registration.objects.get().person.email == "luce@example.org"


@pytest.mark.parametrize(
    ("data", "french", "english"),
    [
        (b"%PDF-1.4", "document PDF", "PDF document"),
        ("Prénom;Nom\n".encode("utf-16"), "personne", "nobody below"),
        (b"\x00\x01\x02" * 50, "données binaires", "binary data"),
    ],
)
def test_a_file_that_is_no_list_is_explained_in_both_languages(
    event: Event, organiser: Any, data: bytes, french: str, english: str
) -> None:
    for language, words in (("fr", french), ("en", english)):
        page = upload(organiser, event, data, language)
        assert page.status_code == 422
        assert words in page.text
    assert not Person.objects.exists()


def test_refused_lines_are_taken_away_before_anything_is_written(event: Event, organiser: Any) -> None:
    token = token_of(upload(organiser, event, GOOD.encode()))
    for name in ("import_refused", "import_refused_xlsx"):
        table = sheets.read_table(organiser.get(url(event, name, token=token)).content)
        assert [row.cells[0] for row in table.rows] == ["Ana"]
    again = upload(organiser, event, organiser.get(url(event, "import_refused", token=token)).content)
    assert again.context["counts"]["refused"] == 1
    assert not Person.objects.exists()


def test_refused_lines_are_their_senders_alone_while_they_may_import(event: Event, browse: Any) -> None:
    sender = make_staff(event)
    token = token_of(upload(browse(sender), event, GOOD.encode()))
    addresses = [
        url(event, name, token=token)
        for name in ("import_rehearsal", "import_refused", "import_refused_xlsx")
    ]
    other = browse(make_staff(event))
    assert {other.get(one).status_code for one in addresses} == {404}
    sender.duties.all().delete()
    assert {browse(type(sender).objects.get(pk=sender.pk)).get(one).status_code for one in addresses} <= {
        403,
        404,
    }


def test_lines_are_filtered_and_sought(event: Event, organiser: Any) -> None:
    lines = "".join(f"Prénom{n};Nôm{n};p{n}@example.org;Designer\n" for n in range(60))
    page = upload(organiser, event, (GOOD + lines).encode())
    assert page.context["kind"] == "refused"
    address = page.redirect_chain[-1][0]
    new = organiser.get(address, {"kind": "new"})
    assert (len(new.context["lines"]), new.context["page_obj"].paginator.count) == (50, 61)
    assert [
        line["line"] for line in organiser.get(address, {"kind": "new", "q": "NOM59"}).context["lines"]
    ] == [63]
    assert [line["line"] for line in organiser.get(address, {"kind": "new", "q": "2"}).context["lines"]][
        :1
    ] == [2]
    assert organiser.get(address, {"kind": "refused", "q": "introuvable"}).context["lines"] == []
    event.roles.update(capacity=60)
    waiting = organiser.get(address, {"kind": "waiting"})
    assert [line["state"] for line in waiting.context["lines"]] == ["Sur la liste d’attente"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_rehearsal_asks_the_same_queries_whatever_the_rows(
    event: Event, organiser: Any, django_assert_num_queries: Any, number: int
) -> None:
    lines = "".join(f"Prénom{n};Nom{n};p{n}@example.org;Designer\n" for n in range(number))
    address = upload(organiser, event, (GOOD + lines).encode()).redirect_chain[-1][0]
    organiser.get(address)
    with django_assert_num_queries(QUERIES):
        organiser.get(address)


QUERIES = 19


def test_columns_said_once_are_saved_renamed_and_deleted(event: Event, organiser: Any) -> None:
    odd = b"A;B;C;D\nLuce;Lopes;luce@example.org;Designer\n"
    chosen = {"column_0": "first_name", "column_1": "last_name", "column_2": "email", "column_3": "role"}
    token = token_of(upload(organiser, event, odd))
    refused = organiser.post(url(event, "import_rehearsal", token=token), {**chosen, "save_as": "helloasso"})
    assert refused.status_code == 422
    organiser.post(url(event, "import_rehearsal", token=token), {**chosen, "save_as": "Cité"})
    assert "1 personne à importer" in upload(organiser, event, odd).text
    profile = event.import_profiles.get()
    assert "Cité" in organiser.get(url(event, "import")).text
    organiser.post(url(event, "import_profile_rename", profile=profile.pk), {"name": "Musée"})
    profile.refresh_from_db()
    assert profile.name == "Musée"
    page = upload(organiser, event, odd, profile="Musée")
    assert page.context["report"].format == "Musée"
    organiser.post(url(event, "import_profile_remove", profile=profile.pk))
    assert "colonnes" in upload(organiser, event, odd).text
    other = make_event().import_profiles.create(name="Ailleurs")
    assert organiser.post(url(event, "import_profile_remove", profile=other.pk)).status_code == 404


def test_a_long_list_is_followed_by_its_job(
    event: Event, organiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hackathon.domain import jobs, sent_lists
    from hackathon.models import Job

    monkeypatch.setattr(sent_lists, "LONG", 2)
    sent = SimpleUploadedFile("liste.csv", GOOD.encode())
    page = organiser.post(url(event, "import"), {"list": sent})
    job = Job.objects.get()
    assert page["Location"] == url(event, "job", job=job.pk)
    jobs.run(job_id=str(job.pk))
    shown = organiser.get(page["Location"], follow=True)
    assert "1 personne à importer" in shown.text
    token = token_of(shown)
    confirmed = organiser.post(url(event, "import_confirm", token=token))
    second = organiser.post(url(event, "import_confirm", token=token), follow=True)
    assert second.redirect_chain[-1][0] == confirmed["Location"]
    jobs.run(job_id=str(Job.objects.get(kind="import_list").pk))
    assert "La liste est importée" in organiser.get(confirmed["Location"], follow=True).text
    assert Person.objects.count() == 1


def test_letters_leave_when_the_box_is_ticked(event: Event, organiser: Any) -> None:
    from hackathon.models import OutgoingMail

    page = upload(organiser, event, GOOD.encode())
    assert page.context["report"].to_write_to == 1
    organiser.post(url(event, "import_confirm", token=token_of(page)), {"writes_letters": "1"})
    assert [letter.to for letter in OutgoingMail.objects.all()] == ["luce@example.org"]
