"""The link of an invitation: it signs a juror in once, by a button. Looking at it, as mail scanners do, uses nothing.

The code is in the letter only; its digest is kept. A link expires, and a new one takes back the one before. It
refuses to stand in for a second factor, and for an address that is not the letter's.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event, OutgoingMail
from hackathon.models.invitation import digest_of, new_written_code

from .. import letters
from ..models import Juror, JurorLink

#: How long an invitation signs in; beyond, the juror signs in by a code, or is invited again.
LASTS = timedelta(days=14)
LENGTH = 26  # letters of 5 bits


class LinkRefused(Refused):
    code = "juror_link_refused"


@transaction.atomic
def invite(*, juror: Juror, actor: Account | None) -> OutgoingMail | None:
    """Write to a juror with a new link; the one before stops working. Raises LinkRefused for who left the jury."""
    Event.objects.take_turn(juror.event)
    if not juror.is_active:
        raise LinkRefused(_("%(name)s no longer sits in the jury.") % {"name": juror})
    if not juror.person.email:
        raise LinkRefused(_("%(name)s has no e-mail address to write to.") % {"name": juror})
    now = timezone.now()
    JurorLink.objects.of_juror(juror).in_force().update(revoked_at=now)
    code = new_written_code(LENGTH)
    link = JurorLink.objects.create(
        juror=juror, digest=digest_of(code), made_by=actor, made_at=now, expires_at=now + LASTS
    )
    audit.record(event=juror.event, actor=actor, verb="invite_juror", about=juror)
    return letters.jury_invitation(juror, code=code, number=link.pk, days=LASTS.days)


@transaction.atomic
def use(*, link: JurorLink) -> Account:
    """The account that this link signs in, once. Raises LinkRefused: used, expired, taken back, or not enough."""
    juror = link.juror
    why = why_not(link)
    if why:
        raise LinkRefused(why)
    account = juror.person.account or Account.objects.ensure(juror.person.email, name=str(juror.person))
    if account.email.lower() != juror.person.email.lower():
        raise LinkRefused(
            _("You sign in with another address: use the sign-in page, a code reaches you there.")
        )
    if account.has_second_factor or account.is_staff:
        raise LinkRefused(_("Your account asks for a second step: use the sign-in page."))
    # one update decides between two presses: only the first finds the link in force
    if not JurorLink.objects.filter(pk=link.pk).usable(timezone.now()).update(used_at=timezone.now()):
        raise LinkRefused(_used_up())
    if juror.person.account_id is None:
        juror.person.account = account
        juror.person.save(update_fields=["account"])
    audit.record(event=juror.event, actor=account, verb="use_juror_link", about=juror)
    return account


def why_not(link: JurorLink) -> str:
    """Why this link opens nothing any more, in a sentence; empty when it does."""
    if not link.juror.is_active:
        return _("You no longer sit in this jury.")
    if link.used_at:
        return _used_up()
    if link.revoked_at:
        return _("A newer invitation was sent to you: only its link works.")
    if link.expires_at <= timezone.now():
        return _("This link has expired. You can still sign in with your e-mail address: a code reaches you.")
    return ""


def _used_up() -> str:
    return _(
        "This link has been used: it signs in once. Sign in with your e-mail address, a code reaches you."
    )
