"""Whom an event knows already under a name and an address, and which form was sent before. It changes nothing."""

from __future__ import annotations

from hashlib import sha256

from ..models import Event, Person, Registration
from .roster_rows.cells import name_key


def person_known_as(event: Event, first_name: str, last_name: str, email: str) -> Person | None:
    """Whom the event knows at that address under that name, whichever of the two names comes first."""
    if not email:
        return None
    wanted = name_key(first_name, last_name)
    at_address = Person.objects.for_event(event).reached_at(email).select_related("registration")
    return next(
        (person for person in at_address if name_key(person.first_name, person.last_name) == wanted), None
    )


def sent_before(
    event: Event, key: str, first_name: str, last_name: str, email: str
) -> tuple[Registration | None, str]:
    """What this very form made already, and else the key to keep it under.

    Somebody who goes back to the page and writes another name sends another form, though the page kept its key.
    """
    if not key:
        return None, ""
    own = f"{key[:40]}~{sha256(f'{name_key(first_name, last_name)}|{email}'.encode()).hexdigest()[:16]}"
    found = {
        each.form_key: each for each in Registration.objects.for_event(event).sent_as(key, own).with_people()
    }
    first = found.get(key)
    if first is None:
        return found.get(own), key
    person = first.person
    if person.email == email and name_key(person.first_name, person.last_name) == name_key(
        first_name, last_name
    ):
        return first, key
    return found.get(own), own
