"""Dates as ticket shops, forms and spreadsheets write them → aware datetimes. Pure.

It refuses to guess silently: what cannot be read is None, and the order of day and month is settled per column.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from ...kit.folding import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars march mar", "avril avr april apr",
            "mai may", "juin june jun", "juillet juil july jul", "aout august aug",
            "septembre sept sep september", "octobre oct october", "novembre nov november", "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = (
    r"(?:[\sT,]+(?:a|at|@)?\s*(?P<hour>\d{1,2})\s*[:h]\s*(?P<minute>\d{2})?(?:[:m](?P<second>\d{2})(?:\.\d+)?s?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?"
)
_ZONE = r"\s*(?P<zone>z|(?:utc|gmt)?\s*[+\-−]\s*\d{1,2}(?::?\d{2})?|utc|gmt|cest|cet)?$"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME + _ZONE, re.I)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + _TIME + _ZONE, re.I
)
_WORDS = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<name>[a-z]{3,9})\.?,?"
    r"|(?P<name2>[a-z]{3,9})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?)\s+(?P<year>\d{4})" + _TIME + _ZONE,
    re.I,
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?$")
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 Excel's, made aware below


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether a column of 9/20/2016 is American: some second number is past 12 and no first number is."""
    american = False
    for text in texts:
        if found := _DAY_FIRST.match(_plain(text)):
            if int(found["day"]) > 12:
                return False
            american = american or int(found["month"]) > 12
    return american


def moment(text: str, zone: ZoneInfo, *, month_first: bool = False) -> dt.datetime | None:
    """The moment a cell names, in `zone` unless the cell states an offset (which is believed); None if unreadable."""
    plain = _plain(text)
    try:
        if _SERIAL.match(plain):
            when = _EPOCH + dt.timedelta(minutes=round(float(plain.replace(",", ".")) * 1440))
            return when.replace(tzinfo=zone) if 1990 <= when.year <= 2100 else None
        if found := _YEAR_FIRST.match(plain):
            return _build(found, int(found["month"]), int(found["day"]), zone)
        if found := _DAY_FIRST.match(plain):
            day, month = int(found["day"]), int(found["month"])
            if (month_first or month > 12) and day <= 12:
                day, month = month, day
            return _build(found, month, day, zone)
        if found := _WORDS.match(fold(plain).replace(" :", ":")):
            month_name = found["name"] or found["name2"]
            return _build(found, _MONTHS[month_name], int(found["day"] or found["day2"]), zone)
    except (ValueError, KeyError, OverflowError):
        return None
    return None


def day_named(text: str, dates: Iterable[dt.date]) -> dt.date | None:
    """Which of `dates` a column's name speaks of (« Présence 18/11 », « samedi 19 novembre »), if exactly one."""
    folded = fold(text)
    found = []
    for date in dates:
        words = "|".join(name for name, number in _MONTHS.items() if number == date.month)
        figures = rf"\b0?{date.day}[/. ]0?{date.month}\b|\b{date.month}/{date.day}\b"
        if re.search(rf"{figures}|\b{date.day}(?:er)? (?:{words})\b|\b(?:{words}) {date.day}\b", folded) or (
            fold(date.isoformat()) in folded
        ):
            found.append(date)
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace(" à ", " ").split())


def _build(found: re.Match[str], month: int, day: int, zone: ZoneInfo) -> dt.datetime:
    year = int(found["year"])
    year += 2000 if year < 100 else 0
    hour, half = int(found["hour"] or 0), (found["half"] or "").lower()
    if half and 1 <= hour <= 12:  # some exports write « 13:05 PM »: then the figure is believed
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    moment_there = dt.datetime(
        year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=zone
    )
    stated = (found["zone"] or "").lower().replace("−", "-").replace(" ", "")
    if not stated or stated in ("cet", "cest"):
        return moment_there
    return moment_there.replace(tzinfo=_offset(stated))


def _offset(stated: str) -> dt.timezone:
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", stated)
    if not found:
        return dt.UTC
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return dt.timezone(dt.timedelta(minutes=minutes if found[1] == "+" else -minutes))
