"""The link of a juror's invitation: a page with a button, then the button. Only pressing it uses the link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed, public
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event

from ..domain import juror_links
from ..models import Juror, JurorLink

BACKEND = "django.contrib.auth.backends.ModelBackend"


def load_link(request: HttpRequest, event: str, code: str) -> JurorLink:
    """The link of that code, used or not; another code is no page. The event need not be public: a link is for one."""
    found_event = Event.objects.at(event)
    found = (
        JurorLink.objects.for_event(found_event).opened_by(code).with_people().first()
        if found_event
        else None
    )
    if found is None:
        raise Http404
    request.event = found_event  # type: ignore[attr-defined]
    return found


def load_juror(request: HttpRequest, event: str, juror: int) -> Juror:
    """Somebody of that event's jury."""
    found_event = load_event(request, event)
    found = Juror.objects.for_event(found_event).numbered(juror).with_people().first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


@public(load_link, methods=("GET", "POST"))
def enter(request: HttpRequest, link: JurorLink) -> HttpResponse:
    """Show the button; signing in is the press. Whoever was signed in on this browser is signed out."""
    why = juror_links.why_not(link)
    if request.method == "POST":
        try:
            account = juror_links.use(link=link)
        except Refused as refusal:
            why = str(refusal)
        else:
            logout(request)
            login(request, account, backend=BACKEND)
            return redirect("judging:my_projects", link.juror.event.slug)
    context = {"link": link, "juror": link.juror, "why": why}
    status = 409 if request.method == "POST" else 200
    response = TemplateResponse(request, "judging/juror_link_page.html", context, status=status)
    # the address holds the code: it is neither kept, nor told to another site, nor found by a search
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"  # with no-referrer, browsers hide where a form comes from
    response["X-Robots-Tag"] = "noindex"
    return response


@allowed("judging.change_jury", load_juror, methods=("POST",))
def invite(request: HttpRequest, juror: Juror) -> HttpResponse:
    """Write to a juror again, with a new link."""
    try:
        juror_links.invite(juror=juror, actor=request.user)  # type: ignore[arg-type]
        messages.success(
            request,
            _("%(name)s is being written to; the link sent before no longer works.") % {"name": juror},
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("judging:jury", juror.event.slug)
