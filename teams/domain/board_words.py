"""What has happened on a board since a version that somebody saw, in sentences: who did what to whom."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hackathon.models import AuditEntry, Registration

from ..models import Proposal
from .board import team_names

#: Acts that change a board, and the sentence of each.
SAID: dict[str, Any] = {
    "move_in_proposal": gettext_lazy("%(who)s moved %(person)s: %(team)s."),
    "undo_move_in_proposal": gettext_lazy("%(who)s undid a move: %(person)s is back, %(team)s."),
    "redo_move_in_proposal": gettext_lazy("%(who)s redid a move: %(person)s, %(team)s."),
    "lock_person_in_proposal": gettext_lazy("%(who)s locked %(person)s in %(team)s."),
    "release_person_in_proposal": gettext_lazy("%(who)s released %(person)s, in %(team)s."),
    "lock_team_in_proposal": gettext_lazy("%(who)s locked %(team)s."),
    "release_team_in_proposal": gettext_lazy("%(who)s released %(team)s."),
    "set_proposal_aside": gettext_lazy("%(who)s set this proposal aside."),
    "apply_teams": gettext_lazy("%(who)s applied these teams."),
    "bring_proposal_back": gettext_lazy("%(who)s took this proposal again."),
}

#: More acts than this are not told one by one.
MOST = 5


def changes_since(proposal: Proposal, version: int) -> list[str]:
    """The latest acts on that proposal after `version`, oldest first, at most MOST, in the active language."""
    entries = list(
        AuditEntry.objects.for_event(proposal.event).about(proposal).doing(*SAID).latest_first()[:MOST]
    )
    entries = [one for one in entries if one.data.get("version", version + 1) > version]
    ids = {one.data["person"] for one in entries if one.data.get("person")}
    found = Registration.objects.for_event(proposal.event).filter(pk__in=ids).with_person() if ids else []
    people = {str(one.pk): one.person.full_name for one in found}
    names = team_names(proposal.event) if entries else {}
    return [_sentence(one, people, names) for one in reversed(entries)]


def _sentence(entry: AuditEntry, people: dict[str, str], names: dict[str, str]) -> str:
    key = entry.data.get("to")
    team = names.get(key, _("Team %(key)s") % {"key": key}) if key else _("without a team")
    person = people.get(entry.data.get("person", ""), _("somebody"))
    return str(SAID[entry.verb]) % {"who": entry.actor_label, "person": person, "team": team}
