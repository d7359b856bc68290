"""The public programme as the `schedule.json` that schedule apps read.

Format: the C3VOC schedule schema, https://c3voc.de/schedule/schema.json. Times are those of the venue.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.text import slugify

from ..models import Event, ProgrammeItem
from . import programme

GENERATOR = {"name": "Palmarès", "version": "0.1.0"}
SLOT = timedelta(minutes=5)


def schedule(event: Event, *, url: str, language: str) -> dict[str, Any]:
    """The whole schedule; `url` is the page of the programme. Two queries, whatever the number of lines."""
    days = programme.run_sheet(event, public_only=True)
    lines = [line.item for day in days for line in day.lines]
    ends = _ends(lines)
    dates = [day.on for day in days] or [day.on for day in event.whole_days]
    return {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": GENERATOR,
        "schedule": {
            "url": url,
            "version": _version(lines),
            "base_url": url,
            "conference": {
                "acronym": event.slug,
                "title": str(event),
                "start": dates[0].isoformat() if dates else None,
                "end": dates[-1].isoformat() if dates else None,
                "daysCount": len(days),
                "timeslot_duration": _hours(SLOT),
                "time_zone_name": event.timezone,
                "url": url,
                "rooms": [{"name": room} for room in dict.fromkeys(_room(event, item) for item in lines)],
                "tracks": [],
                "days": [
                    {
                        "index": day.number,
                        "date": day.on.isoformat(),
                        "day_start": _midnight(event, day.lines[0].item).isoformat(),
                        "day_end": (_midnight(event, day.lines[0].item) + timedelta(days=1)).isoformat(),
                        "rooms": _rooms(event, [line.item for line in day.lines], ends, url, language),
                    }
                    for day in days
                ],
            },
        },
    }


def _version(items: list[ProgrammeItem]) -> str:
    """Another one as soon as a line says something else: apps compare it."""
    said = [(item.pk, item.title, item.room, item.starts_at, item.ends_at) for item in items]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def _ends(items: list[ProgrammeItem]) -> dict[int, datetime]:
    """When each line ends: as written, else when the next one of that day begins, else at once."""
    found = {}
    for item, after in zip(items, [*items, None][1:], strict=True):
        is_same_day = after is not None and after.starts_at - item.starts_at < timedelta(hours=12)
        found[item.pk] = item.ends_at or (
            after.starts_at if after is not None and is_same_day else item.starts_at
        )
    return found


def _room(event: Event, item: ProgrammeItem) -> str:
    return item.room or event.venue or str(event)


def _midnight(event: Event, item: ProgrammeItem) -> datetime:
    return datetime.combine(event.local(item.starts_at).date(), time(), tzinfo=event.zone)


def _hours(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _rooms(
    event: Event, items: list[ProgrammeItem], ends: dict[int, datetime], url: str, language: str
) -> dict[str, list[dict[str, Any]]]:
    rooms: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        starts = event.local(item.starts_at)
        rooms.setdefault(_room(event, item), []).append(
            {
                "id": item.pk,
                "guid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{event.slug}/programme/{item.pk}")),
                "code": str(item.pk),
                "date": starts.isoformat(),
                "start": starts.strftime("%H:%M"),
                "duration": _hours(ends[item.pk] - item.starts_at),
                "room": _room(event, item),
                "slug": f"{event.slug}-{item.pk}-{slugify(item.title)}",
                "url": url,
                "title": item.title,
                "subtitle": None,
                "track": None,
                "type": "other",
                "language": language,
                "abstract": None,
                "description": None,
                "logo": None,
                "persons": [],
                "links": [],
                "attachments": [],
            }
        )
    return rooms
