"""Giving and taking duties: the only way an account gains a right in an event."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import DutyKind
from ..kit.errors import Refused
from ..models import Account, Duty, Event
from . import audit


class DutyRefused(Refused):
    code = "duty_refused"


@transaction.atomic
def give_duty(*, event: Event, email: str, kind: str, actor: Account | None, name: str = "") -> Duty:
    """Let whoever signs in at that address do this for the event; giving it again changes nothing.

    Raises DutyRefused for an address that is none or an unknown duty.
    """
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise DutyRefused(
            _("“%(email)s” is not an e-mail address: write it as in name@example.org.") % {"email": email}
        ) from error
    if kind not in DutyKind.values:
        raise DutyRefused(_("There is no duty “%(kind)s”.") % {"kind": kind})
    account = Account.objects.ensure(email, name=name)
    duty, is_new = Duty.objects.get_or_create(event=event, account=account, kind=kind)
    if is_new:
        audit.record(event=event, actor=actor, verb="give_duty", about=account, kind=kind)
    return duty


@transaction.atomic
def take_duty(*, duty: Duty, actor: Account | None) -> None:
    """Take a duty back. Raises DutyRefused for the last organiser: somebody must be able to give it again."""
    event = duty.event
    Event.objects.take_turn(event)
    organisers = Duty.objects.for_event(event).of_kind(DutyKind.ORGANISER)
    if duty.kind == DutyKind.ORGANISER and organisers.count() == 1:
        raise DutyRefused(_("This is the only organiser: name another one first."))
    audit.record(event=event, actor=actor, verb="take_duty", about=duty.account, kind=duty.kind)
    duty.delete()
