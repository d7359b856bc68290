"""The acts of this app in words, for the record. Other apps add theirs to the registry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..kit.registry import registry

ACTS: dict[str, Any] = {
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
    "import_registrations": _("imported a list"),
    "import_registration": _("imported a registration"),
    "check_in": _("checked somebody in"),
    "check_out": _("checked somebody out"),
    "undo_check_in": _("took an arrival back"),
    "undo_check_out": _("took a departure back"),
    "give_consent": _("gave a consent"),
    "withdraw_consent": _("withdrew a consent"),
    "export_registrations": _("exported the registrations"),
    "export_own_data": _("downloaded their own data"),
    "erase_person": _("erased a person’s data"),
}


def in_words(verb: str) -> str:
    """What was done, in the reader's language; the verb itself, spelled out, when no app has words for it."""
    return str(registry.acts.get(verb) or verb.replace("_", " "))


def spelled(text: str) -> list[str]:
    """The verbs whose words hold that text: people search for what they read."""
    sought = text.casefold()
    return [verb for verb, words in registry.acts.items() if sought in str(words).casefold()]
