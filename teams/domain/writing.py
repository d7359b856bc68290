"""May this team change its project now? One answer for the page, the API and the uploads.

The submission window comes first; then the minutes of grace; then a reopening of that one team. What is done after
the window is late, and said so. The deadline is the server's, on the event's clock, and half-open: a request at
`closes_at` exactly is late. Knows nothing of what is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hackathon.domain import clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.errors import Refused
from hackathon.models import Event

from ..enums import Standing
from ..models import Reopening, Team


class SubmissionClosed(Refused):
    code = "submission_closed"


@dataclass(frozen=True)
class Writing:
    """`until`: when it stops being open, None when it is not open or nobody knows; `grace`: in whole minutes, 0
    outside the grace; `reopening`: the one in force, if it is what keeps the project open."""

    is_open: bool
    is_late: bool = False
    until: datetime | None = None
    grace: int = 0
    reopening: Reopening | None = None


CLOSED = Writing(is_open=False)


def writing(team: Team) -> Writing:
    """Whether the project of that team may change now, whether that is late, and until when.

    One query at most beyond the windows, and only once the window has closed.
    """
    event, now = team.event, clock.now(team.event)
    window = windows.window_of(event, WindowKind.SUBMISSION)
    if team.dissolved_at or has_left(team):
        return CLOSED
    if window is not None and windows.is_open(window, at=now):
        return Writing(True, until=window.closes_at if window.closes_at > now else None)
    if window is None or not windows.has_closed(window, now):
        return CLOSED
    ends = window.closes_at + timedelta(minutes=event.submission_grace)
    in_grace = not window.override and window.closes_at <= now < ends
    reopening = Reopening.objects.of_team(team).in_force(now).last_to_end()
    if reopening and not (in_grace and ends > reopening.until):
        return Writing(True, is_late=True, until=reopening.until, reopening=reopening)
    if in_grace:
        return Writing(True, is_late=True, until=ends, grace=event.submission_grace)
    return CLOSED


def has_left(team: Team) -> bool:
    """Whether the team's project was withdrawn or disqualified: it stays as it was."""
    project = getattr(team, "project", None)
    return project is not None and project.standing in (Standing.WITHDRAWN, Standing.DISQUALIFIED)


def check_open(team: Team) -> None:
    """Raise SubmissionClosed unless the team's project may change now, saying since or until when, and what to do."""
    if writing(team).is_open:
        return
    event = team.event
    window = windows.window_of(event, WindowKind.SUBMISSION)
    if team.dissolved_at:
        raise SubmissionClosed(_("This team was dissolved: its project stays as it was. Ask an organiser."))
    if has_left(team):
        raise SubmissionClosed(
            _(
                "This project is no longer in the event: it stays as it was. If that is wrong, ask an organiser."
            )
        )
    if window is None:
        raise SubmissionClosed(_("This event has no submission time yet: ask an organiser."))
    if not windows.has_closed(window, clock.now(event)):
        raise SubmissionClosed(
            _("Submission is not open yet: it opens on %(when)s. Nothing is lost, come back then.")
            % {"when": words(event, window.opens_at)}
        )
    raise SubmissionClosed(
        _(
            "Submission closed on %(when)s: the project stays as it was then. What you sent is kept apart; if you "
            "were prevented from sending it in time, go and see an organiser now."
        )
        % {"when": words(event, window.closes_at)}
    )


def closing_words(team: Team) -> str:
    """Until when that team may write, on the wall of the venue, in the active language; the deadline when it is
    closed; "" without a window."""
    until = writing(team).until
    window = windows.window_of(team.event, WindowKind.SUBMISSION)
    if until is None and window is not None:
        until = window.closes_at
    return words(team.event, until) if until else ""


def words(event: Event, moment: datetime) -> str:
    """That moment on the wall of the venue, in the active language; which of the two, when the clocks are set back."""
    local = event.local(moment)
    written = date_format(local, _("j F Y, H:i"))
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{written} ({local.tzname()})" if is_twice else written
