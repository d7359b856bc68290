"""What the page that checks codes says of an attestation: what its paper lists, and nothing of the person but initials."""

from __future__ import annotations

import re
from typing import Any

from ..models import Attestation
from .attestation_papers import half_days, hours


def attestation_of(code: str) -> tuple[str, dict[str, Any]] | None:
    """What is said of an attestation: that it is ours, what it lists, whether it stands. Nothing of the person but initials."""
    found = Attestation.objects.written(code).first()
    newer = Attestation.objects.replacing(found).first()  # asked for an unknown code as well
    if found is None:
        return None
    content = found.content
    return "hackathon/_verified_attestation.html", {
        "attestation": found,
        "event_of_it": found.registration.event,
        "initials": initials(content.get("name", "")),
        "content": content,
        "halves": half_days(content),
        "total": hours(content.get("minutes", 0)),
        "issued_on": found.registration.event.local(found.issued_at),
        "status": _status(found, newer),
    }


def _status(found: Attestation, newer: Attestation | None) -> str:
    if "name" not in found.content:
        return "erased"
    if found.revoked_at is None:
        return "valid"
    return "superseded" if newer else "withdrawn"


def initials(name: str) -> str:
    """« J… D… »: enough to compare with the paper, not to learn a name."""
    return " ".join(f"{word[0].upper()}…" for word in re.split(r"[\s-]+", name) if word)
