"""The back office of teams and projects: read, never written; the verbs are in domain/."""

from __future__ import annotations

from django.contrib import admin

from hackathon.admin import Shown

from . import models


@admin.register(models.Team)
class TeamAdmin(Shown):
    list_display = ["event", "number", "name", "theme", "is_locked", "dissolved_at"]
    list_filter = ["event"]
    list_select_related = ["event", "theme"]
    search_fields = ["name"]
    exclude = ["invitation_code"]


@admin.register(models.Membership)
class MembershipAdmin(Shown):
    list_display = ["team", "registration", "is_captain", "joined_at", "left_at"]
    list_filter = ["team__event"]
    list_select_related = ["team__theme", "registration__person"]


@admin.register(models.Proposal)
class ProposalAdmin(Shown):
    """Without the problem and the plan: long, and about everybody at once."""

    list_display = ["event", "created_at", "state", "seed", "seconds", "applied_at"]
    list_filter = ["event", "state"]
    list_select_related = ["event"]
    exclude = ["problem", "plan", "moves"]


@admin.register(models.Project)
class ProjectAdmin(Shown):
    list_display = ["title", "team", "state", "standing", "submitted_at", "version"]
    list_filter = ["team__event", "state", "standing"]
    list_select_related = ["team__theme"]
    search_fields = ["title"]


@admin.register(models.ProjectVersion)
class ProjectVersionAdmin(Shown):
    list_display = ["project", "number", "saved_at", "saved_by", "is_set_aside"]
    list_select_related = ["project__team", "saved_by"]
