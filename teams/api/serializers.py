"""What the API shows and takes of teams and projects. A member's role is the one they choose to show."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ..enums import Standing
from ..models import Membership, Project, Team
from ..models.project import CONTENT


class MemberSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="registration.person.full_name")
    role = serializers.CharField(
        source="registration.shown_role", help_text="As the person shows it: often just “Participant”."
    )

    class Meta:
        model = Membership
        fields = ("registration", "name", "role", "is_captain")
        read_only_fields = fields


class TeamSerializer(serializers.ModelSerializer):
    """`number` is the table; `project`: id, or null while nobody has begun it."""

    members = MemberSerializer(many=True, source="current_members")
    project = serializers.SerializerMethodField()

    class Meta:
        model = Team
        fields = ("number", "name", "theme", "is_locked", "members", "project")

    def get_project(self, team: Team) -> int | None:
        project = getattr(team, "project", None)
        return project.pk if project else None


class TeamName(serializers.Serializer):
    name = serializers.CharField(max_length=80, allow_blank=True)


class Captain(serializers.Serializer):
    registration = serializers.IntegerField(help_text="Id of the registration of a member of the team.")


class Lock(serializers.Serializer):
    is_locked = serializers.BooleanField(help_text="Whether new proposals keep this team as it is.")


class TeamNumber(serializers.Serializer):
    team = serializers.IntegerField(help_text="The team’s table.")


class ProjectSerializer(serializers.ModelSerializer):
    """`version` grows at each save, and is sent back with the next; `receipt`: SHA-256 of what was handed in."""

    team = serializers.IntegerField(source="team.number", read_only=True)
    theme = serializers.IntegerField(source="team.theme_id", read_only=True)
    extra = serializers.DictField(
        child=serializers.CharField(), read_only=True, help_text="Added field, by its id → its text."
    )

    class Meta:
        model = Project
        fields = (
            "id",
            "team",
            "theme",
            *CONTENT,
            "extra",
            "is_late",
            "state",
            "standing",
            "version",
            "saved_at",
            "submitted_at",
            "receipt",
        )
        read_only_fields = (
            "id",
            "is_late",
            "state",
            "standing",
            "version",
            "saved_at",
            "submitted_at",
            "receipt",
        )


class ProjectDraft(serializers.ModelSerializer):
    """The whole project, as written from `version`; any field may be blank while it is a draft."""

    version = serializers.IntegerField(min_value=0)
    extra = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=3000),
        required=False,
        help_text="Added field, by its id → its text.",
    )
    needs_all = True

    class Meta:
        model = Project
        fields = (*CONTENT, "extra", "version")

    def get_extra_kwargs(self) -> dict[str, dict[str, Any]]:
        return {name: {"allow_blank": True, "required": self.needs_all} for name in CONTENT}


class ProjectChange(ProjectDraft):
    """The fields that changed, and the version they were written from, which is always needed."""

    needs_all = False


class StandingChange(serializers.Serializer):
    standing = serializers.ChoiceField(Standing.choices)
    reason = serializers.CharField(max_length=250)
