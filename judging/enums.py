"""The states of rounds and ballots and the terms of award rules, with the words people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundKind(models.TextChoices):
    PANELS = "panels", _("A panel per theme")
    FINAL = "final", _("Final")
    PLENARY = "plenary", _("The whole jury")


class RoundState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


class Method(models.TextChoices):
    AUTO = "auto", _("Plain mean if everybody marked everything, else corrected for severity")
    MEAN = "mean", _("Plain mean")
    CORRECTED = "corrected", _("Corrected for severity")


class BallotState(models.TextChoices):
    OPEN = "open", _("To mark")
    HANDED_IN = "handed_in", _("Handed in")
    RECUSED = "recused", _("Recused")
    SET_ASIDE = "set_aside", _("Set aside")


class ConflictState(models.TextChoices):
    """A suggestion that nobody answered yet is not kept."""

    DECLARED = "declared", _("Declared by the juror")
    CONFIRMED = "confirmed", _("Confirmed by an organiser")
    DISMISSED = "dismissed", _("Set aside by an organiser")


class Scope(models.TextChoices):
    EVENT = "event", _("The whole event")
    THEME = "theme", _("Each theme")
    PARTNER = "partner", _("A partner")


class Eligible(models.TextChoices):
    ALL = "all", _("All projects")
    FINALISTS = "finalists", _("Finalists")
    THEME_WINNERS = "theme_winners", _("Theme winners")
    ONE_THEME = "one_theme", _("One theme")


class Cumulation(models.TextChoices):
    EXCLUSIVE = "exclusive", _("Only for a project without another prize")
    CUMULATIVE = "cumulative", _("May come on top of another prize")


class AwardMethod(models.TextChoices):
    RANKING = "ranking", _("By the ranking")
    DELIBERATION = "deliberation", _("By deliberation")
    VOTE = "vote", _("By a vote")


class RankStyle(models.TextChoices):
    STANDARD = "standard", _("1, 2, 2, 4")
    DENSE = "dense", _("1, 2, 2, 3")


class DecidedBy(models.TextChoices):
    JURY = "jury", _("The jury")
    PRESIDENT = "president", _("The president")
    PUBLIC = "public", _("The public")
    PARTNER = "partner", _("The partner’s jury")


class Tie(models.TextChoices):
    LADDER = "ladder", _("The tie ladder, then the jury")
    SHARED = "shared", _("Shared by equals")


class WhenTaken(models.TextChoices):
    """What becomes of a prize whose natural winner already holds an exclusive one."""

    USUAL = "", _("As usual for this kind of prize")
    CLOSE_THEME = "close_theme", _("The winner’s theme gives no other laureate")
    LEAVE = "leave", _("It is left unawarded")
    NEXT = "next", _("The next project receives it")
