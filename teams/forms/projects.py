"""The project page's form: every field of a project, none required while it is a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from hackathon.forms.setup import SetupForm
from hackathon.forms.windows import EventTimes, WallTimeField
from hackathon.models import Event

from ..domain import content
from ..enums import Standing
from ..models import Declaration, ExtraField, Project
from ..models.project import CONTENT

#: Characters, of an added field of several lines and of one.
LONGEST, LONGEST_LINE = 3000, 250


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
        for field in content.extra_fields(self.instance):
            name = content.name_of(field)
            self.fields[name] = extra_input(field)
            self.initial.setdefault(name, content.text_of(self.instance, name))
        self.needed = content.needed_fields(self.instance)
        self._mark_needed(True)

    def full_clean(self) -> None:
        """A draft may lack what a submission needs: those fields are marked as needed, never refused here."""
        self._mark_needed(False)
        super().full_clean()
        self._mark_needed(True)

    def _mark_needed(self, is_needed: bool) -> None:
        for name in self.needed:
            self.fields[name].required = is_needed

    def changed_content(self) -> dict[str, str]:
        sent = [name for name in self.fields if name in self.data]
        # A form sends other line ends than a script: the same text must be the same text
        return {
            name: self.cleaned_data[name].replace("\r\n", "\n") for name in sent if name in self.cleaned_data
        }


def extra_input(field: ExtraField) -> forms.CharField:
    """The input of a field that the event adds."""
    widget = forms.Textarea(attrs={"rows": 5}) if field.is_long else forms.TextInput()
    return forms.CharField(
        label=field.label,
        help_text=field.help,
        widget=widget,
        max_length=LONGEST if field.is_long else LONGEST_LINE,
        required=False,
    )


class ExtraFieldForm(SetupForm):
    """A field that the event adds to the project page."""

    needed = ("label",)

    class Meta:
        model = ExtraField
        fields = (
            "label_fr", "label_en", "help_fr", "help_en", "theme", "is_long", "is_required", "is_public", "is_active",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme = self.fields["theme"]
        theme.queryset = self.event.themes.in_order()  # type: ignore[attr-defined]
        theme.empty_label = _("Every project")  # type: ignore[attr-defined]
        theme.required = False
        theme.label = _("Asked of")


class DeclarationForm(forms.ModelForm):
    """What a team declares on the first evening."""

    class Meta:
        model = Declaration
        fields = ("title", "progress", "lacks", "will_submit")
        widgets = {"progress": forms.Textarea(attrs={"rows": 4}), "lacks": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "title": _("It becomes the title of your project page if that has none yet; you may change it."),
            "lacks": _("Somebody, a skill, data, equipment: an organiser reads this tonight."),
        }


class ReasonForm(forms.Form):
    """A reason, kept with the act."""

    reason = forms.CharField(label=_("reason"), max_length=250, widget=forms.Textarea(attrs={"rows": 2}))


class StandingForm(ReasonForm):
    """Where the project stands, and why; read by the team."""

    standing = forms.ChoiceField(label=_("standing"), choices=Standing.choices)
    field_order = ("standing", "reason")


class ReopeningForm(EventTimes, ReasonForm):
    """Until when one team may write, and why; the time is one on the wall of the venue."""

    until = WallTimeField(label=_("until"))
    field_order = ("until", "reason")

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read_times_in(event)


class TakeOverForm(forms.Form):
    """Whose text is taken over."""

    old = forms.ModelChoiceField(label=_("dissolved team"), queryset=Project.objects.none())

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["old"]
        old.queryset = Project.objects.for_event(event).of_dissolved_teams().begun().with_teams().in_order()  # type: ignore[attr-defined]
        old.label_from_instance = lambda project: f"{project.team} · {project}"  # type: ignore[attr-defined]
