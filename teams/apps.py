"""Themes become teams, teams hand in projects."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "teams"

    def ready(self) -> None:
        from hackathon.kit.registry import PersonalData, registry
        from hackathon.signals import registration_withdrawn

        from . import panels, receivers, rules  # noqa: F401 (rules register themselves)
        from .domain import acts, privacy

        registry.acts.update(acts.ACTS)
        registry.panels.append(panels.PANEL)
        registry.cards.extend(panels.CARDS)
        registry.links.extend(panels.LINKS)
        registry.personal_data.append(PersonalData("teams", privacy.export, privacy.erase))
        registration_withdrawn.connect(
            receivers.leave_after_withdrawal, dispatch_uid="leave_after_withdrawal"
        )
