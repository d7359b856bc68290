"""The back office of the jury: read, never written.

Marks, comments, decisions and awards are not here at all: before publication they exist for nobody but those whom the
rules name, and whoever keeps the machine is not one of them.
"""

from __future__ import annotations

from django.contrib import admin

from hackathon.admin import Shown

from . import models


@admin.register(models.Grid)
class GridAdmin(Shown):
    list_display = ["event", "version", "scale_min", "scale_max", "frozen_at"]
    list_filter = ["event"]
    list_select_related = ["event"]


@admin.register(models.Criterion)
class CriterionAdmin(Shown):
    list_display = ["grid", "position", "name", "weight"]
    list_filter = ["grid__event"]
    list_select_related = ["grid__event"]


@admin.register(models.Juror)
class JurorAdmin(Shown):
    list_display = ["person", "event", "title", "is_president", "is_active"]
    list_filter = ["event"]
    list_select_related = ["person", "event"]


@admin.register(models.Round)
class RoundAdmin(Shown):
    list_display = ["event", "position", "name", "kind", "state", "closed_at"]
    list_filter = ["event", "state"]
    list_select_related = ["event"]


@admin.register(models.Panel)
class PanelAdmin(Shown):
    list_display = ["round", "position", "theme", "room"]
    list_filter = ["round__event"]
    list_select_related = ["round", "theme"]


@admin.register(models.PanelMember)
class PanelMemberAdmin(Shown):
    list_display = ["panel", "juror", "excused_at"]
    list_select_related = ["panel__round", "panel__theme", "juror__person"]


@admin.register(models.Ballot)
class BallotAdmin(Shown):
    """Progress only: who has handed in, never what."""

    list_display = ["round", "juror", "project", "state", "handed_in_at"]
    list_filter = ["round__event", "state"]
    list_select_related = ["round", "juror__person", "project"]
    fields = ["round", "panel", "juror", "project", "position", "state", "handed_in_at"]


@admin.register(models.AwardRule)
class AwardRuleAdmin(Shown):
    list_display = ["event", "sequence", "label", "scope", "eligible", "method"]
    list_filter = ["event"]
    list_select_related = ["event"]
