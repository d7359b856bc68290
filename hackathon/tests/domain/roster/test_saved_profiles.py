"""What columns hold, said once: saved, recognised, renamed, removed; the same result each time."""

from __future__ import annotations

import pytest

from hackathon.domain import roster
from hackathon.models import AuditEntry, Event, ImportProfile, Person

ODD = "A;B;B;C\nLuce;Lopes;luce@example.org;Designer\n"
MAPPING = {0: "first_name", 1: "last_name", 2: "email", 3: "role"}


def save(event: Event, name: str = "Cité", header: str = "A;B;B;C", **mapping: str) -> ImportProfile:
    return roster.save_profile(event=event, name=name, header=header.split(";"), mapping=MAPPING, actor=None)


def read(event: Event, data: str = ODD, **more: object) -> roster.Rehearsal:
    return roster.rehearse(event=event, data=data.encode(), name="x.csv", **more)  # type: ignore[arg-type]


def test_a_saved_mapping_is_recognised_by_itself_next_time(event: Event) -> None:
    with pytest.raises(roster.UnreadableList):
        read(event)
    save(event)
    rehearsal = roster.import_rows(rehearsal=read(event), actor=None)
    assert (rehearsal.format, rehearsal.counts["new"]) == ("Cité", 1)
    assert Person.objects.get().email == "luce@example.org"
    assert read(event).counts["unchanged"] == 1


def test_accents_case_order_and_more_columns_do_not_hide_it(event: Event) -> None:
    save(event, header="Préno;Nóm;Couriel;Mettier")
    data = "autre;COURIEL;mettier;nom;PRENO\nx;luce@example.org;Designer;Lopes;Luce\n"
    assert read(event, data).format == "Cité"
    assert read(event, data).counts["new"] == 1


def test_one_whose_columns_are_not_all_there_is_used_only_when_stated(event: Event) -> None:
    save(event)
    short = "A;B\nLuce;Lopes\n"
    with pytest.raises(roster.UnreadableList):
        read(event, short)
    found = read(event, short, profile="Cité", default_role="designer")
    assert found.counts["new"] == 1
    assert "profile_lacks" in [note.code for note in found.notes]


def test_a_stated_one_that_knows_no_name_here_is_refused(event: Event) -> None:
    save(event)
    with pytest.raises(roster.UnreadableList) as refusal:
        read(event, "X;Y\nLuce;Lopes\n", profile="Cité")
    assert "Cité" in str(refusal.value)


def test_the_one_that_says_most_wins_and_columns_on_screen_before_all(event: Event) -> None:
    save(event)
    roster.save_profile(
        event=event, name="Peu", header=["A", "C"], mapping={0: "full_name", 1: "role"}, actor=None
    )
    assert read(event).format == "Cité"
    assert read(event, profile="Peu").format == "Peu"
    assert read(event, mapping={0: "full_name"}, default_role="designer").lines[0].name == "Luce"


def test_the_same_name_again_replaces_it_and_another_event_has_its_own(event: Event) -> None:
    from hackathon.tests.factories import make_event

    other = make_event()
    save(event)
    save(event)
    save(other)
    assert ImportProfile.objects.count() == 2


@pytest.mark.parametrize("name", ["", "  ", "helloasso", "x" * 61])
def test_a_name_that_cannot_be_is_refused(event: Event, name: str) -> None:
    with pytest.raises(roster.ProfileRefused):
        save(event, name)
    assert not ImportProfile.objects.exists()


def test_renaming_and_removing_are_recorded(event: Event) -> None:
    profile, other = save(event), save(event, "Autre")
    with pytest.raises(roster.ProfileRefused):
        roster.rename_profile(profile=profile, name="Autre", actor=None)
    roster.rename_profile(profile=profile, name=" Cité  2016 ", actor=None)
    roster.remove_profile(profile=other, actor=None)
    assert [each.name for each in ImportProfile.objects.all()] == ["Cité 2016"]
    assert AuditEntry.objects.filter(verb__contains="import_profile").count() == 4
