"""A registration form that keeps itself: while typing, on a refusal, by a letter; and what it never keeps."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hackathon.domain import drafting
from hackathon.enums import QuestionKind
from hackathon.models import Answer, Event, OutgoingMail, Person, Question, Registration, RegistrationDraft
from hackathon.tests.factories import (
    DEADLINE,
    DURING_REGISTRATION,
    make_account,
    make_event,
    make_role,
    make_staff,
)
from hackathon.tests.kit.test_uploads import PDF

from .test_registration import GOOD, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at: Any, settings: Any, tmp_path: Path) -> Event:
    settings.MEDIA_ROOT = tmp_path
    at(DURING_REGISTRATION)
    event = make_event()
    make_role(event, "developpeur", name_fr="Développeur", name_en="Developer")
    return event


@pytest.fixture
def cv(event: Event) -> Question:
    return Question.objects.create(event=event, kind=QuestionKind.FILE, label_fr="Votre CV", is_required=True)


def typed(event: Event, **fields: Any) -> dict[str, Any]:
    return {"role": event.roles.get().pk, "first_name": "Luce", "email": "luce@example.org", **fields}


def keep(event: Event, client: Client, **fields: Any) -> Any:
    return client.post(address(event, "register_draft"), typed(event, **fields))


def form_of(event: Event, client: Client) -> str:
    return client.get(address(event), {"role": event.roles.get().pk}).text


def test_what_is_typed_is_there_again_on_the_same_device_and_nowhere_else(event: Event) -> None:
    client = Client()
    assert keep(event, client).status_code == 200
    assert keep(event, client, first_name="Lucie").status_code == 200
    assert RegistrationDraft.objects.count() == 1
    assert 'value="Lucie"' in form_of(event, client)
    assert "luce@example.org" not in form_of(event, Client())
    assert not Person.objects.exists()
    assert not OutgoingMail.objects.exists()  # nobody left yet


def test_needs_are_never_in_a_draft_even_with_their_consent(event: Event) -> None:
    keep(event, Client(), diet="halal", access="ramp", needs_agreed="on")
    assert not re.search("halal|ramp|needs_agreed", str(RegistrationDraft.objects.get().data))


def test_finishing_later_sends_one_link_a_day_which_opens_the_form(event: Event) -> None:
    client = Client()
    for _ in range(2):
        answer = client.post(address(event, "register_draft"), typed(event, later="1"), follow=True)
        assert "luce@example.org" in answer.text
    letter = OutgoingMail.objects.get()
    assert letter.to == "luce@example.org"
    link = re.search(r"https?://[^/\s]+(/\S*/resume/\S+)", letter.text)
    assert link is not None
    elsewhere = Client()
    arrived = elsewhere.get(link[1])
    assert arrived["Referrer-Policy"] == "no-referrer"
    assert "noindex" in arrived["X-Robots-Tag"]
    page = elsewhere.get(arrived["Location"])
    assert 'value="Luce"' in page.text
    assert "noindex" in page.text
    assert RegistrationDraft.objects.get().token not in page.text + arrived["Location"]


def test_the_link_is_the_same_letter_for_somebody_registered_and_for_a_stranger(event: Event) -> None:
    Client().post(address(event), {**GOOD, "role": event.roles.get().pk})
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    for email in ("luce@example.org", "nobody@example.org"):
        Client().post(address(event, "register_draft"), typed(event, email=email, later="1"))
    texts = [
        re.sub(r"/resume/\S+", "", letter.text) for letter in OutgoingMail.objects.exclude(pk__in=before)
    ]
    assert len(texts) == 2
    assert texts[0] == texts[1]


def test_one_address_receives_three_links_a_day_whoever_types_it(event: Event) -> None:
    for _ in range(5):
        Client().post(address(event, "register_draft"), typed(event, later="1"))
    assert OutgoingMail.objects.count() == drafting.LETTERS_A_DAY


def test_without_an_address_no_letter_leaves_and_the_page_says_so(event: Event) -> None:
    url = address(event, "register_draft", "en")
    answer = Client().post(url, typed(event, email="luce@", later="1"), follow=True)
    assert not OutgoingMail.objects.exists()
    assert "kept on this device" in answer.text


def test_somebody_who_left_receives_the_link_once(event: Event) -> None:
    keep(event, Client())
    assert drafting.tend_drafts() == 0
    RegistrationDraft.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    assert [drafting.tend_drafts(), drafting.tend_drafts()] == [1, 0]
    assert OutgoingMail.objects.count() == 1


def test_sending_turns_the_draft_into_a_registration_and_empties_it(event: Event) -> None:
    client = Client()
    keep(event, client)
    for _ in range(2):
        client.post(address(event), {**GOOD, "role": event.roles.get().pk})
    draft = RegistrationDraft.objects.get()
    assert draft.registration == Registration.objects.get()
    assert (draft.data, draft.email) == ({}, "")
    assert client.get(address(event, "register_resume", token=draft.token)).status_code == 404
    assert "luce@example.org" not in form_of(event, client)


def test_another_person_at_the_device_starts_afresh(event: Event) -> None:
    client = Client()
    keep(event, client)
    client.post(address(event, "register_afresh"))
    assert "luce@example.org" not in form_of(event, client)
    assert RegistrationDraft.objects.count() == 1


def test_a_link_of_another_event_or_made_up_opens_nothing(event: Event) -> None:
    keep(event, Client())
    token = RegistrationDraft.objects.get().token
    assert Client().get(address(make_event(), "register_resume", token=token)).status_code == 404
    assert Client().get(address(event, "register_resume", token="x" * 32)).status_code == 404


def test_the_window_closes_while_typing_and_nothing_is_lost(event: Event, at: Any) -> None:
    client = Client()
    at(DEADLINE)
    answer = client.post(address(event, "register_draft", "en"), typed(event))
    assert answer.status_code == 409
    assert "closed in the meantime" in answer.json()["message"]
    sent = {**GOOD, "role": event.roles.get().pk, "first_name": "Lucie"}
    assert "What you typed is kept" in client.post(address(event, language="en"), sent).text
    at(DURING_REGISTRATION)
    assert 'value="Lucie"' in form_of(event, client)


def test_the_role_closes_while_typing_and_nothing_is_lost(event: Event) -> None:
    client = Client()
    first = event.roles.get()
    other = make_role(event, "designer", name_fr="Designer")
    first.is_open = False
    first.save()
    page = client.post(address(event, language="en"), {**GOOD, "role": first.pk})
    assert page.status_code == 422
    assert "This role is not open" in page.text
    assert 'value="luce@example.org"' in client.get(address(event), {"role": other.pk}).text


def test_a_file_sent_with_a_wrong_form_is_not_asked_again(event: Event, cv: Question) -> None:
    client = Client()
    name = f"question_{cv.pk}"
    wrong = {
        **GOOD,
        "role": event.roles.get().pk,
        "rules_agreed": "",
        name: SimpleUploadedFile("cv.pdf", PDF),
    }
    page = client.post(address(event), wrong)
    assert page.status_code == 422
    assert "cv.pdf" in page.text
    client.post(address(event), {**GOOD, "role": event.roles.get().pk})
    answer = Answer.objects.get()
    assert (answer.value, answer.asked) == ({"name": "cv.pdf", "size": len(PDF)}, "Votre CV")


def test_html_disguised_as_pdf_is_refused_with_everything_typed(event: Event, cv: Question) -> None:
    bad = SimpleUploadedFile("cv.pdf", b"<!doctype html><script>alert(1)</script>")
    page = Client().post(address(event), {**GOOD, "role": event.roles.get().pk, f"question_{cv.pk}": bad})
    assert page.status_code == 422
    assert "PDF, PNG, JPEG" in page.text
    assert 'value="luce@example.org"' in page.text
    assert not Person.objects.exists()


@pytest.fixture
def answer(event: Event, cv: Question) -> Answer:
    sent = {**GOOD, "role": event.roles.get().pk, f"question_{cv.pk}": SimpleUploadedFile("cv.pdf", PDF)}
    Client().post(address(event), sent)
    Person.objects.update(account=make_account("luce@example.org"))
    return Answer.objects.get()


def test_a_file_is_read_by_its_owner_and_the_organisers_only(
    event: Event, answer: Answer, browse: Any
) -> None:
    url = address(event, "answer_file", answer=answer.pk)
    for reader in (answer.registration.person.account, make_staff(event)):
        response = browse(reader).get(url)
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
    assert browse(make_account()).get(url).status_code == 404
    assert browse(None).get(url).status_code == 302
    assert browse(make_staff(make_event())).get(url).status_code == 404


def test_the_file_goes_with_its_answer(
    answer: Answer, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert list((tmp_path / "private" / "answers").iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        answer.registration.answers.all().delete()
    assert not list((tmp_path / "private" / "answers").iterdir())


def test_a_draft_longer_than_a_registration_can_be_is_refused(event: Event) -> None:
    answer = keep(event, Client(), skills="x" * (drafting.LONGEST + 1))
    assert answer.status_code == 422
    assert not RegistrationDraft.objects.exists()
    sent = {**GOOD, "role": event.roles.get().pk, "skills": "x" * (drafting.LONGEST + 1)}
    assert Client().post(address(event), sent).status_code == 422


def test_another_name_in_the_same_page_is_another_person(event: Event) -> None:
    client = Client()
    for first_name in ("Luce", "Ana", "Luce", "Ana"):
        client.post(address(event), {**GOOD, "first_name": first_name, "role": event.roles.get().pk})
    assert Registration.objects.count() == 2
