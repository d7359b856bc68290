"""The jury marks, decides, announces; what became of them."""

from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from hackathon.kit.registry import Link, PersonalData, registry
        from hackathon.signals import event_created, theme_added, theme_removing

        from . import documents, panels, receivers, rules  # noqa: F401 (rules register themselves)
        from .domain import acts, letter_kinds, privacy, publishing

        event_created.connect(receivers.furnish_jury, dispatch_uid="furnish_jury")
        theme_added.connect(receivers.give_theme_its_panels, dispatch_uid="give_theme_its_panels")
        theme_removing.connect(receivers.give_up_panels, dispatch_uid="give_up_panels")
        registry.acts.update(acts.ACTS)
        registry.add_letters(*letter_kinds.LETTERS, meanings=letter_kinds.MEANINGS)
        registry.panels.append(panels.PANEL)
        registry.personal_data.append(PersonalData("jury", privacy.export, privacy.erase))
        registry.cards.extend(panels.CARDS)
        registry.links.extend(panels.LINKS)
        registry.documents += documents.DOCUMENTS
        registry.verifications.append(publishing.verification)
        registry.honours.append(publishing.honours)
        registry.public_pages.append(panels.public_pages)
        registry.links += [
            Link(_("Results"), "judging:results", is_shown=lambda event: event.published_at is not None),
            Link(_("Deliberation"), "judging:deliberation", "judging.see_deliberation", section="own"),
            Link(_("Prizes"), "judging:prizes", "judging.change_award_rules", section="staff"),
            Link(_("Final report"), "judging:report", "judging.see_report", section="staff"),
        ]
