"""What teams bring to other pages: a panel of the control tower, cards of « My hackathon », entries of navigation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hackathon.domain import clock, contingents, windows
from hackathon.enums import DutyKind, WindowKind
from hackathon.kit.registry import Alert, Card, Figure, Link, Panel, PublicPage, Step
from hackathon.models import Account, Duty, Event, Registration

from .domain import gallery, ideas, mentoring, submitting
from .domain.problem_file import first_day_is_here
from .enums import ProjectState
from .models import Idea, Membership, Project, Team

#: A wait at the mentor desk that an organiser should know of.
TOO_LONG = timedelta(minutes=15)


def teams_of(event: Event) -> list[Team]:
    """The teams, each with its size and where its project stands, asked once per event object."""
    if "_sized_teams" not in event.__dict__:
        teams = Team.objects.for_event(event).active().counting_members().with_project_state().in_order()
        event.__dict__["_sized_teams"] = list(teams)
    return event.__dict__["_sized_teams"]


def counts(event: Event) -> dict[str, int]:
    """The numbers of teams and projects, asked once per event object: figures, alerts and steps share them."""
    if "_team_counts" not in event.__dict__:
        teams = teams_of(event)
        people = Registration.objects.for_event(event).coming()
        if first_day_is_here(event) and any(row.is_seen for row in contingents.tally_of(event)):
            people = people.present()
        placed = Membership.objects.for_event(event).current().filter(team__dissolved_at=None)
        event.__dict__["_team_counts"] = {
            "teams": len(teams),
            "submitted": sum(team.project_state == ProjectState.SUBMITTED for team in teams),  # type: ignore[attr-defined]
            "started": sum((team.project_version or 0) > 0 for team in teams),  # type: ignore[attr-defined]
            "without_team": people.exclude(pk__in=placed.values("registration")).count(),
        }
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
    small = [team for team in teams_of(event) if team.size < event.team_size_min]  # type: ignore[attr-defined]
    return _late_file_alerts(event) + [
        Alert(
            "late",
            gettext_lazy("Team"),
            ngettext(
                "%(team)s: %(count)s person, the minimum is %(least)s",
                "%(team)s: %(count)s people, the minimum is %(least)s",
                team.size,  # type: ignore[attr-defined]
            )
            % {"team": team, "count": team.size, "least": event.team_size_min},  # type: ignore[attr-defined]
            _("Complete this team"),
            reverse("teams:mend", args=[event.slug, team.number]),
        )
        for team in small
    ]


def _late_file_alerts(event: Event) -> list[Alert]:
    """Files that ended after the deadline, which wait for a decision."""
    count = sum(team.late_files for team in teams_of(event))  # type: ignore[attr-defined]
    words = ngettext(
        "%(count)s file began before the deadline and ended after it",
        "%(count)s files began before the deadline and ended after it",
        count,
    ) % {"count": count}
    there = reverse("teams:late_files", args=[event.slug])
    return [Alert("late", gettext_lazy("Project"), words, _("Decide"), there)] if count else []


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
    project = Project.objects.of_team(member.team)
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
    """The account's first team in that event, once they know it; asked once for both cards."""
    cache = event.__dict__.setdefault("_own_memberships", {})
    if account.pk not in cache:
        own = Membership.objects.for_event(event).current().reachable_by(account).known_to_members()
        found = own.with_teams().order_by("pk").first()
        if found is not None:
            found.team.event = event
        cache[account.pk] = found
    return cache[account.pk]


def ideas_card(event: Event, account: Account) -> dict[str, Any] | None:
    """The idea wall and the preferences, for whoever is registered, while they may change."""
    if not ideas.wall_is_open(event) or not account.has_perm("teams.post_idea", event):
        return None
    return {"ideas": Idea.objects.for_event(event).shown().count()}


def mentor_figures(event: Event) -> list[Figure]:
    """The usual wait at the mentor desk, once somebody was served."""
    now = _waits(event)
    if not now.served:
        return []
    usual = ngettext("minute before a mentor comes", "minutes before a mentor comes", _minutes(now.usual))
    return [Figure(_minutes(now.usual), usual, reverse("teams:mentors", args=[event.slug]))]


def mentor_alerts(event: Event) -> list[Alert]:
    """A team that has waited too long, or that nobody can come to, with its one action."""
    now = _waits(event)
    if now.waiting and not Duty.objects.for_event(event).of_kind(DutyKind.MENTOR).exists():
        nobody = ngettext(
            "%(count)s team waits and nobody is a mentor",
            "%(count)s teams wait and nobody is a mentor",
            now.waiting,
        )
        return [
            Alert(
                "bad",
                gettext_lazy("Mentors"),
                nobody % {"count": now.waiting},
                _("Give the duty of mentor"),
                reverse("hackathon:staff", args=[event.slug]),
            )
        ]
    if now.longest < TOO_LONG:
        return []
    words = ngettext(
        "%(count)s team waits for a mentor, the longest for %(minutes)s min",
        "%(count)s teams wait for a mentor, the longest for %(minutes)s min",
        now.waiting,
    )
    return [
        Alert(
            "late",
            gettext_lazy("Mentors"),
            words % {"count": now.waiting, "minutes": _minutes(now.longest)},
            _("See the queue"),
            reverse("teams:mentors", args=[event.slug]),
        )
    ]


def _waits(event: Event) -> mentoring.Waits:
    """Asked once per event object: figures and alerts share it."""
    if "_mentor_waits" not in event.__dict__:
        event.__dict__["_mentor_waits"] = mentoring.waits(event, clock.now(event))
    return event.__dict__["_mentor_waits"]


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


def public_pages(events: list[Event]) -> list[PublicPage]:
    """The gallery and its projects, where it is open; one query for all events."""
    opened = {event.pk: event for event in events if gallery.is_open(event)}
    pages = [PublicPage("teams:gallery", (event.slug,)) for event in opened.values()]
    for pk, event in Project.objects.for_events(opened).shown().in_order().values_list("pk", "team__event"):
        pages.append(PublicPage("teams:public_project", (opened[event].slug, pk)))
    return pages


PANEL = Panel("teams", figures=figures, alerts=alerts, next_steps=next_steps)
MENTORS = Panel("mentors", figures=mentor_figures, alerts=mentor_alerts)
CARDS = (
    Card("team", 20, "teams/_team_card.html", team_card, is_for_passes=True),
    Card("ideas", 25, "teams/_ideas_card.html", ideas_card, is_for_passes=True),
    Card("project", 30, "teams/_project_card.html", project_card),
)
LINKS = (
    Link(gettext_lazy("Projects"), "teams:gallery", is_shown=gallery.is_open),
    Link(gettext_lazy("Ideas"), "teams:ideas", "teams.see_ideas", is_shown=ideas.wall_is_open, section="own"),
    Link(gettext_lazy("My team"), "teams:my_team", "teams.find_team", section="own"),
    Link(gettext_lazy("Mentor desk"), "teams:mentors", "teams.work_at_mentor_desk", section="own"),
    Link(gettext_lazy("Teams"), "teams:formation", "teams.form_teams", section="staff"),
)
