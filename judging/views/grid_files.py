"""A grid as a file, out and in; as the juror sees it; and which grid a round is marked on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.views.loaders import load_event

from ..domain import grid_exchange, grids
from ..forms.grid_files import GridFileForm, RoundGridForm
from ..models import Grid, Round
from .loaders import load_round


def load_grid_version(request: HttpRequest, event: str, version: int) -> Grid:
    """One version of that event's grid."""
    found_event = load_event(request, event)
    found = Grid.objects.for_event(found_event).numbered(version).with_criteria().first()
    if found is None:
        raise Http404
    found.event = found_event
    return found


@allowed("judging.change_jury", load_grid_version)
def export_grid(request: HttpRequest, grid: Grid) -> HttpResponse:
    """The grid as a JSON file."""
    response = HttpResponse(grid_exchange.written(grid), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{grid.event.slug}-grid-{grid.version}.json"'
    return response


@allowed("judging.change_jury", load_grid_version)
def preview_grid(request: HttpRequest, grid: Grid) -> HttpResponse:
    """The grid as a juror has it before them, on nothing."""
    total = sum(criterion.weight for criterion in grid.criteria.all())
    levels = [{"value": one.value, "label": one.label, "guide": one.sentence} for one in grid.levels.all()]
    context = {"grid": grid, "levels": levels, "total": total}
    return TemplateResponse(request, "judging/grid_preview_page.html", context)


@allowed("judging.change_jury", load_grid_version, methods=("GET", "POST"))
def import_grid(request: HttpRequest, grid: Grid) -> HttpResponse:
    """Replace the grid by a file's, or make the next version of it, for a reason, once it is frozen."""
    form = GridFileForm(request.POST or None, request.FILES or None, is_frozen=grid.frozen_at is not None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            rows = grid_exchange.read(form.cleaned_data["file"].read())
            reason = form.cleaned_data.get("reason", "")
            changed = grids.change_grid(grid=grid, actor=request.user, reason=reason, **rows)  # type: ignore[arg-type]
        except grids.GridRefused as refusal:
            problems = refusal.details["problems"]
        else:
            messages.success(
                request, _("Version %(version)s of the grid is saved.") % {"version": changed.version}
            )
            return redirect("judging:grid_version", grid.event.slug, changed.version)
    context = {"grid": grid, "form": form, "problems": problems}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "judging/grid_import_page.html", context, status=status)


@allowed("judging.change_jury", load_round, methods=("GET", "POST"))
def round_grid(request: HttpRequest, round: Round) -> HttpResponse:
    """Which grid this round is marked on: another version, or a copy of its own."""
    form = RoundGridForm(request.POST or None, event=round.event, initial={"grid": round.grid_id})
    if request.method == "POST" and ("own" in request.POST or form.is_valid()):
        try:
            if "own" in request.POST:
                made = grid_exchange.give_own_grid(round=round, actor=request.user)  # type: ignore[arg-type]
                messages.success(request, _("This round has a grid of its own: change it here."))
                return redirect("judging:grid_version", round.event.slug, made.version)
            grid_exchange.use_grid(round=round, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The round “%(round)s” has another grid.") % {"round": round})
        return redirect("judging:round_grid", round.event.slug, round.key)
    context = {"round": round, "form": form, "grid": round.grid}
    return TemplateResponse(
        request, "judging/round_grid_page.html", context, status=422 if form.errors else 200
    )
