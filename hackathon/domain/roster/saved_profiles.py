"""What an organiser said once about a list's columns, kept under a name: saved, recognised again, renamed, removed.

A column is known by its heading, folded; the second of two equal headings is « heading #2 ». It refuses to read rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...kit.errors import Refused
from ...models import Account, Event, ImportProfile
from .. import audit
from ..roster_rows import fold

#: The shapes we recognise by ourselves; no saved mapping may take their name.
SHAPES = ("palmares", "organiser", "helloasso", "eventbrite", "google_forms", "guessed")
MAX_NAME = 60
MAX_PROFILES = 50  # per event: a list to choose from, not an archive


class ProfileRefused(Refused):
    """A mapping of columns cannot be kept under that name."""

    code = "profile_refused"


@transaction.atomic
def save_profile(
    *, event: Event, name: str, header: Sequence[str], mapping: Mapping[int, str], actor: Account | None
) -> ImportProfile:
    """Keep what each column holds under `name`; the same name again replaces it. Raises ProfileRefused."""
    name = _checked(name)
    headings = headings_of(header)
    columns = {headings[index]: field for index, field in sorted(mapping.items()) if index < len(headings)}
    if not columns:
        raise ProfileRefused(_("There is nothing to save: say first what at least one column holds."))
    known = ImportProfile.objects.for_event(event)
    if not known.named(name).exists() and known.count() >= MAX_PROFILES:
        raise ProfileRefused(
            _("There are %(count)s saved mappings already. Delete one first.") % {"count": MAX_PROFILES}
        )
    values = {"columns": columns, "changed_at": timezone.now()}
    profile, is_new = ImportProfile.objects.update_or_create(event=event, name=name, defaults=values)
    audit.record(event=event, actor=actor, verb="save_import_profile", about=profile, is_new=is_new)
    return profile


@transaction.atomic
def rename_profile(*, profile: ImportProfile, name: str, actor: Account | None) -> ImportProfile:
    """Give it another name. Raises ProfileRefused when another has it."""
    name = _checked(name)
    if name == profile.name:
        return profile
    if ImportProfile.objects.for_event(profile.event).named(name).exists():
        raise ProfileRefused(_("Another saved mapping is called “%(name)s”.") % {"name": name})
    before, profile.name, profile.changed_at = profile.name, name, timezone.now()
    profile.save()
    audit.record(event=profile.event, actor=actor, verb="rename_import_profile", about=profile, before=before)
    return profile


@transaction.atomic
def remove_profile(*, profile: ImportProfile, actor: Account | None) -> None:
    """Forget it; what was imported with it stays."""
    audit.record(event=profile.event, actor=actor, verb="remove_import_profile", about=profile)
    profile.delete()


def known_profiles(event: Event) -> list[str]:
    """Every name that may be stated: our shapes, then the saved ones."""
    return [*SHAPES, *ImportProfile.objects.for_event(event).by_name().values_list("name", flat=True)]


def headings_of(header: Sequence[str]) -> list[str]:
    """A name for each column, each once, whatever is written twice or left blank."""
    seen: Counter[str] = Counter()
    names = []
    for heading in header:
        plain = " ".join(heading.split())
        seen[fold(plain)] += 1
        number = seen[fold(plain)]
        names.append(plain if plain and number == 1 else f"{plain} #{number}".strip())
    return names


def mapping_of(profile: ImportProfile, header: Sequence[str]) -> dict[int, str]:
    """Column index → field, of the columns that this header has."""
    fields = {fold(heading): field for heading, field in profile.columns.items()}
    return {
        index: fields[fold(heading)]
        for index, heading in enumerate(headings_of(header))
        if fold(heading) in fields
    }


def lacking(profile: ImportProfile, header: Sequence[str]) -> list[str]:
    """The saved headings that this header does not have."""
    here = {fold(heading) for heading in headings_of(header)}
    return [heading for heading in profile.columns if fold(heading) not in here]


def fitting(profiles: Iterable[ImportProfile], header: Sequence[str]) -> ImportProfile | None:
    """The one whose columns are all there; of several, the one that says most, then the latest."""
    fits = [profile for profile in profiles if profile.columns and not lacking(profile, header)]
    return max(fits, key=lambda profile: (len(profile.columns), profile.changed_at), default=None)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ProfileRefused(_("Give it a name."))
    if len(name) > MAX_NAME:
        raise ProfileRefused(
            _("This name has %(length)s characters; the limit is %(limit)s.")
            % {"length": len(name), "limit": MAX_NAME}
        )
    if name in SHAPES:
        raise ProfileRefused(_("“%(name)s” is the name of a shape we know; choose another.") % {"name": name})
    return name
