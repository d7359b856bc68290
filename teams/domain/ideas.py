"""The idea wall: posting an idea, supporting it, making it a team. Read by people of the event, never by the public.

How many people like an idea is for everybody; who would join it is for its author and the organisers, since a number
of people who would join and a team that took fewer would tell whom it refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.domain import audit, clock, windows
from hackathon.enums import COMING, WindowKind
from hackathon.kit.errors import Refused, Stale
from hackathon.models import Account, Event, Registration, Role, Theme

from .. import letters
from ..enums import SupportKind
from ..models import Idea, IdeaSupport, Team
from . import joining, recruiting

#: Ideas of one person on the wall at the same time.
PER_PERSON = 5


class IdeaRefused(Refused):
    code = "idea_refused"


class IdeaStale(Stale):
    """The idea was changed in between: `details["idea"]` is as it stands."""

    code = "idea_stale"


def wall_is_open(event: Event) -> bool:
    """Whether ideas are taken: from the day the event is public until its teams are settled."""
    window = windows.window_of(event, WindowKind.ROSTER)
    if not event.is_public or window is None:
        return False
    return not windows.has_closed(window, clock.now(event))


def check_wall(event: Event) -> None:
    """Raise IdeaRefused unless the wall takes something in now."""
    if not wall_is_open(event):
        raise IdeaRefused(_("The idea wall is closed: teams are settled. What is on it can still be read."))


@transaction.atomic
def post_idea(
    *,
    registration: Registration,
    theme: Theme,
    title: str,
    text: str,
    roles: Iterable[Role] = (),
    actor: Account | None,
) -> Idea:
    """A new idea on the wall. The same title by the same person twice is one idea.

    Raises IdeaRefused on a closed wall, beyond PER_PERSON ideas, or for somebody whose registration is over.
    """
    event = registration.event
    Event.objects.take_turn(event)
    check_wall(event)
    _check_registered(registration)
    own = list(Idea.objects.for_event(event).of_registration(registration))
    same = next((idea for idea in own if idea.title == title.strip()), None)
    if same is not None:
        return same
    if len(own) >= PER_PERSON:
        raise IdeaRefused(
            ngettext(
                "You have %(count)s idea on the wall already: take one back to make room for another.",
                "You have %(count)s ideas on the wall already: take one back to make room for another.",
                len(own),
            )
            % {"count": len(own)}
        )
    idea = Idea.objects.create(
        event=event, author=registration, theme=theme, title=title.strip(), text=text.strip()
    )
    idea.wanted_roles.set(_nameable(roles))
    audit.record(event=event, actor=actor, verb="post_idea", about=idea)
    return idea


@transaction.atomic
def change_idea(
    *,
    idea: Idea,
    theme: Theme,
    title: str,
    text: str,
    version: int,
    roles: Iterable[Role] = (),
    actor: Account | None,
) -> Idea:
    """Write it otherwise. Raises IdeaStale when it was changed since `version` was read; IdeaRefused."""
    Event.objects.take_turn(idea.event)
    check_wall(idea.event)
    idea.refresh_from_db(fields=["version"])
    if idea.version != version:
        raise IdeaStale(
            _("This idea was changed in another window: compare with what stands there, then save again."),
            idea=idea,
        )
    idea.theme, idea.title, idea.text, idea.version = theme, title.strip(), text.strip(), version + 1
    idea.save(update_fields=["theme", "title", "text", "version", "folded"])
    idea.wanted_roles.set(_nameable(roles))
    audit.record(event=idea.event, actor=actor, verb="change_idea", about=idea)
    return idea


@transaction.atomic
def take_idea_back(*, idea: Idea, actor: Account | None) -> None:
    """Off the wall, with what was said about it. A team that came of it stays."""
    Event.objects.take_turn(idea.event)
    audit.record(event=idea.event, actor=actor, verb="take_idea_back", about=idea)
    idea.delete()


@transaction.atomic
def hide_idea(*, idea: Idea, reason: str, actor: Account | None) -> Idea:
    """Nobody but its author and the organisers sees it; the author is told why. Harmless when repeated."""
    if not reason.strip():
        raise IdeaRefused(_("Say why: the author reads it."))
    Event.objects.take_turn(idea.event)
    idea.refresh_from_db(fields=["hidden_at"])
    if idea.hidden_at is None:
        idea.hidden_at, idea.hidden_reason = timezone.now(), reason.strip()[:250]
        idea.save(update_fields=["hidden_at", "hidden_reason"])
        audit.record(event=idea.event, actor=actor, verb="hide_idea", about=idea, reason=reason)
        if idea.author is not None:
            letters.idea_hidden(idea=idea, person=idea.author.person)
    return idea


@transaction.atomic
def show_idea(*, idea: Idea, actor: Account | None) -> Idea:
    """Back on the wall. Harmless when repeated."""
    Event.objects.take_turn(idea.event)
    idea.refresh_from_db(fields=["hidden_at"])
    if idea.hidden_at is not None:
        idea.hidden_at, idea.hidden_reason = None, ""
        idea.save(update_fields=["hidden_at", "hidden_reason"])
        audit.record(event=idea.event, actor=actor, verb="show_idea", about=idea)
    return idea


@transaction.atomic
def support_idea(
    *, idea: Idea, registration: Registration, kind: str, is_on: bool = True, actor: Account | None
) -> None:
    """« I like it » or « I would join », or no longer. The same twice changes nothing.

    Raises IdeaRefused for one's own idea, on a closed wall, or for somebody whose registration is over.
    """
    Event.objects.take_turn(idea.event)
    check_wall(idea.event)
    given = IdeaSupport.objects.for_ideas([idea]).of_registration(registration).of_kind(kind)
    if not is_on:
        given.delete()
        return
    if idea.author_id == registration.pk:
        raise IdeaRefused(_("This idea is yours: others say whether they like it."))
    _check_registered(registration)
    IdeaSupport.objects.get_or_create(idea=idea, registration=registration, kind=kind)


@transaction.atomic
def found_team_from(*, idea: Idea, name: str = "", actor: Account | None) -> Team:
    """The author founds a team on the idea's theme; whoever said « I would join » is invited.

    Raises what founding raises (RostersClosed, HasTeam…), and IdeaRefused for an idea that has its team.
    """
    Event.objects.take_turn(idea.event)
    idea.refresh_from_db(fields=["team"])
    if idea.has_team:
        raise IdeaRefused(_("%(team)s works on this idea already.") % {"team": idea.team})
    if idea.author is None:
        raise IdeaRefused(_("Nobody leads this idea any more: post it again as yours."))
    team = joining.found_team(registration=idea.author, theme=idea.theme, name=name, actor=actor)
    idea.team = team
    idea.save(update_fields=["team"])
    recruiting.look_for_people(
        team=team, is_recruiting=True, looking_for=idea.title, roles=idea.wanted_roles.all(), actor=actor
    )
    for support in IdeaSupport.objects.for_ideas([idea]).of_kind(SupportKind.JOIN).with_people():
        support.registration.event = idea.event
        if may_be_invited(support.registration):
            recruiting.invite_registration(
                team=team, registration=support.registration, message=idea.title, actor=actor
            )
    audit.record(event=idea.event, actor=actor, verb="found_team_from_idea", about=idea, team=team.pk)
    return team


def may_be_invited(registration: Registration) -> bool:
    """Has a place, and no team that they know of."""
    return registration.state in COMING and joining.known_membership(registration) is None


def _check_registered(registration: Registration) -> None:
    if not Registration.objects.for_event(registration.event).not_gone().numbered(registration.pk).exists():
        raise IdeaRefused(
            _("The idea wall is for people who are registered: look at your registration first.")
        )


def _nameable(roles: Iterable[Role]) -> list[Role]:
    """A private role is never asked for by name."""
    return [role for role in roles if not role.is_private]
