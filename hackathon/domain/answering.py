"""What a registration holds beyond its facts: theme choices in order, answers to the organisers' questions.

An answer keeps the words it was asked in. A file lies apart, and goes with its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from ..kit import uploads
from ..models import Answer, Question, Registration, RegistrationDraft, Theme, ThemeChoice

FOLDER = "answers"


def keep_choices(registration: Registration, themes: Iterable[Theme]) -> None:
    """These themes and no others, best first; a theme named twice counts once."""
    registration.choices.all().delete()
    ThemeChoice.objects.bulk_create(
        ThemeChoice(registration=registration, theme=theme, rank=rank)
        for rank, theme in enumerate(dict.fromkeys(themes), start=1)
    )


def keep_answers(registration: Registration, answers: Mapping[Question, Any]) -> None:
    """These answers and no others; nothing is kept of a question left blank.

    A file's answer is {"name", "size", "file"}, the last being where it lies (kit.uploads).
    """
    for before in registration.answers.all():
        if before.file in [each.get("file") for each in answers.values() if isinstance(each, dict)]:
            before.file = ""  # the same file is sent again: it stays
        before.delete()
    Answer.objects.bulk_create(
        _answer(registration, question, value)
        for question, value in answers.items()
        if value not in (None, "", [])
    )


def _answer(registration: Registration, question: Question, value: Any) -> Answer:
    answer = Answer(registration=registration, question=question, asked=question.label, value=value)
    if isinstance(value, dict):
        answer.file = value["file"]
        answer.value = {"name": value["name"], "size": value["size"]}
    return answer


def forget_answer_file(sender: object, instance: Answer, **_: object) -> None:
    """Receives `post_delete`: once the answer is gone for good, so is its file."""
    if instance.file:
        transaction.on_commit(partial(uploads.forget, instance.file))


def forget_draft_files(sender: object, instance: RegistrationDraft, **_: object) -> None:
    """Receives `post_delete`: a draft thrown away takes its files along."""
    for kept in (instance.data.get("files") or {}).values():
        transaction.on_commit(partial(uploads.forget, kept["file"]))
