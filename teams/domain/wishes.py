"""What somebody would like of their team: themes in order, skills, with whom they come, whom they would rather not
work with. Read by organisers only.

A wish is written as a name or an address and understood only when it is certain who that is. Nothing here answers
its writer whether that person is registered, and nothing tells the person that they were named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hackathon.domain import answering, audit, clock, windows
from hackathon.enums import WindowKind
from hackathon.kit.errors import Refused
from hackathon.kit.folding import fold
from hackathon.models import Account, Event, Registration, Theme

from ..enums import WishKind
from ..models import Wish

#: Names of one kind that one person may write.
PER_KIND = 5


class WishRefused(Refused):
    code = "wish_refused"


def are_taken(event: Event) -> bool:
    """Whether preferences may change: until teams are settled."""
    window = windows.window_of(event, WindowKind.ROSTER)
    return window is not None and not windows.has_closed(window, clock.now(event))


@transaction.atomic
def keep_preferences(
    *,
    registration: Registration,
    themes: Sequence[Theme],
    skills: Sequence[str],
    level: int | None,
    comes_with: Sequence[str] = (),
    apart_from: Sequence[str] = (),
    actor: Account | None,
) -> None:
    """These and no others; the record says which changed, never what they hold. Raises WishRefused.

    What organisers understood of a name that stays is kept.
    """
    event = registration.event
    Event.objects.take_turn(event)
    if not are_taken(event):
        raise WishRefused(_("Teams are settled: tell the organisers what you would have changed."))
    named = {WishKind.WITH: _clean(comes_with), WishKind.APART: _clean(apart_from)}
    _check(registration, named)
    changed = []
    before = [choice.theme_id for choice in registration.choices.all()]
    if before != [theme.pk for theme in themes]:
        answering.keep_choices(registration, themes)
        changed.append("themes")
    for field, value in (("skills", list(skills)), ("level", level)):
        if getattr(registration, field) != value:
            setattr(registration, field, value)
            changed.append(field)
    registration.save(update_fields=["skills", "level"])
    if _keep_wishes(registration, named):
        changed.append("wishes")
    if changed:
        audit.record(event=event, actor=actor, verb="keep_preferences", about=registration, fields=changed)


@transaction.atomic
def choose_person(*, wish: Wish, other: Registration | None, actor: Account | None) -> Wish:
    """An organiser says who was meant; None: nobody, or not certain. Raises WishRefused."""
    event = wish.registration.event
    Event.objects.take_turn(event)
    if other is not None and (other.pk == wish.registration_id or other.event_id != event.pk):
        raise WishRefused(_("Choose somebody else of this event: nobody is named by themselves."))
    if wish.other_id != (other.pk if other else None):
        wish.other = other
        wish.save(update_fields=["other"])
        audit.record(event=event, actor=actor, verb="choose_wished_person", about=wish.registration)
    return wish


@transaction.atomic
def look_again(*, event: Event, actor: Account | None) -> int:
    """Understand what can be understood by now: somebody named may have registered since. Returns how many."""
    Event.objects.take_turn(event)
    found = 0
    known = Directory(event)
    for wish in Wish.objects.for_event(event).not_understood().in_order():
        wish.other_id = known.find(wish.named, besides=wish.registration_id)
        if wish.other_id is not None:
            wish.save(update_fields=["other"])
            found += 1
    if found:
        audit.record(event=event, actor=actor, verb="look_for_wished_people", about=event, found=found)
    return found


class Directory:
    """Who is registered, by address and by folded name; one query."""

    def __init__(self, event: Event) -> None:
        self._by: dict[str, set[int]] = {}
        for pk, email, name in Registration.objects.for_event(event).not_gone().addresses_and_names():
            for key in filter(None, (email.casefold(), name)):
                self._by.setdefault(key, set()).add(pk)

    def find(self, named: str, *, besides: int) -> int | None:
        """The one registration of that address or that name; None unless it is certain."""
        key = named.strip().casefold() if "@" in named else fold(named)
        found = self._by.get(key, set())
        return next(iter(found)) if len(found) == 1 and besides not in found else None


def _keep_wishes(registration: Registration, named: dict[WishKind, list[str]]) -> bool:
    before = {(wish.kind, wish.named): wish for wish in Wish.objects.of_registration(registration)}
    wanted = {(str(kind), text) for kind, texts in named.items() for text in texts}
    gone = [wish.pk for key, wish in before.items() if key not in wanted]
    new = [(kind, text) for kind, texts in named.items() for text in texts if (str(kind), text) not in before]
    Wish.objects.numbered_any(gone).delete()
    if new:
        known = Directory(registration.event)
        Wish.objects.bulk_create(
            Wish(
                registration=registration,
                kind=kind,
                named=text,
                other_id=known.find(text, besides=registration.pk),
            )
            for kind, text in new
        )
    return bool(gone or new)


def _clean(names: Iterable[str]) -> list[str]:
    """Without needless spaces; each once, whatever its accents."""
    found: dict[str, str] = {}
    for name in names:
        text = " ".join(name.split())
        if text:
            found.setdefault(fold(text) or text, text)
    return list(found.values())


def _check(registration: Registration, named: dict[WishKind, list[str]]) -> None:
    own = {registration.person.folded_name, registration.person.email.casefold()}
    for texts in named.values():
        if len(texts) > PER_KIND:
            raise WishRefused(_("Name %(count)s people at most in each box.") % {"count": PER_KIND})
        for text in texts:
            if len(text) > 160:
                raise WishRefused(
                    _("“%(name)s…” is too long for a name: one name a line.") % {"name": text[:40]}
                )
            if text.casefold() in own or fold(text) in own:
                raise WishRefused(_("“%(name)s” is yourself: name somebody else.") % {"name": text})
    both = {fold(text) for text in named[WishKind.WITH]} & {fold(text) for text in named[WishKind.APART]}
    if both:
        raise WishRefused(_("The same person is in both boxes: choose one."))
