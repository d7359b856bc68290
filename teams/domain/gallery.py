"""What the public reads of the projects: those handed in and neither withdrawn nor disqualified."""

from __future__ import annotations

from hackathon.enums import Purpose
from hackathon.models import Event

from ..models import Membership, Project

#: The texts of a project's page, in the order they are read; title and pitch head it.
SECTIONS = ("problem", "audience", "solution", "works_today", "next_steps", "licence", "prior_work")


def projects(event: Event) -> list[Project]:
    """In the order of the themes, then of the tables; two queries."""
    return list(Project.objects.for_event(event).shown().with_teams().in_order())


def project(event: Event, pk: int) -> Project | None:
    """One of them, or None."""
    return Project.objects.for_event(event).shown().with_teams().filter(pk=pk).first()


def sections(project: Project) -> list[tuple[str, str]]:
    """(label, text) of each part that is filled in."""
    labels = {field.name: str(field.verbose_name) for field in Project._meta.fields}
    return [(labels[name], getattr(project, name)) for name in SECTIONS if getattr(project, name).strip()]


def named_members(project: Project) -> list[str]:
    """The members who agreed that their name may appear in the results; no blank tells who did not."""
    people = Membership.objects.current().in_team(project.team).people()
    return [person.full_name for person in people.agreeing_to(Purpose.RESULTS_NAME)]
