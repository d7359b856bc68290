"""Teams and projects over the API: find, authorise, call one verb, answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hackathon.api.loaders import load_own_event
from hackathon.kit.api import ApiView, answers
from hackathon.models import Registration

from ..domain import joining, submitting
from ..models.project import EXTRA
from . import serializers
from .loaders import load_project, load_team, load_team_of_project, projects_of, teams_of

answers(422, submitting.ProjectIncomplete, submitting.StandingRefused)


class TeamsView(ApiView):
    """Teams with their members: every team for organisers, their own for participants once teams are announced."""

    guards = {"GET": ("teams.list_teams", load_own_event)}

    @extend_schema(responses=serializers.TeamSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        teams = teams_of(request, self.subject).with_themes().with_projects().with_members().in_order()
        return self.page(teams, serializers.TeamSerializer)


class TeamView(ApiView):
    guards = {"GET": ("teams.read_team", load_team), "PATCH": ("teams.name_team", load_team)}

    @extend_schema(responses=serializers.TeamSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.TeamSerializer)

    @extend_schema(request=serializers.TeamName, responses=serializers.TeamSerializer)
    def patch(self, request: Request, **names: Any) -> Response:
        """Give the team its name."""
        name = self.sent(serializers.TeamName)["name"]
        team = joining.name_team(team=self.subject, name=name, actor=request.user)  # type: ignore[arg-type]
        return self.show(team, serializers.TeamSerializer)


class CaptainView(ApiView):
    """Who leads the team."""

    guards = {"POST": ("teams.change_team", load_team)}

    @extend_schema(request=serializers.Captain, responses=serializers.TeamSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        sent = self.sent(serializers.Captain)
        to = Registration.objects.for_event(self.subject.event).numbered(sent["registration"]).first()
        joining.hand_over(team=self.subject, to=to, actor=request.user)  # type: ignore[arg-type]
        return self.show(load_team(request, **names), serializers.TeamSerializer)


class LockView(ApiView):
    """Whether new proposals keep the team as it is."""

    guards = {"POST": ("teams.change_team", load_team)}

    @extend_schema(request=serializers.Lock, responses=serializers.TeamSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        team = joining.set_lock(team=self.subject, actor=request.user, **self.sent(serializers.Lock))  # type: ignore[arg-type]
        return self.show(team, serializers.TeamSerializer)


class ProjectsView(ApiView):
    """Projects, drafts included: every one for organisers, their own for participants once teams are announced."""

    guards = {
        "GET": ("teams.list_projects", load_own_event),
        "POST": ("teams.write_project", load_team_of_project),
    }

    @extend_schema(responses=serializers.ProjectSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        projects = projects_of(request, self.subject).with_teams().in_order()
        return self.page(projects, serializers.ProjectSerializer)

    @extend_schema(request=serializers.TeamNumber, responses=serializers.ProjectSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        """Begin the team's project; harmless when there is one."""
        self.sent(serializers.TeamNumber)
        return self.show(submitting.project_of(self.subject), serializers.ProjectSerializer)


class ProjectView(ApiView):
    guards = {
        "GET": ("teams.see_project", load_project),
        "PUT": ("teams.write_project", load_project),
        "PATCH": ("teams.write_project", load_project),
    }

    @extend_schema(responses=serializers.ProjectSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.ProjectSerializer)

    @extend_schema(request=serializers.ProjectDraft, responses=serializers.ProjectSerializer)
    def put(self, request: Request, **names: Any) -> Response:
        """Save the whole draft, as written from `version`. A text that comes too late is kept aside, never lost."""
        return self._save(request, self.sent(serializers.ProjectDraft))

    @extend_schema(request=serializers.ProjectChange, responses=serializers.ProjectSerializer)
    def patch(self, request: Request, **names: Any) -> Response:
        """Save the fields that changed, as written from `version`. A text that comes too late is kept aside."""
        return self._save(request, self.sent(serializers.ProjectChange))

    def _save(self, request: Request, content: dict[str, Any]) -> Response:
        version = content.pop("version")
        content |= {f"{EXTRA}{key}": text for key, text in content.pop("extra", {}).items()}
        try:
            saved = submitting.save_draft(
                project=self.subject,
                content=content,
                version=version,
                actor=request.user,  # type: ignore[arg-type]
            )
        except submitting.StaleProject as refusal:
            refusal.details["current"] = serializers.ProjectSerializer(refusal.details["current"]).data
            raise
        return self.show(saved, serializers.ProjectSerializer)


class SubmitView(ApiView):
    """Hand the project in, as it stands; again after a change, for a new receipt. Harmless when nothing changed."""

    guards = {"POST": ("teams.submit_project", load_project)}

    @extend_schema(request=None, responses=serializers.ProjectSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        project = submitting.submit_project(project=self.subject, actor=request.user)  # type: ignore[arg-type]
        return self.show(project, serializers.ProjectSerializer)


class StandingView(ApiView):
    """In or out of competition, withdrawn, disqualified; each change for a reason."""

    guards = {"POST": ("teams.change_standing", load_project)}

    @extend_schema(request=serializers.StandingChange, responses=serializers.ProjectSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        sent = self.sent(serializers.StandingChange)
        project = submitting.change_standing(project=self.subject, actor=request.user, **sent)  # type: ignore[arg-type]
        return self.show(project, serializers.ProjectSerializer)
