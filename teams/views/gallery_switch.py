"""Opening the gallery before the results, and closing it again: the organiser's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.models import Event
from hackathon.views.loaders import actor_of, load_event

from ..domain import gallery


@allowed("teams.open_gallery", load_event, methods=("GET", "POST"))
def switch_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Where it stands, and the one button that changes it."""
    act, reason, refusal = request.POST.get("act"), request.POST.get("reason", "").strip()[:250], None
    if act in ("open", "close"):
        change = gallery.open_gallery if act == "open" else gallery.close_gallery
        try:
            change(event=event, actor=actor_of(request), reason=reason)
        except gallery.GalleryRefused as stopped:
            refusal = stopped
        else:
            said = _("Everybody can read the projects now.") if act == "open" else _("The gallery is closed.")
            messages.success(request, said)
            return redirect("teams:gallery_switch", event.slug)
    context = {"is_open": gallery.is_open(event), "reason": reason, "refusal": refusal}
    return TemplateResponse(request, "teams/gallery_switch_page.html", context)
