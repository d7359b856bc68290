"""Badges at the desk: the code in a camera's picture, a lost badge replaced, a found one made good again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..domain import desk_codes
from ..forms.desk import BadgeForm
from ..kit import camera
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, Registration
from .desk_words import address
from .loaders import actor_of, load_event, load_registration


@allowed("hackathon.work_at_desk", load_event, methods=("POST",))
def desk_read(request: HttpRequest, event: Event) -> HttpResponse:
    """The text of the QR code in the picture sent as the body, "" when there is none. Nothing is kept."""
    try:
        camera.check_size(int(request.META.get("CONTENT_LENGTH") or 0))
        return JsonResponse({"text": camera.read_code(request.body)})
    except Refused as refusal:
        status = 413 if isinstance(refusal, camera.PictureTooLarge) else 422
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=status)


@allowed("hackathon.work_at_desk", load_registration, methods=("GET", "POST"))
def desk_badge_page(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Print a badge again as it is, or after giving it another code."""
    form = BadgeForm(request.POST or None, initial={"expected": registration.code})
    if request.method == "POST" and form.is_valid():
        try:
            desk_codes.replace_code(**form.cleaned_data, registration=registration, actor=actor_of(request))
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            words = _("%(name)s has a new code: the lost badge opens nothing any more. Print the new one.")
            messages.success(request, words % {"name": registration})
            return redirect("hackathon:desk_badge", registration.event.slug, registration.pk)
    context = {
        "registration": registration,
        "form": form,
        "print_url": reverse("hackathon:badge", args=[registration.event.slug, registration.pk]),
        "makes_pass": not registration.person.email
        and request.user.has_perm("hackathon.make_passes", registration),
        "may_restore": desk_codes.may_restore(registration),
        "desk_url": address(registration.event, registration=registration.pk),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "hackathon/desk_badge_page.html", context, status=status)


@allowed("hackathon.work_at_desk", load_registration, methods=("POST",))
def desk_restore(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The lost badge was found before the new one served."""
    try:
        desk_codes.restore_code(registration=registration, actor=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("%(name)s: the badge that was found is good again, the new one opens nothing.")
        messages.success(request, words % {"name": registration})
    return redirect("hackathon:desk_badge", registration.event.slug, registration.pk)
