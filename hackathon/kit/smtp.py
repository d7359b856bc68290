"""Django's way to a mail server, with one more thing: it says when it is about to hand a letter's words over.

Before that moment a letter has certainly not left; after it, only the server's answer tells. See domain/outbox.py.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends import smtp


def _nothing() -> None:
    pass


class _Announcing:
    """Mixed into smtplib's connections: `before_data` is called between the addresses and the words."""

    before_data: Callable[[], None] = staticmethod(_nothing)

    def data(self, message: Any) -> tuple[int, bytes]:
        self.before_data()
        return super().data(message)  # type: ignore[misc]


class _Plain(_Announcing, smtplib.SMTP):
    pass


class _Encrypted(_Announcing, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """`before_data`: set by whoever wants to know, for the letters that follow."""

    before_data: Callable[[], None] = staticmethod(_nothing)

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain

    def open(self) -> bool | None:
        is_new = super().open()
        connection: Any = self.connection
        if is_new:
            connection.before_data = lambda: self.before_data()
        return is_new
