"""The acts of this app in words, for the record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "make_grid": _("made the grid"),
    "change_grid": _("changed the grid"),
    "add_juror": _("added a juror"),
    "invite_juror": _("invited a juror"),
    "use_juror_link": _("signed in by the link of their invitation"),
    "declare_conflict": _("declared a conflict of interest"),
    "confirm_conflict": _("confirmed a conflict of interest"),
    "dismiss_conflict": _("set a conflict of interest aside"),
    "repair_round": _("gave an absent juror’s projects to others"),
    "set_room": _("set a panel’s room"),
    "use_grid": _("gave a round another grid"),
    "seat": _("seated a juror in a panel"),
    "unseat": _("took a juror off a panel"),
    "hand_over_presidency": _("handed the presidency of the jury over"),
    "set_up_round": _("planned a round"),
    "draw_round": _("drew the order of a round by lot"),
    "open_round": _("opened a round"),
    "close_round": _("closed a round"),
    "excuse_juror": _("excused a juror"),
    "add_finalist": _("added a finalist"),
    "remove_finalist": _("removed a finalist"),
    "recuse": _("withdrew from a project"),
    "hand_in": _("handed in a ballot"),
    "hand_in_for_excused": _("handed in the complete ballots of an excused juror"),
    "reopen_ballot": _("reopened a ballot"),
    "remind_jurors": _("reminded the jury of its ballots"),
    "change_award_rules": _("changed the award rules"),
    "remove_award_rule": _("removed a prize"),
    "decide": _("decided the awards"),
    "seal": _("sealed the results"),
    "publish": _("published the results"),
}
