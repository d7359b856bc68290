"""250 letters through the outbox, against the same messages given to a mail server one after the other."""

from __future__ import annotations

import smtplib
import uuid

from django.test.utils import override_settings

from hackathon.domain import outbox, workers
from hackathon.kit.mail_sink import Sink
from hackathon.models import Event, OutgoingMail

from . import Figure, in_turn

LETTERS = 250


def sending(event: Event) -> Figure:
    """Claimed, marked and answered for, each on disk before the next; the baseline keeps no record of anything."""
    with (
        Sink() as sink,
        override_settings(
            EMAIL_BACKEND="hackathon.kit.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=sink.port
        ),
    ):
        OutgoingMail.objects.all().delete()

        def ours() -> None:
            write(event)
            assert outbox.deliver_due(worker=workers.name()) == LETTERS

        ours()
        messages = list(sink.letters)

        def bare() -> None:
            with smtplib.SMTP("127.0.0.1", sink.port) as server:
                for to, message in messages:
                    server.sendmail("palmares@localhost", [to], message)

        seconds, baseline = in_turn(ours, bare, runs=5)
    return Figure(
        f"{LETTERS} letters sent",
        seconds,
        baseline,
        "bare smtplib, one connection",
        "under 5 s",
        {"letters_per_second": round(LETTERS / seconds)},
    )


def write(event: Event) -> None:
    """As many letters, waiting."""
    words = "Bonjour,\n\nVous avez une place.\n" * 12
    OutgoingMail.objects.bulk_create(
        OutgoingMail(
            event=event,
            key=uuid.uuid4().hex,
            letter="registration_accepted",
            to=f"p{number}@example.org",
            subject="Votre place",
            text=words,
            html=f"<p>{words}</p>",
        )
        for number in range(LETTERS)
    )
