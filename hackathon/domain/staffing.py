"""Giving and taking duties: the only way an account gains a right in an event."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from .. import letters
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


class SecondFactorRefused(Refused):
    code = "second_factor_refused"


@transaction.atomic
def require_second_factor(*, event: Event, actor: Account | None) -> None:
    """From now on organisers of that event have their rights only with a second factor.

    Raises SecondFactorRefused while the one who asks has none: they would shut themselves out.
    """
    if actor is not None and not actor.has_second_factor:
        raise SecondFactorRefused(
            _(
                "Set up your own second step first, under “Two-step sign-in” in the account menu: without it you would "
                "shut yourself out."
            )
        )
    _set_requirement(event, True, actor, "require_second_factor")


@transaction.atomic
def stop_requiring_second_factor(*, event: Event, actor: Account | None) -> None:
    """The code by e-mail is enough again for those who set up nothing more."""
    _set_requirement(event, False, actor, "stop_requiring_second_factor")


def _set_requirement(event: Event, wanted: bool, actor: Account | None, verb: str) -> None:
    if (
        Event.objects.numbered(event.pk)
        .asking_for_second_factor(not wanted)
        .update(requires_second_factor=wanted)
    ):
        audit.record(event=event, actor=actor, verb=verb, about=event)
    event.requires_second_factor = wanted


@transaction.atomic
def reset_second_factor(*, event: Event, account: Account, actor: Account) -> None:
    """Remove somebody's second factor whose device is lost; they set up another at their next sign-in.

    By another organiser of the same event, who has a second factor. The person is told by letter. Raises SecondFactorRefused.
    """
    organisers = Duty.objects.for_event(event).of_kind(DutyKind.ORGANISER)
    if not organisers.held_by(account).exists():
        raise SecondFactorRefused(_("Only the second factor of an organiser of this event is removed here."))
    if account == actor:
        raise SecondFactorRefused(
            _("Your own second step is changed under “Two-step sign-in” in the account menu.")
        )
    if not actor.has_second_factor:
        raise SecondFactorRefused(_("Set up your own second step first: only then may you remove another’s."))
    if not account.remove_factors():
        raise SecondFactorRefused(_("%(who)s has no second factor.") % {"who": account})
    entry = audit.record(event=event, actor=actor, verb="reset_second_factor", about=account)
    letters.second_factor_removed(event=event, account=account, by=str(actor), number=entry.pk)


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
