"""Template tags of the visual language: icons, attributes, moments, time left, titles in their own language, roles.

They turn values into HTML. They refuse to query: whatever they need arrives as an argument.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

import lucide
from django import template
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..domain.purging import Delays

register = template.Library()

ROLE_COLOURS = ("developer", "designer", "entrepreneur", "public", "startup", "other")


@lru_cache(maxsize=256)
def drawn_icon(name: str, size: int, label: str) -> SafeString:
    """One lucide icon as inline SVG; decorative without a label, an image with a name otherwise."""
    meaning = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return mark_safe(
        lucide._render_icon(
            name, size, **{"class": "icon", "focusable": "false", "stroke-width": "2", **meaning}
        )
    )


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """`{% icon "check" %}`: a lucide icon in the current colour. Raises IconDoesNotExist for an unknown name."""
    return drawn_icon(str(name), int(size), str(label))


@register.simple_tag
def attributes(attrs: Mapping[str, object]) -> SafeString:
    """The attributes a component passes through, each escaped (cotton's own `{{ attrs }}` escapes nothing).

    True gives a bare attribute; False and None give none.
    """
    # cotton's Attrs leaves out, in attrs_dict(), what the component declared for itself
    pairs = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else attrs
    parts = []
    for name, value in pairs.items():
        if value is None or value is False:
            continue
        parts.append(format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value))
    return mark_safe("".join(parts))


@register.simple_tag
def moment(value: datetime | None, form: str = "full") -> str:
    """A `<time>` in the current time zone. Forms: full (day and time), day, short (day without year and time), time."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    patterns = {"full": _("j F Y, H:i"), "day": _("j F Y"), "short": _("j M, H:i"), "time": _("H:i")}
    return format_html(
        '<time class="num" datetime="{}">{}</time>', local.isoformat(), format_date(local, patterns[form])
    )


def time_left_text(left: timedelta) -> str:
    """« 3 days », « 4 h 05 », « 9:32 »; the same steps as countdown.js, so that nothing jumps when it takes over."""
    seconds = max(0, int(left.total_seconds()))
    if seconds >= 48 * 3600:
        days = seconds // 86400
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if seconds >= 600:
        minutes = seconds // 60
        return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02}"
    return f"{seconds // 60}:{seconds % 60:02}"


@register.simple_tag
def time_left(deadline: datetime, now: datetime) -> str:
    """The time from `now` (the event's clock) to `deadline`, in words of one line; 0:00 once past."""
    return time_left_text(deadline - now)


@register.simple_tag
def duration(length: timedelta) -> str:
    """A length of time in whole minutes: « 7 min », « 1 h 05 »."""
    minutes = max(0, int(length.total_seconds())) // 60
    return f"{minutes // 60}\u00a0h\u00a0{minutes % 60:02}" if minutes >= 60 else f"{minutes}\u00a0min"


@register.simple_tag
def time_since(moment: datetime, now: datetime) -> str:
    """How long ago that was on the event's clock, as `duration` says it."""
    return duration(now - moment)


@register.simple_tag
def data_script(data: object, kind: str = "application/ld+json") -> SafeString:
    """Data for machines inside the page: a block of JSON that no browser runs, whatever its texts say."""
    safe = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    text = json.dumps(data, ensure_ascii=False).translate(safe)
    return format_html('<script type="{}">{}</script>', kind, mark_safe(text))


@register.filter
def isoformat(value: datetime) -> str:
    """The moment for a machine: ISO 8601 with its offset."""
    return value.isoformat()


@register.simple_tag
def translated(thing: object, field: str) -> str:
    """A translatable field, marked with its own language when that is not the page's.

    Looks for `field_fr`, `field_en`… (as django-modeltranslation names them): the page's language first, then
    the fallbacks. Empty if the thing is None.
    """
    if thing is None:
        return ""
    page = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for language in (page, *settings.MODELTRANSLATION_FALLBACK_LANGUAGES):
        value = getattr(thing, f"{field}_{language}", "")
        if value:
            if language == page:
                return conditional_escape(value)
            return format_html('<span lang="{}">{}</span>', language, value)
    return conditional_escape(getattr(thing, field, "") or "")


@register.simple_tag
def theme_title(theme: object, field: str = "title") -> str:
    """A theme's title (or `field="short_title"`), marked `lang="fr"` on an English page that shows the French one."""
    return translated(theme, field)


@register.simple_tag
def role_chip(role: object | None) -> str:
    """A role's chip: colour *and* text. None means not shown: « Participant », so that no blank tells anything.

    Whether the viewer may see a role is decided before: a private or unchosen one must arrive as None.
    """
    colour = getattr(role, "colour", "other")
    colour = colour if colour in ROLE_COLOURS else "other"
    name = translated(role, "name") if role is not None else _("Participant")
    return format_html('<span class="chip role role-{}">{}</span>', colour, name)


@register.simple_tag
def retention() -> Delays:
    """`{% retention as keeps %}`: how long things are kept, as the purge does it: {{ keeps.needs }} days, and so on."""
    return Delays()


@register.simple_tag
def pass_address(after: str | None) -> str:
    """Where the code of a printed slip is typed, for the event whose page one was going to; "" without one."""
    wanted = urlsplit(after or "")
    try:
        event = resolve(wanted.path).kwargs.get("event") if not wanted.netloc else None
    except Resolver404:
        return ""
    return reverse("hackathon:pass", args=[event]) if isinstance(event, str) else ""
