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
from .programme import Day, Line

GENERATOR = {"name": "Palmarès", "version": "0.1.0"}
SLOT = timedelta(minutes=5)


def schedule(event: Event, *, url: str, language: str) -> dict[str, Any]:
    """The whole schedule; `url` is the page of the programme. Two queries, whatever the number of lines."""
    days = programme.run_sheet(event, public_only=True)
    lines = [line for day in days for line in day.lines]
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
                "rooms": [
                    {"name": room} for room in dict.fromkeys(_room(event, line.item) for line in lines)
                ],
                "tracks": [],
                "days": [
                    {
                        "index": day.number,
                        "date": day.on.isoformat(),
                        "day_start": _midnight(event, day).isoformat(),
                        "day_end": (_midnight(event, day) + timedelta(days=1)).isoformat(),
                        "rooms": _rooms(event, day, url, language),
                    }
                    for day in days
                ],
            },
        },
    }


def _version(lines: list[Line]) -> str:
    """Another one as soon as a line says something else: apps compare it."""
    said = [
        (line.item.pk, line.item.title, line.item.room, line.item.starts_at, line.ends_at) for line in lines
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def _room(event: Event, item: ProgrammeItem) -> str:
    return item.room or event.venue or str(event)


def _midnight(event: Event, day: Day) -> datetime:
    return datetime.combine(day.on, time(), tzinfo=event.zone)


def _hours(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _rooms(event: Event, day: Day, url: str, language: str) -> dict[str, list[dict[str, Any]]]:
    rooms: dict[str, list[dict[str, Any]]] = {}
    for line in day.lines:
        item = line.item
        starts = event.local(item.starts_at)
        rooms.setdefault(_room(event, item), []).append(
            {
                "id": item.pk,
                "guid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{event.slug}/programme/{item.pk}")),
                "code": str(item.pk),
                "date": starts.isoformat(),
                "start": starts.strftime("%H:%M"),
                "duration": _hours(line.ends_at - item.starts_at),
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
