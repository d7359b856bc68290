"""What an event still lacks before people can register: blockers, and what would be better. It changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..enums import DutyKind, WindowKind
from ..kit.problems import Problem, warning
from ..models import Event
from . import windows


def missing(event: Event) -> list[Problem]:
    """In the order of the set-up pages; `where` is the page that mends it."""
    kinds = {window.kind for window in windows.windows_of(event)}
    lacks: list[tuple[Callable[[], bool], Problem]] = [
        (
            lambda: not event.days.all(),
            _blocker("no_day", _("The event has no day: say when it takes place."), "facts"),
        ),
        (lambda: not event.name, _blocker("no_name", _("The event has no name."), "facts")),
        (
            lambda: not event.venue,
            warning("no_venue", _("Nobody can read where the event takes place."), "facts"),
        ),
        (
            lambda: not event.contact_email,
            warning(
                "no_contact", _("There is no contact address: the privacy notice must give one."), "facts"
            ),
        ),
        (
            lambda: not event.description,
            warning("no_description", _("The public page has no description."), "facts"),
        ),
        (
            lambda: not getattr(event, "name_en", ""),
            warning("no_english", _("The name has no English text."), "facts"),
        ),
        (
            lambda: WindowKind.REGISTRATION not in kinds,
            _blocker("no_registration_window", _("Registration has no opening and closing time."), "windows"),
        ),
        (
            lambda: WindowKind.SUBMISSION not in kinds,
            warning(
                "no_submission_window", _("Project submission has no opening and closing time."), "windows"
            ),
        ),
        (
            lambda: not any(role.is_open for role in event.roles.all()),
            _blocker("no_role", _("There is no role that people can register in."), "roles"),
        ),
        (
            lambda: not event.themes.exists(),
            _blocker("no_theme", _("There is no theme to choose from."), "themes"),
        ),
        (
            lambda: not event.programme.exists(),
            warning("no_programme", _("The programme is empty."), "programme"),
        ),
        (
            lambda: event.duties.filter(kind=DutyKind.ORGANISER).count() < 2,
            warning("one_organiser", _("There is a single organiser: name a second one, in case."), "staff"),
        ),
    ]
    return [problem for is_lacking, problem in lacks if is_lacking()]


def _blocker(code: str, message: Any, where: str) -> Problem:
    return Problem(code, message, where)
