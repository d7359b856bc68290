"""What a list may not do: grant a consent it lacks, keep needs, touch an account, take one over, write to a payer."""

from __future__ import annotations

from django.utils.translation import override

from hackathon.domain import consenting, roster
from hackathon.enums import DutyKind, Purpose
from hackathon.models import (
    Account,
    AuditEntry,
    Consent,
    Duty,
    Event,
    Needs,
    OutgoingMail,
    Person,
    Registration,
)
from hackathon.tests.domain.roster.bringing import LUCE, bring, rehearse
from hackathon.tests.factories import (
    make_staff,
)


def test_a_list_grants_only_the_consent_it_states(event: Event) -> None:
    bring(event, LUCE, LUCE.replace("Luce;", "Ana;").replace(";Oui;", ";Non;"))
    consent = Consent.objects.get()
    assert (consent.purpose, consent.person.first_name, consent.source) == (Purpose.IMAGE, "Luce", "import")
    assert not Needs.objects.exists()
    bring(event, LUCE.replace(";Oui;", ";Non;"))
    assert not Consent.objects.in_force().exists()


def test_a_consent_taken_back_does_not_return_with_an_older_list(event: Event) -> None:
    bring(event, LUCE)
    consenting.withdraw(person=Person.objects.get(), purpose=Purpose.IMAGE, actor=None)
    assert bring(event, LUCE).counts["unchanged"] == 1
    assert not Consent.objects.in_force().exists()


def test_needs_are_kept_when_their_consent_is_vouched_for(event: Event) -> None:
    rehearsal = bring(event, LUCE, needs_agreed=True)
    assert Needs.objects.get().diet == "végétarien"
    assert Consent.objects.about(Purpose.NEEDS).count() == 1
    assert AuditEntry.objects.get(verb="import_registrations").data["needs_agreed"] is True
    assert bring(event, LUCE, needs_agreed=True).counts["unchanged"] == 1
    assert "végétarien" not in str(list(AuditEntry.objects.values_list("data", flat=True)))
    assert rehearsal.is_written


def test_an_organisers_address_makes_a_person_and_touches_no_account(event: Event) -> None:
    organiser = make_staff(event, DutyKind.ORGANISER, "luce@example.org")
    before = (organiser.password, organiser.is_staff, organiser.last_login)
    rehearsal = bring(event, LUCE)
    organiser.refresh_from_db()
    assert (organiser.password, organiser.is_staff, organiser.last_login) == before
    assert Account.objects.count() == Duty.objects.count() == 1
    assert Person.objects.get().account is None
    with override("en"):
        assert any("organiser’s address" in str(warning) for warning in rehearsal.lines[0].warnings)


TICKETS = "Prénom participant;Nom participant;Prénom payeur;Nom payeur;Email payeur;Adresse e-mail du participant;Numéro de billet;Billet"


def test_a_payer_is_kept_apart_and_never_reached(event: Event) -> None:
    line = "Paul;Petit;Luce;Lopes;luce@example.org;;T1;Designer"
    rehearsal = rehearse(event, line, header=TICKETS)
    assert rehearsal.to_write_to == 0
    roster.import_rows(rehearsal=rehearsal, actor=None, writes_letters=True)
    registration = Registration.objects.get()
    assert (registration.person.email, registration.payer) == ("", "Luce Lopes <luce@example.org>")
    assert not OutgoingMail.objects.exists()
    assert bring(event, line, header=TICKETS).counts["unchanged"] == 1


def test_children_of_one_payer_without_addresses_are_told_apart(event: Event) -> None:
    lines = [
        f"{first};Petit;Luce;{last};{mail};;;Designer"
        for first, last, mail in (
            ("Paul", "Lopes", "luce@example.org"),
            ("Zoé", "Lopes", "luce@example.org"),
            ("Paul", "Martin", "martin@example.org"),
        )
    ]
    assert bring(event, *lines, header=TICKETS).counts["new"] == 3
    assert bring(event, *lines, header=TICKETS).counts["unchanged"] == 3


def test_a_name_at_the_address_of_an_account_is_another_person(event: Event) -> None:
    bring(event, LUCE)
    account = make_staff(event, DutyKind.DESK, "luce@example.org")
    Person.objects.update(account=account)
    bring(event, LUCE.replace("Luce;Lopes", "Ana;Sol"))
    assert Person.objects.get(first_name="Ana").account is None
    assert Person.objects.get(first_name="Luce").account == account


def test_a_ticket_does_not_take_over_somebody_who_signs_in(event: Event) -> None:
    header, row = "Prénom;Nom;Email;Profil;Numéro de billet", "Luce;Lopes;luce@example.org;Designer;T1"
    bring(event, row, header=header)
    Person.objects.update(account=make_staff(event, DutyKind.DESK, "luce@example.org"))
    thief = bring(event, "Ana;Sol;ana@example.org;Designer;T1", header=header)
    assert thief.counts["refused"] == 1
    moved = bring(event, row.replace("luce@", "autre@"), header=header)
    assert moved.counts["unchanged"] == 1
    assert "autre@example.org" in str(moved.lines[0].warnings[0])
    assert Person.objects.get().email == "luce@example.org"


def test_a_ticket_that_changes_hands_takes_no_consent_along(event: Event) -> None:
    header = "Prénom;Nom;Email;Profil;Numéro de billet;Droit à l'image;Régime alimentaire"
    bring(event, "Luce;Lopes;luce@example.org;Designer;T1;Oui;vegan", header=header, needs_agreed=True)
    assert Consent.objects.in_force().count() == 2
    rehearsal = bring(event, "Ana;Sol;ana@example.org;Designer;T1;;", header=header)
    assert rehearsal.counts["changed"] == 1
    assert Person.objects.get().full_name == "Ana Sol"
    assert not Consent.objects.in_force().exists()
    assert not Needs.objects.exists()


def test_a_new_holder_who_agrees_is_recorded_as_agreeing(event: Event) -> None:
    header = "Prénom;Nom;Email;Profil;Numéro de billet;Droit à l'image"
    bring(event, "Luce;Lopes;luce@example.org;Designer;T1;Oui", header=header)
    bring(event, "Ana;Sol;ana@example.org;Designer;T1;Oui", header=header)
    assert Consent.objects.count() == 2
    assert Consent.objects.in_force().count() == 1


def test_a_namesake_is_said_and_stays_apart(event: Event) -> None:
    bring(event, LUCE)
    rehearsal = bring(event, LUCE.replace("luce@example.org", ""))
    assert [warning.code for warning in rehearsal.of_kind("new")[0].warnings][:1] == ["namesake"]
    assert Person.objects.count() == 2
