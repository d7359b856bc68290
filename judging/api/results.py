"""Rankings, the decision and the results over the API. Before publication there is nothing here for the public."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hackathon.api.loaders import load_own_event
from hackathon.kit.access import may
from hackathon.kit.api import ApiView, answers
from hackathon.models import Event

from ..domain import deliberating, publishing, rank_tables, sealing
from ..models import Decision
from . import results_serializers as serializers
from .loaders import load_results

answers(422, deliberating.DecisionRefused)


class RankingView(ApiView):
    """Each closed round's rankings, after the tie ladder, for the president and the secretary."""

    guards = {"GET": ("judging.see_ranking", load_own_event)}

    @extend_schema(responses=serializers.RankingSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        rounds = [
            {"round": round.key, "name": round.name, "panels": tables}
            for round, tables in rank_tables.of_event(self.subject)
        ]
        return self.show({"rounds": rounds}, serializers.RankingSerializer)


class AwardsView(ApiView):
    guards = {"GET": ("judging.see_results", load_results), "POST": ("judging.decide", load_own_event)}

    @extend_schema(responses=serializers.AwardsSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        """Who has which prize: as published; for those who prepare the results, as decided now."""
        decision = self._decision(self.subject)
        if decision is None:
            raise Http404
        return self._show(decision)

    @extend_schema(request=serializers.DecisionSerializer, responses={201: serializers.AwardsSerializer})
    def post(self, request: Request, **names: Any) -> Response:
        """Record the jury's decision: the proposals, but for the places named. Refused with all that is missing."""
        event = self.subject
        sent = self.sent(serializers.DecisionSerializer, context={"competing": serializers.competing(event)})
        places = {(one["sequence"], one["theme"], one["rank"]): one for one in sent["choices"]}
        decision = deliberating.decide(
            event=event,
            actor=request.user,  # type: ignore[arg-type]
            choices={place: one["projects"] for place, one in places.items()},
            reasons={place: one["reason"] for place, one in places.items()},
            reason=sent["reason"],
        )
        return self._show(decision, status=201)

    def _decision(self, event: Event) -> Decision | None:
        if may(self.request, "judging.preview_results", event):
            return deliberating.current_decision(event)
        return Decision.objects.for_event(event).published().latest_first().first()

    def _show(self, decision: Decision, status: int = 200) -> Response:
        has_reasons = may(self.request, "judging.see_deliberation", self.subject)
        context = {"request": self.request, "has_reasons": has_reasons}
        return Response(serializers.AwardsSerializer(decision, context=context).data, status=status)


class SealView(ApiView):
    """Seal the decision: the digest chains every ballot and every prize, and is printed in the minutes."""

    guards = {"POST": ("judging.seal", load_own_event)}

    @extend_schema(request=None, responses={201: serializers.SealSerializer})
    def post(self, request: Request, **names: Any) -> Response:
        made = sealing.seal(event=self.subject, actor=request.user)  # type: ignore[arg-type]
        return self.show(made, serializers.SealSerializer, status=201)


class ResultsView(ApiView):
    guards = {"GET": ("judging.see_results", load_results), "POST": ("judging.publish", load_own_event)}

    @extend_schema(responses=serializers.ResultsSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        """The results, in the language of the request: the same words as the page and the PDF."""
        announcement = publishing.announcement(self.subject, get_language() or "fr")
        if announcement is None:
            raise Http404
        return self.show(announcement, serializers.ResultsSerializer)

    @extend_schema(request=serializers.PublishSerializer, responses={201: serializers.ResultsSerializer})
    def post(self, request: Request, **names: Any) -> Response:
        """Publish the sealed decision: from then on everybody can read it."""
        sent = self.sent(serializers.PublishSerializer, context={"event": self.subject})
        publication = publishing.publish(event=self.subject, actor=request.user, erratum=sent["erratum"])  # type: ignore[arg-type]
        announcement = publishing.read(publication, get_language() or "fr")
        return self.show(announcement, serializers.ResultsSerializer, status=201)
