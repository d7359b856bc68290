"""The states of teams, proposals and projects, with the words people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    RUNNING = "running", _("Being computed")
    READY = "ready", _("To review")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Set aside")
    FAILED = "failed", _("Failed")


class ProjectState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")


class Standing(models.TextChoices):
    """Where a project stands in the competition; each but the first carries a reason."""

    COMPETING = "competing", _("In competition")
    OUT = "out", _("Out of competition")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISQUALIFIED = "disqualified", _("Disqualified")


class SupportKind(models.TextChoices):
    LIKE = "like", _("I like it")
    JOIN = "join", _("I would join")


class WishKind(models.TextChoices):
    WITH = "with", _("Comes with")
    APART = "apart", _("Would rather not work with")


class AskState(models.TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    OVERTAKEN = "overtaken", _("No longer possible")


class HelpState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("A mentor is coming")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Taken back")


class FileKind(models.TextChoices):
    DECK = "deck", _("Slides")
    IMAGE = "image", _("Image")


class FileState(models.TextChoices):
    ARRIVING = "arriving", _("Arriving")
    KEPT = "kept", _("Arrived")
    LATE = "late", _("Arrived after the deadline")
    REFUSED = "refused", _("Refused")
    REPLACED = "replaced", _("Replaced")
