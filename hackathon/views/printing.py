"""Answering with a PDF, and asking for long printing: what the pages of badges, sheets and attestations share."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from ..kit.errors import Refused


def as_pdf(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A PDF that no cache keeps: it holds somebody's name."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def refused(request: HttpRequest, refusal: Refused, where: str, *args: object) -> HttpResponse:
    """Say it on the page one came from."""
    messages.error(request, str(refusal))
    return redirect(where, *args)
