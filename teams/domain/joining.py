"""Who is in a team, who leads it, what it is called, whether new proposals keep it. Forming teams is `placing`."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit, clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Registration

from ..models import Membership, Team
from .applying import best_captain


class JoiningRefused(Refused):
    code = "joining_refused"


@transaction.atomic
def name_team(*, team: Team, name: str, actor: Account | None) -> Team:
    """Give the team a name. Raises JoiningRefused after the submission deadline or when another team has it."""
    Event.objects.take_turn(team.event)
    name = " ".join(name.split())
    window = windows.window_of(team.event, WindowKind.SUBMISSION)
    if window is not None and windows.has_closed(window, clock.now(team.event)):
        raise JoiningRefused(_("Names are settled since the submission deadline: ask an organiser."))
    others = Team.objects.for_event(team.event).active().exclude(pk=team.pk)
    if name and others.filter(name__iexact=name).exists():
        raise JoiningRefused(_("Another team is called “%(name)s”: choose another name.") % {"name": name})
    team.name = name
    team.save(update_fields=["name"])
    audit.record(event=team.event, actor=actor, verb="name_team", about=team, name=name)
    return team


@transaction.atomic
def hand_over(*, team: Team, to: Registration, actor: Account | None) -> Team:
    """Make `to`, a member, the team's captain. Harmless when repeated; raises JoiningRefused for a stranger."""
    Event.objects.take_turn(team.event)
    members = Membership.objects.current().filter(team=team)
    member = members.filter(registration=to).first()
    if member is None:
        raise JoiningRefused(_("Only a member of the team can lead it: choose one of its members."))
    if not member.is_captain:
        members.update(is_captain=False)
        member.is_captain = True
        member.save(update_fields=["is_captain"])
        audit.record(event=team.event, actor=actor, verb="hand_over_team", about=team, to=to.pk)
    return team


@transaction.atomic
def set_lock(*, team: Team, is_locked: bool, actor: Account | None) -> Team:
    """Keep the team as it is in new proposals, or let them change it again. Harmless when repeated."""
    Event.objects.take_turn(team.event)
    if Team.objects.filter(pk=team.pk).exclude(is_locked=is_locked).update(is_locked=is_locked):
        audit.record(
            event=team.event, actor=actor, verb="lock_team" if is_locked else "unlock_team", about=team
        )
    team.is_locked = is_locked
    return team


@transaction.atomic
def leave_team(*, registration: Registration, reason: str, actor: Account | None) -> Team | None:
    """End somebody's membership; the team gets another captain if they led it. None when they had no team."""
    Event.objects.take_turn(registration.event)
    member = Membership.objects.current().of_registration(registration).select_related("team__event").first()
    if member is None:
        return None
    team, was_captain = member.team, member.is_captain
    member.left_at, member.leaving_reason, member.is_captain = timezone.now(), reason[:250], False
    member.save(update_fields=["left_at", "leaving_reason", "is_captain"])
    others = list(Membership.objects.current().filter(team=team).with_people())
    if was_captain and others:
        chosen = best_captain([other.registration for other in others])
        Membership.objects.current().of_registration(chosen).update(is_captain=True)
    audit.record(
        event=team.event, actor=actor, verb="leave_team", about=team, reason=reason, person=registration.pk
    )
    return team
