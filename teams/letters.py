"""One function per letter about teams and projects. Each returns the queued row, or None if it was queued before."""

from __future__ import annotations

from hackathon import letters
from hackathon.models import OutgoingMail, Person

from .models import Membership, Project


def team_announced(
    *, membership: Membership, sentences: list[str], captain: str, language: str
) -> OutgoingMail | None:
    """Your team, its table, its theme, and why (`sentences`, already in that language)."""
    team, person = membership.team, membership.registration.person
    return letters.post(
        template="team_announced",
        to=person.email,
        language=language,
        key=f"team-announced:{membership.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "membership": membership,
            "sentences": sentences,
            "captain": captain,
            "url": letters.address("teams:my_team", team.event.slug, language=language),
        },
    )


def project_received(
    *, project: Project, person: Person, closes_at: str, language: str
) -> OutgoingMail | None:
    """The receipt of a project: when it came in, its digest, until when it can be changed."""
    team = project.team
    return letters.post(
        template="project_received",
        to=person.email,
        language=language,
        key=f"project-received:{project.pk}:{project.version}:{person.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "project": project,
            "closes_at": closes_at,
            "url": letters.address("teams:project", team.event.slug, team.number, language=language),
        },
    )
