"""The grid's page: criteria, weights and levels; frozen once a mark is given."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed

from ..domain import grids
from ..forms.grids import GridForms
from ..models import Grid
from .grid_files import load_grid_version
from .loaders import load_grid


@allowed("judging.change_jury", load_grid, methods=("GET", "POST"))
def grid_page(request: HttpRequest, grid: Grid) -> HttpResponse:
    """The newest grid."""
    return edit(request, grid)


@allowed("judging.change_jury", load_grid_version, methods=("GET", "POST"))
def grid_version_page(request: HttpRequest, grid: Grid) -> HttpResponse:
    """One version: a round may have a grid of its own."""
    return edit(request, grid)


def edit(request: HttpRequest, grid: Grid) -> HttpResponse:
    """Read the grid, change it, or make its next version."""
    forms = GridForms(grid, request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and forms.is_valid():
        try:
            changed = grids.change_grid(grid=grid, actor=request.user, **forms.wanted())  # type: ignore[arg-type]
        except grids.GridRefused as refusal:
            problems = refusal.details["problems"]
        else:
            messages.success(
                request, _("Version %(version)s of the grid is saved.") % {"version": changed.version}
            )
            return redirect("judging:grid_version", grid.event.slug, changed.version)
    status = 422 if request.method == "POST" else 200
    versions = Grid.objects.for_event(grid.event).latest_first()
    context = {"grid": grid, "forms": forms, "problems": problems, "versions": versions}
    return TemplateResponse(request, "judging/grid_page.html", context, status=status)
