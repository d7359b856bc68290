"""Somebody at the door without a registration: registered and checked in, in one act, or not at all.

The registration is the same verb's as everywhere. At the door those who wait elsewhere are not asked first: the
person is here; but no limit of places is passed.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import Purpose, RegistrationState, Source
from ..kit.folding import fold
from ..models import Account, Event, Registration, Role
from . import desk, places, registering
from .recognising import sent_before


@transaction.atomic
def walk_in(
    *,
    event: Event,
    role: Role,
    first_name: str,
    last_name: str,
    email: str = "",
    language: str = "fr",
    accepts_rules: bool = False,
    is_another: bool = False,
    key: str = "",
    actor: Account | None,
) -> desk.Scan:
    """Register and check in. `is_another`: not the person of that name who is registered; `key`: sent twice is once.

    Raises NotToday, RulesNotAccepted, VenueFull, NoPlaceLeft, and AlreadyRegistered with the registration there is.
    """
    Event.objects.take_turn(event)
    before, _key = sent_before(event, key, first_name, last_name, email.strip().lower())
    if before is not None:
        before.event = before.person.event = event
        return desk.scan(registration=before, act="check_in", actor=actor)
    _check(event, role, accepts_rules)
    namesake = _namesake(event, first_name, last_name)
    if namesake is not None and not is_another:
        raise registering.AlreadyRegistered(
            _(
                "%(name)s is registered already: open their card, or say that this is somebody else of that name."
            )
            % {"name": namesake.person},
            registration=namesake,
        )
    registration = registering.register(
        event=event,
        role=role,
        first_name=first_name,
        last_name=last_name,
        email=email,
        language=language,
        consents=[Purpose.RULES],
        source=Source.DESK,
        key=key,
        # Accepted at once, with one letter: nobody who stands at the door is put under review or told to wait
        state=RegistrationState.ACCEPTED,
        actor=actor,
    )
    return desk.scan(registration=registration, act="check_in", actor=actor)


def _check(event: Event, role: Role, accepts_rules: bool) -> None:
    """Everything that can be refused before anything is written."""
    if desk.half_day(event) is None:
        raise desk.NotToday(
            _("No half-day of the event is under way: the desk records on the days of the event.")
        )
    if not accepts_rules:
        raise registering.RulesNotAccepted(
            _("Nobody takes part without accepting the rules and the code of conduct: tick the box.")
        )
    now = places.count(event)
    if now.left_in_event() == 0:
        raise desk.VenueFull(
            _(
                "All %(capacity)s places of the venue are taken: nobody can be added. Ask an organiser, who can free the places of those who do not come."
            )
            % {"capacity": now.capacity}
        )
    if now.left(role.pk) == 0:
        raise registering.NoPlaceLeft(
            _("No place is left for “%(role)s”: ask an organiser to raise the number of places.")
            % {"role": role.name}
        )


def _namesake(event: Event, first_name: str, last_name: str) -> Registration | None:
    """Somebody registered here under that name, whichever of the two names comes first."""
    wanted = (fold(f"{first_name} {last_name}"), fold(f"{last_name} {first_name}"))
    return Registration.objects.for_event(event).filter(person__folded_name__in=wanted).with_people().first()
