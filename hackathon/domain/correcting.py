"""What a person corrects about themselves: name, phone, organisation, language, needs, theme choices.

Not the address: it is what proves who signs in. The record says which fields changed, never what they held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..enums import Purpose
from ..kit.errors import Refused
from ..models import Account, Needs, Person, Theme
from . import answering, audit, consenting, privacy, windows

#: What may be corrected on the person itself.
FIELDS = ("first_name", "last_name", "phone", "organisation", "language")


class CorrectionRefused(Refused):
    code = "correction_refused"


@transaction.atomic
def correct(*, person: Person, fields: Mapping[str, str], actor: Account | None) -> list[str]:
    """Write those of FIELDS that changed; returns their names. Raises CorrectionRefused for a name that is taken."""
    _refuse_nobody(person)
    changed = [name for name in FIELDS if name in fields and getattr(person, name) != fields[name]]
    for name in changed:
        setattr(person, name, fields[name])
    if not person.first_name.strip():
        raise CorrectionRefused(_("A first name is needed: the badge and the welcome desk use it."))
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise CorrectionRefused(
            _("Somebody of that name is registered already at this address: names must differ.")
        ) from error
    _record(person, actor, changed)
    return changed


@transaction.atomic
def correct_needs(
    *, person: Person, diet: str, access: str, agrees: bool, source: str, actor: Account | None
) -> None:
    """Keep these needs, with the explicit consent that they ask for, or delete both.

    Raises CorrectionRefused for needs without consent.
    """
    _refuse_nobody(person)
    if not (diet or access):
        Needs.objects.of(person).delete()
        consenting.withdraw(person=person, purpose=Purpose.NEEDS, actor=actor)
        return
    if not agrees:
        raise CorrectionRefused(
            _("We may keep your needs only if you agree: tick the box, or empty the two fields above.")
        )
    Needs.objects.update_or_create(person=person, defaults={"diet": diet, "access": access})
    consenting.give(person=person, purposes=[Purpose.NEEDS], source=source, actor=actor)
    _record(person, actor, ["needs"])


@transaction.atomic
def correct_choices(*, person: Person, themes: Iterable[Theme], actor: Account | None) -> None:
    """Other themes, best first, while registration is open. Raises CorrectionRefused once it is closed."""
    if not windows.registration_is_open(person.event):
        raise CorrectionRefused(_("Registration is closed: ask the organisers to change your themes."))
    answering.keep_choices(person.registration, themes)
    _record(person, actor, ["themes"])


def _refuse_nobody(person: Person) -> None:
    if privacy.is_erased(person):
        raise CorrectionRefused(_("This person’s data has been erased already."))


def _record(person: Person, actor: Account | None, changed: list[str]) -> None:
    if changed:
        audit.record(event=person.event, actor=actor, verb="correct_own_data", about=person, fields=changed)
