"""Places of the event and of each role, on one form; an empty number is no limit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Event, Role

MOST = 100_000


class PlacesForm(forms.Form):
    """`changes()` and `role_changes()` are what `contingents.change_places` takes: only what was changed."""

    capacity = forms.IntegerField(
        label=gettext_lazy("Places at the venue"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=gettext_lazy(
            "Leave empty for no limit. At the door it is never passed, whatever was promised."
        ),
    )
    overbooks = forms.BooleanField(
        label=gettext_lazy("Accept more people than there are places, by the share expected to come"),
        required=False,
    )
    offers_by_itself = forms.BooleanField(
        label=gettext_lazy("Offer a free place by itself to whoever has waited longest"),
        required=False,
        help_text=gettext_lazy("Until the event begins; after that, places are offered by hand."),
    )
    offer_hours = forms.IntegerField(
        label=gettext_lazy("Hours to take an offered place"),
        min_value=1,
        max_value=240,
        help_text=gettext_lazy("A reminder leaves once three quarters of it have passed."),
    )

    def __init__(self, event: Event, roles: list[Role], data: Any = None) -> None:
        shown: dict[str, Any] = {
            name: getattr(event, name)
            for name in ("capacity", "overbooks", "offers_by_itself", "offer_hours")
        }
        for role in roles:
            shown |= {
                f"capacity-{role.pk}": role.capacity,
                f"attendance_rate-{role.pk}": role.attendance_rate,
                f"is_reviewed-{role.pk}": role.is_reviewed,
            }
        super().__init__(data, initial=shown)
        self.roles = roles
        for role in roles:
            said = {"role": role.name}
            self.fields[f"capacity-{role.pk}"] = forms.IntegerField(
                label=_("Places for “%(role)s”") % said, min_value=0, max_value=MOST, required=False
            )
            self.fields[f"attendance_rate-{role.pk}"] = forms.IntegerField(
                label=_("Of “%(role)s”, expected to come, in %%") % said, min_value=1, max_value=100
            )
            self.fields[f"is_reviewed-{role.pk}"] = forms.BooleanField(
                label=_("“%(role)s” accepted by hand") % said, required=False
            )

        if self.is_bound:
            self.full_clean()
        for field in self.fields.values():
            field.required = True  # nothing here is asked of anybody: no need to say « optional » at each

    use_required_attribute = False

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data if "-" not in name}

    def role_changes(self) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for name in self.changed_data:
            field, dash, pk = name.partition("-")
            if dash:
                found.setdefault(int(pk), {})[field] = self.cleaned_data[name]
        return found

    def of_role(self, role: Role) -> dict[str, Any]:
        """The three fields of that role, for its row."""
        return {
            "places": self[f"capacity-{role.pk}"],
            "rate": self[f"attendance_rate-{role.pk}"],
            "review": self[f"is_reviewed-{role.pk}"],
        }
