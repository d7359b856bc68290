"""Two teams made one, one made two, somebody put in a team: what organisers do by hand on the morning.

Each is refused with the reason where a team would be too large or too small, or where a project handed in would be
lost. A text is never lost: what the dissolved team wrote stays among the versions of the other's project.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.enums import COMING
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, Registration, Theme

from ..enums import AskState
from ..models import Ask, Membership, Project, ProjectVersion, Search, Team
from ..models.project import EXTRA
from .applying import best_captain
from .tables import free_table

BY_HAND = [{"code": "by_hand", "params": {}}]


class MergeRefused(Refused):
    code = "merge_refused"


class SplitRefused(Refused):
    code = "split_refused"


class SeatRefused(Refused):
    code = "seat_refused"


@transaction.atomic
def merge_teams(*, into: Team, other: Team, reason: str, actor: Account | None) -> Team:
    """Everybody of `other` joins `into`, which keeps its table, name, captain, theme and project; `other` is dissolved.

    What `other` wrote is set aside among the versions of `into`'s project. Raises MergeRefused for the same team, a
    dissolved one, too many people, a full theme, no reason, or a project of `other` that is handed in.
    """
    event = into.event
    Event.objects.take_turn(event)
    into, other = as_now(into), as_now(other)
    members, comers = members_of(into), members_of(other)
    _check_merge(event, into, other, reason)
    if len(members) + len(comers) > event.team_size_max:
        raise MergeRefused(
            _(
                "Together they would be %(count)s people, and a team has at most %(most)s: move some people first."
            )
            % {"count": len(members) + len(comers), "most": event.team_size_max}
        )
    if into.theme_id != other.theme_id:
        check_room(into.theme, len(comers), MergeRefused)
    _keep_text(into, other, actor)
    move_members(comers, into, reason, has_captain=any(member.is_captain for member in members))
    dissolve(other)
    audit.record(
        event=event,
        actor=actor,
        verb="merge_teams",
        about=into,
        reason=reason,
        other=other.pk,
        people=len(comers),
        # what `unmerging` needs to take it back
        came=[member.registration_id for member in comers],
        stayed=[member.registration_id for member in members],
        captain=next((member.registration_id for member in comers if member.is_captain), None),
    )
    return into


@transaction.atomic
def split_team(
    *, team: Team, people: Sequence[Registration], theme: Theme, reason: str, actor: Account | None
) -> Team:
    """Those people leave the team and make another one, on that theme, at the first free table. Returns the new team.

    The project stays with the team that was there. Raises SplitRefused for a team that is dissolved or has handed in,
    for people who are not in it, for a part too small, a full theme, or no reason.
    """
    event = team.event
    Event.objects.take_turn(event)
    team = as_now(team)
    members = members_of(team)
    wanted = {person.pk for person in people}
    leaving = [member for member in members if member.registration_id in wanted]
    if team.dissolved_at or len(leaving) != len(wanted):
        raise SplitRefused(_("Somebody is not in this team any more: look at it again."))
    if has_handed_in(team):
        raise SplitRefused(_("This team has handed in its project: it stays as it is."))
    check_reason(reason, SplitRefused)
    least = event.team_size_min
    if min(len(leaving), len(members) - len(leaving)) < least:
        raise SplitRefused(
            _("A team has at least %(least)s people: these parts would have %(left)s and %(gone)s.")
            % {"least": least, "left": len(members) - len(leaving), "gone": len(leaving)}
        )
    if theme.pk != team.theme_id:
        check_room(theme, len(leaving), SplitRefused)
    new = Team.objects.create(event=event, theme=theme, key=free_key(event), number=free_table(event))
    stayers = [member for member in members if member.registration_id not in wanted]
    move_members(leaving, new, reason, has_captain=False)
    if not any(member.is_captain for member in stayers):
        give_captain(stayers)
    audit.record(
        event=event, actor=actor, verb="split_team", about=team, reason=reason, new=new.pk, people=len(leaving)
    )  # fmt: skip
    return new


@transaction.atomic
def place_person(*, registration: Registration, team: Team, actor: Account | None) -> Membership:
    """Put somebody without a team in that one. Harmless when they are in it already.

    Raises SeatRefused for somebody who does not come or sits elsewhere, for a full or dissolved team, a full theme.
    """
    event = team.event
    Event.objects.take_turn(event)
    team = as_now(team)
    own = Membership.objects.current().of_registration(registration).with_teams().first()
    if own is not None and own.team_id == team.pk:
        return own
    if own is not None:
        raise SeatRefused(
            _("%(person)s is in a team already: %(team)s.")
            % {"person": registration.person, "team": own.team}
        )
    registration.refresh_from_db(fields=["state"])
    if registration.state not in COMING:
        raise SeatRefused(_("%(person)s is not coming (any more).") % {"person": registration.person})
    members = members_of(team)
    if team.dissolved_at or has_handed_in(team):
        raise SeatRefused(_("This team is dissolved, or has handed in its project: choose another one."))
    if len(members) >= event.team_size_max:
        raise SeatRefused(_("%(team)s is full in the meantime: choose another team.") % {"team": team})
    check_room(team.theme, 1, SeatRefused)
    seat = Membership.objects.create(
        team=team, registration=registration, is_captain=not members, reasons=BY_HAND
    )
    _settle([registration.pk])
    audit.record(event=event, actor=actor, verb="place_person", about=team, person=registration.pk)
    return seat


def free_key(event: Event) -> str:
    """A key that no team of the event has or had."""
    keys = set(Team.objects.for_event(event).values_list("key", flat=True))
    return next(key for key in (f"split-{number}" for number in count(1)) if key not in keys)


def as_now(team: Team) -> Team:
    """The team as it stands in the database, asked under the event's turn."""
    found = Team.objects.with_themes().get(pk=team.pk)
    found.event = team.event
    return found


