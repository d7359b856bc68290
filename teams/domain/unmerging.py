"""Taking a merge back: the two teams as they were, as long as nobody joined or left them since.

It refuses to guess. Once people have changed, or the project was handed in together, two teams are made by a split.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import audit, windows
from hackathon.kit.errors import Refused
from hackathon.models import Account, AuditEntry, Event

from ..models import Membership, Project, Team
from .merging import as_now, check_room, free_key, give_captain, has_handed_in, members_of, move_members
from .tables import free_table


class UnmergeRefused(Refused):
    code = "unmerge_refused"


def other_of(team: Team) -> Team | None:
    """The team that the last merge dissolved into this one, if that can be taken back now. Some four queries."""
    entry = _last_merge(team)
    if entry is None or _why_not(team, entry):
        return None
    return _dissolved(entry)


@transaction.atomic
def undo_merge(*, team: Team, actor: Account | None) -> Team:
    """The people who came go back to their team, with its captain, and its table if it is free. Returns that team.

    Its project is as it was; what it wrote also stays among the versions of the other. Raises UnmergeRefused when
    there is no merge to take back, when somebody joined or left since, when the project was handed in since, or when
    teams are settled.
    """
    event = team.event
    Event.objects.take_turn(event)
    team = as_now(team)
    entry = _last_merge(team)
    if entry is None:
        raise UnmergeRefused(_("There is no merge of this team to take back."))
    if reason := _why_not(team, entry):
        raise UnmergeRefused(reason)
    other = _dissolved(entry)
    if other is None:
        raise UnmergeRefused(_("The other team is there again: there is nothing to take back."))
    came = set(entry.data["came"])
    members = members_of(team)
    leaving = [member for member in members if member.registration_id in came]
    if other.theme_id != team.theme_id:
        check_room(other.theme, len(leaving), UnmergeRefused)
    _bring_back(other)
    move_members(leaving, other, _("Merge taken back"), has_captain=True)
    _give_lead(entry.data["captain"], members_of(other))
    staying = [member for member in members if member.registration_id not in came]
    if staying and not any(member.is_captain for member in staying):
        give_captain(staying)
    audit.record(event=event, actor=actor, verb="undo_merge", about=team, other=other.pk, people=len(leaving))
    return other


def _last_merge(team: Team) -> AuditEntry | None:
    """The last merge into this team that was not taken back; None too for one kept before merges could be."""
    entry = AuditEntry.objects.about(team).doing("merge_teams", "undo_merge").latest_first().first()
    return entry if entry is not None and entry.verb == "merge_teams" and "came" in entry.data else None


def _dissolved(entry: AuditEntry) -> Team | None:
    found = Team.objects.with_themes().filter(pk=entry.data["other"]).first()
    return found if found is not None and found.dissolved_at else None


def _why_not(team: Team, entry: AuditEntry) -> str:
    """Why that merge can no longer be taken back; nothing when it can."""
    if not windows.rosters_are_open(team.event):
        return _("Teams are settled: this merge can no longer be taken back.")
    now = set(Membership.objects.current().in_team(team).registration_ids())
    if team.dissolved_at or now != {*entry.data["came"], *entry.data["stayed"]} or not entry.data["came"]:
        return _("Somebody joined or left this team since: split it instead.")
    project = Project.objects.of_team(team)
    if project is not None and has_handed_in(team) and not _was_handed_in(project, entry):
        return _("The team has handed in its project since: it stays as it is.")
    return ""


def _was_handed_in(project: Project, entry: AuditEntry) -> bool:
    """Whether it was handed in before that merge, in real time: an event's own clock may be moved."""
    acts = AuditEntry.objects.about(project).doing("submit_project")
    return project.submitted_at is not None and not acts.filter(at__gte=entry.at).exists()


def _bring_back(team: Team) -> None:
    """The team is there again: at its table and by its key, unless another team has taken them since."""
    active = Team.objects.for_event(team.event).active()
    team.dissolved_at = None
    if active.at_table(team.number).exists():
        team.number = free_table(team.event)
    if active.filter(key=team.key).exists():
        team.key = free_key(team.event)
    team.save(update_fields=["dissolved_at", "number", "key"])


def _give_lead(captain: int | None, members: list[Membership]) -> None:
    leader = [member for member in members if member.registration_id == captain]
    if members:
        give_captain(leader or members)
