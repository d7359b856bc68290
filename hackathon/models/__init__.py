"""Tables of the event, its people and their registrations; one file per topic."""

from .account import Account, ApiToken, Duty
from .audit import AuditEntry
from .consent import Consent
from .event import Event, EventDay, ProgrammeItem
from .mail import OutgoingMail
from .person import Needs, Person
from .presence import Presence
from .question import Answer, Question
from .registration import Registration, ThemeChoice
from .role import Role
from .theme import Theme
from .window import Window

__all__ = [
    "Account",
    "Answer",
    "ApiToken",
    "AuditEntry",
    "Consent",
    "Duty",
    "Event",
    "EventDay",
    "Needs",
    "OutgoingMail",
    "Person",
    "Presence",
    "ProgrammeItem",
    "Question",
    "Registration",
    "Role",
    "Theme",
    "ThemeChoice",
    "Window",
]
