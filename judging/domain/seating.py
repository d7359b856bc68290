"""Who sits in the jury, in which panels, and the rounds they sit for. Nothing about projects or marks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hackathon.domain import audit, windows
from hackathon.enums import WindowKind
from hackathon.kit.errors import Refused
from hackathon.kit.folding import fold
from hackathon.models import Account, Event, Person, Theme

from ..enums import RoundKind, RoundState
from ..models import Grid, Juror, Panel, Round
from . import juror_links


class SeatRefused(Refused):
    code = "seat_refused"


@transaction.atomic
def add_juror(
    *,
    event: Event,
    first_name: str,
    last_name: str,
    email: str,
    title: str = "",
    is_president: bool = False,
    language: str = "fr",
    organisation: str = "",
    is_substitute: bool = False,
    actor: Account | None,
) -> Juror:
    """Add somebody to the jury and write to them; known people of the event are not made twice.

    Whoever had left comes back. Raises SeatRefused: already in the jury, no address, somebody presides already.
    """
    Event.objects.take_turn(event)
    email = email.strip().lower()
    if not email:
        raise SeatRefused(_("A juror needs an e-mail address: it is how they sign in to mark."))
    if is_president:
        refuse_second_president(event)
    name = fold(f"{first_name} {last_name}".strip())
    person = Person.objects.for_event(event).reached_at(email).filter(folded_name=name).first()
    if person is None:
        person = Person.objects.create(
            event=event,
            first_name=first_name.strip(),
            last_name=last_name.strip(),
            email=email,
            language=language,
            organisation=organisation.strip(),
            account=Account.objects.by_email(email),
        )
    elif person.account_id is None:
        person.account = Account.objects.by_email(email)
        person.save(update_fields=["account"])
    if organisation.strip() and not person.organisation:
        person.organisation = organisation.strip()
        person.save(update_fields=["organisation"])
    juror = Juror.objects.for_event(event).filter(person=person).first()
    if juror is not None and juror.is_active:
        raise SeatRefused(_("%(name)s is already in the jury.") % {"name": person})
    juror = juror or Juror(event=event, person=person)
    juror.title, juror.is_president, juror.is_active = title.strip(), is_president, True
    juror.is_substitute = is_substitute
    juror.save()
    audit.record(event=event, actor=actor, verb="add_juror", about=juror, is_president=is_president)
    juror_links.invite(juror=juror, actor=actor)
    return juror


def refuse_second_president(event: Event) -> None:
    """Raises SeatRefused, naming the president there is."""
    president = Juror.objects.for_event(event).presiding().with_people().first()
    if president is not None:
        raise SeatRefused(
            _("%(name)s presides already: a jury has one president. Hand the presidency over instead.")
            % {"name": president}
        )


@transaction.atomic
def preside(*, juror: Juror, actor: Account | None) -> Juror:
    """Hand the presidency of the jury over to this juror."""
    Event.objects.take_turn(juror.event)
    Juror.objects.for_event(juror.event).presiding().exclude(pk=juror.pk).update(is_president=False)
    juror.is_president = True
    juror.save(update_fields=["is_president"])
    audit.record(event=juror.event, actor=actor, verb="hand_over_presidency", about=juror)
    return juror


@transaction.atomic
def set_up_round(
    *,
    event: Event,
    key: str,
    name_fr: str,
    name_en: str,
    kind: str,
    grid: Grid,
    opens_at: datetime,
    closes_at: datetime,
    position: int,
    actor: Account | None,
    finalists_per_panel: int = 0,
    minutes_per_project: int = 7,
) -> Round:
    """Plan a round with its window and its panels: one per theme, or the only one. Raises SeatRefused, WindowRefused."""
    if Round.objects.for_event(event).filter(key=key).exists():
        raise SeatRefused(_("There is already a round “%(key)s”: choose another name.") % {"key": key})
    window = windows.set_window(
        event=event, kind=WindowKind.SCORING, key=key, opens_at=opens_at, closes_at=closes_at, actor=actor
    )
    round = Round.objects.create(
        event=event,
        key=key,
        name_fr=name_fr,
        name_en=name_en,
        kind=kind,
        grid=grid,
        window=window,
        position=position,
        finalists_per_panel=finalists_per_panel,
        minutes_per_project=minutes_per_project,
    )
    themes = list(Theme.objects.for_event(event).in_order()) if kind == RoundKind.PANELS else [None]
    Panel.objects.bulk_create(
        Panel(round=round, theme=theme, position=place) for place, theme in enumerate(themes, start=1)
    )
    audit.record(event=event, actor=actor, verb="set_up_round", about=round, kind=str(kind))
    return round


@transaction.atomic
def unseat(*, panel: Panel, juror: Juror, actor: Account | None) -> None:
    """Take a juror off a panel before the round opens; later, excuse them. Raises SeatRefused."""
    Event.objects.take_turn(panel.round.event)
    panel.round.refresh_from_db(fields=["state"])
    if panel.round.state != RoundState.PLANNED:
        raise SeatRefused(
            _("The round “%(round)s” has opened: excuse the juror, with a reason, instead.")
            % {"round": panel.round}
        )
    panel.round.ballots.filter(panel=panel, juror=juror).delete()
    panel.members.filter(juror=juror).delete()
    audit.record(event=panel.round.event, actor=actor, verb="unseat", about=juror, panel=str(panel))


@transaction.atomic
def set_room(*, panel: Panel, room: str, actor: Account | None) -> Panel:
    """Say where a panel sits."""
    panel.room = room.strip()
    panel.save(update_fields=["room"])
    audit.record(event=panel.round.event, actor=actor, verb="set_room", about=panel, room=panel.room)
    return panel


def next_position(event: Event) -> int:
    """Where a new round goes: after the others."""
    return (event.rounds.aggregate(last=Max("position"))["last"] or 0) + 1
