"""What organisers do with the people of the list besides moving them: correcting what is written about them, reading
their history, taking the list out, which is recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..kit.errors import Refused, Stale
from ..models import Account, AuditEntry, Event, Person, Registration, Role, Theme, ThemeChoice
from . import audit, places
from .registering import person_known_as
from .transitions import NoPlaceLeft

#: What `correct` may change: facts about the person, then about the registration.
PERSON_FACTS = ("first_name", "last_name", "email", "phone", "organisation", "language")
REGISTRATION_FACTS = ("role", "skills", "level", "themes")


class KnownAlready(Refused):
    """Somebody else of that name is known at that address. `details["person"]` is who."""

    code = "known_already"


class NameMissing(Refused):
    code = "name_missing"


@transaction.atomic
def correct(
    *, registration: Registration, actor: Account | None, seen: str = "", reason: str = "", **facts: Any
) -> list[str]:
    """Change what is written about somebody; returns the names of the facts that changed.

    `facts` among PERSON_FACTS and REGISTRATION_FACTS; `role` a Role, `themes` a list best first; `seen` the `mark` of
    what the editor had before them. Raises Stale when somebody changed it meanwhile, KnownAlready for an address and
    name that somebody else has, NameMissing, and NoPlaceLeft for a role that is full.
    """
    unknown = set(facts) - {*PERSON_FACTS, *REGISTRATION_FACTS}
    if unknown:
        raise TypeError(f"not facts of a person: {', '.join(sorted(unknown))}")
    event = registration.event
    Event.objects.take_turn(event)
    now = Registration.objects.for_event(event).with_people().with_choices().get(pk=registration.pk)
    now.event = now.person.event = event
    before = facts_of(now)
    if seen and seen != mark(now):
        raise Stale(
            _("Somebody changed this meanwhile: nothing was saved. Check what is here now, then correct it.")
        )
    after = before | {name: _plain(name, value) for name, value in facts.items()}
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return []
    if not after["first_name"]:
        raise NameMissing(_("Write a first name: it is what the badge shows."))
    _refuse_somebody_else(now.person, after)
    if "role" in changed:
        _take_role(now, facts["role"])
    _write(now, after, changed, facts)
    audit.record(
        event=event,
        actor=actor,
        verb="correct_person",
        about=registration,
        reason=reason,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return changed


def facts_of(registration: Registration) -> dict[str, Any]:
    """What may be corrected, as plain data: the role by its key, the themes by their short titles."""
    person = registration.person
    facts: dict[str, Any] = {name: getattr(person, name) for name in PERSON_FACTS}
    return facts | {
        "role": registration.role.key,
        "skills": list(registration.skills),
        "level": registration.level,
        "themes": [choice.theme.short_title for choice in registration.choices.all()],
    }


def mark(registration: Registration) -> str:
    """A short sign of what `facts_of` says now, to notice that somebody changed it."""
    text = json.dumps(facts_of(registration), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _plain(name: str, value: Any) -> Any:
    if name == "role":
        return value.key
    if name == "themes":
        return [theme.short_title for theme in dict.fromkeys(value)]
    if name == "skills":
        return list(value)
    if name == "email":
        return value.strip().lower()
    return value.strip() if isinstance(value, str) else value


def _refuse_somebody_else(person: Person, after: Mapping[str, Any]) -> None:
    known = person_known_as(person.event, after["first_name"], after["last_name"], after["email"])
    if known is not None and known.pk != person.pk:
        raise KnownAlready(
            _("%(name)s is known at %(email)s already: look for that person in the list instead.")
            % {"name": known, "email": after["email"]},
            person=known,
        )


def _take_role(registration: Registration, role: Role) -> None:
    """A place in another role is another place, but the same one at the venue."""
    left = places.count(registration.event).left_in_role(role.pk)
    if registration.holds_place and left == 0:
        raise NoPlaceLeft(
            _("No place is left for “%(role)s”: raise the number of places of this role first.")
            % {"role": role.name}
        )


def _write(
    registration: Registration, after: dict[str, Any], changed: Iterable[str], facts: Mapping[str, Any]
) -> None:
    person = registration.person
    if "email" in changed and person.account is not None and person.account.email == person.email:
        person.account = None  # reached at the old address only: the new one is proven by its own sign-in
    for name in PERSON_FACTS:
        setattr(person, name, after[name])
    person.save()
    if "role" in changed:
        registration.role = facts["role"]
        registration.shows_role = registration.shows_role and not registration.role.is_private
    registration.skills, registration.level = after["skills"], after["level"]
    registration.save(update_fields=["role", "shows_role", "skills", "level"])
    if "themes" in changed:
        _choose(registration, facts["themes"])


def _choose(registration: Registration, themes: Iterable[Theme]) -> None:
    registration.choices.all().delete()
    ThemeChoice.objects.bulk_create(
        ThemeChoice(registration=registration, theme=theme, rank=rank)
        for rank, theme in enumerate(dict.fromkeys(themes), start=1)
    )


@transaction.atomic
def record_export(
    *,
    event: Event,
    count: int,
    kind: str,
    filters: dict[str, str],
    actor: Account | None,
    columns: Iterable[str] = (),
    what: str = "list",
) -> AuditEntry:
    """Keep who took how many people out of here: in which format, by which filter, with which columns.

    `what`: list, sms, or needs.
    """
    return audit.record(
        event=event,
        actor=actor,
        verb="read_needs" if what == "needs" else "export_registrations",
        about=event,
        count=count,
        format=kind,
        filters=filters,
        columns=list(columns),
        what=what,
    )


def history_of(registration: Registration) -> list[AuditEntry]:
    """Every act about that registration or its person, the latest first; two queries."""
    entries = [
        *AuditEntry.objects.about(registration).latest_first(),
        *AuditEntry.objects.about(registration.person).latest_first(),
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.pk), reverse=True)
