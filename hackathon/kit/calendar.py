"""A calendar file (RFC 5545), as little of it as a programme needs: events with a start, an end, a title, a place.

Knows no hackathon. Times are written in UTC, so that no time zone has to be described.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

#: Octets in a line, its end left out (RFC 5545, 3.1).
LINE = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Entry:
    """One event of the calendar. `uid` stays the same when the event moves, so that calendars follow it."""

    uid: str
    starts_at: datetime
    ends_at: datetime | None
    title: str
    place: str = ""
    url: str = ""


def calendar_file(entries: Iterable[Entry], *, name: str, now: datetime) -> str:
    """The text of an `.ics` file, lines folded and ended as the standard asks. Times must be aware."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Palmares//Programme//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.uid)}",
            f"DTSTAMP:{_utc(now)}",
            f"DTSTART:{_utc(entry.starts_at)}",
        ]
        if entry.ends_at:
            lines.append(f"DTEND:{_utc(entry.ends_at)}")
        lines.append(f"SUMMARY:{_text(entry.title)}")
        if entry.place:
            lines.append(f"LOCATION:{_text(entry.place)}")
        if entry.url:
            lines.append(f"URL:{entry.url}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _text(value: str) -> str:
    return value.translate(ESCAPES)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _fold(line: str) -> str:
    """Break a long line between characters, never inside one: the limit counts octets."""
    parts: list[str] = []
    size = LINE + 1
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            parts.append("")
            size = 1 if len(parts) > 1 else 0  # the space that begins a continued line counts
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)
