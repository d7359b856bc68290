"""The project page's form: every field of a project, none required while it is a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..models import Project
from ..models.project import CONTENT, REQUIRED


def form_field(field: models.Field, **options: Any) -> forms.Field | None:
    """As Django makes it; an address typed without its beginning is taken for https."""
    if isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


class ProjectForm(forms.ModelForm):
    """`changed_content` is what was really sent: an autosave sends only some of the fields."""

    class Meta:
        model = Project
        fields = CONTENT
        formfield_callback = form_field
        help_texts = {
            "title": _("The name that the jury and the public will read."),
            "pitch": _("One sentence: for whom, what it changes."),
            "pitch_en": _("The same sentence in English, for the English pages of the results."),
            "problem": _("What is wrong today, and for whom? A figure or a story helps."),
            "audience": _("Who will use it?"),
            "solution": _("What do you propose, and how does it work?"),
            "works_today": _("What can be shown at the end of the event? A drawing on paper counts."),
            "next_steps": _("What would you do in the next six months?"),
            "site_url": _("Full address, beginning with https://"),
            "repository_url": _("Where the code or the files are."),
            "video_url": _("Two minutes at most."),
            "licence": _("Under which licence may others use your work?"),
            "prior_work": _("What existed before the event? It is no disadvantage, but it has to be said."),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 5})
            for name in ("problem", "audience", "solution", "works_today", "next_steps", "prior_work")
        } | {name: forms.Textarea(attrs={"rows": 2, "maxlength": 240}) for name in ("pitch", "pitch_en")}

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in REQUIRED:
            self.fields[name].required = True

    def full_clean(self) -> None:
        """A draft may lack what a submission needs: those fields are marked as needed, never refused here."""
        for name in REQUIRED:
            self.fields[name].required = False
        super().full_clean()
        for name in REQUIRED:
            self.fields[name].required = True

    def changed_content(self) -> dict[str, str]:
        sent = [name for name in CONTENT if name in self.data]
        # A form sends other line ends than a script: the same text must be the same text
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in sent}
