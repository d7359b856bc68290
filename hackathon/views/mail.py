"""What was written to whom: delivery of each letter, sending again what failed, reading one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import outbox, workers
from ..enums import MailState
from ..forms.letters import MailSearch, title_of
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, OutgoingMail
from .loaders import actor_of, load_event

PER_PAGE = 50


def load_mail(request: HttpRequest, event: str, mail: int, **others: Any) -> OutgoingMail:
    """A letter of that event."""
    subject = load_event(request, event)
    found = OutgoingMail.objects.for_event(subject).numbered(mail).first()
    if found is None:
        raise Http404
    found.event = subject
    return found


@allowed("hackathon.see_mail", load_event)
def mail_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The letters of the event by state, kind and reader; their text is on a page of its own, which is recorded."""
    asked = MailSearch(event, request.GET)
    counts = asked.found().count_by_state()
    found = asked.in_state().latest_first().without_text().with_reader()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "rows": [(letter, title_of(letter.letter)) for letter in page],
        "page_obj": page,
        "tabs": _tabs(request, asked.asked("state"), counts),
        "failed": counts.get(MailState.FAILED, 0),
        "is_worked": workers.any_is_there() or not counts.get(MailState.QUEUED),
    }
    return TemplateResponse(request, "hackathon/mail_page.html", context)


@allowed("hackathon.see_mail", load_mail)
def mail_letter_page(request: HttpRequest, mail: OutgoingMail) -> HttpResponse:
    """One letter as it left; that somebody read it is recorded. A code or a secret link is its reader's alone."""
    is_shown = outbox.read(letter=mail, actor=actor_of(request))
    context = {"mail": mail, "title": title_of(mail.letter), "is_shown": is_shown}
    return TemplateResponse(request, "hackathon/mail_letter_page.html", context)


@allowed("hackathon.send_mail_again", load_event, methods=("POST",))
def mail_again(request: HttpRequest, event: Event) -> HttpResponse:
    """Send one letter again (`mail`), or all that failed."""
    typed = request.POST.getlist("mail")
    chosen = [int(number) for number in typed if number.isascii() and number.isdigit() and len(number) < 19]
    is_for_all = request.POST.get("all") == "failed"
    try:
        count = outbox.send_again(
            event=event, numbers=None if is_for_all else chosen, actor=actor_of(request)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext(
            "%(count)s letter leaves again in a moment.", "%(count)s letters leave again in a moment.", count
        )
        messages.success(request, words % {"count": count})
    return redirect("hackathon:mail", event.slug)


@allowed("hackathon.send_mail_again", load_mail, methods=("POST",))
def mail_taken(request: HttpRequest, mail: OutgoingMail) -> HttpResponse:
    """Somebody knows that a doubtful letter arrived."""
    try:
        outbox.take_as_sent(letter=mail, actor=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:mail", mail.event.slug)  # type: ignore[union-attr]


def _tabs(request: HttpRequest, state: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """One per state, each with its count, keeping what else was asked."""
    others = {name: value for name in ("q", "letter") if (value := request.GET.get(name))}
    rows = [("", _("All"), sum(counts.values()))]
    rows += [(value, str(label), counts.get(value, 0)) for value, label in MailState.choices]
    return [
        {
            "label": label,
            "url": "?" + urlencode(others | ({"state": value} if value else {})),
            "is_current": state == value,
            "count": count,
        }
        for value, label, count in rows
    ]
