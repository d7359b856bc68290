"""The acts of teams and projects in words, for the record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "propose_teams": _("proposed teams"),
    "move_in_proposal": _("moved somebody in a proposal"),
    "undo_move_in_proposal": _("undid a move in a proposal"),
    "set_proposal_aside": _("set a proposal aside"),
    "apply_teams": _("made the teams"),
    "announce_teams": _("announced the teams"),
    "name_team": _("named a team"),
    "lock_team": _("locked a team"),
    "unlock_team": _("unlocked a team"),
    "hand_over_team": _("handed a team over to another captain"),
    "leave_team": _("left a team"),
    "save_project": _("saved a project"),
    "set_text_aside": _("had a text set aside, for somebody had saved before"),
    "submit_project": _("submitted a project"),
    "change_standing": _("changed the standing of a project"),
}
