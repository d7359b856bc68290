"""Checking the code of a document: asks nobody who they are, and says no more than the paper in their hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..domain import verifying_codes
from ..kit.access import public


@public()
def verify_page(request: HttpRequest, code: str) -> HttpResponse:
    """Whether that code is of a document we made, and whether it still stands. No limit: 80 bits need none, and a
    venue or a job centre is one address."""
    found = verifying_codes.look_up(code[:80])
    template, said = found or ("", {})
    context = {"part": template, "code": code[:80], **said}
    response = TemplateResponse(request, "hackathon/verify_page.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
