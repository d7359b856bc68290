"""What the desk answers: the same sentence in the page and, as JSON, to a script that asks for it.

It words and redirects; it refuses to find anybody or to change anything.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import desk
from ..domain.desk_party import PartyScan
from ..domain.desk_search import Found
from ..kit.htmx import wants_json
from ..models import Event, Registration


def problem_words(event: Event, found: Found) -> str:
    """Why nobody can be shown, and what to do."""
    if found.replacement is not None:
        return replacement_words(event, found)
    return {
        "other_event": _("This badge is for another event: it opens nothing here. Search by name."),
        "unknown_code": _(
            "This code belongs to nobody: it was mistyped, or is not one of our badges. Search by name."
        ),
        "several": _("Several people match: choose one in the list."),
    }.get(found.problem) or _("Nobody is registered under that name or code.")


def replacement_words(event: Event, found: Found) -> str:
    """A badge that was lost and printed again; whose it was is not said."""
    assert found.replacement is not None
    at = event.local(found.replacement.at)
    return _(
        "This badge was replaced on %(date)s at %(time)s by %(by)s: take it back. It opens nothing; search by name."
    ) % {
        "date": date_format(at, "j F"),
        "time": date_format(at, _("H:i")),
        "by": _("the system") if found.replacement.by in ("", "system") else found.replacement.by,
    }


def scan_words(event: Event, scan: desk.Scan, act: str) -> str:
    """What happened, with the hour on the wall of the venue and, for what held before, who did it."""
    presence = scan.presence
    moment = presence.in_at if act == "check_in" else presence.out_at
    words = {
        "name": scan.registration.person,
        "time": date_format(event.local(moment), _("H:i")) if moment else "–",
        "by": scan.entry.actor_label if scan.entry else "",
    }
    if scan.is_repeat:
        again = _("%(name)s: already checked in at %(time)s by %(by)s.")
        return (
            again if act == "check_in" else _("%(name)s: already checked out at %(time)s by %(by)s.")
        ) % words
    done = _("%(name)s is checked in: %(time)s.")
    return (done if act == "check_in" else _("%(name)s is checked out: %(time)s.")) % words


def party_words(done: PartyScan) -> str:
    """How many of those who came together are in, and why the others are not."""
    said = [
        ngettext("%(count)s person checked in.", "%(count)s people checked in.", len(done.arrived))
        % {"count": len(done.arrived)}
    ]
    if done.already:
        said.append(
            ngettext("%(count)s was in already.", "%(count)s were in already.", len(done.already))
            % {"count": len(done.already)}
        )
    return " ".join([*said, *done.refused])


def answer(
    request: HttpRequest, registration: Registration, message: str, is_repeat: bool = False
) -> HttpResponse:
    """To the person's card; as JSON, what it says and where it is."""
    url = address(registration.event, registration=registration.pk)
    if wants_json(request):
        said = {
            "message": message,
            "name": str(registration),
            "role": registration.shown_role,
            "is_repeat": is_repeat,
            "url": url,
        }
        return JsonResponse(said)
    (messages.warning if is_repeat else messages.success)(request, message)
    return redirect(url)


def refuse(
    request: HttpRequest, event: Event, status: int, code: str, message: str, **where: Any
) -> HttpResponse:
    """Back to the desk with what was wrong; as JSON, its code and words."""
    url = address(event, **where)
    if wants_json(request):
        return JsonResponse({"code": code, "message": message, "url": url}, status=status)
    messages.error(request, message)
    return redirect(url)


def address(event: Event, **where: Any) -> str:
    """The desk, on that person's card or with that search."""
    asked = urlencode({name: value for name, value in where.items() if value})
    return reverse("hackathon:desk", args=[event.slug]) + (f"?{asked}" if asked else "")
