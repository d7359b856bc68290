"""The acts of this app in words, for the record. Other apps add theirs to the registry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..kit.registry import registry

ACTS: dict[str, Any] = {
    "back_up": _("made a backup"),
    "restore": _("restored a backup"),
    "create_event": _("created the event"),
    "change_event": _("changed the facts of the event"),
    "open_to_public": _("opened the event to the public"),
    "hide_from_public": _("hid the event from the public"),
    "add_day": _("added a day"),
    "remove_day": _("removed a day"),
    "add_role": _("added a role"),
    "change_role": _("changed a role"),
    "move_role": _("moved a role in the list"),
    "remove_role": _("removed a role"),
    "add_theme": _("added a theme"),
    "change_theme": _("changed a theme"),
    "move_theme": _("moved a theme in the list"),
    "remove_theme": _("removed a theme"),
    "add_question": _("added a question"),
    "change_question": _("changed a question"),
    "move_question": _("moved a question in the list"),
    "remove_question": _("removed a question"),
    "arrange_roles": _("put the roles in another order"),
    "arrange_themes": _("put the themes in another order"),
    "arrange_questions": _("put the questions in another order"),
    "make_invitation": _("made an invitation code"),
    "revoke_invitation": _("took an invitation code back"),
    "add_programme_item": _("added a line to the programme"),
    "change_programme_item": _("changed a line of the programme"),
    "remove_programme_item": _("removed a line from the programme"),
    "plan_window": _("planned a window"),
    "move_window": _("moved a window"),
    "extend_window": _("extended a window"),
    "override_window": _("opened or closed a window by hand"),
    "give_duty": _("gave a duty"),
    "take_duty": _("took a duty back"),
    "register": _("registered somebody"),
    "submit_registration": _("put a registration under review"),
    "accept_registration": _("accepted a registration"),
    "decline_registration": _("declined a registration"),
    "cancel_registration": _("cancelled a registration"),
    "confirm_registration": _("confirmed a registration"),
    "waitlist_registration": _("put somebody on the waiting list"),
    "offer_place": _("offered a place"),
    "take_offer": _("took the place offered"),
    "expire_offer": _("let an offer expire"),
    "remind_offer": _("reminded somebody of the place offered"),
    "remind_unconfirmed": _("reminded people to confirm"),
    "set_places": _("changed the places of the event"),
    "import_registrations": _("imported a list"),
    "import_registration": _("imported a registration"),
    "save_import_profile": _("saved what the columns of a list hold"),
    "rename_import_profile": _("renamed a saved mapping of columns"),
    "remove_import_profile": _("deleted a saved mapping of columns"),
    "check_in": _("checked somebody in"),
    "check_out": _("checked somebody out"),
    "undo_check_in": _("took an arrival back"),
    "undo_check_out": _("took a departure back"),
    "replace_code": _("gave a new code for a lost badge"),
    "restore_code": _("made the code of a badge that was found good again"),
    "give_consent": _("gave a consent"),
    "withdraw_consent": _("withdrew a consent"),
    "correct_person": _("corrected what is written about somebody"),
    "act_on_many": _("acted on several registrations at once"),
    "undo_act_on_many": _("took back an act on several registrations"),
    "undo_act": _("put a registration back as it was"),
    "read_needs": _("read the diet and access needs"),
    "export_registrations": _("exported the registrations"),
    "export_own_data": _("downloaded their own data"),
    "make_pass": _("printed a slip with a code"),
    "revoke_pass": _("took a slip back"),
    "require_second_factor": _("asked organisers for a second factor"),
    "stop_requiring_second_factor": _("stopped asking organisers for a second factor"),
    "reset_second_factor": _("removed somebody’s second factor"),
    "correct_own_data": _("corrected their own data"),
    "purge_needs": _("deleted the needs after the event"),
    "purge_drafts": _("deleted unfinished forms"),
    "purge_letters": _("emptied old letters"),
    "purge_passes": _("deleted old slips"),
    "purge_people": _("made people of a past event anonymous"),
    "announce_deletion": _("announced the deletion of personal data"),
    "change_letter": _("changed the words of a letter"),
    "reset_letter": _("took the words of a letter back"),
    "switch_letter_on": _("let a letter leave by date"),
    "switch_letter_off": _("stopped a letter that leaves by date"),
    "read_letter": _("read a letter"),
    "send_letter_again": _("sent a letter again"),
    "take_letter_as_sent": _("took a doubtful letter for sent"),
    "change_badges": _("changed the layout of the badges"),
    "print_badges": _("printed badges"),
    "change_issuer": _("changed who issues the attestations"),
    "change_hours": _("changed the hours of a day"),
    "issue_attestation": _("issued an attestation of presence"),
    "issue_attestation_again": _("issued an attestation of presence again, in place of the former one"),
    "erase_person": _("erased a person’s data"),
}


def in_words(verb: str) -> str:
    """What was done, in the reader's language; the verb itself, spelled out, when no app has words for it."""
    return str(registry.acts.get(verb) or verb.replace("_", " "))


def spelled(text: str) -> list[str]:
    """The verbs whose words hold that text: people search for what they read."""
    sought = text.casefold()
    return [verb for verb, words in registry.acts.items() if sought in str(words).casefold()]
