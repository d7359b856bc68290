"""Where the people of a small team go: one choice each, the best first, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.dispersing import Offer
from ..models import Team


class DisperseForm(forms.Form):
    """`places()` is what `dispersing.disperse_team` takes. Nobody is asked about who is absent or fits nowhere."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = [offer for offer in offers if offer.teams]
        self.known = {team.pk: team for offer in self.offers for team in offer.teams}
        self.fields["reason"].initial = _("Too few people to go on")
        for offer in self.offers:
            self.fields[_name(offer)] = forms.TypedChoiceField(
                label=offer.registration.person.full_name,
                choices=[(team.pk, _words(team)) for team in offer.teams],
                coerce=int,
            )

    @property
    def rows(self) -> list[tuple[Offer, forms.BoundField]]:
        return [(offer, self[_name(offer)]) for offer in self.offers]

    def places(self) -> dict[int, Team]:
        """Registration → team."""
        return {offer.registration.pk: self.known[self.cleaned_data[_name(offer)]] for offer in self.offers}


def _name(offer: Offer) -> str:
    return f"place_{offer.registration.pk}"


def _words(team: Team) -> str:
    return f"{team} · {team.theme.short_title} · {len(team.current_members)}"  # type: ignore[attr-defined]
