"""What a team says of itself on the first evening: where it stands, what it lacks, whether it means to hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.enums import Half
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event

from .. import letters
from ..models import Declaration, Membership, Team
from . import submitting, writing

#: How long before the end of the first day teams are asked to declare.
ASKED_BEFORE = timedelta(hours=1)
FIELDS = ("title", "progress", "lacks", "will_submit")


class StaleDeclaration(Stale):
    """`details["current"]` is the declaration as the other person left it."""

    code = "stale_declaration"


class DeclarationRefused(Refused):
    code = "declaration_refused"


@transaction.atomic
def declare(*, team: Team, content: dict[str, Any], version: int, actor: Account | None) -> Declaration:
    """Say it, or change what was said, from version `version` (0 for the first); a project without a title takes
    the working title. Raises SubmissionClosed, DeclarationRefused or StaleDeclaration."""
    event = team.event
    Event.objects.take_turn(event)
    writing.check_open(team)
    content = {name: content[name] for name in FIELDS}
    if not content["title"].strip() or not content["progress"].strip():
        raise DeclarationRefused(_("Say what you are working on and where you stand: two lines are enough."))
    declaration = Declaration.objects.of_team(team) or Declaration(team=team, version=0)
    if declaration.version != version:
        raise StaleDeclaration(
            _(
                "Somebody of your team declared in the meantime: nothing was overwritten. Compare, then save again."
            ),
            current=declaration,
        )
    for name, value in content.items():
        setattr(declaration, name, value)
    declaration.version += 1
    declaration.declared_by, declaration.declared_at = actor, clock.now(event)
    declaration.save()
    audit.record(event=event, actor=actor, verb="declare_project", about=team, version=declaration.version)
    project = submitting.project_of(team)
    if not project.title.strip():
        submitting.write(project=project, content={"title": declaration.title}, actor=actor)
    return declaration


def is_asked_now(event: Event) -> bool:
    """Whether the first day is ending (or over) and projects are not due yet: the time to declare."""
    days = event.whole_days
    return bool(days) and clock.now(event) >= days[0].ends_at(Half.AFTERNOON) - ASKED_BEFORE


@dataclass(frozen=True)
class Declared:
    """A team and what it declared, None while it has not."""

    team: Team
    declaration: Declaration | None


def declarations(event: Event) -> list[Declared]:
    """Every team; those that have not declared come first, then those that lack something or may not hand in."""
    teams = Team.objects.for_event(event).active().with_themes().with_declarations().with_members().in_order()
    found = [Declared(team, getattr(team, "declaration", None)) for team in teams]
    return sorted(found, key=_most_pressing)


def _most_pressing(line: Declared) -> int:
    said = line.declaration
    if said is None:
        return 0
    return 1 if not said.will_submit else 2 if said.lacks else 3


@transaction.atomic
def remind(*, event: Event, actor: Account | None) -> int:
    """Write once to the captain of each team that has not declared; returns how many letters leave."""
    Event.objects.take_turn(event)
    sent = 0
    for line in declarations(event):
        if line.declaration is None:
            for person in Membership.objects.current().in_team(line.team).captains().people():
                sent += letters.declaration_asked(team=line.team, person=person) is not None
    if sent:
        audit.record(event=event, actor=actor, verb="remind_to_declare", count=sent)
    return sent
