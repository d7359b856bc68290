"""What teams bring to other pages: a panel of the control tower, cards of « My hackathon », entries of navigation."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hackathon.domain import clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.registry import Alert, Card, Figure, Link, Panel, Step
from hackathon.models import Account, Event, Registration

from .domain import submitting
from .domain.problem_file import counts_presence
from .enums import ProjectState
from .models import Membership, Project, Team


def counts(event: Event) -> dict[str, int]:
    """The numbers of teams and projects, asked once per event object: figures, alerts and steps share them."""
    if "_team_counts" not in event.__dict__:
        active = Q(team__dissolved_at=None)
        people = Registration.objects.for_event(event).coming()
        if counts_presence(event):
            people = people.present()
        placed = Membership.objects.for_event(event).current().filter(active)
        projects = Project.objects.for_event(event).filter(active)
        found: dict[str, int] = projects.aggregate(
            submitted=Count("pk", filter=Q(state=ProjectState.SUBMITTED)),
            started=Count("pk", filter=Q(version__gt=0)),
        )
        found["teams"] = Team.objects.for_event(event).active().count()
        found["without_team"] = people.exclude(pk__in=placed.values("registration")).count()
        event.__dict__["_team_counts"] = found
    return event.__dict__["_team_counts"]


def figures(event: Event) -> list[Figure]:
    """Teams, people without one, projects submitted; nothing before there are teams."""
    now = counts(event)
    if not now["teams"]:
        return []
    there = reverse("teams:team_list", args=[event.slug])
    board = reverse("teams:formation", args=[event.slug])
    return [
        Figure(now["teams"], ngettext("team", "teams", now["teams"]), there),
        Figure(now["without_team"], ngettext("person without a team", "people without a team", now["without_team"]), board),
        Figure(
            now["submitted"],
            ngettext("project submitted of %(count)s", "projects submitted of %(count)s", now["submitted"])
            % {"count": now["teams"]},
            there,
            share=now["submitted"] / now["teams"],
        ),
    ]  # fmt: skip


def alerts(event: Event) -> list[Alert]:
    """Teams below the smallest size, each with its one action."""
    small = (
        Team.objects.for_event(event)  # type: ignore[misc]
        .active()
        .counting_members()
        .filter(size__lt=event.team_size_min)
        .in_order()
    )
    return [
        Alert(
            "late",
            gettext_lazy("Team"),
            ngettext(
                "%(team)s: %(count)s person, the minimum is %(least)s",
                "%(team)s: %(count)s people, the minimum is %(least)s",
                team.size,  # type: ignore[attr-defined]
            )
            % {"team": team, "count": team.size, "least": event.team_size_min},  # type: ignore[attr-defined]
            _("See the team"),
            reverse("teams:team", args=[event.slug, team.number]),
        )
        for team in small
    ]


def next_steps(event: Event) -> list[Step]:
    """What an organiser should do about teams now, the most pressing only."""
    now = counts(event)
    phase = windows.current_phase(event)
    there = reverse("teams:formation", args=[event.slug])
    if not now["teams"] and now["without_team"] and phase == "teams":
        return [
            Step(60, ngettext("%(count)s person has no team yet.", "%(count)s people have no team yet.",
                              now["without_team"]) % {"count": now["without_team"]}, _("Propose teams"), there)
        ]  # fmt: skip
    if now["teams"] and event.teams_announced_at is None:
        return [
            Step(70, _("Teams are ready and nobody has been told."), _("Announce the teams"),
                 reverse("teams:announce", args=[event.slug]))
        ]  # fmt: skip
    idle = now["teams"] - now["started"]
    if phase == "submission" and idle > 0:
        return [
            Step(50, ngettext("%(count)s team has not started its project page.",
                              "%(count)s teams have not started their project page.", idle) % {"count": idle},
                 _("See which ones"), reverse("teams:team_list", args=[event.slug]) + "?show=idle")
        ]  # fmt: skip
    return []


def team_card(event: Event, account: Account) -> dict[str, Any] | None:
    """The team of « My hackathon »; nothing before teams are announced to somebody who has none."""
    member = own_membership(event, account)
    if member is None:
        return None
    return {
        "member": member,
        "team": member.team,
        "url": reverse("teams:my_team", args=[event.slug]),
        "members": Membership.objects.current().filter(team=member.team).count(),
    }


def project_card(event: Event, account: Account) -> dict[str, Any] | None:
    """Where the project stands, and the next step: begin it, finish it, submit it."""
    member = own_membership(event, account)
    if member is None:
        return None
    project = Project.objects.filter(team=member.team).first()
    url = reverse("teams:project", args=[event.slug, member.team.number])
    window = windows.window_of(event, WindowKind.SUBMISSION)
    card = {"team": member.team, "project": project, "url": url, "window": window, "now": clock.now(event)}
    if window is None or not windows.submission_is_open(event):
        return card
    if project is None or not project.version:
        step = Step(60, _("Your team has not started its project page."), _("Start the project page"), url)
    elif project.state == ProjectState.SUBMITTED and not submitting.has_changed_since_receipt(project):
        return card
    elif submitting.missing_fields(project):
        step = Step(60, _("Your project page is not complete yet."), _("Complete it"), url)
    elif member.is_captain:
        step = Step(80, _("Your project is ready to be submitted."), _("Check and submit"), url)
    else:
        step = Step(40, _("Your project is ready: your captain can submit it."), _("Read it again"), url)
    return card | {"next_step": step}


def own_membership(event: Event, account: Account) -> Membership | None:
    """The account's first team in that event, once announced; asked once for both cards."""
    if event.teams_announced_at is None:
        return None
    cache = event.__dict__.setdefault("_own_memberships", {})
    if account.pk not in cache:
        found = Membership.objects.for_event(event).current().of(account).with_teams().order_by("pk").first()
        if found is not None:
            found.team.event = event
        cache[account.pk] = found
    return cache[account.pk]


PANEL = Panel("teams", figures=figures, alerts=alerts, next_steps=next_steps)
CARDS = (
    Card("team", 20, "teams/_team_card.html", team_card),
    Card("project", 30, "teams/_project_card.html", project_card),
)
LINKS = (
    Link(gettext_lazy("Projects"), "teams:gallery", is_shown=lambda event: event.published_at is not None),
    Link(gettext_lazy("My team"), "teams:my_team", "teams.see_own_team", section="own"),
    Link(gettext_lazy("Teams"), "teams:formation", "teams.form_teams", section="staff"),
)
