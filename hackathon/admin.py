"""The back office: shows what there is and writes nothing that a verb owns, so that the record stays whole.

Only an account's access to the back office itself is changed here. Needs (diet, access) are not shown at all:
keeping the machine is no reason to read them; nor are the texts of letters that hold a code.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models as db
from django.http import HttpRequest

from . import models


class Shown(admin.ModelAdmin):
    """A table that can be read and searched, and not written: its verbs are in domain/."""

    list_per_page = 50
    formfield_overrides = {db.URLField: {"assume_scheme": "https"}}  # what Django 6 does by itself
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked without the object: rules decide about objects, and know nothing of the back office."""
        return bool(request.user.is_active and request.user.is_staff and super().has_view_permission(request))


@admin.register(models.Account)
class AccountAdmin(Shown):
    """Who may enter the back office; rights in an event are duties, which an organiser gives."""

    list_display = ["email", "name", "is_staff", "is_superuser", "is_active", "is_persona", "last_login"]
    list_filter = ["is_staff", "is_active", "is_persona"]
    search_fields = ["email", "name"]
    fields = [
        "email", "name", "language", "is_active", "is_staff", "is_superuser", "is_persona", "created_at", "last_login",
    ]  # fmt: skip
    readonly_fields = ["email", "name", "language", "is_persona", "created_at", "last_login"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


@admin.register(models.Event)
class EventAdmin(Shown):
    list_display = ["slug", "name", "city", "is_public", "is_demo", "published_at"]
    search_fields = ["slug", "name"]


@admin.register(models.Duty)
class DutyAdmin(Shown):
    list_display = ["event", "account", "kind", "given_at"]
    list_filter = ["kind", "event"]
    list_select_related = ["event", "account"]


@admin.register(models.Window)
class WindowAdmin(Shown):
    list_display = ["event", "kind", "key", "opens_at", "closes_at", "override"]
    list_filter = ["kind", "event"]
    list_select_related = ["event"]


@admin.register(models.Role)
class RoleAdmin(Shown):
    list_display = ["event", "position", "name", "capacity", "is_open", "is_private"]
    list_filter = ["event"]
    list_select_related = ["event"]


@admin.register(models.Theme)
class ThemeAdmin(Shown):
    list_display = ["event", "position", "short_title", "people_min", "people_max"]
    list_filter = ["event"]
    list_select_related = ["event"]


@admin.register(models.Question)
class QuestionAdmin(Shown):
    list_display = ["event", "position", "label", "kind", "role", "is_active"]
    list_filter = ["event"]
    list_select_related = ["event", "role"]


@admin.register(models.ProgrammeItem)
class ProgrammeItemAdmin(Shown):
    list_display = ["event", "starts_at", "title", "room", "is_public"]
    list_filter = ["event"]
    list_select_related = ["event"]


@admin.register(models.Person)
class PersonAdmin(Shown):
    list_display = ["full_name", "email", "event", "account", "created_at"]
    list_filter = ["event"]
    list_select_related = ["event", "account"]
    search_fields = ["folded_name", "email"]


@admin.register(models.Registration)
class RegistrationAdmin(Shown):
    list_display = ["person", "event", "state", "source", "submitted_at"]
    list_filter = ["event", "state", "source"]
    list_select_related = ["event", "person"]
    search_fields = ["person__folded_name", "person__email", "ticket_number"]
    exclude = ["code"]


@admin.register(models.Presence)
class PresenceAdmin(Shown):
    list_display = ["registration", "day", "half", "in_at", "out_at"]
    list_select_related = ["registration__person", "day"]


@admin.register(models.Consent)
class ConsentAdmin(Shown):
    list_display = ["person", "purpose", "version", "given_at", "withdrawn_at"]
    list_filter = ["purpose"]
    list_select_related = ["person"]


@admin.register(models.OutgoingMail)
class OutgoingMailAdmin(Shown):
    """States and errors; what a letter says is for its reader, and some hold a code to sign in."""

    list_display = ["queued_at", "letter", "to", "state", "attempts", "sent_at", "error"]
    list_filter = ["state", "letter", "event"]
    search_fields = ["to"]
    fields = ["event", "letter", "to", "language", "state", "attempts", "error", "queued_at", "sent_at"]


@admin.register(models.AuditEntry)
class AuditEntryAdmin(Shown):
    list_display = ["at", "event", "actor_label", "verb", "object_label", "reason"]
    list_filter = ["verb", "event"]
    list_select_related = ["event"]
    search_fields = ["actor_label", "object_label", "reason"]


@admin.register(models.ApiToken)
class ApiTokenAdmin(Shown):
    list_display = ["label", "user", "event", "created", "expiry"]
    list_select_related = ["user", "event"]
    fields = ["label", "user", "event", "permissions", "created", "expiry"]
