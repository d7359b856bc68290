"""The files of the project on a ballot, for its juror: the same bytes, by the juror's own right."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from hackathon.kit.access import allowed
from teams.domain import project_files
from teams.models import ProjectFile
from teams.views import files

from ..models import Ballot
from .loaders import load_ballot


@allowed("judging.see_ballot", load_ballot)
def file(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """One of them, to be saved."""
    return files.send(_of(request, ballot))  # type: ignore[return-value]


@allowed("judging.see_ballot", load_ballot)
def picture(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """An image as we drew it again."""
    width = int(request.resolver_match.kwargs["width"])  # type: ignore[union-attr]
    return files.send_picture(_of(request, ballot), width)  # type: ignore[return-value]


def _of(request: HttpRequest, ballot: Ballot) -> ProjectFile:
    wanted = request.resolver_match.kwargs["file"]  # type: ignore[union-attr]
    found = next((each for each in project_files.kept_files(ballot.project) if each.pk == wanted), None)
    if found is None:
        raise Http404
    return found
