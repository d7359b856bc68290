"""Emptying the outbox, so that none is lost and none leaves twice, whenever the worker dies.

A letter is claimed, then marked as handed over just before its words go to the mail server, then marked by the
server's answer. What a dead worker had claimed only, waits again. What it had handed over and has no answer for is
« perhaps sent »: nobody can know, so it is not sent again by itself; an organiser reads it and decides.
"""

from __future__ import annotations

import hashlib
import logging
import smtplib
from collections.abc import Callable, Collection
from datetime import timedelta
from email.mime.image import MIMEImage
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import MailState
from ..kit.errors import Refused
from ..models import Account, Event, OutgoingMail
from . import audit

log = logging.getLogger(__name__)

#: How long a letter waits after its first failure, its second…; after the last, it has failed.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
#: A code to sign in is worth nothing later.
BACKOFF_OF_CODES = BACKOFF[:2]
#: Claimed at once: few, so that a code never waits behind many.
BATCH = 10


class Unreachable(Exception):
    """The mail server cannot be spoken to at all; the letters wait."""


class _Lost(Exception):
    """The letter changed hands while we held it (erased, given to somebody else): it is not ours to send."""


class NothingToSend(Refused):
    code = "nothing_to_send"


def deliver_due(*, worker: str, is_over: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, a batch after the other over one connection; returns how many letters left.

    `is_over()` is asked between letters, so that a worker that ends leaves nothing half done. Raises Unreachable
    when the mail server cannot be spoken to; what was claimed waits again, a little later.
    """
    recover(workers=[worker])  # what this worker left in the middle, when something broke
    left = 0
    connection: Any = None
    try:
        while not is_over() and (batch := _claim(worker)):
            connection = connection or _open(batch)
            for letter in batch:
                if is_over():
                    _give_back([letter])
                else:
                    left += _send(letter, connection)
    finally:
        if connection is not None:
            _close(connection)
    return left


def _claim(worker: str) -> list[OutgoingMail]:
    """Some letters, for this worker alone: of two that want one, the second's update finds it taken."""
    with transaction.atomic():
        wanted = list(OutgoingMail.objects.due(timezone.now()).values_list("pk", flat=True)[:BATCH])
        if not wanted:
            return []
        OutgoingMail.objects.numbered(*wanted).waiting().update(
            state=MailState.SENDING, claimed_by=worker, handed_at=None
        )
        mine = OutgoingMail.objects.numbered(*wanted).held_by([worker]).select_related("event")
        return sorted(mine, key=lambda letter: wanted.index(letter.pk))


def _open(batch: list[OutgoingMail]) -> Any:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        for letter in batch:
            _put_off(letter, error)
        raise Unreachable(_in_words(error)) from error
    return connection


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        log.debug("the mail server left first")


def _send(letter: OutgoingMail, connection: Any) -> bool:
    """Hand one letter over and keep what came of it; True when it left."""
    try:
        message = _message(letter)
        _hand_over(letter, message, connection)
    except _Lost:
        return False
    except smtplib.SMTPRecipientsRefused as error:
        _refuse(letter, error, *next(iter(error.recipients.values())))
    except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError) as error:
        _put_off(letter, error)  # they do not want us, whoever it is for
    except smtplib.SMTPResponseException as error:
        _refuse(letter, error, error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        _close(connection)
        if letter.handed_at is None or isinstance(error, ConnectionRefusedError):
            _put_off(letter, error)
        else:
            _answer(letter, MailState.UNSURE, _in_words(error))
    except ValueError as error:  # an address or a subject that no letter can have
        _answer(letter, MailState.FAILED, _in_words(error))
    else:
        return _answer(letter, MailState.SENT)
    return False


def _hand_over(letter: OutgoingMail, message: EmailMultiAlternatives, connection: Any) -> None:
    """Give the words to the server, after the mark. A connection that the server ended meanwhile is made anew once."""

    def mark() -> None:
        letter.handed_at = timezone.now()
        if (
            not OutgoingMail.objects.held_by([letter.claimed_by])
            .filter(pk=letter.pk)
            .update(handed_at=letter.handed_at)
        ):
            raise _Lost

    def hand() -> None:
        if hasattr(connection, "before_data"):
            connection.before_data = mark
        else:
            mark()
        connection.send_messages([message])

    try:
        hand()
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused) as error:
        is_tired = not isinstance(error, smtplib.SMTPSenderRefused) or error.smtp_code == 421
        if letter.handed_at is not None or not is_tired:
            raise
        _close(connection)
        hand()


