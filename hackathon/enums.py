"""The states of things, each with the words people read. No rule about who may change what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationState(models.TextChoices):
    """draft → submitted → accepted | waitlisted | declined; waitlisted → offered → accepted | expired."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Under review")
    ACCEPTED = "accepted", _("Accepted")
    WAITLISTED = "waitlisted", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    OFFERED = "offered", _("Place offered")
    EXPIRED = "expired", _("Offer expired")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")


#: States that hold a place: what capacity counts.
HOLDING = (RegistrationState.ACCEPTED, RegistrationState.OFFERED, RegistrationState.CONFIRMED)
#: States of people who are expected on the day.
COMING = (RegistrationState.ACCEPTED, RegistrationState.CONFIRMED)


class Source(models.TextChoices):
    FORM = "form", _("Registration form")
    IMPORT = "import", _("Imported list")
    DESK = "desk", _("Welcome desk")
    API = "api", _("API")


class DutyKind(models.TextChoices):
    """What an account does for an event, besides taking part or sitting in the jury."""

    ORGANISER = "organiser", _("Organiser")
    DESK = "desk", _("Welcome desk")
    MENTOR = "mentor", _("Mentor")
    SECRETARY = "secretary", _("Secretary of the jury")
    PRESS = "press", _("Press")
    PARTNER = "partner", _("Partner")


class WindowKind(models.TextChoices):
    REGISTRATION = "registration", _("Registration")
    ROSTER = "roster", _("Team changes")
    SUBMISSION = "submission", _("Project submission")
    SCORING = "scoring", _("Scoring")
    VOTE = "vote", _("Audience vote")


class Override(models.TextChoices):
    NONE = "", _("As planned")
    OPEN = "open", _("Open now")
    CLOSED = "closed", _("Closed now")


class Half(models.TextChoices):
    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


class Purpose(models.TextChoices):
    """What a consent is given for; each is asked separately."""

    RULES = "rules", _("Rules and code of conduct")
    IMAGE = "image", _("Image rights")
    RESULTS_NAME = "results_name", _("Name in the results")
    RECRUITERS = "recruiters", _("Visible to recruiters")
    NEWSLETTER = "newsletter", _("Newsletter")
    NEEDS = "needs", _("Diet and access needs")


class QuestionKind(models.TextChoices):
    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("One choice")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("Number")


class MailState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
