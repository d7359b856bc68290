"""What the API shows of rankings, prizes and results, and takes of a decision. Totals are exact decimals, as text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from teams.models import Project

from ..models import Award, Decision


class RankLineSerializer(serializers.Serializer):
    """`place` after the tie ladder (1, 2, 2, 4), null without a ballot; totals out of 20; `low`, `high`: 90 %."""

    place = serializers.IntegerField(allow_null=True)
    is_tied = serializers.BooleanField()
    project = serializers.IntegerField(source="project_id")
    title = serializers.CharField(source="project")
    mean = serializers.DecimalField(6, 2, allow_null=True)
    corrected = serializers.DecimalField(6, 2, allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    chance_first = serializers.IntegerField(help_text="In %.")
    ballots = serializers.IntegerField()


class PanelRanking(serializers.Serializer):
    """`ladders`: the trace of each tie, rung by rung; `was_corrected`: the official order allows for severity."""

    panel = serializers.CharField(source="title")
    was_corrected = serializers.BooleanField()
    lines = RankLineSerializer(many=True)
    ladders = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    remarks = serializers.ListField(child=serializers.CharField())


class RoundRanking(serializers.Serializer):
    round = serializers.CharField()
    name = serializers.CharField()
    panels = PanelRanking(many=True)


class RankingSerializer(serializers.Serializer):
    """Each closed round; a round under way shows nothing to anybody."""

    rounds = RoundRanking(many=True)


class AwardSerializer(serializers.ModelSerializer):
    """A prize and who has it; `project` is null when the jury gave it to nobody."""

    prize = serializers.CharField(source="rule.label")
    is_grand_prize = serializers.BooleanField(source="rule.is_grand_prize")
    title = serializers.SerializerMethodField()
    team = serializers.SerializerMethodField()

    class Meta:
        model = Award
        fields = ("prize", "is_grand_prize", "theme", "project", "title", "team", "rank", "is_tied")

    def get_title(self, award: Award) -> str:
        return award.project.title if award.project else ""

    def get_team(self, award: Award) -> str:
        return str(award.project.team) if award.project else ""


class ReasonedAwardSerializer(AwardSerializer):
    """The same for the deliberation: whether it departs from the ranking, and why."""

    class Meta(AwardSerializer.Meta):
        fields = (*AwardSerializer.Meta.fields, "departs", "reason")  # type: ignore[assignment]


class AwardsSerializer(serializers.ModelSerializer):
    """The jury's decision. Before publication it is only for those who prepare the results."""

    awards = serializers.SerializerMethodField()
    is_published = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = ("version", "decided_at", "is_published", "awards")

    def get_is_published(self, decision: Decision) -> bool:
        return hasattr(decision, "publication")

    def get_awards(self, decision: Decision) -> list[dict[str, Any]]:
        shown = ReasonedAwardSerializer if self.context.get("has_reasons") else AwardSerializer
        return shown(decision.awards.with_projects(), many=True).data  # type: ignore[return-value]


class Choice(serializers.Serializer):
    """One place of one prize: the rule's `sequence`, its theme if it is given per theme, and the rank."""

    sequence = serializers.IntegerField()
    theme = serializers.IntegerField(allow_null=True, default=None)
    rank = serializers.IntegerField(min_value=1, default=1)
    projects = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Ids; several are ex æquo, none leaves the prize unawarded.",
    )
    reason = serializers.CharField(allow_blank=True, default="", max_length=2000)

    def validate_projects(self, pks: list[int]) -> list[int]:
        known = self.context["competing"]
        for pk in pks:
            if pk not in known:
                raise serializers.ValidationError(
                    _("Project %(pk)s is not in competition here.") % {"pk": pk}
                )
        return pks


class DecisionSerializer(serializers.Serializer):
    """Where the jury departs from the proposals or tells equals apart; `reason`: why it decides again."""

    choices = Choice(many=True, default=list)
    reason = serializers.CharField(allow_blank=True, default="", max_length=2000)


class SealSerializer(serializers.Serializer):
    digest = serializers.CharField()
    sealed_at = serializers.DateTimeField()


class PublishSerializer(serializers.Serializer):
    """`confirmation`: the event's address, typed; `erratum`: what a correction corrects."""

    confirmation = serializers.CharField()
    erratum = serializers.CharField(allow_blank=True, default="", max_length=2000)

    def validate_confirmation(self, typed: str) -> str:
        phrase = self.context["event"].slug
        if typed != phrase:
            raise serializers.ValidationError(_("Type %(phrase)s exactly to confirm.") % {"phrase": phrase})
        return typed


class PrizeSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    theme = serializers.CharField()
    project = serializers.CharField(help_text="Empty when the prize is given to nobody.")
    project_id = serializers.IntegerField(allow_null=True)
    team = serializers.CharField()
    pitch = serializers.CharField()
    prize = serializers.CharField()
    rank = serializers.IntegerField()
    is_tied = serializers.BooleanField()


class ResultsSerializer(serializers.Serializer):
    """The results in the language of the request, word for word as the page and the PDF announce them."""

    language = serializers.CharField()
    event = serializers.CharField()
    place = serializers.CharField()
    dates = serializers.CharField()
    grand = PrizeSerializer(many=True)
    prizes = PrizeSerializer(many=True)
    decided = serializers.CharField()
    version = serializers.IntegerField()
    is_published = serializers.BooleanField()
    published_on = serializers.CharField()
    erratum = serializers.CharField()
    digest = serializers.CharField()
    code = serializers.CharField()
    is_demo = serializers.BooleanField()


def competing(event: Any) -> set[int]:
    """Ids of the projects in competition."""
    return set(Project.objects.for_event(event).competing().values_list("pk", flat=True))
