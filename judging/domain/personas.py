"""The people whom the demo signs in: who they are, what they do, and the screen each lives in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hackathon.enums import DutyKind
from hackathon.models import Account, Event
from judging.models import Juror
from teams.models import Membership


@dataclass(frozen=True)
class Persona:
    """`part`: what they do, in words; `url`: where they land."""

    account: Account
    part: str
    url: str


def of_event(event: Event) -> list[Persona]:
    """In the order of the design's table. Rights are those of the demo event only."""
    found: list[Persona] = []
    seats = {
        DutyKind.ORGANISER: (_("Organiser"), "hackathon:tower"),
        DutyKind.SECRETARY: (_("Secretary of the jury"), "judging:deliberation"),
    }
    for kind, (part, view) in seats.items():
        url = reverse(view, args=[event.slug])
        holders = Account.objects.personas(event).filter(duties__kind=kind, duties__event=event)
        found += [Persona(account, part, url) for account in holders]
    captains = _captains(event)
    for person in event.people.personas():
        assert person.account is not None
        is_captain = person.pk in captains
        part = _("Captain of a team") if is_captain else _("Participant")
        view = "teams:my_team" if is_captain else "hackathon:me"
        found.append(Persona(person.account, part, reverse(view, args=[event.slug])))
    for juror in Juror.objects.for_event(event).sitting().with_people():
        account = juror.person.account
        if account is None or not account.is_persona:
            continue
        part = _("President of the jury") if juror.is_president else _("Member of the jury")
        view = "judging:deliberation" if juror.is_president else "judging:my_projects"
        found.append(Persona(account, part, reverse(view, args=[event.slug])))
    return [persona for persona in found if persona.account.is_active]


def _captains(event: Event) -> set[Any]:
    return set(
        Membership.objects.for_event(event)
        .current()
        .captains()
        .values_list("registration__person_id", flat=True)
    )
