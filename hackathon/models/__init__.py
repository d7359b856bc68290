"""Tables of the event, its people and their registrations; one file per topic."""

from .account import Account, ApiToken, Duty
from .attestation import Attestation
from .audit import AuditEntry
from .badge import BadgeLayout, BadgePrint, ReplacedCode
from .consent import Consent
from .draft import RegistrationDraft
from .event import Event, EventDay, ProgrammeItem
from .importing import ImportProfile
from .invitation import InvitationCode, Pass
from .job import Job
from .letter import LetterText
from .mail import OutgoingMail
from .person import Needs, Person
from .presence import Presence
from .question import Answer, Question
from .registration import Registration, ThemeChoice
from .role import Role
from .theme import Theme
from .window import Window
from .worker import Worker

__all__ = [
    "Account",
    "Answer",
    "ApiToken",
    "Attestation",
    "AuditEntry",
    "BadgeLayout",
    "BadgePrint",
    "Consent",
    "Duty",
    "Event",
    "EventDay",
    "ImportProfile",
    "InvitationCode",
    "Job",
    "LetterText",
    "Needs",
    "OutgoingMail",
    "Pass",
    "Person",
    "Presence",
    "ProgrammeItem",
    "Question",
    "Registration",
    "RegistrationDraft",
    "ReplacedCode",
    "Role",
    "Theme",
    "ThemeChoice",
    "Window",
    "Worker",
]
