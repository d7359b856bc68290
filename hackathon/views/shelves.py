"""Roles, themes, questions and programme: four lists that an organiser adds to, changes, orders and removes from.

One set of views for the four; what differs is said once per list. What may be done is decided by the verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain import programme, questions, roles, themes
from ..forms import setup as forms
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, Question, Role, Theme
from .loaders import load_event


@dataclass(frozen=True)
class Shelf:
    """One of the lists. `thing` is what its verbs call a row; `move` is None where time gives the order."""

    key: str
    thing: str
    title: Any
    lead: Any
    new: Any
    empty: Any
    form: type[forms.SetupForm]
    rows: Callable[[Event], Any]
    save: Callable[..., Any]
    remove: Callable[..., None]
    move: Callable[..., None] | None = None
    arrange: Callable[..., None] | None = None

    @property
    def is_ordered(self) -> bool:
        """For templates, which would call a function they are shown."""
        return self.move is not None


SHELVES = {
    shelf.key: shelf
    for shelf in (
        Shelf(
            "roles",
            "role",
            gettext_lazy("Roles"),
            gettext_lazy("Who people come as. A role that nobody has yet can be removed."),
            gettext_lazy("Add a role"),
            gettext_lazy("People register in a role: add the first one, for instance “Developer”."),
            forms.RoleForm,
            lambda event: Role.objects.for_event(event).in_order(),
            roles.save_role,
            roles.remove_role,
            roles.move_role,
            roles.arrange_roles,
        ),
        Shelf(
            "themes",
            "theme",
            gettext_lazy("Themes"),
            gettext_lazy("What teams work on. A theme that nobody chose yet can be removed."),
            gettext_lazy("Add a theme"),
            gettext_lazy("People choose a theme and teams work on it: add the first one."),
            forms.ThemeForm,
            lambda event: Theme.objects.for_event(event).in_order(),
            themes.save_theme,
            themes.remove_theme,
            themes.move_theme,
            themes.arrange_themes,
        ),
        Shelf(
            "questions",
            "question",
            gettext_lazy("Questions"),
            gettext_lazy(
                "What the registration form asks besides name, skills and themes; for one role or everybody."
            ),
            gettext_lazy("Add a question"),
            gettext_lazy(
                "The form asks what is needed without them. Add one only if you will use the answers."
            ),
            forms.QuestionForm,
            lambda event: Question.objects.for_event(event).with_roles().in_order(),
            questions.save_question,
            questions.remove_question,
            questions.move_question,
            questions.arrange_questions,
        ),
        Shelf(
            "programme",
            "item",
            gettext_lazy("Programme"),
            gettext_lazy("The run sheet, in order of time. The public sees the lines marked so."),
            gettext_lazy("Add a line"),
            gettext_lazy("Nothing is planned yet: add the welcome, the opening, the deadline, the results."),
            forms.ProgrammeItemForm,
            lambda event: event.programme.all(),
            programme.save_item,
            programme.remove_item,
        ),
    )
}


@dataclass(frozen=True)
class Loaded:
    """A list of an event, with the row asked for (None for a new one)."""

    event: Event
    shelf: Shelf
    row: Any = None


def load_shelf(request: HttpRequest, event: str, shelf: str, row: int | None = None) -> Loaded:
    """A list of that event by its name, and one of its rows."""
    found = load_event(request, event)
    if shelf not in SHELVES:
        raise Http404
    if row is None:
        return Loaded(found, SHELVES[shelf])
    thing = SHELVES[shelf].rows(found).numbered(row).first()
    if thing is None:
        raise Http404
    thing.event = found
    return Loaded(found, SHELVES[shelf], thing)


@allowed("hackathon.change_event", load_shelf)
def shelf_page(request: HttpRequest, loaded: Loaded) -> HttpResponse:
    """The list."""
    context = {"shelf": loaded.shelf, "rows": list(loaded.shelf.rows(loaded.event))}
    return TemplateResponse(request, f"hackathon/setup_{loaded.shelf.key}_page.html", context)


@allowed("hackathon.change_event", load_shelf, methods=("GET", "POST"))
def shelf_form(request: HttpRequest, loaded: Loaded) -> HttpResponse:
    """A new row, or a change to one."""
    shelf = loaded.shelf
    form = shelf.form(loaded.event, request.POST if request.method == "POST" else None, instance=loaded.row)
    if request.method == "POST" and form.is_valid():
        try:
            thing = shelf.save(
                event=loaded.event, actor=request.user, **{shelf.thing: loaded.row}, **form.changes()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(thing)s” is saved.") % {"thing": thing})
            return redirect("hackathon:shelf", loaded.event.slug, shelf.key)
    context = {"shelf": shelf, "row": loaded.row, "form": form}
    return TemplateResponse(
        request, "hackathon/setup_form_page.html", context, status=422 if form.errors else 200
    )


@allowed("hackathon.change_event", load_shelf, methods=("POST",))
def shelf_move(request: HttpRequest, loaded: Loaded) -> HttpResponse:
    """A row goes up or down by one."""
    shelf = loaded.shelf
    if shelf.move is None:
        raise Http404
    shelf.move(**{shelf.thing: loaded.row}, up=request.POST.get("direction") == "up", actor=request.user)
    return redirect("hackathon:shelf", loaded.event.slug, shelf.key)


@allowed("hackathon.change_event", load_shelf, methods=("POST",))
def shelf_order(request: HttpRequest, loaded: Loaded) -> HttpResponse:
    """The whole list in another order: `order`, the numbers of its rows. Sent by static/palmares/js/reorder.js."""
    if loaded.shelf.arrange is None:
        raise Http404
    numbers = [int(each) for each in request.POST.getlist("order") if each.isdecimal() and len(each) < 18]
    try:
        loaded.shelf.arrange(event=loaded.event, order=numbers, actor=request.user)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({})


@allowed("hackathon.change_event", load_shelf, methods=("POST",))
def shelf_remove(request: HttpRequest, loaded: Loaded) -> HttpResponse:
    """A row goes, unless something would be lost with it."""
    shelf, said = loaded.shelf, {"thing": str(loaded.row)}
    try:
        shelf.remove(**{shelf.thing: loaded.row}, actor=request.user)
        messages.success(request, _("“%(thing)s” is removed.") % said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:shelf", loaded.event.slug, shelf.key)
