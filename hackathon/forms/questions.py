"""The field that asks an organiser's question, one per kind of answer; a file's field knows what was sent before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from ..domain.questions import choices_of
from ..enums import QuestionKind
from ..kit import uploads
from ..kit.errors import Refused
from ..models import Question

FILE_KINDS = ("pdf", "png", "jpeg")
FILE_LIMIT = 5 * 1024 * 1024  # bytes


class AnswerFileField(forms.FileField):
    """A file known by its content. `kept`: the one sent before, which stands until another replaces it.

    Cleaned: an Upload for a new file, the {"name", "size", "file"} kept before, or None.
    """

    def __init__(self, *, kept: dict[str, Any] | None = None, **options: Any) -> None:
        self.own_help = options.pop("help_text", "")
        super().__init__(widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}), **options)
        self.stand(kept)

    def stand(self, kept: dict[str, Any] | None) -> None:
        """From now on that file is the one sent before; the help says so, since no browser fills a file in again."""
        self.kept = kept
        limits = _("%(kinds)s, at most %(limit)s.") % {
            "kinds": uploads.written(FILE_KINDS),
            "limit": filesizeformat(FILE_LIMIT),
        }
        already = ""
        if kept:
            already = _("Already sent: %(name)s (%(size)s). Choose another file only to replace it.") % {
                "name": kept["name"],
                "size": filesizeformat(kept["size"]),
            }
        self.help_text = conditional_escape(" ".join(filter(None, (self.own_help, limits, already))))
        self.widget.is_required = self.required and not kept

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Raises ValidationError in the words of kit.uploads."""
        if not data or not hasattr(data, "read"):
            if self.required and not self.kept:
                raise ValidationError(_("A file is needed here: choose one."), code="required")
            return self.kept
        try:
            checked = uploads.check_upload(data, kinds=FILE_KINDS, limit=FILE_LIMIT)
        except Refused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        return uploads.Upload(data, checked)


class AnswerChoicesField(forms.MultipleChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)


def field_of(question: Question, *, kept: dict[str, Any] | None = None) -> forms.Field:
    """The field of that question. `kept`: for a file, what was sent before."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.is_required,
    }
    if question.kind == QuestionKind.LONG_TEXT:
        return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **common)
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *choices_of(question)], **common)
    if question.kind == QuestionKind.CHOICES:
        return AnswerChoicesField(choices=choices_of(question), **common)
    if question.kind == QuestionKind.YES_NO:
        return forms.ChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **common
        )
    if question.kind == QuestionKind.NUMBER:
        return forms.IntegerField(min_value=0, max_value=1_000_000, **common)
    if question.kind == QuestionKind.FILE:
        return AnswerFileField(kept=kept, **common)
    return forms.CharField(max_length=200, **common)
