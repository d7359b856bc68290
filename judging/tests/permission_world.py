"""Two events with somebody in every part, for the permission matrix; the first is sealed and not published yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from hackathon.domain import bulk, desk, passes
from hackathon.enums import DutyKind, Half, Override, QuestionKind, WindowKind
from hackathon.kit.registry import JobKind, registry
from hackathon.models import (
    Account,
    Answer,
    AuditEntry,
    Event,
    InvitationCode,
    Job,
    Question,
    Registration,
    RegistrationDraft,
)
from hackathon.tests.factories import (
    make_account,
    make_event,
    make_person,
    make_registration,
    make_role,
    make_staff,
)
from judging.domain import convening, deliberating, playing_jury, sealing
from judging.models import AwardRule, Round
from judging.tests.factories import DURING_FINAL, DURING_PANELS, make_jury, mark_all
from teams.domain import mentoring
from teams.models import Ask, Idea, Wish
from teams.tests.factories import announce_now, make_image, make_member, make_plan, make_team
from teams.tests.factories import make_project as make_team_project

ROLES = (
    "stranger", "pass_holder", "member", "captain", "foreign_member", "juror", "other_juror", "president", "secretary", "desk", "care",
    "organiser", "foreign_organiser", "superuser",
)  # fmt: skip


@dataclass
class World:
    """An event, who plays each role in it, and what its addresses may name.

    `passes`: what the session of the « pass holder » keeps. That is a stranger who typed the member's printed code.
    """

    event: Event
    accounts: dict[str, Account | None]
    names: dict[str, Any]
    passes: dict[str, str]


def make_world(at: Any, *, sealed: bool = True) -> World:
    """`at(moment)` sets the clock: marks are only taken during their round."""
    at(DURING_PANELS)
    jury = make_jury(jurors=3)
    event = jury.event
    role = make_role(event)
    registration = make_registration(event, role, state="accepted")
    team = make_team(event, people=1, number=90)
    make_team_project(team)
    captain, _own = make_member(event, team, is_captain=True)
    member, own = make_member(event, team)
    announce_now(event)
    rule = AwardRule.objects.create(event=event, sequence=1, label_fr="Grand prix", is_grand_prize=True)
    if sealed:
        seal_it(at, jury, jury.account(0))
    # so that whoever may write is not told that it is too late
    event.windows.filter(kind=WindowKind.SUBMISSION).update(override=Override.OPEN, override_reason="essai")
    organiser = make_staff(event)
    accounts = {
        "stranger": None,
        "pass_holder": None,
        "member": member,
        "captain": captain,
        "juror": jury.account(1),
        "other_juror": jury.account(2),
        "president": jury.account(0),
        "secretary": make_staff(event, DutyKind.SECRETARY),
        "desk": make_staff(event, DutyKind.DESK),
        "care": make_staff(event, DutyKind.CARE),
        "organiser": organiser,
        "superuser": make_account(is_superuser=True, is_staff=True),
    }
    names = {
        "ballot": jury.ballot(1, 0).pk,
        "panel": jury.panels.panels.get().pk,
        "seat": jury.panels.panels.get().members.first().pk,
        "round": "panels",
        "juror": jury.jurors[1].pk,
        "grid": jury.grid.version,
        "rule": rule.pk,
        "import_profile": event.import_profiles.create(name="Essai", columns={"A": "full_name"}).pk,
        "person": own.person.pk,
        "registration": registration.pk,
        "own_registration": own.pk,
        "window": event.windows.first().pk,
        "duty": organiser.duties.get().pk,
        "day": event.days.first().pk,
        "ask": Ask.objects.create(team=team, registration=own, is_invitation=True).pk,
        "idea": Idea.objects.create(event=event, theme=team.theme, author=own, title="x", text="x").pk,
        "wish": Wish.objects.create(registration=own, kind="with", named="x").pk,
        "help": mentoring.ask_help(team=team, registration=own, topic="Pitch", actor=None).pk,
        "job": followed_job(event, organiser),
        "mail": event.letters.create(letter="x", to="x@example.org", subject="x", text="x").pk,
        "row": role.pk,
        "draft": RegistrationDraft.objects.create(event=event).token,
        "answer": file_answer(own),
        "invitation": InvitationCode.objects.create(event=event, role=role).pk,
        "batch": batch_of_nobody(event),
        "team": team.number,
        "theme": team.theme.position,
        "file": make_image(team.project).pk,
        "ballot_file": make_image(jury.projects[0]).pk,
        "version": team.project.versions.create(number=1, content={}).pk,
        "field": event.project_fields.create(label_fr="Essai").pk,
        "desk_act": desk_act(registration),
        "project": jury.projects[0].pk,
        "proposal": make_plan(event, [[registration]]).pk,
    }
    code = passes.make_pass(registration=own, actor=None)
    return World(event, accounts, names, passes.kept(passes.open_pass(event=event, code=code)))


def followed_job(event: Event, account: Account) -> str:
    """Work that this account asked for; it waits for a worker that never comes."""
    registry.add_job(JobKind("of_the_matrix", "hackathon.see_tower", lambda job, tell: {}))
    return str(Job.objects.create(event=event, kind="of_the_matrix", title="Essai", requested_by=account).pk)


def batch_of_nobody(event: Event) -> str:
    """The record of an act on several people that changed none."""
    batch = str(uuid.uuid4())
    bulk.act_on(event=event, act="decline", pks=[], batch=batch, actor=None)
    return batch


def file_answer(registration: Registration) -> int:
    """A file that this person answered with."""
    question = Question.objects.create(event=registration.event, kind=QuestionKind.FILE, label_fr="CV")
    value = {"name": "cv.pdf", "size": 5}
    answer = Answer.objects.create(
        registration=registration, question=question, value=value, file="answers/x"
    )
    return answer.pk


def desk_act(registration: Registration) -> int:
    """The record of an arrival at the desk."""
    day = registration.event.days.first()
    desk.check_in(registration=registration, day=day, half=Half.MORNING, actor=None)
    return AuditEntry.objects.filter(event=registration.event, verb__in=desk.ACTS).latest("pk").pk


def seal_it(at: Any, jury: Any, president: Account) -> None:
    """Panels and final marked and closed, decided, sealed."""
    for juror in range(3):
        for project in range(2):
            mark_all(jury.ballot(juror, project), 2 + project)
    convening.close_round(round=Round.objects.get(pk=jury.panels.pk), actor=president)
    at(DURING_FINAL)
    final = convening.open_round(round=Round.objects.get(pk=jury.final.pk), actor=president)
    for project in range(2):
        mark_all(jury.ballot(0, project, final), 2 + project)
    convening.close_round(round=Round.objects.get(pk=final.pk), actor=president)
    event = Event.objects.get(pk=jury.event.pk)
    playing_jury.decide(event, president=president)
    assert deliberating.current_decision(event)
    sealing.seal(event=event, actor=president)


def make_worlds(at: Any) -> tuple[World, World]:
    """Both, each peopled with the other's member and organiser as its foreigners."""
    here, there = make_world(at), make_world(at, sealed=False)
    for one, other in ((here, there), (there, here)):
        one.accounts["foreign_member"] = other.accounts["member"]
        one.accounts["foreign_organiser"] = other.accounts["organiser"]
    make_person(make_event())  # somebody whom neither knows
    return here, there
