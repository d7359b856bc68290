"""What the jury brings to other pages: a panel of the control tower, a card of « My hackathon », its navigation."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hackathon.kit.registry import Alert, Card, Figure, Link, Panel, PublicPage, Step
from hackathon.models import Account, Event

from .domain import progress
from .domain.progress import RoundProgress
from .enums import RoundState
from .models import Ballot, Juror

NAMED = 3


def under_way(event: Event) -> list[RoundProgress]:
    """The rounds that are open."""
    return [one for one in progress.of_event(event) if one.round.state == RoundState.OPEN]


def round_url(event: Event, one: RoundProgress) -> str:
    """Where a round is looked after."""
    return reverse("judging:round", args=[event.slug, one.round.key])


def figures(event: Event) -> list[Figure]:
    """Ballots handed in, of those expected, in each round under way."""
    return [
        Figure(
            one.handed_in,
            ngettext(
                "ballot handed in of %(expected)s (%(round)s)",
                "ballots handed in of %(expected)s (%(round)s)",
                one.handed_in,
            )
            % {"expected": one.expected, "round": one.round},
            round_url(event, one),
            share=one.handed_in / one.expected if one.expected else None,
        )
        for one in under_way(event)
    ]


def public_pages(events: list[Event]) -> list[PublicPage]:
    """The results of the events that have announced theirs."""
    told = [event for event in events if event.published_at]
    return [PublicPage("judging:results", (event.slug,), event.published_at) for event in told]


def alerts(event: Event) -> list[Alert]:
    """Panels nobody sits in, and jurors who have not begun."""
    there = reverse("judging:jury", args=[event.slug])
    found = [
        Alert(
            "bad" if one.round.state == RoundState.OPEN else "late",
            gettext_lazy("Jury"),
            _("%(panel)s: no juror for the round “%(round)s”") % {"panel": panel, "round": one.round},
            _("Seat a juror"),
            reverse("judging:panel", args=[event.slug, panel.pk]),
        )
        for one in progress.of_event(event)
        for panel in one.panels_without_juror
    ]
    for one in under_way(event):
        if one.not_started:
            names = ", ".join(one.not_started[:NAMED]) + ("…" if len(one.not_started) > NAMED else "")
            sentence = ngettext(
                "%(count)s juror has not started: %(names)s",
                "%(count)s jurors have not started: %(names)s",
                len(one.not_started),
            )
            message = sentence % {"count": len(one.not_started), "names": names}
            found.append(
                Alert("late", gettext_lazy("Jury"), message, _("See who"), round_url(event, one) or there)
            )
    return found


def next_steps(event: Event) -> list[Step]:
    """Close a round whose ballots are all in."""
    return [
        Step(
            80,
            _("Every ballot of the round “%(round)s” is in.") % {"round": one.round},
            _("Close the round"),
            reverse("judging:close_round", args=[event.slug, one.round.key]),
        )
        for one in under_way(event)
        if one.expected and not one.left
    ]


def my_projects_card(event: Event, account: Account) -> dict[str, Any] | None:
    """For jurors: how many of their ballots are still open."""
    if not Juror.objects.for_event(event).of(account).sitting().exists():
        return None
    own = Ballot.objects.for_event(event).of(account).of_open_rounds()
    left = own.unfinished().count()
    url = reverse("judging:my_projects", args=[event.slug])
    context: dict[str, Any] = {"left": left, "expected": own.expected().count(), "url": url}
    if left:
        sentence = ngettext(
            "%(left)s ballot is waiting for you.", "%(left)s ballots are waiting for you.", left
        )
        context["next_step"] = Step(90, sentence % {"left": left}, _("Open my projects"), url)
    return context


PANEL = Panel("jury", figures, alerts, next_steps)
CARDS = [Card("jury", 20, "judging/_jury_card.html", my_projects_card)]
LINKS = [
    Link(gettext_lazy("My projects"), "judging:my_projects", "judging.see_my_projects", section="own"),
    Link(gettext_lazy("Jury"), "judging:jury", "judging.see_coverage", section="staff"),
]
