"""One matrix of role × address × method × status for the whole API; an address that is not in it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver

from hackathon.enums import DutyKind
from hackathon.models import Account, Event
from hackathon.tests.calling import caller
from hackathon.tests.factories import DURING_PANELS, make_account, make_event, make_registration, make_staff
from judging.tests.factories import make_jury
from teams.models import Membership
from teams.tests.factories import announce_now, make_member, make_team
from teams.tests.factories import make_project as make_team_project

ROLES = (
    "stranger", "passer_by", "member", "captain", "other_member", "juror", "other_juror", "president", "secretary",
    "organiser", "other_organiser",
)  # fmt: skip
EVERYBODY = dict.fromkeys(ROLES, 200)
#: Who gets in; everybody else who is signed in gets `refused`, a stranger 401.
Row = tuple[str, str, dict[str, Any] | None, dict[str, int], int]


def only(status: int, *roles: str, **others: int) -> dict[str, int]:
    return {**dict.fromkeys(roles, status), **others}


ORGANISERS = only(200, "organiser")
LOOKS_AFTER = only(200, "organiser", "president", "secretary")
MARK = {"value": 3, "version": 0, "key": "tap-1"}
WHY = {"reason": "Because."}

MATRIX: dict[str, list[Row]] = {
    "events": [("get", "", None, EVERYBODY, 0)],
    "event": [("get", "{e}", None, EVERYBODY, 0)],
    "themes": [("get", "{e}themes/", None, EVERYBODY, 0)],
    "theme": [("get", "{e}themes/{theme}/", None, EVERYBODY, 0)],
    "roles": [("get", "{e}roles/", None, EVERYBODY, 0)],
    "role": [("get", "{e}roles/{role}/", None, EVERYBODY, 0)],
    "registrations": [
        ("get", "{e}registrations/", None, ORGANISERS, 403),
        ("post", "{e}registrations/", {}, only(400, "organiser"), 403),
    ],
    "registration": [("get", "{e}registrations/{registration}/", None, ORGANISERS, 403)],
    "accept_registration": [("post", "{e}registrations/{registration}/accept/", {}, ORGANISERS, 403)],
    "confirm_registration": [("post", "{e}registrations/{registration}/confirm/", {}, ORGANISERS, 403)],
    "waitlist_registration": [("post", "{e}registrations/{registration}/waitlist/", {}, ORGANISERS, 403)],
    "decline_registration": [("post", "{e}registrations/{registration}/decline/", WHY, ORGANISERS, 403)],
    "cancel_registration": [("post", "{e}registrations/{registration}/cancel/", WHY, ORGANISERS, 403)],
    "teams": [("get", "{e}teams/", None, only(200, "organiser", "member", "captain", "other_member"), 403)],
    "team": [
        ("get", "{e}teams/{team}/", None, only(200, "organiser", "member", "captain"), 404),
        ("patch", "{e}teams/{team}/", {"name": "Nous"}, only(409, "member", "captain", organiser=403), 404),
    ],
    "team_captain": [
        ("post", "{e}teams/{team}/captain/", {"registration": 0}, only(409, "organiser", member=403, captain=403), 404)
    ],
    "team_lock": [
        ("post", "{e}teams/{team}/lock/", {"is_locked": True}, only(200, "organiser", member=403, captain=403), 404)
    ],
    "projects": [
        ("get", "{e}projects/", None, only(200, "organiser", "member", "captain", "other_member"), 403),
        ("post", "{e}projects/", {"team": 900}, only(200, "member", "captain", organiser=403), 404),
    ],
    "project": [
        ("get", "{e}projects/{project}/", None, only(200, "organiser", "member", "captain"), 404),
        ("put", "{e}projects/{project}/", {}, only(400, "member", "captain", organiser=403), 404),
        ("patch", "{e}projects/{project}/", {"version": 1}, only(409, "member", "captain", organiser=403), 404),
    ],
    "submit_project": [
        ("post", "{e}projects/{project}/submit/", None, only(409, "captain", member=403, organiser=403), 404)
    ],
    "project_standing": [
        ("post", "{e}projects/{project}/standing/", {"standing": "out", **WHY},
         only(200, "organiser", member=403, captain=403), 404)
    ],
    "jurors": [
        ("get", "{e}jurors/", None, LOOKS_AFTER, 403),
        ("post", "{e}jurors/", {}, only(400, "organiser"), 403),
    ],
    "juror": [("get", "{e}jurors/{juror}/", None, LOOKS_AFTER, 403)],
    "rounds": [("get", "{e}rounds/", None, LOOKS_AFTER, 403)],
    "round": [("get", "{e}rounds/panels/", None, LOOKS_AFTER, 403)],
    "open_round": [("post", "{e}rounds/panels/open/", {}, only(409, "organiser", "president"), 403)],
    "close_round": [("post", "{e}rounds/panels/close/", None, only(409, "organiser", "president"), 403)],
    "ballots": [("get", "{e}ballots/", None, only(200, "juror", "other_juror", "president"), 403)],
    "ballot": [
        ("get", "{e}ballots/{ballot}/", None, only(200, "juror"), 404),
        ("patch", "{e}ballots/{ballot}/", {"note": "x"}, only(200, "juror"), 404),
    ],
    "mark": [("put", "{e}ballots/{ballot}/marks/{criterion}/", MARK, only(200, "juror"), 404)],
    "hand_in_ballot": [("post", "{e}ballots/{ballot}/hand-in/", None, only(409, "juror"), 404)],
    "recuse_ballot": [("post", "{e}ballots/{ballot}/recuse/", WHY, only(200, "juror"), 404)],
    "reopen_ballot": [
        ("post", "{e}ballots/{ballot}/reopen/", WHY, only(200, "president", organiser=403, secretary=403), 404)
    ],
    "ranking": [("get", "{e}ranking/", None, {}, 403)],  # no round is closed yet: not even the president
    "awards": [
        ("get", "{e}awards/", None, dict.fromkeys(ROLES, 404), 0),
        ("post", "{e}awards/", {}, only(422, "president"), 403),
    ],
    "seal": [("post", "{e}awards/seal/", None, only(409, "president"), 403)],
    "results": [
        ("get", "{e}results/", None, dict.fromkeys(ROLES, 404), 0),
        ("post", "{e}results/", {"confirmation": "{slug}"}, only(409, "organiser"), 403),
    ],
    "schema": [],  # for everybody: read in test_schema.py
    "docs": [],
}  # fmt: skip


@dataclass
class World:
    event: Event
    accounts: dict[str, Account | None]
    names: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def world(db: Any, at: Any) -> World:
    """The panels are under way; two teams, two jurors who are not the president, and one of every duty."""
    at(DURING_PANELS)
    jury = make_jury(jurors=3)
    event = jury.event
    registration = make_registration(event, state="accepted")
    team, other_team = make_team(event, people=1, number=900), make_team(event, people=1, number=901)
    project = make_team_project(team)
    member, _one = make_member(event, team)
    captain, _two = make_member(event, team, is_captain=True)
    other_member, _three = make_member(event, other_team)
    announce_now(event)
    accounts = {
        "stranger": None,
        "passer_by": make_account(),
        "member": member,
        "captain": captain,
        "other_member": other_member,
        "juror": jury.account(1),
        "other_juror": jury.account(2),
        "president": jury.account(0),
        "secretary": make_staff(event, DutyKind.SECRETARY),
        "organiser": make_staff(event),
        "other_organiser": make_staff(make_event()),
    }
    names = {
        "theme": event.themes.get().pk,
        "role": registration.role.key,
        "registration": registration.pk,
        "team": team.number,
        "project": project.pk,
        "juror": jury.jurors[1].pk,
        "ballot": jury.ballot(1, 0).pk,
        "criterion": jury.criteria[0].key,
    }
    assert Membership.objects.filter(team=team, is_captain=True).count() == 1
    return World(event, accounts, names)


@pytest.mark.parametrize("name", [name for name, rows in MATRIX.items() if rows])
def test_address_answers_each_role(world: World, name: str) -> None:
    slug = world.event.slug
    for method, path, body, allowed, refused in MATRIX[name]:
        address = "/api/v1/events/" + path.format(e=f"{slug}/", slug=slug, **world.names)
        sent = {
            key: value.format(slug=slug) if isinstance(value, str) else value
            for key, value in (body or {}).items()
        }
        answers, expected = {}, {}
        for role in ROLES:
            sid = transaction.savepoint()
            response = getattr(caller(fresh(world.accounts[role])), method)(
                address, sent if body is not None else None
            )
            transaction.savepoint_rollback(sid)
            answers[role] = response.status_code
            expected[role] = allowed.get(role, 401 if role == "stranger" else refused)
            if response.status_code >= 400:
                assert set(response.json()) == {"code", "message", "details"}, response.content
        assert answers == expected, f"{method} {address}"


def fresh(account: Account | None) -> Account | None:
    return account and Account.objects.get(pk=account.pk)


def api_routes() -> dict[str, Any]:
    """Name → view class of every address under /api/v1/."""
    root = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/")
    return {
        route.name: route.callback.cls for included in root.url_patterns for route in included.url_patterns
    }  # fmt: skip


def test_matrix_covers_every_address_and_method() -> None:
    routes = api_routes()
    assert set(routes) == set(MATRIX)
    for name, view in routes.items():
        if name not in ("schema", "docs"):
            assert {row[0].upper() for row in MATRIX[name]} == set(view.guards), name


def test_every_served_method_has_a_guard() -> None:
    for name, view in api_routes().items():
        served = {method.upper() for method in view.http_method_names if hasattr(view, method)}
        assert served - {"OPTIONS", "HEAD"} == set(view.guards), name
        assert [guard.__name__ for guard in view.permission_classes] == ["ApiGuard"], name
