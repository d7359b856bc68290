"""The organisers' questions: the form of each role as people see it, and the files they answered with."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..enums import DutyKind
from ..forms.registration import RegistrationForm
from ..kit import uploads
from ..kit.access import allowed
from ..models import Answer, Event, Role
from .loaders import is_somebody, load_event


@allowed("hackathon.change_event", load_event)
def form_preview_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The form of one role, filled in by nobody: it can be tried and not sent."""
    roles = list(Role.objects.for_event(event).in_order())
    asked = request.GET.get("role", "")
    role = next((each for each in roles if str(each.pk) == asked), roles[0] if roles else None)
    tabs = [
        {"label": each.name, "url": f"?role={each.pk}", "is_current": each == role, "count": ""}
        for each in roles
    ]
    context = {"form": RegistrationForm(event, role) if role else None, "role": role, "tabs": tabs}
    return TemplateResponse(request, "hackathon/setup_preview_page.html", context)


def load_answer(request: HttpRequest, event: str, answer: int) -> Answer:
    """A file that somebody answered with: any for the organisers, one's own for the others."""
    subject = load_event(request, event)
    known = Answer.objects.for_event(subject).with_files().with_people()
    is_organiser = request.user.is_authenticated and DutyKind.ORGANISER in request.user.duties_in(subject)
    if is_somebody(request) and not is_organiser:
        known = known.reachable_by(request.user)
    found = known.numbered(answer).first()
    if found is None:
        raise Http404
    found.registration.event = subject
    return found


@allowed("hackathon.read_answer", load_answer)
def answer_file(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The file, saved and never opened in the page."""
    try:
        return uploads.serve(answer.file, name=answer.shown)  # type: ignore[return-value]
    except FileNotFoundError:
        raise Http404 from None
