"""Addresses of the API for teams and projects."""

from django.urls import path

from . import views

EVENT = "events/<slug:event>/"
TEAM = EVENT + "teams/<int:number>/"
PROJECT = EVENT + "projects/<int:project>/"

urlpatterns = [
    path(EVENT + "teams/", views.TeamsView.as_view(), name="teams"),
    path(TEAM, views.TeamView.as_view(), name="team"),
    path(TEAM + "captain/", views.CaptainView.as_view(), name="team_captain"),
    path(TEAM + "lock/", views.LockView.as_view(), name="team_lock"),
    path(EVENT + "projects/", views.ProjectsView.as_view(), name="projects"),
    path(PROJECT, views.ProjectView.as_view(), name="project"),
    path(PROJECT + "submit/", views.SubmitView.as_view(), name="submit_project"),
    path(PROJECT + "standing/", views.StandingView.as_view(), name="project_standing"),
]
