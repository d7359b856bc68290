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
