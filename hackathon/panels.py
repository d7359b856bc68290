"""What this app brings to the control tower, to the documents and to the navigation."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .domain import clock, contingents, overbooking, readiness, waiting, windows
from .enums import COMING, HOLDING, Override, RegistrationState
from .kit.problems import blockers
from .kit.registry import Alert, Figure, Link, Panel, PublicPage, Step
from .models import Event, Registration, Window

GONE = (
    RegistrationState.CANCELLED,
    RegistrationState.DECLINED,
    RegistrationState.EXPIRED,
    RegistrationState.DRAFT,
)


def counts(event: Event) -> dict[str, Any]:
    """People by state, those seen at the desk and those whom a free place could reach, once per event object."""
    if "_people_counts" not in event.__dict__:
        states: Counter[str] = Counter()
        for row in contingents.tally_of(event):
            states[row.state] += row.people
        event.__dict__["_people_counts"] = {
            "registered": sum(number for state, number in states.items() if state not in GONE),
            "coming": sum(states[state] for state in COMING),
            "held": sum(states[state] for state in HOLDING),
            "accepted": states[RegistrationState.ACCEPTED],
            "confirmed": states[RegistrationState.CONFIRMED],
            "waiting": states[RegistrationState.WAITLISTED],
            "offered": states[RegistrationState.OFFERED],
            "to_review": states[RegistrationState.SUBMITTED],
            "present": sum(row.people for row in contingents.tally_of(event) if row.is_seen),
            "served": contingents.served_now(event) if states[RegistrationState.WAITLISTED] else 0,
        }
    return event.__dict__["_people_counts"]


def figures(event: Event) -> list[Figure]:
    """Registered, confirmed, present once somebody is, to cater for, waiting; each leads to its people."""
    now = counts(event)
    people = reverse("hackathon:people", args=[event.slug])
    places = reverse("hackathon:places", args=[event.slug])
    found = [
        Figure(
            now["registered"],
            ngettext(
                "person registered for %(places)s places",
                "people registered for %(places)s places",
                now["registered"],
            )
            % {"places": event.capacity}
            if event.capacity
            else ngettext("person registered", "people registered", now["registered"]),
            people,
            share=min(1.0, now["registered"] / event.capacity) if event.capacity else None,
        ),
        Figure(
            now["confirmed"],
            ngettext(
                "confirmed of %(count)s with a place", "confirmed of %(count)s with a place", now["confirmed"]
            )
            % {"count": now["coming"]},
            people + "?state=confirmed",
            share=now["confirmed"] / now["coming"] if now["coming"] else None,
        ),
    ]
    if now["present"]:
        found.append(
            Figure(
                now["present"],
                ngettext("present of %(count)s expected", "present of %(count)s expected", now["present"])
                % {"count": now["coming"]},
                people,
                share=min(1.0, now["present"] / now["coming"]) if now["coming"] else None,
            )
        )
    return found + _to_cater_for(event, places) + _waiting(now, people)


def _to_cater_for(event: Event, url: str) -> list[Figure]:
    """How many people will eat today, or on the next day of the event."""
    today = event.local(clock.now(event)).date()
    ahead = [(on, people) for on, people in contingents.expected_by_day(event) if on >= today and people]
    if not ahead:
        return []
    on, people = ahead[0]
    number = overbooking.plates(people)
    label = ngettext("person to cater for on %(day)s", "people to cater for on %(day)s", number)
    return [Figure(number, label % {"day": date_format(on, _("j F"))}, url)]


def _waiting(now: dict[str, Any], people: str) -> list[Figure]:
    if not now["waiting"]:
        return []
    label = ngettext("person on the waiting list", "people on the waiting list", now["waiting"])
    return [Figure(now["waiting"], label, people + "?state=waitlisted")]


def alerts(event: Event) -> list[Alert]:
    """People who wait for an answer or a place, and windows that somebody opened or closed by hand."""
    now = counts(event)
    people = reverse("hackathon:people", args=[event.slug])
    found = []
    if now["to_review"]:
        message = ngettext(
            "%(count)s registration waits for your answer.",
            "%(count)s registrations wait for your answer.",
            now["to_review"],
        )
        review = people + "?state=submitted"
        found.append(_alert("late", _("Review"), message, now["to_review"], _("Answer"), review))
    return (
        found
        + _places_alerts(event, now, people)
        + [_by_hand(event, window) for window in windows.windows_of(event) if window.override]
    )


def _places_alerts(event: Event, now: dict[str, Any], people: str) -> list[Alert]:
    """Free places while people wait, offers that end today, people who have not confirmed."""
    places = reverse("hackathon:places", args=[event.slug])
    found = []
    if now["served"]:
        message = ngettext(
            "%(count)s person on the waiting list could have a free place.",
            "%(count)s people on the waiting list could have a free place.",
            now["served"],
        )
        found.append(_alert("late", _("Places"), message, now["served"], _("Offer them a place"), places))
    ending = (
        Registration.objects.for_event(event).offers_past(_end_of_today(event)).count()
        if now["offered"]
        else 0
    )
    if ending:
        message = ngettext(
            "%(count)s place offered is released today unless it is taken.",
            "%(count)s places offered are released today unless they are taken.",
            ending,
        )
        found.append(_alert("quiet", _("Offers"), message, ending, _("See whose"), people + "?state=offered"))
    if now["accepted"] and windows.current_phase(event) == "registration":
        message = ngettext(
            "%(count)s person accepted has not confirmed.",
            "%(count)s people accepted have not confirmed.",
            now["accepted"],
        )
        found.append(_alert("quiet", _("Places"), message, now["accepted"], _("Remind them"), places))
    return found


def _end_of_today(event: Event) -> datetime:
    """Midnight to come on the wall of the venue."""
    tomorrow = event.local(clock.now(event)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), event.zone)


def _alert(level: str, tag: str, message: str, count: int, action: str, url: str) -> Alert:
    return Alert(level, tag, message % {"count": count}, action, url)


def _by_hand(event: Event, window: Window) -> Alert:
    return Alert(
        "quiet",
        gettext_lazy("Window"),
        _("%(window)s: %(state)s by hand. %(reason)s")
        % {
            "window": window,
            "state": _("open") if window.override == Override.OPEN else _("closed"),
            "reason": window.override_reason,
        },
        _("Change"),
        reverse("hackathon:windows", args=[event.slug]),
    )


def next_steps(event: Event) -> list[Step]:
    """What keeps people from registering first; then those who wait for an answer."""
    now = counts(event)
    setup = reverse("hackathon:setup", args=[event.slug])
    people = reverse("hackathon:people", args=[event.slug])
    if not event.is_public:
        lacking = blockers(readiness.missing(event))
        if lacking:
            return [Step(95, lacking[0].message, _("Finish the set-up"), setup)]
        return [Step(90, _("The event is ready and nobody sees it yet."), _("Open it to the public"), setup)]
    if now["to_review"]:
        message = ngettext(
            "%(count)s registration waits for your answer.",
            "%(count)s registrations wait for your answer.",
            now["to_review"],
        )
        return [
            Step(45, message % {"count": now["to_review"]}, _("Answer"), people + "?state=submitted")
        ]  # fmt: skip
    is_registering = windows.current_phase(event) == "registration"
    if is_registering and now["served"] and not waiting.offers_by_itself(event):
        message = ngettext(
            "%(count)s person is on the waiting list while places are free.",
            "%(count)s people are on the waiting list while places are free.",
            now["served"],
        )
        places = reverse("hackathon:places", args=[event.slug])
        return [Step(40, message % {"count": now["served"]}, _("Offer them a place"), places)]
    if is_registering and not now["registered"]:
        return [
            Step(
                10,
                _("Nobody has registered yet."),
                _("Import a list"),
                reverse("hackathon:import", args=[event.slug]),
            )
        ]
    return []


def public_pages(events: list[Event]) -> list[PublicPage]:
    """The page and the programme of each event."""
    return [
        PublicPage(view, (event.slug,))
        for event in events
        for view in ("hackathon:event", "hackathon:programme")
    ]


PANEL = Panel("registrations", figures=figures, alerts=alerts, next_steps=next_steps)
LINKS = (
    Link(gettext_lazy("Programme"), "hackathon:programme", "hackathon.see_event"),
    Link(gettext_lazy("My hackathon"), "hackathon:me", "hackathon.take_part", section="own"),
    Link(gettext_lazy("Welcome desk"), "hackathon:desk", "hackathon.work_at_desk", section="own"),
    Link(gettext_lazy("Control tower"), "hackathon:tower", "hackathon.see_tower", section="staff"),
    Link(
        gettext_lazy("Diet and access needs"), "hackathon:needs_sheet", "hackathon.see_needs", section="staff"
    ),
    Link(gettext_lazy("Set-up"), "hackathon:setup", "hackathon.change_event", section="staff"),
)
