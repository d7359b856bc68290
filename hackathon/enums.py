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
    CARE = "care", _("Diet and access needs")
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
    CHOICES = "choices", _("Several choices")
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("Number")
    FILE = "file", _("File")


class MailState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    FAILED = "failed", _("Failed")


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class BadgeStock(models.TextChoices):
    """The paper that badges are printed on."""

    L4785 = "l4785", _("Avery L4785: 10 badges of 80 × 50 mm")
    L7163 = "l7163", _("Avery L7163: 14 labels of 99.1 × 38.1 mm")
    L7160 = "l7160", _("Avery L7160: 21 labels of 63.5 × 38.1 mm")
    A4 = "a4", _("Plain A4 with cut marks: 8 badges of 90 × 60 mm")
    A6 = "a6", _("A6, one badge a sheet")
    BUTTERFLY = "butterfly", _("Butterfly: A6 folded, the same on both sides")