def members_of(team: Team) -> list[Membership]:
    """Its people now, the captain first."""
    return list(Membership.objects.current().in_team(team).with_people())


def has_handed_in(team: Team) -> bool:
    """Whether its project is handed in."""
    return Project.objects.filter(team=team).submitted().exists()


def check_reason(reason: str, refusal: type[Refused]) -> None:
    """Raise `refusal` when nothing is said."""
    if not reason.strip():
        raise refusal(_("Say why in a few words: it is kept in the record."))


def _check_merge(event: Event, into: Team, other: Team, reason: str) -> None:
    if into.pk == other.pk:
        raise MergeRefused(_("Choose another team: this one cannot join itself."))
    if into.event_id != other.event_id or into.dissolved_at or other.dissolved_at:
        raise MergeRefused(_("One of these teams is dissolved in the meantime: look at the list again."))
    check_reason(reason, MergeRefused)
    if has_handed_in(other):
        raise MergeRefused(
            _("Both teams have handed in their project: neither can take over the other.")
            if has_handed_in(into)
            else _("%(team)s has handed in its project: let the other team join it instead.")
            % {"team": other}
        )


def check_room(theme: Theme, more: int, refusal: type[Refused]) -> None:
    """Raise `refusal` when the theme cannot take that many more people."""
    if theme.people_max is None:
        return
    there = Membership.objects.current().filter(team__theme=theme, team__dissolved_at=None).count()
    if there + more > theme.people_max:
        raise refusal(
            _("The theme “%(theme)s” takes %(most)s people, and %(there)s are on it: choose another one.")
            % {"theme": theme, "most": theme.people_max, "there": there}
        )


def move_members(leaving: list[Membership], team: Team, reason: str, *, has_captain: bool) -> None:
    """They leave where they are and sit in `team`, which gets a captain if it has none."""
    moment = timezone.now()
    Membership.objects.filter(pk__in=[member.pk for member in leaving]).update(
        left_at=moment, leaving_reason=reason.strip()[:250], is_captain=False
    )
    captain = None if has_captain or not leaving else best_captain([one.registration for one in leaving])
    Membership.objects.bulk_create(
        Membership(
            team=team,
            registration=member.registration,
            is_captain=member.registration is captain,
            is_locked=member.is_locked,
            reasons=BY_HAND,
            joined_at=moment,
            told_at=member.told_at,
        )
        for member in leaving
    )
    _settle([member.registration_id for member in leaving])


def _settle(registrations: list[int]) -> None:
    """Whoever has a team looks for none, and asks nobody."""
    waiting = Ask.objects.waiting().filter(registration__in=registrations)
    waiting.update(state=AskState.OVERTAKEN, answered_at=timezone.now())
    Search.objects.filter(registration__in=registrations).delete()


def give_captain(members: list[Membership]) -> None:
    """The best of them leads the team, which has no captain."""
    chosen = best_captain([member.registration for member in members])
    Membership.objects.current().of_registration(chosen).update(is_captain=True)


def dissolve(team: Team) -> None:
    """The team is no more; whoever asked to join it is free."""
    moment = timezone.now()
    Team.objects.filter(pk=team.pk).update(dissolved_at=moment, is_recruiting=False)
    Ask.objects.waiting().to_team(team).update(state=AskState.OVERTAKEN, answered_at=moment)


def _keep_text(into: Team, other: Team, actor: Account | None) -> None:
    """What the other team wrote, as a version set aside of the project that goes on."""
    theirs = Project.objects.of_team(other)
    if theirs is None or not theirs.version:
        return
    project, _made = Project.objects.get_or_create(team=into)
    last = project.versions.aggregate(last=Max("number"))["last"] or 0
    extra = {f"{EXTRA}{key}": text for key, text in theirs.extra.items()}
    ProjectVersion.objects.create(
        project=project, number=last + 1, content=theirs.content | extra, is_set_aside=True, saved_by=actor
    )
