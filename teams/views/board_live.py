"""What board.js asks while somebody works: what each team would change for a person, and what others have done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.kit.access import allowed

from ..domain.board import Board
from ..domain.board_words import changes_since
from ..forms.formation import NOWHERE
from ..models import Proposal
from .loaders import load_proposal, load_proposal_state


@allowed("teams.form_teams", load_proposal)
def offers(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """For `?person=`: why they are where they are, whether they are locked, and what each place would change."""
    board, person = Board(proposal), request.GET.get("person", "")
    if person not in board.people or not proposal.is_open:
        return JsonResponse({"message": _("This person is not on the board any more.")}, status=409)
    places = {
        place or NOWHERE: {"short": _short(points), "words": _words(points, breaks), "breaks": bool(breaks)}
        for place, (points, breaks) in board.offers_for(person).items()
    }
    return JsonResponse(
        {
            "who": board.people[person].person.full_name,
            "why": " ".join(board.reasons_for(person)),
            "is_locked": int(person) in board.held,
            "has_team": person in board.proposal.plan["why"],
            "version": proposal.version,
            "places": places,
        }
    )


def _short(points: int) -> str:
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "="


def _words(points: int, breaks: list[str]) -> str:
    """« 20 points fewer. » and the rules it would break."""
    if points > 0:
        said = ngettext("%(count)s point more.", "%(count)s points more.", points) % {"count": points}
    elif points < 0:
        said = ngettext("%(count)s point fewer.", "%(count)s points fewer.", -points) % {"count": -points}
    else:
        said = _("The cost does not change.")
    return " ".join([said, *([_("This breaks a rule:"), *breaks] if breaks else [])])


@allowed("teams.form_teams", load_proposal_state)
def changes(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Nothing (304) while the board is at the version that one has; else what others have done since `?since=`."""
    etag = f'"{proposal.version}-{proposal.state}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    since = request.GET.get("since", "")
    said = changes_since(proposal, int(since) if since.isdecimal() else proposal.version)
    answer = {"version": proposal.version, "is_open": proposal.is_open, "said": said}
    return JsonResponse(answer, headers={"ETag": etag, "Cache-Control": "no-cache"})
