"""Tokens: within their event and their rights, never more than their owner, never kept, refused when they end."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from hackathon.domain import tokens
from hackathon.models import ApiToken, AuditEntry, Duty
from hackathon.tests.calling import address, caller, token_caller
from hackathon.tests.factories import DURING_REGISTRATION, make_account, make_event, make_staff

READ = "hackathon.see_registrations"


@pytest.fixture
def event(db: Any, at: Any) -> Any:
    at(DURING_REGISTRATION)
    return make_event()


def test_token_reads_what_it_names_and_writes_nothing(event: Any) -> None:
    client = token_caller(make_staff(event), event, READ)
    assert client.get(address(event, "registrations")).status_code == 200
    refused = client.post(address(event, "registrations"), {"role": "x"})
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")


def test_token_works_in_its_event_only(event: Any) -> None:
    organiser, other = make_staff(event), make_event()
    Duty.objects.create(event=other, account=organiser, kind="organiser")
    client = token_caller(organiser, event, READ)
    assert caller(organiser).get(address(other, "registrations")).status_code == 200
    assert client.get(address(other, "registrations")).status_code == 403


def test_token_reads_what_a_stranger_may(event: Any) -> None:
    client = token_caller(make_staff(event), event, READ)
    assert client.get(address(event, "themes")).status_code == 200
    assert client.get(address(make_event(), "themes")).status_code == 200


def test_token_does_no_more_than_its_owner(event: Any) -> None:
    organiser = make_staff(event)
    client = token_caller(organiser, event, READ)
    organiser.duties.all().delete()
    assert client.get(address(event, "registrations")).status_code == 403


def test_token_of_an_organiser_without_a_second_factor_is_refused_where_one_is_required(event: Any) -> None:
    client = token_caller(make_staff(event), event, READ)
    assert client.get(address(event, "registrations")).status_code == 200
    type(event).objects.filter(pk=event.pk).update(requires_second_factor=True)
    assert client.get(address(event, "registrations")).status_code == 403


@pytest.mark.parametrize("page", ["people_csv", "people_export", "documents"])
def test_lists_and_documents_are_refused_likewise(event: Any, browse: Any, page: str) -> None:
    client = browse(make_staff(event))
    at = reverse(f"hackathon:{page}", args=[event.slug])
    assert client.get(at).status_code == 200
    type(event).objects.filter(pk=event.pk).update(requires_second_factor=True)
    answer = client.get(at)
    assert answer.status_code in (302, 403)


def test_token_ends_at_its_date(event: Any, at: Any) -> None:
    organiser = make_staff(event)
    _row, secret = tokens.make_token(event=event, account=organiser, permissions=[READ], days=2, actor=None)
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    at(DURING_REGISTRATION + timedelta(days=2, seconds=1))
    response = client.get(address(event, "registrations"))
    assert (response.status_code, response.json()["code"]) == (401, "authentication_failed")


def test_token_is_not_kept_nor_recorded(event: Any) -> None:
    row, secret = tokens.make_token(event=event, account=make_staff(event), permissions=[READ], actor=None)
    assert secret not in json.dumps(list(ApiToken.objects.values()), default=str)
    entry = AuditEntry.objects.get(verb="make_token")
    assert secret not in json.dumps(entry.data)
    assert row.digest not in json.dumps(entry.data)
    assert entry.data["permissions"] == [READ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"permissions": []}, "au moins"), ({"permissions": ["no.such"]}, "no.such"), ({"days": 0}, "366")],
)
def test_token_is_refused_without_a_clear_right_or_end(event: Any, wrong: dict[str, Any], said: str) -> None:
    asked = {"permissions": [READ], **wrong}
    with pytest.raises(tokens.TokenRefused, match=said):
        tokens.make_token(event=event, account=make_account(), actor=None, **asked)
    assert not ApiToken.objects.exists()


def test_command_prints_a_token_that_works_and_takes_it_back(event: Any) -> None:
    organiser = make_staff(event)
    written = StringIO()
    common = {"as_email": organiser.email, "json": True, "label": "badges"}
    call_command("api_token", event.slug, permissions=f"{READ},hackathon.see_event", stdout=written, **common)
    client = caller()
    client.credentials(HTTP_AUTHORIZATION=f"Token {json.loads(written.getvalue())['token']}")
    assert client.get(address(event, "registrations")).status_code == 200
    written = StringIO()
    call_command("api_token", event.slug, revoke=True, stdout=written, **common)
    assert json.loads(written.getvalue()) == {"revoked": 1}
    assert client.get(address(event, "registrations")).status_code == 401


def test_command_asks_whose_token_it_is(event: Any) -> None:
    with pytest.raises(CommandError) as error:
        call_command("api_token", event.slug, permissions=READ)
    assert error.value.returncode == 2
