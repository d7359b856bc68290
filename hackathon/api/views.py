"""Events, themes, roles and registrations over the API: find, authorise, call one verb, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ..domain import places, registering
from ..enums import Source
from ..forms.people import ACTS
from ..kit.api import ApiView
from ..kit.folding import fold
from ..models import Event, Registration, Theme
from . import serializers
from .loaders import load_event, load_own_event, load_registration, load_role, load_theme, roles_for

#: The steps that an organiser may take: the same as on the page.
VERBS: dict[str, Callable[..., Registration]] = {
    "accept": registering.accept,
    "confirm": registering.confirm,
    "waitlist": registering.waitlist,
    "decline": registering.decline,
    "cancel": registering.cancel,
}


class EventsView(ApiView):
    """Events that the public may see, the latest first."""

    guards = {"GET": (None, None)}

    @extend_schema(responses=serializers.EventSerializer(many=True))
    def get(self, request: Request) -> Response:
        events = Event.objects.public().latest_first().prefetch_related("days")
        return self.page(events, serializers.EventSerializer)


class EventView(ApiView):
    guards = {"GET": ("hackathon.see_event", load_event)}

    @extend_schema(responses=serializers.EventSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.EventSerializer)


class ThemesView(ApiView):
    guards = {"GET": ("hackathon.see_event", load_event)}

    @extend_schema(responses=serializers.ThemeSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        return self.page(Theme.objects.for_event(self.subject).in_order(), serializers.ThemeSerializer)


class ThemeView(ApiView):
    guards = {"GET": ("hackathon.see_event", load_theme)}

    @extend_schema(responses=serializers.ThemeSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.ThemeSerializer)


class RolesView(ApiView):
    """The roles that the registration form offers; all of them, for organisers."""

    guards = {"GET": ("hackathon.see_event", load_event)}

    @extend_schema(responses=serializers.RoleSerializer(many=True))
    def get(self, request: Request, **names: Any) -> Response:
        roles = roles_for(request, self.subject)
        return self.page(roles, serializers.RoleSerializer, places=places.count(self.subject))


class RoleView(ApiView):
    """A role that the registration form offers."""

    guards = {"GET": ("hackathon.see_event", load_role)}

    @extend_schema(responses=serializers.RoleSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        context = {"places": places.count(self.subject.event)}
        return Response(serializers.RoleSerializer(self.subject, context=context).data)


class RegistrationsView(ApiView):
    """Registrations, in the order they came; registering somebody follows the same rules as the form."""

    guards = {
        "GET": ("hackathon.see_registrations", load_own_event),
        "POST": ("hackathon.change_registration", load_own_event),
    }

    @extend_schema(
        parameters=[serializers.RegistrationQuery], responses=serializers.RegistrationSerializer(many=True)
    )
    def get(self, request: Request, **names: Any) -> Response:
        asked = self.asked(serializers.RegistrationQuery, event=self.subject)
        found = Registration.objects.for_event(self.subject).matching(fold(asked.get("q", "")).split())
        if "state" in asked:
            found = found.in_state(asked["state"])
        if "role" in asked:
            found = found.in_role(asked["role"])
        if "theme" in asked:
            found = found.choosing(asked["theme"])
        return self.page(found.with_people().with_choices().in_order(), serializers.RegistrationSerializer)

    @extend_schema(request=serializers.NewRegistration, responses={201: serializers.RegistrationSerializer})
    def post(self, request: Request, **names: Any) -> Response:
        sent = self.sent(serializers.NewRegistration, context={"event": self.subject})
        registration = registering.register(
            event=self.subject,
            **{**sent, "key": self.idempotency_key[:40]},
            source=Source.API,
            actor=request.user,  # type: ignore[arg-type]
        )
        return self.show(registration, serializers.RegistrationSerializer, status=201)


class RegistrationView(ApiView):
    guards = {"GET": ("hackathon.see_registrations", load_registration)}

    @extend_schema(responses=serializers.RegistrationSerializer)
    def get(self, request: Request, **names: Any) -> Response:
        return self.show(self.subject, serializers.RegistrationSerializer)


class RegistrationActView(ApiView):
    """One step of a registration's life; the same step twice is one. `act` is given by the address."""

    guards = {"POST": ("hackathon.change_registration", load_registration)}
    act = ""

    @extend_schema(request=serializers.ReasonSerializer, responses=serializers.RegistrationSerializer)
    def post(self, request: Request, **names: Any) -> Response:
        has_to_say_why = ACTS[self.act][3]
        form = serializers.NeededReasonSerializer if has_to_say_why else serializers.ReasonSerializer
        VERBS[self.act](registration=self.subject, actor=request.user, reason=self.sent(form)["reason"])
        return self.show(self.subject, serializers.RegistrationSerializer)
