"""A juror's own ballots over the API: read, mark, hand in, stand aside. Nobody else's are ever found here.

A mark asks for the ballot alone: once it is closed, the verb's own sentence answers, and a repeat is still harmless.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from hackathon.api.loaders import load_own_event
from hackathon.api.serializers import NeededReasonSerializer
from hackathon.kit.api import ApiView, answers

from ..domain import scoring
from ..models import Ballot
from . import serializers
from .loaders import load_ballot, load_jury_ballot

answers(404, scoring.UnknownCriterion)
answers(422, scoring.OutOfScale, scoring.ReasonNeeded)

KEY_LENGTH = 64


class BallotsView(ApiView):
    """The caller's own ballots with their marks, in the running order, of the rounds that have been opened."""

    guards = {"GET": ("judging.see_my_projects", load_own_event)}

    @extend_schema(responses=serializers.BallotSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        own = Ballot.objects.for_event(self.subject).of(request.user).being_judged()  # type: ignore[arg-type]
        return self.page(own.with_projects().with_marks().in_running_order(), serializers.BallotSerializer)


class BallotView(ApiView):
    guards = {"GET": ("judging.see_ballot", load_ballot), "PATCH": ("judging.write_ballot", load_ballot)}

    @extend_schema(responses=serializers.WholeBallotSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.WholeBallotSerializer)

    @extend_schema(request=serializers.Texts, responses=serializers.WholeBallotSerializer)
    def patch(self, request: Request, **names: Any) -> Response:
        """Keep the private note and the comment for the team."""
        scoring.save_texts(ballot=self.subject, actor=request.user, **self.sent(serializers.Texts))  # type: ignore[arg-type]
        return self.show(load_ballot(request, **names), serializers.WholeBallotSerializer)


class MarkView(ApiView):
    """One mark of one's own ballot, by the key of its criterion."""

    guards = {"PUT": ("judging.write_ballot", load_ballot)}

    @extend_schema(request=serializers.MarkChange, responses=serializers.SavedMark)
    def put(self, request: Request, criterion: str, **names: Any) -> Response:
        """Save the mark. Sent again with the same key, it answers the same and writes nothing.

        409 `stale_mark` when another device was first: `details` hold the mark as it is now.
        """
        sent = self.sent(serializers.MarkChange)
        key = self.idempotency_key
        if not 0 < len(key) <= KEY_LENGTH:
            raise ValidationError(
                {"key": [_("Name this tap, in `key` or in Idempotency-Key: 1 to 64 characters.")]}
            )
        mark: Any = scoring.record_mark(
            ballot=self.subject,
            criterion=criterion,
            value=sent["value"],
            version=sent["version"],
            key=key,
            actor=request.user,  # type: ignore[arg-type]
        )
        done = {name: getattr(mark, name) for name in ("value", "version", "saved_at", "ballot")}
        return self.show({"criterion": criterion, **done}, serializers.SavedMark)


class HandInView(ApiView):
    """Hand in a complete ballot; harmless when it was handed in already. The answer holds its receipt."""

    guards = {"POST": ("judging.write_ballot", load_ballot)}

    @extend_schema(request=None, responses=serializers.WholeBallotSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        scoring.hand_in(ballot=self.subject, actor=request.user)  # type: ignore[arg-type]
        return self.show(load_ballot(request, **names), serializers.WholeBallotSerializer)


class RecuseView(ApiView):
    """Stand aside from a project, for a reason: the ballot no longer counts."""

    guards = {"POST": ("judging.write_ballot", load_ballot)}

    @extend_schema(request=NeededReasonSerializer, responses=serializers.WholeBallotSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        scoring.recuse(ballot=self.subject, actor=request.user, **self.sent(NeededReasonSerializer))  # type: ignore[arg-type]
        return self.show(load_ballot(request, **names), serializers.WholeBallotSerializer)


class ReopenView(ApiView):
    """Give a ballot back to its juror, for a reason: the president's act."""

    guards = {"POST": ("judging.reopen_ballot", load_jury_ballot)}

    @extend_schema(request=NeededReasonSerializer, responses=serializers.Reopened)
    def post(self, request: Request, **names: Any) -> Response:
        ballot = scoring.reopen(ballot=self.subject, actor=request.user, **self.sent(NeededReasonSerializer))  # type: ignore[arg-type]
        return self.show(ballot, serializers.Reopened)
