"""What is answered where nothing is: a page to people, JSON to programs that speak to the API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views import defaults

from ..kit.api import problem


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Called for an address that leads nowhere, and for every Http404 that a page raises."""
    if not request.path_info.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    with override(get_language_from_request(request)):
        words = _("No such address in the API: look at its description, /api/v1/schema/.")
    return JsonResponse(
        problem("not_found", words), status=404, headers={"Cache-Control": "private, no-store"}
    )
