"""The event, its people, their registrations."""

from django.apps import AppConfig


class HackathonConfig(AppConfig):
    name = "hackathon"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete

        from . import documents, panels, rules, signals, tasks  # noqa: F401 (rules register themselves)
        from .domain import (
            accounts,
            acts,
            answering,
            attestation_checks,
            attesting,
            bulk,
            bulk_undo,
            dated_letters,
            drafting,
            jobs,
            letter_alerts,
            letter_kinds,
            own_attestation,
            own_registration,
            pass_slips,
            privacy,
            purging,
            reminding,
            sent_lists,
            waiting,
        )
        from .kit import checks, sqlite  # noqa: F401 (checks register themselves)
        from .kit.registry import PersonalData, registry
        from .views import second_factor

        sqlite.use_whole_statements()
        registry.acts.update(acts.ACTS)
        registry.add_letters(*letter_kinds.LETTERS, meanings=letter_kinds.MEANINGS)
        registry.ticks += [dated_letters.write_due, jobs.forget_old, sent_lists.forget_old, purging.tend]
        registry.panels += [panels.PANEL, letter_alerts.PANEL]
        registry.links += panels.LINKS
        registry.public_pages.append(panels.public_pages)
        registry.ticks.append(waiting.tend_offers)
        registry.ticks.append(drafting.tend_drafts)
        registry.personal_data.append(PersonalData("registration", privacy.export, privacy.erase))
        registry.cards.append(own_registration.CARD)
        registry.personal_data.append(PersonalData("attestations", attesting.export, attesting.erase))
        registry.cards.append(own_attestation.CARD)
        registry.documents += [documents.BADGES, documents.SIGN_IN_SHEETS, documents.ATTESTATIONS]
        registry.add_job(documents.BADGES_JOB)
        registry.add_job(documents.ATTESTATIONS_JOB)
        registry.verifications.append(attestation_checks.attestation_of)
        registry.add_job(pass_slips.KIND)
        registry.refusals.append(second_factor.set_it_up_first)
        for kind in (*sent_lists.JOBS, *bulk.JOBS, *bulk_undo.JOBS, *reminding.JOBS):
            registry.add_job(kind)
        registry.links += own_registration.LINKS

        signals.job_started.connect(tasks.run_soon, dispatch_uid="run_soon")
        authenticator_added.connect(second_factor.just_proved, dispatch_uid="just_proved")
        user_logged_in.connect(accounts.claim_at_sign_in, dispatch_uid="claim_at_sign_in")
        post_delete.connect(
            answering.forget_answer_file, sender="hackathon.Answer", dispatch_uid="answer_file"
        )
        post_delete.connect(
            answering.forget_draft_files, sender="hackathon.RegistrationDraft", dispatch_uid="draft_files"
        )
