"""The jury's choices, place by place: as the scores propose, another project, ex æquo, or nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hackathon.models import Event
from judging.domain import deliberating, proposing
from judging.domain.award_proposals import EMPTY, OPEN, TIED, ProposedAward, SlotKey
from judging.models import Decision

UNCHOSEN, AS_PROPOSED, TOGETHER, NOBODY = "", "proposed", "together", "nobody"


class DeliberationForm(forms.Form):
    """One choice and one reason per place. Which places there are follows from the choices made so far.

    `after`: the version of the decision that was on the page, so that nobody decides over another's head.
    """

    after = forms.IntegerField(widget=forms.HiddenInput)
    version_reason = forms.CharField(
        label=gettext_lazy("Why this decision replaces the one before"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, event: Event, decision: Decision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = proposing.board_of(event)
        self.fields["after"].initial = decision.version if decision else 0
        if decision is None:
            del self.fields["version_reason"]
        self.choices: dict[SlotKey, list[int]] = {}
        self.places: list[dict[str, Any]] = []
        if not deliberating.unfinished_rounds(event) and not proposing.rule_problems(event, self.board.rules):
            self._lay_out()

    def _lay_out(self) -> None:
        """The places to fill, each with its two fields; later prizes follow from earlier choices."""
        seen: set[SlotKey] = set()
        while True:
            slots = self.board.proposal(self.choices)
            slot = next((slot for slot in slots if slot.key not in seen), None)
            if slot is None:
                return
            seen.add(slot.key)
            self._add_place(slot, slots)

    def _add_place(self, slot: ProposedAward, slots: list[ProposedAward]) -> None:
        board = self.board
        equals = [other.project for other in slots if other.key == slot.key and other.project is not None]
        tied = [int(candidate) for candidate in slot.candidates]  # type: ignore[call-overload]
        name = "-".join(str(part or 0) for part in slot.key)
        choice, reason = f"choice-{name}", f"reason-{name}"
        self.fields[choice] = forms.ChoiceField(
            label=_("Who receives it"), choices=self._options(slot, slots, equals, tied)
        )
        self.fields[reason] = forms.CharField(
            label=_("Reason"),
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 2}),
            help_text=_("Needed if this is not what the ranking proposes; it is printed in the minutes."),
        )
        picked = self._picked(self.data.get(choice, "") if self.is_bound else "", tied)
        if picked is not None:
            self.choices[slot.key] = picked
        self.places.append(
            {
                "slot": slot,
                "name": board.name_of(slot),
                "choice": self[choice],
                "reason": self[reason],
                "proposed": [board.titles.get(pk, "") for pk in equals],  # type: ignore[call-overload]
                "candidates": [board.titles.get(pk, "") for pk in tied] if slot.status == TIED else [],
                "remark": board.say(slot.remark) if slot.remark else "",
                "needs_reason": slot.status in (TIED, OPEN) or picked is not None,
            }
        )

    def _options(
        self, slot: ProposedAward, slots: list[ProposedAward], equals: list[Any], tied: list[int]
    ) -> list[tuple[str, str]]:
        titles = self.board.titles
        if equals:
            names = ", ".join(titles.get(pk, "") for pk in equals)
            options = [(AS_PROPOSED, _("%(project)s – as the ranking proposes") % {"project": names})]
        elif slot.status == EMPTY:
            options = [(AS_PROPOSED, _("Nobody can receive it"))]
        else:
            options = [(UNCHOSEN, _("To be chosen"))]
        if slot.status == TIED:
            together = ", ".join(titles.get(pk, "") for pk in tied)
            options.append((TOGETHER, _("Ex æquo: %(projects)s") % {"projects": together}))
        others = [pk for pk in self.board.may_receive(slot, slots) if pk not in equals and pk not in tied]
        options += [
            (str(pk), titles.get(pk, "")) for pk in tied + sorted(others, key=lambda pk: titles.get(pk, ""))
        ]
        if slot.rule.allow_none:
            options.append((NOBODY, _("Not awarded")))
        return options

    @staticmethod
    def _picked(value: str, tied: list[int]) -> list[int] | None:
        if value == NOBODY:
            return []
        if value == TOGETHER:
            return tied
        return [int(value)] if value.isdecimal() else None

    def reasons(self) -> dict[SlotKey, str]:
        """Per place, what was written; after `is_valid()`."""
        return {place["slot"].key: self.cleaned_data.get(place["reason"].name, "") for place in self.places}


class SealForm(forms.Form):
    """Nothing to fill in: pressing the button is the act. `version`: the decision that was read."""

    version = forms.IntegerField()


class PublicationForm(forms.Form):
    """A typed confirmation; a correction also carries its erratum. `version`: the decision that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    confirmation = forms.CharField(label=gettext_lazy("Confirmation"))
    erratum = forms.CharField(
        label=gettext_lazy("Erratum, shown on the results page"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, event: Event, decision: Decision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phrase = event.slug
        self.fields["version"].initial = decision.version if decision else 0
        if event.published_at is None:
            del self.fields["erratum"]

    def clean_confirmation(self) -> str:
        """Exactly the phrase, blanks around it aside."""
        typed = self.cleaned_data["confirmation"].strip()
        if typed != self.phrase:
            raise forms.ValidationError(_("Type %(phrase)s exactly to confirm.") % {"phrase": self.phrase})
        return typed