def _message(letter: OutgoingMail) -> EmailMultiAlternatives:
    domain = settings.SITE_URL.split("//")[-1].split(":")[0]
    # the same identity at each attempt, so that a server that took it once can tell
    identity = hashlib.sha256(letter.key.encode()).hexdigest()[:40]
    contact = letter.event.contact_email if letter.event else ""
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.to],
        reply_to=[contact] if contact else None,
        headers={"Message-ID": f"<{identity}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    if letter.code:
        picture = BytesIO()
        segno.make(letter.code, micro=False, error="m").save(picture, kind="png", scale=8, border=4)
        part = MIMEImage(picture.getvalue(), "png")
        part.add_header("Content-Disposition", "attachment", filename="code.png")
        message.attach(part)
    return message


def _answer(letter: OutgoingMail, state: str, error: str = "", **more: Any) -> bool:
    """Keep what became of it, if it is still ours."""
    fields: dict[str, Any] = {"state": state, "error": error[:250], "claimed_by": "", **more}
    if state == MailState.SENT:
        fields["sent_at"] = timezone.now()
        if letter.is_secret and not settings.DEMO:
            fields |= {"text": "", "html": ""}
    mine = OutgoingMail.objects.held_by([letter.claimed_by]).filter(pk=letter.pk)
    return bool(mine.update(attempts=F("attempts") + 1, **fields))


def _refuse(letter: OutgoingMail, error: Exception, code: int, said: bytes | str) -> None:
    """The server answered no: for good from 500 on, for now below."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    if code >= 500:
        _answer(letter, MailState.FAILED, f"{code} {words}")
    else:
        _put_off(letter, error, f"{code} {words}")


def _put_off(letter: OutgoingMail, error: Exception, words: str = "") -> None:
    """It did not leave, and may the next time; after the last wait it has failed."""
    waits = BACKOFF_OF_CODES if letter.is_secret else BACKOFF
    if letter.attempts < len(waits):
        later = timezone.now() + waits[letter.attempts]
        _answer(letter, MailState.QUEUED, words or _in_words(error), due_at=later, handed_at=None)
    else:
        _answer(letter, MailState.FAILED, words or _in_words(error))


def _in_words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__


def _give_back(letters: list[OutgoingMail]) -> None:
    """Claimed, and not begun."""
    OutgoingMail.objects.numbered(*(letter.pk for letter in letters)).held().handed_over(False).update(
        state=MailState.QUEUED, claimed_by=""
    )


def holders() -> set[str]:
    """The workers that hold letters."""
    return set(OutgoingMail.objects.held().values_list("claimed_by", flat=True).distinct())


def recover(*, workers: Collection[str]) -> tuple[int, int]:
    """What those workers held and will not answer for: (how many wait again, how many are perhaps sent)."""
    held = OutgoingMail.objects.held_by(workers)
    if not workers or not held.exists():
        return 0, 0
    waiting = held.handed_over(False).update(state=MailState.QUEUED, claimed_by="")
    unsure = held.handed_over().update(state=MailState.UNSURE, claimed_by="")
    return waiting, unsure


@transaction.atomic
def read(*, letter: OutgoingMail, actor: Account | None) -> bool:
    """Record that somebody reads what was written to another; False, and nothing to record, for a secret one."""
    if letter.is_secret or not letter.text:
        return False
    audit.record(event=letter.event, actor=actor, verb="read_letter", about=letter)
    return True


@transaction.atomic
def send_again(*, event: Event, numbers: Collection[int] | None = None, actor: Account | None) -> int:
    """Queue anew letters that failed or are perhaps sent (`numbers`), or all that failed (None).

    They go to the address the person has now: correcting it is why one sends again. Raises NothingToSend.
    """
    known = OutgoingMail.objects.for_event(event).with_words().select_related("person")
    chosen = known.refused() if numbers is None else known.in_trouble().numbered(*numbers)
    letters = list(chosen)
    if not letters:
        raise NothingToSend(
            _(
                "Nothing to send again: the letter has left since, or its code was emptied. Look at the list anew."
            )
        )
    for letter in letters:
        if letter.person is not None and letter.person.email:
            letter.to = letter.person.email
        letter.state, letter.attempts, letter.error = MailState.QUEUED, 0, ""
        letter.due_at, letter.handed_at = timezone.now(), None
    OutgoingMail.objects.bulk_update(letters, ["to", "state", "attempts", "error", "due_at", "handed_at"])
    for letter in letters:
        audit.record(event=event, actor=actor, verb="send_letter_again", about=letter)
    return len(letters)


@transaction.atomic
def take_as_sent(*, letter: OutgoingMail, actor: Account | None) -> None:
    """Somebody knows that it arrived. Raises NothingToSend for a letter that nobody doubts."""
    changed = (
        OutgoingMail.objects.unsure()
        .numbered(letter.pk)
        .update(state=MailState.SENT, sent_at=letter.handed_at or timezone.now(), error="")
    )
    if not changed:
        raise NothingToSend(_("Nobody doubts any more that this letter has left."))
    audit.record(event=letter.event, actor=actor, verb="take_letter_as_sent", about=letter)
