"""Who may do what with teams and projects; each line should read as a sentence."""

from __future__ import annotations

from typing import Any

from rules import add_perm, predicate

from hackathon.domain import windows
from hackathon.rules import is_mentor, is_organiser, is_own_registration, is_registered, is_visible

from .domain import gallery
from .models import Membership


@predicate
def has_account(user: Any, subject: Any) -> bool:
    """A project page keeps who wrote what: it asks for an account."""
    return bool(user.is_authenticated)


def _is_somebody(user: Any) -> bool:
    return bool(user.is_authenticated or getattr(user, "passes", ()))


@predicate
def is_in_a_team(user: Any, event: Any) -> bool:
    """Whether this user reaches somebody who has a team in this event, and knows it, by account or by pass."""
    if not _is_somebody(user):
        return False
    return Membership.objects.for_event(event).current().reachable_by(user).known_to_members().exists()


def _own_memberships(user: Any, subject: Any) -> list[Membership]:
    """The viewer's memberships of that team (or that project's team), asked of the database once per request.

    Only those they know of: a team that organisers made is nobody's before it is announced.
    """
    team = getattr(subject, "team", subject)
    cache = user.__dict__.setdefault("_memberships", {})
    if team.pk not in cache:
        cache[team.pk] = list(team.memberships.current().reachable_by(user).known_to_members())
    return cache[team.pk]


@predicate
def is_team_member(user: Any, subject: Any) -> bool:
    return bool(_is_somebody(user) and _own_memberships(user, subject))


@predicate
def is_captain(user: Any, subject: Any) -> bool:
    return bool(_is_somebody(user) and any(own.is_captain for own in _own_memberships(user, subject)))


@predicate
def rosters_are_open(user: Any, subject: Any) -> bool:
    return windows.rosters_are_open(subject.event)


@predicate
def takes_part_there(user: Any, team: Any) -> bool:
    return bool(is_registered(user, team.event))


@predicate
def is_looking_for_people(user: Any, team: Any) -> bool:
    return bool(team.is_recruiting)


@predicate
def reads_the_wall(user: Any, idea: Any) -> bool:
    """Takes part in the event, and the idea is not hidden."""
    return bool(idea.hidden_at is None and is_registered(user, idea.event))


@predicate
def is_idea_author(user: Any, idea: Any) -> bool:
    return bool(idea.author is not None and is_own_registration(user, idea.author))


@predicate
def answers_that_ask(user: Any, ask: Any) -> bool:
    """The person answers an invitation, the captain a request."""
    return is_own_ask(user, ask) if ask.is_invitation else is_captain(user, ask.team)


@predicate
def made_that_ask(user: Any, ask: Any) -> bool:
    return is_captain(user, ask.team) if ask.is_invitation else is_own_ask(user, ask)


@predicate
def is_own_ask(user: Any, ask: Any) -> bool:
    return is_own_registration(user, ask.registration)


@predicate
def projects_are_public(user: Any, subject: Any) -> bool:
    """With the results, or when an organiser opens the gallery: before, nobody reads another team's project here."""
    return gallery.is_open(subject.event)


@predicate
def is_picture_in_the_gallery(user: Any, file: Any) -> bool:
    """An image that arrived, of a project that everybody may read: as we drew it again, never as it was sent."""
    return projects_are_public(user, file) and file.is_shown


add_perm("teams.see_gallery", projects_are_public)
add_perm("teams.open_gallery", is_organiser)
add_perm("teams.form_teams", is_organiser)
add_perm("teams.see_teams", is_organiser)
add_perm("teams.change_team", is_organiser)
add_perm("teams.see_own_team", is_in_a_team)
add_perm("teams.see_team", is_team_member)
add_perm("teams.name_team", is_team_member)
add_perm("teams.see_project", has_account & is_team_member | is_organiser)
add_perm("teams.write_project", has_account & is_team_member)
add_perm("teams.read_file", has_account & is_team_member | is_organiser)
add_perm("teams.see_picture", has_account & is_team_member | is_organiser | is_picture_in_the_gallery)
add_perm("teams.judge_late_files", is_organiser)
add_perm("teams.submit_project", has_account & is_captain)
add_perm("teams.withdraw_project", has_account & is_captain)
add_perm("teams.change_standing", is_organiser)
add_perm("teams.reopen_team", is_organiser)
add_perm("teams.take_over_project", is_organiser)
add_perm("teams.declare", has_account & is_team_member)
add_perm("teams.see_declarations", is_organiser)
add_perm("teams.change_fields", is_organiser)
add_perm("teams.find_team", is_registered)
add_perm("teams.ask_team", takes_part_there & is_looking_for_people)
add_perm("teams.see_theme", is_visible | is_organiser)
add_perm("teams.see_ideas", is_registered | is_organiser)
add_perm("teams.post_idea", is_registered)
add_perm("teams.see_idea", reads_the_wall | is_idea_author | is_organiser)
add_perm("teams.support_idea", reads_the_wall)
add_perm("teams.change_idea", is_idea_author)
add_perm("teams.hide_idea", is_organiser)
add_perm("teams.say_wishes", is_registered)
add_perm("teams.see_wishes", is_organiser)
add_perm("teams.lead_team", is_captain)
add_perm("teams.leave_team", is_team_member)
add_perm("teams.ask_help", is_team_member)
add_perm("teams.cancel_help", is_team_member)
add_perm("teams.work_at_mentor_desk", is_mentor | is_organiser)
add_perm("teams.answer_ask", answers_that_ask)
add_perm("teams.take_ask_back", made_that_ask)

# Reading through the API, where a token is given each right by name
add_perm("teams.list_teams", is_organiser | is_in_a_team)
add_perm("teams.list_projects", is_organiser | is_in_a_team)
add_perm("teams.read_team", is_organiser | is_team_member)
