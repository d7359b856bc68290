"""Themes become teams, teams hand in projects."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "teams"

    def ready(self) -> None:
        from hackathon.kit.registry import PersonalData, registry
        from hackathon.signals import registration_withdrawn

        from . import documents, panels, receivers, rules, tasks  # noqa: F401 (rules register themselves)
        from .domain import acts, letter_kinds, privacy, uploading

        registry.acts.update(acts.ACTS)
        registry.add_letters(*letter_kinds.LETTERS, meanings=letter_kinds.MEANINGS)
        registry.panels += [panels.PANEL, panels.MENTORS]
        registry.cards.extend(panels.CARDS)
        registry.links.extend(panels.LINKS)
        registry.public_pages.append(panels.public_pages)
        registry.ticks.append(tasks.give_up_lost)
        registry.ticks.append(uploading.tend_files)
        registry.documents.append(documents.TABLE_SIGNS)
        registry.personal_data.append(PersonalData("teams", privacy.export, privacy.erase))
        registration_withdrawn.connect(
            receivers.leave_after_withdrawal, dispatch_uid="leave_after_withdrawal"
        )
