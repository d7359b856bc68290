"""Emptying the outbox: each letter is claimed, sent and marked, so that none is lost and none leaves twice."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from ..enums import MailState
from ..models import OutgoingMail

ATTEMPTS = 5


def deliver(*, mail_id: int) -> bool:
    """Send that letter if it still waits; True when it left now.

    The claim is a conditional update: of two workers, one sends. A refusal by the server leaves the letter waiting
    until its last attempt, then failed with the reason.
    """
    claimed = OutgoingMail.objects.waiting().filter(pk=mail_id).update(state=MailState.SENDING)
    if not claimed:
        return False
    mail = OutgoingMail.objects.get(pk=mail_id)
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        # the same identity at each attempt, so that a server that took it once can tell
        headers={"Message-ID": f"<{mail.key}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    mail.attempts += 1
    try:
        message.send()
    except OSError as error:
        mail.state = MailState.FAILED if mail.attempts >= ATTEMPTS else MailState.QUEUED
        mail.error = str(error)[:250]
        mail.save(update_fields=["state", "attempts", "error"])
        return False
    mail.state = MailState.SENT
    mail.sent_at = timezone.now()
    mail.error = ""
    if mail.is_secret and not settings.DEMO:
        mail.text = mail.html = ""
    mail.save(update_fields=["state", "attempts", "error", "sent_at", "text", "html"])
    return True


def deliver_waiting() -> int:
    """Send whatever waits, oldest first: after a worker died, or when no worker runs. Returns how many left."""
    waiting = OutgoingMail.objects.waiting().order_by("pk").values_list("pk", flat=True)
    return sum(deliver(mail_id=pk) for pk in list(waiting))
