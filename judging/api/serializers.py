"""What the API shows and takes of the jury, its rounds and its ballots. Only a juror's own marks are ever shown."""

from __future__ import annotations

from django.conf import settings
from rest_framework import serializers

from teams.api.serializers import ProjectSerializer
from teams.models import Project

from ..models import Ballot, Criterion, Entry, Grid, Juror, Level, Mark, Panel, Round


class JurorSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="person.full_name", read_only=True)

    class Meta:
        model = Juror
        fields = ("id", "name", "title", "is_president", "is_active")
        read_only_fields = fields


class NewJuror(serializers.Serializer):
    """Somebody to invite; the letter goes to that address."""

    first_name = serializers.CharField(max_length=80)
    last_name = serializers.CharField(max_length=80)
    email = serializers.EmailField()
    title = serializers.CharField(max_length=120, allow_blank=True, default="")
    is_president = serializers.BooleanField(default=False)
    language = serializers.ChoiceField(settings.LANGUAGES, default="fr")


class CriterionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Criterion
        fields = ("key", "name", "help", "weight")


class LevelSerializer(serializers.ModelSerializer):
    class Meta:
        model = Level
        fields = ("value", "label", "sentence")


class GridSerializer(serializers.ModelSerializer):
    criteria = CriterionSerializer(many=True)
    levels = LevelSerializer(many=True)

    class Meta:
        model = Grid
        fields = ("version", "scale_min", "scale_max", "criteria", "levels")


class EntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = Entry
        fields = ("project", "position", "starts_at")


class PanelSerializer(serializers.ModelSerializer):
    """`jurors`: ids of those who sit; `entries`: the running order."""

    jurors = serializers.SerializerMethodField()
    entries = EntrySerializer(many=True)

    class Meta:
        model = Panel
        fields = ("id", "theme", "room", "jurors", "entries")

    def get_jurors(self, panel: Panel) -> list[int]:
        return [member.juror_id for member in panel.members.all() if member.excused_at is None]


class RoundSerializer(serializers.ModelSerializer):
    """`expected` and `handed_in` count ballots; marks and totals are nowhere here."""

    opens_at = serializers.DateTimeField(source="window.opens_at")
    closes_at = serializers.DateTimeField(source="window.closes_at")
    grid = GridSerializer()
    panels = PanelSerializer(many=True)
    expected = serializers.SerializerMethodField()
    handed_in = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = (
            "key",
            "name",
            "kind",
            "state",
            "method",
            "opens_at",
            "closes_at",
            "closed_at",
            "finalists_per_panel",
            "minutes_per_project",
            "expected",
            "handed_in",
            "grid",
            "panels",
        )

    def get_expected(self, round: Round) -> int:
        return self.context["progress"][round.pk].expected

    def get_handed_in(self, round: Round) -> int:
        return self.context["progress"][round.pk].handed_in


class Draw(serializers.Serializer):
    seed = serializers.IntegerField(
        min_value=0, default=1, help_text="Of the lot that sets the running order."
    )


class MarkSerializer(serializers.ModelSerializer):
    criterion = serializers.SlugRelatedField("key", read_only=True)  # type: ignore[var-annotated]
    value = serializers.IntegerField()

    class Meta:
        model = Mark
        fields = ("criterion", "value", "version", "saved_at")


class BallotProject(serializers.ModelSerializer):
    """A project as the running order shows it."""

    table = serializers.IntegerField(source="team.number")
    team = serializers.CharField(source="team.__str__")

    class Meta:
        model = Project
        fields = ("id", "title", "team", "table", "standing")


class BallotSerializer(serializers.ModelSerializer):
    """One of the caller's own ballots. `note` is private to the juror; the team may read `comment`."""

    round = serializers.CharField(source="round.key")
    theme = serializers.IntegerField(source="panel.theme_id", allow_null=True)
    project = BallotProject()
    marks = MarkSerializer(many=True)

    class Meta:
        model = Ballot
        fields = (
            "id",
            "round",
            "theme",
            "position",
            "state",
            "project",
            "marks",
            "note",
            "comment",
            "recusal_reason",
            "handed_in_at",
            "receipt",
        )


class WholeBallotSerializer(BallotSerializer):
    """The same with the whole project and the grid to mark it by."""

    project = ProjectSerializer()  # type: ignore[assignment]
    grid = GridSerializer(source="round.grid")

    class Meta(BallotSerializer.Meta):
        fields = (*BallotSerializer.Meta.fields, "grid")  # type: ignore[assignment]


class Texts(serializers.Serializer):
    """The words that changed; a text left out stays as it is."""

    note = serializers.CharField(allow_blank=True, required=False)
    comment = serializers.CharField(allow_blank=True, required=False)


class MarkChange(serializers.Serializer):
    """A mark. `version`: of the mark that was seen, 0 for none; `key`: names this tap, so that a repeat is harmless."""

    value = serializers.IntegerField(help_text="A whole number of the grid’s scale.")
    version = serializers.IntegerField(min_value=0)
    key = serializers.CharField(max_length=64, required=False, help_text="Or the header Idempotency-Key.")


class SavedMark(serializers.Serializer):
    """The mark as it is kept, and how far the ballot is: `marked` out of `criteria`."""

    criterion = serializers.CharField()
    value = serializers.IntegerField()
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    marked = serializers.IntegerField(source="ballot.marked")
    criteria = serializers.IntegerField(source="ballot.criteria")


class Reopened(serializers.ModelSerializer):
    """A ballot that was given back to its juror, as whoever gave it back may see it: without marks or words."""

    class Meta:
        model = Ballot
        fields = ("id", "state")
