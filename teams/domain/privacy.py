"""This app's part of what is known about a person: to hand over, and to erase. What a team wrote stays the team's."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hackathon.kit.folding import fold
from hackathon.models import Person, Registration

from ..models import Ask, HelpRequest, Idea, IdeaSupport, Membership, Search, Wish
from . import keeping_files, wording
from .problem_file import role_names


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
                "why": wording.sentences(member.reasons, roles=role_names(member.team.event)),
                "joined_at": member.joined_at.isoformat(),
                "left_at": member.left_at.isoformat() if member.left_at else None,
                "project": member.team.project.title if hasattr(member.team, "project") else "",
            }
            for member in memberships
        ],
        "files_sent": keeping_files.files_sent_by(person),
        **_written(Registration.objects.filter(person=person).first()),
    }


def _written(own: Registration | None) -> dict[str, Any]:
    """What the person wrote about teams. Never what others wrote about them: nobody learns that they were named."""
    if own is None:
        return {}
    return {
        "ideas": [
            {"title": idea.title, "text": idea.text, "on": idea.created_at.isoformat()}
            for idea in Idea.objects.of_registration(own)
        ],
        "ideas_supported": [
            f"{support.idea} ({support.get_kind_display()})"
            for support in IdeaSupport.objects.of_registration(own).select_related("idea")
        ],
        "team_requests": [
            {"team": str(ask.team), "message": ask.message, "state": ask.get_state_display()}
            for ask in Ask.objects.requests().of_registration(own).select_related("team")
        ],
        "team_search": [search.text for search in Search.objects.of_registration(own)],
        "wishes": [f"{wish.get_kind_display()}: {wish.named}" for wish in Wish.objects.of_registration(own)],
        "help_requests": [
            {"topic": each.topic, "text": each.text, "on": each.asked_at.isoformat()}
            for each in own.help_requests.all()
        ],
    }


@transaction.atomic
def erase(person: Person) -> None:
    """Forget why they were placed; the seat stays as a number, so that past teams still count right."""
    Membership.objects.filter(registration__person=person).update(reasons=[], leaving_reason="")
    keeping_files.forget_sender(person)
    own = Registration.objects.filter(person=person).first()
    if own is None:
        return
    Idea.objects.of_registration(own).delete()
    IdeaSupport.objects.of_registration(own).delete()
    Search.objects.of_registration(own).delete()
    Ask.objects.of_registration(own).update(message="", asked_by=None)
    HelpRequest.objects.filter(asked_by=own).update(text="", place="", asked_by=None)
    Wish.objects.of_registration(own).delete()
    _forget_who_was_named(own)


def _forget_who_was_named(own: Registration) -> None:
    """What others wrote of them names them: wishes about somebody who is nobody any more have no object."""
    Wish.objects.about(own).delete()
    names = {own.person.folded_name, fold(own.person.email)} - {""}
    texts = Wish.objects.for_event(own.event).not_understood().values_list("pk", "named")
    Wish.objects.numbered_any([pk for pk, named in texts if fold(named) in names]).delete()
