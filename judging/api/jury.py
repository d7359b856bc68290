"""Jurors and rounds over the API, for those who look after the jury: no mark and no total is read here."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hackathon.api.loaders import load_own_event
from hackathon.kit.api import ApiView
from hackathon.models import Event

from ..domain import convening, progress
from ..models import Juror, Round
from . import serializers
from .loaders import load_juror, load_round


class JurorsView(ApiView):
    guards = {
        "GET": ("judging.see_coverage", load_own_event),
        "POST": ("judging.change_jury", load_own_event),
    }

    @extend_schema(responses=serializers.JurorSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        """The jury, whoever presides first."""
        return self.page(Juror.objects.for_event(self.subject).with_people(), serializers.JurorSerializer)

    @extend_schema(request=serializers.NewJuror, responses={201: serializers.JurorSerializer})
    def post(self, request: Request, **names: Any) -> Response:
        """Add somebody to the jury, and write to them."""
        juror = convening.add_juror(event=self.subject, actor=request.user, **self.sent(serializers.NewJuror))  # type: ignore[arg-type]
        return self.show(juror, serializers.JurorSerializer, status=201)


class JurorView(ApiView):
    guards = {"GET": ("judging.see_coverage", load_juror)}

    @extend_schema(responses=serializers.JurorSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.JurorSerializer)


class RoundsView(ApiView):
    """Rounds with their grid, panels, running order and progress."""

    guards = {"GET": ("judging.see_coverage", load_own_event)}

    @extend_schema(responses=serializers.RoundSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        rounds = Round.objects.for_event(self.subject).with_grid().with_passages().in_order()
        return self.page(rounds, serializers.RoundSerializer, progress=progress_of(self.subject))


class RoundView(ApiView):
    guards = {"GET": ("judging.see_coverage", load_round)}

    @extend_schema(responses=serializers.RoundSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return show_round(self.subject)


class OpenRoundView(ApiView):
    """Let the jury mark, within the round's hours; draws the running order if that was not done."""

    guards = {"POST": ("judging.open_round", load_round)}

    @extend_schema(request=serializers.Draw, responses=serializers.RoundSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        convening.open_round(round=self.subject, actor=request.user, **self.sent(serializers.Draw))  # type: ignore[arg-type]
        return show_round(load_round(request, **names))


class CloseRoundView(ApiView):
    """Close the round: its ballots no longer change. Refused while a ballot is missing, naming each."""

    guards = {"POST": ("judging.close_round", load_round)}

    @extend_schema(request=None, responses=serializers.RoundSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        convening.close_round(round=self.subject, actor=request.user)  # type: ignore[arg-type]
        return show_round(load_round(request, **names))


def show_round(round: Round) -> Response:
    """A round with its progress."""
    context = {"progress": progress_of(round.event)}
    return Response(serializers.RoundSerializer(round, context=context).data)


def progress_of(event: Event) -> dict[int, progress.RoundProgress]:
    """Each round's progress, by its id: asked once, whatever the number of rounds."""
    return {one.round.pk: one for one in progress.of_event(event)}
