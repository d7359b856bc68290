"""What the registration form asks beyond the common part, for one role or for everybody."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..enums import QuestionKind
from ..models import Account, Event, Question
from . import furnishing
from .furnishing import SetupRefused


@transaction.atomic
def save_question(
    *, event: Event, actor: Account | None, question: Question | None = None, **fields: Any
) -> Question:
    """A new question, last in order, or a changed one; answers keep the words they were asked in.

    Raises SetupRefused for a choice between fewer than two things, or another kind of answer once people answered.
    """
    is_new = question is None
    if question is None:
        question = Question(event=event, position=furnishing.next_position(event.questions.all()))
    kind = fields.get("kind", question.kind)
    if kind == QuestionKind.CHOICE and len(fields.get("choices_fr", question.choices) or []) < 2:
        raise SetupRefused(_("A choice needs at least two answers: write one per line."))
    if not is_new and "kind" in fields and _kind_before(question) != kind and question.answers.exists():
        raise SetupRefused(
            _("People have answered: the kind of answer can no longer change. Ask a new question.")
        )
    return furnishing.keep(
        question, verb="add_question" if is_new else "change_question", actor=actor, fields=fields
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


def _kind_before(question: Question) -> str:
    return Question.objects.values_list("kind", flat=True).get(pk=question.pk)
