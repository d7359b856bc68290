"""What this app brings to the control tower, to the documents and to the navigation."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .domain import readiness, windows
from .enums import COMING, HOLDING, Override, RegistrationState
from .kit.problems import blockers
from .kit.registry import Alert, Figure, Link, Panel, Step
from .models import Event, OutgoingMail, Registration, Window


def counts(event: Event) -> dict[str, Any]:
    """People by state, those seen at the desk and letters that failed, asked once per event object."""
    if "_people_counts" not in event.__dict__:
        both = Registration.objects.for_event(event).count_by_state_and_presence()
        states = {state: people for state, (people, _present) in both.items()}
        gone = (
            RegistrationState.CANCELLED,
            RegistrationState.DECLINED,
            RegistrationState.EXPIRED,
            RegistrationState.DRAFT,
        )
        event.__dict__["_people_counts"] = {
            "registered": sum(number for state, number in states.items() if state not in gone),
            "coming": sum(states.get(state, 0) for state in COMING),
            "held": sum(states.get(state, 0) for state in HOLDING),
            "confirmed": states.get(RegistrationState.CONFIRMED, 0),
            "waiting": states.get(RegistrationState.WAITLISTED, 0),
            "to_review": states.get(RegistrationState.SUBMITTED, 0),
            "present": sum(present for _people, present in both.values()),
            "failed_letters": OutgoingMail.objects.for_event(event).refused().count(),
        }
    return event.__dict__["_people_counts"]


def figures(event: Event) -> list[Figure]:
    """Registered, then present or confirmed, then waiting; each leads to its people."""
    now = counts(event)
    people = reverse("hackathon:people", args=[event.slug])
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
        )
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
    else:
        found.append(
            Figure(
                now["confirmed"],
                ngettext(
                    "confirmed of %(count)s with a place",
                    "confirmed of %(count)s with a place",
                    now["confirmed"],
                )
                % {"count": now["coming"]},
                people + "?state=confirmed",
                share=now["confirmed"] / now["coming"] if now["coming"] else None,
            )
        )
    if now["waiting"]:
        found.append(
            Figure(
                now["waiting"],
                ngettext("person on the waiting list", "people on the waiting list", now["waiting"]),
                people + "?state=waitlisted",
            )
        )
    return found


def alerts(event: Event) -> list[Alert]:
    """Letters that failed, and windows that somebody opened or closed by hand."""
    now = counts(event)
    found = []
    if now["failed_letters"]:
        found.append(
            Alert(
                "late",
                gettext_lazy("Mail"),
                ngettext(
                    "%(count)s letter could not be delivered.",
                    "%(count)s letters could not be delivered.",
                    now["failed_letters"],
                )
                % {"count": now["failed_letters"]},
                _("See which ones"),
                reverse("hackathon:mail", args=[event.slug]) + "?state=failed",
            )
        )
    return found + [_by_hand(event, window) for window in windows.windows_of(event) if window.override]


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
    if is_registering and now["waiting"] and event.capacity and now["held"] < event.capacity:
        message = ngettext(
            "%(count)s person is on the waiting list while places are free.",
            "%(count)s people are on the waiting list while places are free.",
            now["waiting"],
        )
        return [
            Step(40, message % {"count": now["waiting"]}, _("Offer them a place"), people + "?state=waitlisted")
        ]  # fmt: skip
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


PANEL = Panel("registrations", figures=figures, alerts=alerts, next_steps=next_steps)
LINKS = (
    Link(gettext_lazy("Programme"), "hackathon:programme", "hackathon.see_event"),
    Link(gettext_lazy("My hackathon"), "hackathon:me", "hackathon.take_part", section="own"),
    Link(gettext_lazy("Welcome desk"), "hackathon:desk", "hackathon.work_at_desk", section="own"),
    Link(gettext_lazy("Control tower"), "hackathon:tower", "hackathon.see_tower", section="staff"),
    Link(gettext_lazy("Set-up"), "hackathon:setup", "hackathon.change_event", section="staff"),
)
