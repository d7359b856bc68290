"""Public answers that caches may keep for a while: who may, how long, and « not modified » for what has not changed.

The tag is a digest of what is answered, asked only once the guard has let the request in: an answer that does not
exist has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

#: Seconds that others may show what they have without asking again.
A_MINUTE, AN_HOUR = 60, 3600


def tag_of(*parts: Any) -> str:
    """A strong ETag for what those parts say; they must have a stable `repr`."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:40]}"'


def public_answer(
    request: HttpRequest, tag: str, make: Callable[[], HttpResponse], *, seconds: int = A_MINUTE
) -> HttpResponse:
    """What `make` answers, with its tag; or 304 and nothing made, for whoever has it already."""
    response = get_conditional_response(request, etag=tag)
    if response is None or response.status_code != 304:
        response = make()
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response


def page_answer(request: HttpRequest, tag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The same for a whole page, which says who is signed in: kept and compared for strangers only."""
    if request.COOKIES:
        response = make()
        response["Cache-Control"] = "private, no-cache"
    else:
        response = public_answer(request, tag, make)
    patch_vary_headers(response, ["Cookie"])
    return response
