"""What an organiser says of an invitation code: for which role, for whom, how often, until when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from ..models import Event, InvitationCode
from .setup import SetupForm
from .windows import EventTimes, WallTimeField


class InvitationForm(EventTimes, SetupForm):
    expires_at = WallTimeField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave empty: as long as registration is open."),
    )

    class Meta:
        model = InvitationCode
        fields = ["role", "label", "max_uses", "expires_at"]
        help_texts = {
            "label": gettext_lazy("For you: the partner, the school, the person you give it to."),
            "max_uses": gettext_lazy(
                "Leave empty for no limit; the places of the role limit it all the same."
            ),
        }

    def __init__(self, event: Event, data: Any = None) -> None:
        super().__init__(event, data)
        role = self.fields["role"]
        role.queryset = event.roles.in_order()  # type: ignore[attr-defined]
        role.empty_label = "—"  # type: ignore[attr-defined]
        role.label = gettext_lazy("Role it opens")
        self.read_times_in(event)
