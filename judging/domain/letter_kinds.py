"""The letters to the jury that organisers may put in their own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hackathon import letters
from hackathon.kit.registry import LetterKind
from hackathon.models import Event

#: What the placeholders of these letters say.
MEANINGS = {
    "round": _("the round of judging"),
    "left": _("how many ballots are expected"),
}


def _sample(event: Event, language: str) -> dict[str, str]:
    return {
        "round": "Jurys de thématique" if language == "fr" else "Theme panels",
        "left": "3",
        "link": letters.address("judging:my_projects", event.slug, language=language),
    }


LETTERS = (
    LetterKind(
        "jury_invitation",
        _("Invitation to the jury"),
        _("when you seat somebody in the jury"),
        {"link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "ballots_left",
        _("Ballots left"),
        _("when you remind the jury"),
        {"round": "round", "left": "left", "link": "url"},
        ("link",),
        _sample,
    ),
)
