"""What the API shows and takes of events, themes, roles and registrations. Needs (diet, access) go in, never out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError as FormError
from django.utils.translation import gettext as _
from rest_framework import serializers

from ..enums import Purpose, RegistrationState
from ..forms.questions import field_of
from ..models import Event, Person, Question, Registration, Role, Theme


class EventSerializer(serializers.ModelSerializer):
    """An event as the public knows it. `days` are dates at the venue; times elsewhere are in UTC."""

    days = serializers.SerializerMethodField()
    is_published = serializers.SerializerMethodField(help_text="Whether the results are announced.")

    class Meta:
        model = Event
        fields = (
            "slug",
            "name",
            "description",
            "edition",
            "city",
            "venue",
            "timezone",
            "days",
            "is_published",
        )

    def get_days(self, event: Event) -> list[str]:
        return [day.on.isoformat() for day in event.days.all()]

    def get_is_published(self, event: Event) -> bool:
        return event.published_at is not None


class ThemeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Theme
        fields = ("id", "position", "title", "subtitle", "short_title", "description")


class RoleSerializer(serializers.ModelSerializer):
    """A role that one may register in."""

    has_places = serializers.SerializerMethodField(
        help_text="Whether registering now gives a place; else the waiting list."
    )

    class Meta:
        model = Role
        fields = ("key", "name", "colour", "is_reviewed", "has_places")

    def get_has_places(self, role: Role) -> bool:
        return bool(self.context["places"].admits(role.pk))


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ("first_name", "last_name", "email", "phone", "organisation", "language")


class RegistrationSerializer(serializers.ModelSerializer):
    """A registration, for organisers. `themes`: ids, best first; `day_intentions`: date → means to come."""

    person = PersonSerializer()
    role = serializers.SlugRelatedField("key", read_only=True)  # type: ignore[var-annotated]
    themes = serializers.SerializerMethodField()
    skills = serializers.ListField(child=serializers.CharField())
    day_intentions = serializers.DictField(child=serializers.BooleanField())

    class Meta:
        model = Registration
        fields = (
            "id",
            "person",
            "role",
            "state",
            "source",
            "ticket_number",
            "skills",
            "level",
            "themes",
            "day_intentions",
            "shows_role",
            "submitted_at",
            "offer_expires_at",
        )

    def get_themes(self, registration: Registration) -> list[int]:
        return [choice.theme_id for choice in registration.choices.all()]


class RegistrationQuery(serializers.Serializer):
    """Which registrations; everything is optional. `q`: words of the name, the address, the organisation."""

    q = serializers.CharField(required=False, max_length=100)
    state = serializers.ChoiceField(RegistrationState.choices, required=False)
    role = serializers.CharField(required=False, help_text="Key of a role.")
    theme = serializers.IntegerField(required=False, help_text="Id of a theme that was wished for.")

    def validate_role(self, key: str) -> Role:
        return _role(self.context["event"], key)

    def validate_theme(self, pk: int) -> Theme:
        return _themes(self.context["event"], [pk])[0]


class NewRegistration(serializers.Serializer):
    """Somebody to register. Consents are those that the person gave; needs are kept only with the consent `needs`."""

    role = serializers.CharField(max_length=40, help_text="Key of a role.")
    first_name = serializers.CharField(max_length=80)
    last_name = serializers.CharField(max_length=80, allow_blank=True, default="")
    email = serializers.EmailField(allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    organisation = serializers.CharField(max_length=120, allow_blank=True, default="")
    language = serializers.ChoiceField(settings.LANGUAGES, default="fr")
    skills = serializers.ListField(child=serializers.CharField(max_length=60), max_length=30, default=list)
    level = serializers.IntegerField(min_value=1, max_value=5, allow_null=True, default=None)
    themes = serializers.ListField(
        child=serializers.IntegerField(), max_length=10, default=list, help_text="Ids, best first."
    )
    diet = serializers.CharField(max_length=200, allow_blank=True, default="", write_only=True)
    access = serializers.CharField(max_length=200, allow_blank=True, default="", write_only=True)
    consents = serializers.ListField(child=serializers.ChoiceField(Purpose.choices), default=list)
    shows_role = serializers.BooleanField(default=False)
    answers = serializers.DictField(default=dict, help_text="Id of a question → the answer.")
    day_intentions = serializers.DictField(child=serializers.BooleanField(), default=dict)
    ticket_number = serializers.CharField(max_length=60, allow_blank=True, default="")
    key = serializers.CharField(
        max_length=40, required=False, help_text="Makes a repeat harmless; or the header Idempotency-Key."
    )

    def validate_role(self, key: str) -> Role:
        return _role(self.context["event"], key)

    def validate_themes(self, pks: list[int]) -> list[Theme]:
        return _themes(self.context["event"], pks)

    def validate_day_intentions(self, days: dict[str, bool]) -> dict[str, bool]:
        known = {day.on.isoformat() for day in self.context["event"].days.all()}
        for day in days.keys() - known:
            raise serializers.ValidationError(_("“%(day)s” is not a day of this event.") % {"day": day})
        return days

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if (sent["diet"] or sent["access"]) and Purpose.NEEDS not in sent["consents"]:
            raise serializers.ValidationError(
                {
                    "consents": _(
                        "Needs may be kept only with the person’s consent: add “needs”, or leave them out."
                    )
                }
            )
        sent["answers"] = self._answers(sent["role"], sent["answers"])
        return sent

    def _answers(self, role: Role, sent: dict[str, Any]) -> dict[Question, Any]:
        questions = {
            str(question.pk): question
            for question in Question.objects.for_event(self.context["event"]).asked_of(role)
        }
        found = {}
        for pk, answer in sent.items():
            if pk not in questions:
                raise serializers.ValidationError(
                    {"answers": _("No question “%(pk)s” is asked here.") % {"pk": pk}}
                )
            try:
                found[questions[pk]] = field_of(questions[pk]).clean(answer)
            except FormError as error:
                raise serializers.ValidationError({"answers": {pk: error.messages}}) from error
        return found


class ReasonSerializer(serializers.Serializer):
    """Why: kept in the history, and in the letter to the person where there is one."""

    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class NeededReasonSerializer(serializers.Serializer):
    """Why: needed, because somebody reads it."""

    reason = serializers.CharField(max_length=500)


def _role(event: Event, key: str) -> Role:
    role = Role.objects.for_event(event).named(key)
    if role is None:
        raise serializers.ValidationError(_("This event has no role “%(key)s”.") % {"key": key})
    return role


def _themes(event: Event, pks: list[int]) -> list[Theme]:
    known = {theme.pk: theme for theme in Theme.objects.for_event(event)}
    for pk in pks:
        if pk not in known:
            raise serializers.ValidationError(_("This event has no theme %(pk)s.") % {"pk": pk})
    return [known[pk] for pk in pks]
