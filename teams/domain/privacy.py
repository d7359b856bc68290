"""This app's part of what is known about a person: to hand over, and to erase. What a team wrote stays the team's."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hackathon.models import Person

from ..models import Membership
from . import wording


def export(person: Person) -> dict[str, Any]:
    """The person's teams, with dates, why they were placed there, and the project they took part in."""
    memberships = Membership.objects.filter(registration__person=person).select_related(
        "team__theme", "team__project"
    )
    return {
        "teams": [
            {
                "team": str(member.team),
                "table": member.team.number,
                "theme": member.team.theme.title,
                "captain": member.is_captain,
                "why": wording.sentences(member.reasons),
                "joined_at": member.joined_at.isoformat(),
                "left_at": member.left_at.isoformat() if member.left_at else None,
                "project": member.team.project.title if hasattr(member.team, "project") else "",
            }
            for member in memberships
        ]
    }


@transaction.atomic
def erase(person: Person) -> None:
    """Forget why they were placed; the seat stays as a number, so that past teams still count right."""
    Membership.objects.filter(registration__person=person).update(reasons=[], leaving_reason="")
