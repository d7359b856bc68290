"""Attestations of presence: who was there, which half-days and how long, issued with a code that anybody can check.

One is in force for each person. What it says comes from the desk's record alone; when that is corrected, the next
issue revokes the former one and has another code. A role is no part of it: it is printed only where the person asks
for it, so that neither the paper nor its absence tells what somebody would rather keep.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..kit.errors import Refused
from ..models import Account, Attestation, Event, EventDay, Person, Presence, Registration
from . import audit, clock
from .attestation_papers import Paper, issuer_of, paper
from .furnishing import keep
from .presence_hours import Counted, Recorded, counted
from .privacy import is_erased

ISSUER = ("issuer", "signatory", "signatory_title")
HOURS = ("morning_starts", "morning_ends", "afternoon_starts", "afternoon_ends")


class NotAttestable(Refused):
    """There is nothing to attest: never recorded at the desk, or erased."""

    code = "not_attestable"


class TooEarly(NotAttestable):
    """The event is not over: the rest of it may still come."""

    code = "too_early"


def halves_of(registration: Registration) -> list[Counted]:
    """The half-days that can be attested now; two queries."""
    event = registration.event
    return counted(_recorded(event, Presence.objects.of_registration(registration).recorded()), now=event.now)


def halves_of_all(event: Event, of: Sequence[Registration] | None = None) -> dict[int, list[Counted]]:
    """Registration → its half-days, for everybody (or those named) who has any; two queries."""
    rows: dict[int, list[Presence]] = {}
    found = Presence.objects.for_event(event).recorded()
    for presence in found if of is None else found.of_registrations(of):
        rows.setdefault(presence.registration_id, []).append(presence)
    lists = {pk: counted(_recorded(event, some), now=event.now) for pk, some in rows.items()}
    return {pk: halves for pk, halves in lists.items() if halves}


def has_somebody(event: Event) -> bool:
    """Whether the desk recorded anybody."""
    return Presence.objects.for_event(event).recorded().exists()


def _recorded(event: Event, presences: Any) -> list[Recorded]:
    days = {day.pk: day for day in event.whole_days}
    found = []
    for presence in presences:
        day = days[presence.day_id]
        starts, ends = day.starts_at(presence.half), day.ends_at(presence.half)
        found.append(Recorded(day.on, presence.half, starts, ends, presence.in_at, presence.out_at))
    return found


@transaction.atomic
def attest(*, registration: Registration, actor: Account | None, early: bool = False) -> Attestation:
    """The attestation in force, issued now if there is none or if the record says something else than it.

    `early`: an organiser may attest what is over before the event is. Asked for twice at once it is issued once.
    Raises TooEarly, NotAttestable.
    """
    event = registration.event
    if not early and not event.is_over:
        raise TooEarly(_("The attestation can be had once the last half-day of the event is over."))
    Event.objects.take_turn(event)
    if is_erased(registration.person):
        raise NotAttestable(_("This person’s data was erased: there is nobody to attest for."))
    halves = halves_of(registration)
    if not halves:
        raise NotAttestable(
            _(
                "The welcome desk recorded no half-day for %(name)s: there is no presence to attest. If this is wrong, write to the organisers."
            )
            % {"name": registration.person}
        )
    current = Attestation.objects.of_registration(registration).in_force().first()
    return _issue(registration, halves, current, actor)


@transaction.atomic
def attest_everybody(*, event: Event, actor: Account | None, early: bool = True) -> list[Paper]:
    """Everybody whom the desk recorded, by name, each in their own language. A fixed number of reads.

    Raises NotAttestable when the desk recorded nobody, TooEarly.
    """
    if not early and not event.is_over:
        raise TooEarly(_("The attestation can be had once the last half-day of the event is over."))
    Event.objects.take_turn(event)
    halves = halves_of_all(event)
    in_force = {one.registration_id: one for one in Attestation.objects.for_event(event).in_force()}
    people = Registration.objects.for_event(event).chosen(halves).with_people().by_name()
    papers = []
    for registration in people:
        if is_erased(registration.person):
            continue
        registration.event = registration.person.event = event
        made = _issue(registration, halves[registration.pk], in_force.get(registration.pk), actor)
        language = registration.person.language
        papers.append(paper(made, registration, language=language, says_capacity=registration.shows_role))
    if not papers:
        raise NotAttestable(_("The welcome desk recorded nobody: there is no presence to attest yet."))
    return papers


def _issue(
    registration: Registration, halves: list[Counted], current: Attestation | None, actor: Account | None
) -> Attestation:
    content = _content(registration, halves)
    if current is not None and {**current.content, "salt": ""} == {**content, "salt": ""}:
        current.registration = registration
        return current
    event = registration.event
    now = clock.now(event)
    if current is not None:
        current.revoked_at = now
        current.save(update_fields=["revoked_at"])
    made = Attestation.objects.create(
        registration=registration, content=content, digest=digest_of(content), issued_at=now
    )
    verb = "issue_attestation" if current is None else "issue_attestation_again"
    audit.record(event=event, actor=actor, verb=verb, about=registration, minutes=content["minutes"])
    return made


def _content(registration: Registration, halves: Sequence[Counted]) -> dict[str, Any]:
    """What it says, in no language. `salt` keeps anybody from trying names against the digest once it is erased."""
    event = registration.event
    return {
        "name": registration.person.full_name,
        "event": event.slug,
        "halves": [
            {
                "on": half.on.isoformat(),
                "half": half.half,
                "since": half.since,
                "until": half.until,
                "minutes": half.minutes,
            }
            for half in halves
        ],
        "minutes": sum(half.minutes for half in halves),
        "issuer": issuer_of(event),
        "signatory": event.signatory,
        "signatory_title": event.signatory_title,
        "salt": secrets.token_hex(16),
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of its canonical JSON, in hexadecimal."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def change_issuer(*, event: Event, actor: Account | None, **texts: str) -> Event:
    """Who issues and who signs; `texts` among ISSUER. Papers issued from now on say so. Raises SetupRefused."""
    unknown = set(texts) - set(ISSUER)
    if unknown:
        raise TypeError(f"not of an attestation: {', '.join(sorted(unknown))}")
    return keep(event, verb="change_issuer", actor=actor, fields=texts)


@transaction.atomic
def change_hours(*, day: EventDay, actor: Account | None, **times: Any) -> EventDay:
    """The announced hours of a day's halves; `times` among HOURS. Raises SetupRefused."""
    unknown = set(times) - set(HOURS)
    if unknown:
        raise TypeError(f"not hours of a day: {', '.join(sorted(unknown))}")
    event = day.event
    found = keep(day, verb="change_hours", actor=actor, fields=times)
    event.__dict__.pop("whole_days", None)
    return found


def export(person: Person) -> dict[str, Any]:
    """For « my data »: what was attested of that person."""
    issued = Attestation.objects.of_person(person).order_by("pk")
    return {
        "attestations": [
            {
                "code": one.code,
                "issued_at": one.issued_at.isoformat(),
                "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
                **{name: value for name, value in one.content.items() if name != "salt"},
            }
            for one in issued
        ]
    }


@transaction.atomic
def erase(person: Person) -> None:
    """Forget whom the attestations were about: their codes then say only that they were withdrawn."""
    for one in Attestation.objects.of_person(person):
        one.content, one.revoked_at = {}, one.revoked_at or clock.now(person.event)
        one.save(update_fields=["content", "revoked_at"])
