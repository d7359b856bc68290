"""Who may do what with teams and projects; each line should read as a sentence."""

from __future__ import annotations

from typing import Any

from rules import add_perm, predicate

from hackathon.rules import is_organiser

from .models import Membership


@predicate
def is_in_an_announced_team(user: Any, event: Any) -> bool:
    """Whether this account reaches somebody who has a team in this event, once teams are announced."""
    if not user.is_authenticated or event.teams_announced_at is None:
        return False
    return Membership.objects.for_event(event).current().of(user).exists()


@predicate
def teams_are_announced(user: Any, subject: Any) -> bool:
    return subject.event.teams_announced_at is not None


def _own_memberships(user: Any, subject: Any) -> list[Membership]:
    """The viewer's memberships of that team (or that project's team), asked of the database once per request."""
    team = getattr(subject, "team", subject)
    cache = user.__dict__.setdefault("_memberships", {})
    if team.pk not in cache:
        cache[team.pk] = list(team.memberships.current().of(user))
    return cache[team.pk]


@predicate
def is_team_member(user: Any, subject: Any) -> bool:
    return bool(user.is_authenticated and _own_memberships(user, subject))


@predicate
def is_captain(user: Any, subject: Any) -> bool:
    return bool(user.is_authenticated and any(own.is_captain for own in _own_memberships(user, subject)))


@predicate
def projects_are_public(user: Any, subject: Any) -> bool:
    """With the results: before, nobody reads another team's project here."""
    return subject.event.published_at is not None


add_perm("teams.see_gallery", projects_are_public)
add_perm("teams.form_teams", is_organiser)
add_perm("teams.see_teams", is_organiser)
add_perm("teams.change_team", is_organiser)
add_perm("teams.see_own_team", is_in_an_announced_team)
add_perm("teams.see_team", is_team_member & teams_are_announced)
add_perm("teams.name_team", is_team_member & teams_are_announced)
add_perm("teams.see_project", is_team_member & teams_are_announced | is_organiser)
add_perm("teams.write_project", is_team_member & teams_are_announced)
add_perm("teams.submit_project", is_captain & teams_are_announced)
add_perm("teams.change_standing", is_organiser)

# Reading through the API, where a token is given each right by name
add_perm("teams.list_teams", is_organiser | is_in_an_announced_team)
add_perm("teams.list_projects", is_organiser | is_in_an_announced_team)
add_perm("teams.read_team", is_organiser | is_team_member & teams_are_announced)
