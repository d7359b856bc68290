"""Several people registered at once by somebody who brings them: a family, an adviser and the people accompanied.

Each gets a registration and a state of their own. Whoever fills the form in consents for nobody: the rules are asked
of each at the first sign-in, or at the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from .. import letters
from ..kit.errors import Refused
from ..models import Account, Event, Registration, Role, Theme
from . import registering
from .roster_rows.cells import name_key

MOST = 10  # people in one form


class PartyRefused(Refused):
    """`details["row"]`: the place of the row at fault, from 0; None when it is the whole."""

    code = "party_refused"


@dataclass(frozen=True)
class Member:
    """One person of the group; without an address, a code printed at the desk opens their page."""

    role: Role
    first_name: str
    last_name: str
    email: str = ""
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What the form may say about a member: the state is that of a newcomer, whoever was registered before."""

    name: str
    state: str
    has_address: bool


@transaction.atomic
def register_party(
    *,
    event: Event,
    members: Sequence[Member],
    contact: str,
    language: str = "fr",
    key: str = "",
    actor: Account | None,
) -> list[Outcome]:
    """Register each, in order, under one party, all or none; `contact` receives one letter that names them.

    `key` makes a repeat of the same form harmless. Somebody who is registered already stays as they are and is told,
    as by the ordinary form. Raises PartyRefused, RegistrationClosed, RoleClosed.
    """
    _check(members)
    Event.objects.take_turn(event)
    party = uuid4()
    found: list[Registration] = []
    outcomes: list[Outcome] = []
    for row, member in enumerate(members):
        forecast = registering.outlook(event, member.role).state
        try:
            registration = registering.register(
                event=event,
                role=member.role,
                first_name=member.first_name,
                last_name=member.last_name,
                email=member.email,
                language=language,
                themes=member.themes,
                key=f"{key}-{row}" if key else "",
                party=party,
                actor=actor,
            )
        except registering.AlreadyRegistered as refusal:
            registering.tell_owner(registration=refusal.details["registration"])
            outcomes.append(Outcome(_name(member), forecast, bool(member.email)))
            continue
        except registering.RoleClosed as refusal:
            raise PartyRefused(str(refusal), row=row) from refusal
        found.append(registration)
        outcomes.append(Outcome(_name(member), registration.state, bool(member.email)))
    if found and found[0].party == party:  # not the same form sent twice
        letters.post(
            template="registration_party",
            to=contact,
            language=language,
            key=f"registration_party:{party}",
            context={"names": [_name(each) for each in members]},
            event=event,
        )
    return outcomes


def _check(members: Sequence[Member]) -> None:
    if not members:
        raise PartyRefused(
            _("Nobody is named: write the first and last name of at least one person."), row=None
        )
    if len(members) > MOST:
        raise PartyRefused(
            _("A group has at most %(most)s people: send the others in a second form.") % {"most": MOST},
            row=None,
        )
    for row, member in enumerate(members):
        for earlier in range(row):
            if _look_the_same(member, members[earlier]):
                raise PartyRefused(
                    _(
                        "%(name)s is on row %(row)s already: remove one of the two, or give each their own address."
                    )
                    % {"name": _name(member), "row": earlier + 1},
                    row=row,
                )


def _look_the_same(one: Member, other: Member) -> bool:
    """The same name, and no two addresses to tell them apart."""
    if name_key(one.first_name, one.last_name) != name_key(other.first_name, other.last_name):
        return False
    emails = {one.email.strip().lower(), other.email.strip().lower()}
    return len(emails) == 1 or "" in emails


def _name(member: Member) -> str:
    return f"{member.first_name.strip()} {member.last_name.strip()}".strip()
