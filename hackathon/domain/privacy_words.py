"""What each piece of a person's data is called, for the page that shows it all. It reads no data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

#: The names of what is held, in words: those of every app, since a page reads them all. What is not here is spelled out.
WORDS: dict[str, Any] = {
    "event": _("Event"),
    "person": _("You"),
    "registration": _("Registration"),
    "needs": _("Diet and access needs"),
    "consents": _("Consents"),
    "letters": _("Letters"),
    "attestations": _("Attestations"),
    "payer": _("Who paid"),
    "code": _("Code"),
    "teams": _("Teams"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail address"),
    "phone": _("Phone"),
    "organisation": _("Organisation"),
    "language": _("Language"),
    "known_since": _("Known since"),
    "role": _("Role"),
    "state": _("State"),
    "came_by": _("Came by"),
    "ticket_number": _("Ticket number"),
    "skills": _("Skills"),
    "level": _("Level"),
    "shows_role": _("Role shown to others"),
    "announced_days": _("Days announced"),
    "other_columns": _("Other columns of the list"),
    "submitted_at": _("Registered on"),
    "themes": _("Themes"),
    "answers": _("Answers"),
    "presence": _("Presence"),
    "purpose": _("For what"),
    "version": _("Version"),
    "given_at": _("Given on"),
    "withdrawn_at": _("Taken back on"),
    "to": _("To"),
    "subject": _("Subject"),
    "on": _("On"),
    "ideas": _("Ideas"),
    "ideas_supported": _("Ideas supported"),
    "team_requests": _("Requests to join a team"),
    "team_search": _("Looking for a team"),
    "wishes": _("Team preferences"),
    "help_requests": _("Requests for help"),
    "title": _("Title"),
    "text": _("Text"),
    "message": _("Message"),
    "topic": _("Topic"),
    "team": _("Team"),
    "table": _("Table"),
    "theme": _("Theme"),
    "captain": _("Captain"),
    "why": _("Why"),
    "joined_at": _("Joined on"),
    "left_at": _("Left on"),
    "project": _("Project"),
    "diet": _("Diet"),
    "access": _("Access needs"),
    "day": _("Day"),
    "half": _("Half-day"),
    "in": _("Arrived"),
    "out": _("Left"),
}


def in_words(name: str) -> str:
    """What a piece of data is called, for a reader."""
    return str(WORDS.get(name) or name.replace("_", " ").capitalize())
