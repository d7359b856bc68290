"""The letters about teams and projects that organisers may put in their own words."""

from __future__ import annotations

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from hackathon import letters
from hackathon.kit.registry import LetterKind
from hackathon.models import Event

#: What the placeholders of these letters say.
MEANINGS = {
    "team": _("the name of the team"),
    "table": _("the number of its table"),
    "theme": _("its theme"),
    "captain": _("who leads it"),
    "why": _("why this team, in a few sentences"),
    "title": _("the title of the project"),
    "receipt": _("the digest that proves what was handed in"),
    "who": _("the name of whoever asks or answers"),
    "idea": _("the title of the idea"),
    "message": _("what they wrote, if they did"),
}


def _sample(event: Event, language: str) -> dict[str, str]:
    theme = event.themes.first()
    with override(language):
        return {
            "team": gettext("The Bridges"),
            "table": "12",
            "theme": theme.title if theme else "",
            "captain": "Sacha Petit",
            "why": gettext("You wanted this theme first, and the team was looking for your skills."),
            "title": gettext("Next door"),
            "receipt": "3F7A 91C2 08DE 55B4",
            "who": "Sacha Petit",
            "message": gettext("We would love to have you with us."),
            "idea": gettext("A map of the small jobs around here"),
            "reason": gettext("It names a company: write it again without."),
            "deadline": "",
            "link": letters.address("teams:my_team", event.slug, language=language),
        }


LETTERS = (
    LetterKind(
        "team_invitation",
        _("Invitation to a team"),
        _("when a team invites somebody"),
        {"team": "team", "theme": "team.theme.title", "message": "ask.message", "link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "team_request",
        _("Request to join"),
        _("when somebody asks to join a team"),
        {"who": "ask.registration.person", "team": "team", "message": "ask.message", "link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "team_joined",
        _("Invitation accepted"),
        _("when somebody accepts a team’s invitation"),
        {"who": "ask.registration.person", "team": "team", "link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "team_not_joined",
        _("Invitation refused"),
        _("when somebody refuses a team’s invitation"),
        {"who": "ask.registration.person", "team": "team", "link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "team_accepted",
        _("Request accepted"),
        _("when a team takes somebody in"),
        {"table": "team.number", "team": "team", "link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "team_refused",
        _("Request refused"),
        _("when a team does not take somebody in"),
        {"table": "team.number", "team": "team", "link": "url"},
        ("link",),
        _sample,
    ),
    LetterKind(
        "idea_hidden",
        _("Idea taken off the wall"),
        _("when an organiser hides an idea"),
        {"idea": "idea", "reason": "reason", "link": "url"},
        ("link", "reason"),
        _sample,
    ),
    LetterKind(
        "team_announced",
        _("Your team"),
        _("when you announce the teams"),
        {
            "team": "team.name",
            "table": "team.number",
            "theme": "team.theme.title",
            "captain": "captain",
            "why": "sentences[]",
            "link": "url",
        },
        ("link",),
        _sample,
    ),
    LetterKind(
        "project_received",
        _("Project received"),
        _("when a team hands its project in"),
        {
            "title": "project.title",
            "table": "team.number",
            "receipt": "project.receipt",
            "deadline": "closes_at",
            "link": "url",
        },
        ("receipt",),
        _sample,
    ),
)
