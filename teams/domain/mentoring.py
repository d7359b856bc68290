"""The mentor desk: a team asks for help, a mentor takes the request, hands it over or closes it with a word.

The queue is by waiting time. Of two mentors who take the same request, one has it and the other is told who. It
refuses to judge whom a mentor helps; whoever helped a team is proposed as a conflict to its jury (`mentors_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event, Registration

from ..enums import HelpState
from ..models import HelpRequest, Team

#: A team that asks for more at once is better served by one mentor who comes.
OPEN_AT_ONCE = 3


class HelpRefused(Refused):
    code = "help_refused"


class TakenByAnother(Stale):
    """Another mentor was faster: `details["mentor"]`."""

    code = "help_taken"


@transaction.atomic
def ask_help(
    *,
    team: Team,
    registration: Registration | None,
    topic: str,
    text: str = "",
    place: str = "",
    actor: Account | None,
) -> HelpRequest:
    """Ask a mentor to come. The same topic asked twice is one request; raises HelpRefused beyond three open ones."""
    event = team.event
    Event.objects.take_turn(event)
    if team.dissolved_at:
        raise HelpRefused(_("This team no longer exists."))
    waiting = list(HelpRequest.objects.of_team(team).open())
    same = next((each for each in waiting if each.topic == topic), None)
    if same is not None:
        return same
    if len(waiting) >= OPEN_AT_ONCE:
        raise HelpRefused(
            _("Your team has %(count)s requests open: take one back, or wait for a mentor.")
            % {"count": len(waiting)}
        )
    request = HelpRequest.objects.create(
        event=event,
        team=team,
        asked_by=registration,
        topic=topic,
        text=text.strip(),
        place=place.strip() or _("Table %(number)s") % {"number": team.number},
        asked_at=clock.now(event),
    )
    audit.record(event=event, actor=actor, verb="ask_help", about=request, topic=topic)
    return request


@transaction.atomic
def take_help(*, request: HelpRequest, actor: Account) -> HelpRequest:
    """« I am coming. » Harmless when repeated; raises TakenByAnother, or HelpRefused when nobody is needed any more."""
    event = request.event
    taken = (
        HelpRequest.objects.waiting()
        .filter(pk=request.pk)
        .update(state=HelpState.TAKEN, mentor=actor, taken_at=clock.now(event), version=request.version + 1)
    )
    request.refresh_from_db()
    if taken:
        audit.record(event=event, actor=actor, verb="take_help", about=request)
    elif request.state != HelpState.TAKEN:
        raise HelpRefused(_("Nobody is needed there any more: look at the queue again."))
    elif request.mentor_id != actor.pk:
        raise TakenByAnother(
            _("%(mentor)s is on the way already: take another one.") % {"mentor": request.mentor},
            mentor=request.mentor,
        )
    return request


@transaction.atomic
def hand_help_over(*, request: HelpRequest, note: str = "", actor: Account | None) -> HelpRequest:
    """Put it back in the queue, at its old place, with a word for the next mentor. Raises HelpRefused."""
    Event.objects.take_turn(request.event)
    request.refresh_from_db()
    if request.state != HelpState.TAKEN:
        raise HelpRefused(_("This request is in nobody’s hands: look at the queue again."))
    request.state, request.mentor, request.taken_at = HelpState.WAITING, None, None
    request.note = note.strip()[:300] or request.note
    request.version += 1
    request.save(update_fields=["state", "mentor", "taken_at", "note", "version"])
    audit.record(event=request.event, actor=actor, verb="hand_help_over", about=request, reason=note)
    return request


@transaction.atomic
def close_help(*, request: HelpRequest, tag: str, actor: Account | None) -> HelpRequest:
    """Done, and what it was about, in a word. Harmless when repeated; raises HelpRefused without the word."""
    Event.objects.take_turn(request.event)
    request.refresh_from_db()
    if request.state == HelpState.CLOSED:
        return request
    if request.state != HelpState.TAKEN:
        raise HelpRefused(_("Take the request first, then close it."))
    if not tag.strip():
        raise HelpRefused(_("Say in a word what it was about: it tells which mentors to invite next time."))
    request.state, request.tag = HelpState.CLOSED, tag.strip()[:60]
    request.closed_at = clock.now(request.event)
    request.version += 1
    request.save(update_fields=["state", "tag", "closed_at", "version"])
    audit.record(event=request.event, actor=actor, verb="close_help", about=request, tag=request.tag)
    return request


@transaction.atomic
def cancel_help(*, request: HelpRequest, actor: Account | None) -> HelpRequest:
    """The team found out by itself. Harmless once it is over."""
    Event.objects.take_turn(request.event)
    request.refresh_from_db()
    if request.state in (HelpState.WAITING, HelpState.TAKEN):
        request.state, request.closed_at = HelpState.CANCELLED, clock.now(request.event)
        request.version += 1
        request.save(update_fields=["state", "closed_at", "version"])
        audit.record(event=request.event, actor=actor, verb="cancel_help", about=request)
    return request


@dataclass(frozen=True)
class Waits:
    """How the mentor desk does: teams waiting now and the longest wait; the usual wait of those served."""

    waiting: int
    longest: timedelta
    served: int
    usual: timedelta


def waits(event: Event, now: datetime) -> Waits:
    """The desk's waiting times; one query. The usual one is the median from asking to being taken."""
    waiting, served = [], []
    for state, asked_at, taken_at in HelpRequest.objects.for_event(event).times():
        if state == HelpState.WAITING:
            waiting.append(max(now - asked_at, timedelta()))
        elif taken_at is not None:
            served.append(max(taken_at - asked_at, timedelta()))
    return Waits(
        len(waiting),
        max(waiting, default=timedelta()),
        len(served),
        median(served) if served else timedelta(),  # type: ignore[type-var]
    )


def mentors_of(event: Event) -> set[tuple[int, int]]:
    """(account, team) of everybody who helped a team: what the jury is told as a possible conflict."""
    return set(HelpRequest.objects.for_event(event).helped().pairs())
