"""The event, its people, their registrations."""

from django.apps import AppConfig


class HackathonConfig(AppConfig):
    name = "hackathon"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from . import panels, rules, signals, tasks  # noqa: F401 (rules register themselves)
        from .domain import accounts, acts, own_registration, privacy
        from .kit import checks, sqlite  # noqa: F401 (checks register themselves)
        from .kit.registry import PersonalData, registry

        sqlite.use_whole_statements()
        registry.acts.update(acts.ACTS)
        registry.panels.append(panels.PANEL)
        registry.links += panels.LINKS
        registry.personal_data.append(PersonalData("registration", privacy.export, privacy.erase))
        registry.cards.append(own_registration.CARD)
        registry.links += own_registration.LINKS

        signals.letter_queued.connect(tasks.deliver_soon, dispatch_uid="deliver_soon")
        user_logged_in.connect(accounts.claim_at_sign_in, dispatch_uid="claim_at_sign_in")
