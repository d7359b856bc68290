"""What teams do with the news of others."""

from __future__ import annotations

from typing import Any

from hackathon.models import Account, Registration

from .domain import joining


def leave_after_withdrawal(
    sender: Any, registration: Registration, actor: Account | None = None, **_: Any
) -> None:
    """Receives `registration_withdrawn`: a place given back is also a seat given back."""
    joining.leave_team(registration=registration, reason="registration withdrawn", actor=actor)
