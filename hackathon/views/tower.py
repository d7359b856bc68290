"""The control tower: where the event stands, the one thing to do next, what needs watching, the run sheet.

It shows whatever the apps registered, without knowing who they are.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import clock, programme, windows
from ..enums import WindowKind
from ..forms.windows import PLANNED_HERE, WindowExtensionForm, WindowOverrideForm, WindowTimesForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..kit.registry import Figure, registry
from ..models import Event, Window
from .loaders import load_event, load_window
from .public import phase_rows

#: How pressing an alert is, the most pressing first.
LEVELS = ("bad", "late", "quiet")


@allowed("hackathon.see_tower", load_event)
def tower_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What the apps registered, the most pressing step alone, on the event’s clock."""
    steps = list(chain.from_iterable(panel.next_steps(event) for panel in registry.panels))
    alerts = list(chain.from_iterable(panel.alerts(event) for panel in registry.panels))
    day = programme.today(event)
    now = clock.now(event)
    context = {
        "step": max(steps, key=lambda step: step.urgency, default=None),
        "figures": [(figure, _whole(figure)) for panel in registry.panels for figure in panel.figures(event)],
        "alerts": sorted(alerts, key=lambda alert: LEVELS.index(alert.level)),
        "phases": phase_rows(event),
        "day": day,
        "is_today": day is not None and day.on == event.local(now).date(),
        "clock": _clock(event),
        "now": now,
    }
    return TemplateResponse(request, "hackathon/tower_page.html", context)


def _whole(figure: Figure) -> float | None:
    """What the bar under a figure is measured against, from its share; None for no bar."""
    if figure.share is None or isinstance(figure.value, str):
        return None
    return round(figure.value / figure.share, 1) if figure.share else 1


def _clock(event: Event) -> Window | None:
    """The window that is open and closes next: what the clock at the top counts down to."""
    open_now = [
        window for window in windows.windows_of(event) if windows.is_open(window) and not window.override
    ]
    return min(open_now, key=lambda window: window.closes_at, default=None)


@allowed("hackathon.change_windows", load_event, methods=("GET", "POST"))
def windows_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every window with its state and what can be done about it; POST plans one that is not there yet."""
    plans = _plans(event)
    asked = request.POST.get("kind", "")
    if request.method == "POST" and asked in plans:
        form = plans[asked] = WindowTimesForm(Window(event=event, kind=asked), request.POST)
        if form.is_valid() and _done(request, windows.set_window, form, event=event, kind=asked):
            return redirect("hackathon:windows", event.slug)
    return _windows(request, event, plans=plans)


@allowed("hackathon.change_windows", load_window, methods=("POST",))
def window_times(request: HttpRequest, window: Window) -> HttpResponse:
    """Another plan."""
    form = WindowTimesForm(window, request.POST)
    act = {"event": window.event, "kind": window.kind, "key": window.key}
    if form.is_valid() and _done(request, windows.set_window, form, **act):
        return redirect("hackathon:windows", window.event.slug)
    return _windows(request, window.event, changed=(window, "times", form))


@allowed("hackathon.change_windows", load_window, methods=("POST",))
def window_extension(request: HttpRequest, window: Window) -> HttpResponse:
    """Close later."""
    form = WindowExtensionForm(window, request.POST)
    if form.is_valid() and _done(request, windows.extend_window, form, window=window):
        return redirect("hackathon:windows", window.event.slug)
    return _windows(request, window.event, changed=(window, "extension", form))


@allowed("hackathon.change_windows", load_window, methods=("POST",))
def window_override(request: HttpRequest, window: Window) -> HttpResponse:
    """Open or close now, or back to the plan."""
    form = WindowOverrideForm(request.POST, prefix=f"override-{window.pk}")
    if form.is_valid() and _done(request, windows.override_window, form, window=window):
        return redirect("hackathon:windows", window.event.slug)
    return _windows(request, window.event, changed=(window, "override", form))


def _done(request: HttpRequest, verb: Any, form: Any, **act: Any) -> bool:
    """Run a verb with what the form holds; what it refuses is said in the form."""
    try:
        verb(**act, **form.cleaned_data, actor=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The window is changed."))
    return True


def _windows(request: HttpRequest, event: Event, *, plans: Any = None, changed: Any = None) -> HttpResponse:
    rows = []
    for window in windows.windows_of(event):
        row = {
            "window": window,
            "is_open": windows.is_open(window),
            "has_closed": windows.has_closed(window, clock.now(event)),
            "times": None if window.kind == WindowKind.SCORING else WindowTimesForm(window),
            "extension": WindowExtensionForm(window),
            "override": WindowOverrideForm(prefix=f"override-{window.pk}"),
        }
        if changed and changed[0] is window:
            row |= {changed[1]: changed[2], "is_changed": True}
        rows.append(row)
    is_wrong = changed or any(form.errors for form in (plans or {}).values())
    context = {"rows": rows, "plans": _plans(event) if plans is None else plans, "now": clock.now(event)}
    return TemplateResponse(request, "hackathon/windows_page.html", context, status=422 if is_wrong else 200)


def _plans(event: Event) -> dict[str, WindowTimesForm]:
    return {
        kind: WindowTimesForm(Window(event=event, kind=kind))
        for kind in PLANNED_HERE
        if not windows.window_of(event, kind)
    }
