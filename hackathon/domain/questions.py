"""What the registration form asks beyond the common part, for one role or for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..enums import QuestionKind
from ..kit.folding import fold
from ..models import Account, Event, Question
from . import furnishing
from .furnishing import SetupRefused

#: Kinds that are answered by picking among given answers.
PICKED = (QuestionKind.CHOICE, QuestionKind.CHOICES)
LONGEST_CHOICE = 200


@transaction.atomic
def save_question(
    *, event: Event, actor: Account | None, question: Question | None = None, **fields: Any
) -> Question:
    """A new question, last in order, or a changed one; answers keep the words they were asked in.

    Raises SetupRefused for choices that cannot be told apart or are not the same in both languages, and for another
    kind of answer once people answered. A choice may always be removed: who gave it keeps it.
    """
    is_new = question is None
    if question is None:
        question = Question(event=event, position=furnishing.next_position(event.questions.all()))
    kind = fields.get("kind", question.kind)
    if kind in PICKED:
        _check_choices(question, fields)
    if not is_new and "kind" in fields and _kind_before(question) != kind and question.answers.exists():
        raise SetupRefused(
            _("People have answered: the kind of answer can no longer change. Ask a new question.")
        )
    return furnishing.keep(
        question, verb="add_question" if is_new else "change_question", actor=actor, fields=fields
    )


def _check_choices(question: Question, fields: Mapping[str, Any]) -> None:
    main = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    lists = {
        code: fields.get(f"choices_{code}", getattr(question, f"choices_{code}", None)) or []
        for code, _name in settings.LANGUAGES
    }
    if len(lists[main]) < 2:
        raise SetupRefused(_("A choice needs at least two answers: write one per line."))
    for choices in lists.values():
        folded = [fold(choice) for choice in choices]
        twice = next((choice for choice in choices if folded.count(fold(choice)) > 1), None)
        if twice is not None:
            raise SetupRefused(
                _("“%(choice)s” is written twice among the answers: remove one.") % {"choice": twice}
            )
        if any(len(choice) > LONGEST_CHOICE for choice in choices):
            raise SetupRefused(_("An answer is longer than 200 characters: shorten it."))
        if choices and len(choices) != len(lists[main]):
            raise SetupRefused(
                _(
                    "The answers must be as many, in the same order, in both languages; or leave English empty."
                )
            )


@transaction.atomic
def remove_question(*, question: Question, actor: Account | None) -> None:
    """Remove a question that nobody answered. Raises SetupRefused otherwise, with what to do instead."""
    answers = question.answers.count()
    if answers:
        raise SetupRefused(
            ngettext(
                "%(count)s person answered: stop asking the question instead of removing it.",
                "%(count)s people answered: stop asking the question instead of removing it.",
                answers,
            )
            % {"count": answers}
        )
    furnishing.remove(question, verb="remove_question", actor=actor)


@transaction.atomic
def move_question(*, question: Question, up: bool, actor: Account | None) -> None:
    """One up or one down in the form; at the end nothing happens."""
    furnishing.move(question, question.event.questions.all(), up=up, verb="move_question", actor=actor)


@transaction.atomic
def arrange_questions(*, event: Event, order: list[int], actor: Account | None) -> None:
    """All of them in that order of numbers. Raises SetupRefused when one of the numbers is none of theirs."""
    furnishing.arrange(
        event=event, rows=event.questions.all(), order=order, verb="arrange_questions", actor=actor
    )


def choices_of(question: Question) -> list[tuple[str, str]]:
    """(what is kept, what is read): the answer is kept in the site's first language, whoever gives it."""
    kept = getattr(question, f"choices_{settings.MODELTRANSLATION_DEFAULT_LANGUAGE}", None) or []
    read = question.choices or []
    return list(zip(kept, read if len(read) == len(kept) else kept, strict=True))


def _kind_before(question: Question) -> str:
    return Question.objects.values_list("kind", flat=True).get(pk=question.pk)
