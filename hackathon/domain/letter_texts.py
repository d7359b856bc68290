"""The organisers' own words for a letter: checked, kept, taken back, and shown as somebody will receive them.

Words are text with placeholders and nothing more (kit/placeholders.py): whatever is typed stays text.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from .. import letters
from ..kit import mail
from ..kit import placeholders as holes
from ..kit.errors import Refused
from ..kit.problems import Problem, blockers, warning
from ..kit.registry import LetterKind
from ..models import Account, Event, LetterText, Registration
from . import audit, letter_kinds


class TextRefused(Refused):
    code = "letter_text_refused"


@dataclass(frozen=True)
class Words:
    """A letter's subject and text with placeholders; `own`: the organisers' row, None for ours."""

    subject: str
    text: str
    own: LetterText | None = None


def ours(kind: LetterKind, language: str) -> Words:
    """Our words, with placeholders where the template speaks of somebody."""
    paths = letter_kinds.placeholders(kind)
    return Words(*mail.our_words(kind.name, language, mail.stand_ins(paths)))


def current(*, event: Event, kind: LetterKind, language: str) -> Words:
    """The words that leave today."""
    own = LetterText.objects.words(event, kind.name, language)
    return Words(own.subject, own.text, own) if own else ours(kind, language)


def mistakes(kind: LetterKind, subject: str, text: str) -> list[Problem]:
    """What is wrong with those words, all at once."""
    allowed = letter_kinds.placeholders(kind)
    found = []
    for where, words in (("subject", subject), ("text", text)):
        for name in holes.unknown_in(words, allowed):
            message = _("%(name)s is no placeholder of this letter. Write one of: %(list)s.") % {
                "name": name,
                "list": ", ".join(f"{{{each}}}" for each in allowed),
            }
            found.append(Problem("unknown_placeholder", message, where))
    for name in kind.required:
        if name not in holes.names_in(text):
            message = _(
                "Write %(name)s somewhere in the text (%(meaning)s): the letter is of no use without."
            )
            found.append(
                Problem(
                    "placeholder_missing",
                    message % {"name": f"{{{name}}}", "meaning": letter_kinds.meaning(name)},
                    "text",
                )
            )
    if "first_name" not in holes.names_in(text):
        found.append(warning("no_name", _("{first_name} is not in the text: nobody is spoken to."), "text"))
    return found


@transaction.atomic
def change(
    *, event: Event, kind: LetterKind, language: str, subject: str, text: str, actor: Account | None
) -> Words:
    """Put a letter in one's own words; ours again when they are the same. Raises TextRefused with every mistake."""
    subject, text = holes.one_line(subject), text.replace("\r\n", "\n").strip() + "\n"
    wrong = blockers(mistakes(kind, subject, text))
    if wrong or not subject or not text.strip():
        raise TextRefused(" ".join(str(each.message) for each in wrong) or _("Write a subject and a text."))
    plain = ours(kind, language)
    if (subject, text) == (plain.subject, plain.text):
        return reset(event=event, kind=kind, language=language, actor=actor)
    before = current(event=event, kind=kind, language=language)
    if (subject, text) == (before.subject, before.text):
        return before
    own, _is_new = LetterText.objects.update_or_create(
        event=event,
        letter=kind.name,
        language=language,
        defaults={"subject": subject, "text": text, "changed_by": actor, "changed_at": timezone.now()},
    )
    audit.record(
        event=event, actor=actor, verb="change_letter", about=own,
        was={"subject": before.subject, "text": before.text}, now={"subject": subject, "text": text},
    )  # fmt: skip
    return Words(subject, text, own)


@transaction.atomic
def reset(*, event: Event, kind: LetterKind, language: str, actor: Account | None) -> Words:
    """Our words again; what was written is in the record."""
    own = LetterText.objects.words(event, kind.name, language)
    if own is not None:
        audit.record(
            event=event, actor=actor, verb="reset_letter", about=own,
            was={"subject": own.subject, "text": own.text},
        )  # fmt: skip
        own.delete()
    return ours(kind, language)


@transaction.atomic
def switch(*, event: Event, kind: LetterKind, is_on: bool, actor: Account | None) -> None:
    """Whether the worker sends that letter on its day. Raises TextRefused for one that does not leave by date."""
    if not kind.is_by_date:
        raise TextRefused(_("This letter does not leave by date: it cannot be switched off."))
    Event.objects.take_turn(event)
    off = set(Event.objects.get(pk=event.pk).letters_off)
    if (kind.name not in off) == is_on:
        return
    event.letters_off = sorted(off - {kind.name} if is_on else off | {kind.name})
    event.save(update_fields=["letters_off"])
    verb = "switch_letter_on" if is_on else "switch_letter_off"
    audit.record(event=event, actor=actor, verb=verb, about=event, letter=kind.name)


def shown(
    *, event: Event, kind: LetterKind, language: str, words: Words, reader: Registration | None = None
) -> mail.Letter:
    """Those words as `reader`, or somebody made up, receives them."""
    return mail.fill(words.subject, words.text, sample(event, kind, language, reader), language, event=event)


def sample(
    event: Event, kind: LetterKind, language: str, reader: Registration | None = None
) -> dict[str, str]:
    """What the placeholders say in a preview; for a reader, their own name, code and link."""
    with override(language):
        name = reader.person.first_name if reader else str(_(SOMEBODY))
        known = letters.usual(event, language)
        found = {
            "first_name": name,
            "event": str(event),
            "dates": str(known["dates"]),
            "venue": known["venue"],
            "contact": event.contact_email,
            **kind.sample(event, language),
        }
    if reader is not None:
        if "code" in found:
            found["code"] = reader.code
        if "cancel_link" in found:
            found["cancel_link"] = letters.address(
                "hackathon:own_cancel", event.slug, reader.pk, language=language
            )
    return {each: found.get(each, f"{{{each}}}") for each in letter_kinds.placeholders(kind)}


#: Who reads a preview when nobody is chosen.
SOMEBODY = gettext_noop("Camille")
