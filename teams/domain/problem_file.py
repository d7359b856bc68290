"""An event as a problem file: who is to be placed, on which themes, by which rules.

It only reads. What becomes of the answer is `placing` and `applying`; the mathematics is `matching`.
"""

from __future__ import annotations

from typing import Any

from hackathon.domain import clock
from hackathon.models import Event, Presence, Registration, Role, Theme

from ..enums import ProjectState
from ..models import Team

#: Distinct roles wanted in a team: enough for a mix, few enough that a small team can have them.
DIVERSITY = 3


def problem_of(event: Event, *, seconds: float = 5, seed: int = 1) -> dict[str, Any]:
    """The problem file of that event. People's ids are `str(registration.pk)`, themes' `str(theme.pk)`, roles' keys.

    Who is placed: everybody who is coming; but once the event has begun and the desk has seen somebody, those whom
    the desk has seen (an empty chair helps no team), and always the members of teams that stay as they are. Teams
    stay as they are when an organiser locked them or when they have handed in their project.
    """
    teams = list(Team.objects.for_event(event).active().in_order().with_members().with_projects())
    kept = [team for team in teams if stays_as_it_is(team) and team.current_members]  # type: ignore[attr-defined]
    coming = list(Registration.objects.for_event(event).coming().with_people().with_choices().in_order())
    ids = {registration.pk for registration in coming}
    settled = {member.registration_id for team in kept for member in team.current_members}  # type: ignore[attr-defined]
    if counts_presence(event):
        seen = set(Registration.objects.for_event(event).present().values_list("pk", flat=True))
        ids &= seen | settled
    roles = list(Role.objects.for_event(event).in_order())
    return {
        "people": [_person(registration) for registration in coming if registration.pk in ids],
        "themes": [
            {"id": str(theme.pk), "capacity": {"min": theme.people_min, "max": theme.people_max}}
            for theme in Theme.objects.for_event(event).in_order()
        ],
        "team_size": {
            "min": event.team_size_min,
            "max": event.team_size_max,
            "wanted": event.team_size_wanted,
        },
        "roles": {
            "wanted": [role.key for role in roles if role.is_wanted_in_teams],
            "never_alone": [role.key for role in roles if role.is_never_alone],
            "private": [role.key for role in roles if role.is_private],
            "diversity": min(DIVERSITY, len(roles)),
        },
        "locked": [
            {
                "key": team.key,
                "theme": str(team.theme_id),
                "people": [str(m.registration_id) for m in team.current_members if m.registration_id in ids],  # type: ignore[attr-defined]
            }
            for team in kept
        ],
        "previous": {
            str(member.registration_id): team.key
            for team in teams
            for member in team.current_members  # type: ignore[attr-defined]
        },
        "seconds": seconds,
        "seed": seed,
    }


def counts_presence(event: Event) -> bool:
    """Whether being there matters more than having said one comes: the first day has begun and somebody was seen."""
    first = event.days.order_by("on").first()
    today = event.local(clock.now(event)).date()
    return first is not None and first.on <= today and Presence.objects.for_event(event).recorded().exists()


def stays_as_it_is(team: Team) -> bool:
    """A new proposal never takes apart a team that is locked or has handed in its project."""
    project = getattr(team, "project", None)
    return team.is_locked or (project is not None and project.state == ProjectState.SUBMITTED)


def _person(registration: Registration) -> dict[str, Any]:
    return {
        "id": str(registration.pk),
        "role": registration.role.key,
        "level": registration.level or 3,
        "skills": [
            str(skill.get("name", "")) if isinstance(skill, dict) else str(skill)
            for skill in registration.skills
        ],
        "themes": [str(choice.theme_id) for choice in registration.choices.all()],
    }
