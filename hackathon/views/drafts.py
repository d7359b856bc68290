"""A registration form on its way: kept while typing, sent back to its owner, found again on the same device.

The browser's session names the draft; so does the secret link in the letter. Nothing here says who is registered.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain import drafting
from ..forms.registration import RegistrationForm
from ..kit import uploads
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, RegistrationDraft
from . import doors
from .loaders import actor_of, load_event

SESSION = "drafts"  # event's slug → the draft's secret


def own_draft(request: HttpRequest, event: Event) -> RegistrationDraft | None:
    """The draft begun or resumed in this browser, while it is one."""
    return drafting.draft_of(event, request.session.get(SESSION, {}).get(event.slug, ""))


def remember(request: HttpRequest, draft: RegistrationDraft) -> None:
    """This browser goes on with that draft."""
    request.session[SESSION] = {**request.session.get(SESSION, {}), draft.event.slug: draft.token}


def let_go(request: HttpRequest, event: Event) -> None:
    """This browser knows of no draft any more; the link of the letter still does."""
    kept = request.session.get(SESSION, {})
    request.session[SESSION] = {slug: token for slug, token in kept.items() if slug != event.slug}


def keep(
    request: HttpRequest, event: Event, form: RegistrationForm | None, files: Any = None
) -> RegistrationDraft:
    """Keep what this request sent, form valid or not. Raises DraftTooLong."""
    draft = drafting.keep_draft(
        event=event,
        draft=own_draft(request, event),
        role=form.role if form else None,
        typed=dict(request.POST.lists()),
        files=files,
        language=get_language() or "fr",
        actor=actor_of(request),
    )
    remember(request, draft)
    return draft


def keep_files(form: RegistrationForm) -> dict[str, dict[str, Any]]:
    """The good files that came with the form, put where they wait: field → {"name", "size", "file"}."""
    kept = {}
    for name, sent in form.files_sent().items():
        path = uploads.keep(sent.file, sent.checked, folder="answers")
        kept[name] = {"name": sent.checked.name, "size": sent.checked.size, "file": path}
        form.fields[name].stand(kept[name])  # type: ignore[attr-defined]
        form[name].help_text = form.fields[name].help_text  # it was read before the file was known
    return kept


def address_of(draft: RegistrationDraft, event: Event) -> str:
    """The form of that draft: its role, and the code that opened it."""
    query = QueryDict(mutable=True)
    if draft.role_id:
        query["role"] = str(draft.role_id)
    code = (draft.data.get("fields", {}).get("code") or [""])[-1]
    if code:
        query["code"] = code
    return reverse("hackathon:register", args=[event.slug]) + (f"?{query.urlencode()}" if query else "")


@allowed("hackathon.see_event", load_event, methods=("POST",))
def draft_keep(request: HttpRequest, event: Event) -> HttpResponse:
    """While typing (the page's module asks for JSON), or “Finish later”, which sends the link back."""
    door = doors.door_of(request, event)
    form = None
    if door.role is not None:
        form = RegistrationForm(
            event, door.role, request.POST, request.FILES, draft=own_draft(request, event), code=door.code
        )
        form.is_valid()  # so that its good files are known
    try:
        draft = keep(request, event, form, keep_files(form) if form else None)
    except Refused as refusal:
        return _refused(request, event, refusal)
    if "later" in request.POST:
        return _later(request, event, draft)
    is_open = request.user.has_perm("hackathon.register", event)
    late = _("Registration has closed in the meantime. What you typed is kept.")
    return JsonResponse({"message": "" if is_open else late}, status=200 if is_open else 409)


def _refused(request: HttpRequest, event: Event, refusal: Refused) -> HttpResponse:
    if "later" in request.POST:
        messages.error(request, str(refusal))
        return redirect("hackathon:register", event.slug)
    return JsonResponse({"message": str(refusal)}, status=422)


def _later(request: HttpRequest, event: Event, draft: RegistrationDraft) -> HttpResponse:
    """The same words whether the letter leaves now or left today already."""
    if draft.email:
        drafting.send_link(draft=draft)
        said = _(
            "What you typed is kept. A letter to %(email)s holds the link to go on, here or on another device."
        )
        messages.success(request, said % {"email": draft.email})
    else:
        messages.warning(
            request,
            _(
                "What you typed is kept on this device. Write your e-mail address to receive a link to go on elsewhere."
            ),
        )
    return redirect(address_of(draft, event))


@allowed("hackathon.see_event", load_event, methods=("POST",))
def draft_afresh(request: HttpRequest, event: Event) -> HttpResponse:
    """Somebody else at the same device: an empty form. The draft stays reachable by its letter only."""
    let_go(request, event)
    return redirect("hackathon:register", event.slug)


def load_draft(request: HttpRequest, event: str, token: str) -> RegistrationDraft:
    """An unfinished form by its secret."""
    found = drafting.draft_of(load_event(request, event), token)
    if found is None:
        raise Http404
    return found


@allowed("hackathon.see_event", load_draft)
def register_resume(request: HttpRequest, draft: RegistrationDraft) -> HttpResponse:
    """From the letter to the form, refilled, at an address that holds no secret."""
    remember(request, draft)
    response = redirect(address_of(draft, draft.event))
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
