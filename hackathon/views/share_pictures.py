"""Pictures of shared links: drawn once, kept in the cache under what they say, and the event's own."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from ..domain.event_words import dates, place
from ..kit.access import allowed
from ..kit.freshness import AN_HOUR, public_answer
from ..kit.share_picture import SharePicture
from ..models import Event
from .loaders import load_event

#: Seconds that a drawing is kept: what it says is in its key, so that it never grows stale.
A_MONTH = 30 * 86_400


def picture_answer(request: HttpRequest, picture: SharePicture, *, seconds: int = AN_HOUR) -> HttpResponse:
    """The PNG, or 304 for whoever has it."""

    def make() -> HttpResponse:
        key = f"share-picture:{picture.digest}"
        content = cache.get(key)
        if content is None:
            content = picture.png()
            cache.set(key, content, A_MONTH)
        return HttpResponse(content, content_type="image/png")

    return public_answer(request, f'"{picture.digest[:40]}"', make, seconds=seconds)


@allowed("hackathon.see_event", load_event)
def event_picture(request: HttpRequest, event: Event) -> HttpResponse:
    """Its name, dates and place. Whoever prepares an event that is not public yet sees it too; caches do not."""
    picture = SharePicture(
        title=event.name, over=dates(event), text=" · ".join(event.organisers), foot=place(event)
    )
    response = picture_answer(request, picture)
    if not event.is_public:
        response["Cache-Control"] = "private, no-store"
    return response
