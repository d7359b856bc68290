"""Saved mappings of a list's columns: renamed and deleted here, saved on the rehearsal page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..domain import roster
from ..kit.access import allowed
from ..models import ImportProfile
from .loaders import actor_of, load_event


def load_profile(request: HttpRequest, event: str, profile: int, **others: Any) -> ImportProfile:
    """A mapping saved in that event."""
    subject = load_event(request, event)
    found = ImportProfile.objects.for_event(subject).with_number(profile)
    if found is None:
        raise Http404
    found.event = subject
    return found


@allowed("hackathon.import_registrations", load_profile, methods=("POST",))
def import_profile_rename(request: HttpRequest, profile: ImportProfile) -> HttpResponse:
    """Give it another name."""
    try:
        roster.rename_profile(profile=profile, name=request.POST.get("name", ""), actor=actor_of(request))
        messages.success(request, _("It is called “%(name)s” now.") % {"name": profile.name})
    except roster.ProfileRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:import", profile.event.slug)


@allowed("hackathon.import_registrations", load_profile, methods=("POST",))
def import_profile_remove(request: HttpRequest, profile: ImportProfile) -> HttpResponse:
    """Forget it."""
    name = profile.name
    roster.remove_profile(profile=profile, actor=actor_of(request))
    messages.success(request, _("“%(name)s” is deleted; the people imported with it stay.") % {"name": name})
    return redirect("hackathon:import", profile.event.slug)
