from __future__ import annotations

import pytest

from hackathon.models import Registration
from hackathon.tests.factories import make_registration
from teams.domain import merging, tables
from teams.domain.merging import MergeRefused, SeatRefused, SplitRefused
from teams.models import Membership, Team
from teams.tests.factories import make_crowd, make_project, make_team

pytestmark = pytest.mark.django_db


def people_of(event):
    return list(Registration.objects.for_event(event).order_by("pk"))


def members(team):
    return set(Membership.objects.current().in_team(team).values_list("registration_id", flat=True))


def merge(into, other, reason="two are absent"):
    return merging.merge_teams(into=into, other=other, reason=reason, actor=None)


def test_merge_keeps_the_first_team_and_sets_the_other_text_aside():
    event = make_crowd(5)
    people = people_of(event)
    into, other = make_team(event, people=people[:3], name="Alpha"), make_team(event, people=people[3:])
    make_project(into, title="Ours")
    make_project(other, title="Theirs")
    merge(into, other)
    assert members(into) == {one.pk for one in people}
    assert members(other) == set()
    into.refresh_from_db()
    other.refresh_from_db()
    assert other.dissolved_at
    assert (into.name, into.project.title) == ("Alpha", "Ours")
    kept = into.project.versions.get(is_set_aside=True)
    assert kept.content["title"] == "Theirs"
    assert Membership.objects.current().in_team(into).filter(is_captain=True).count() == 1


def test_merge_is_refused_when_too_many_or_both_handed_in_or_without_a_reason():
    event = make_crowd(10)
    people = people_of(event)
    a, b = make_team(event, people=people[:3]), make_team(event, people=people[3:6])
    with pytest.raises(MergeRefused, match="6"):
        merge(a, b)
    c, d = make_team(event, people=people[6:8]), make_team(event, people=people[8:])
    with pytest.raises(MergeRefused):
        merge(c, d, reason=" ")
    with pytest.raises(MergeRefused):
        merge(c, c)
    make_project(d, submitted=True)
    with pytest.raises(MergeRefused):
        merge(c, d)
    assert merge(d, c) == d  # the other way round nothing is lost
    assert Team.objects.active().count() == 3


def test_merge_respects_the_room_of_a_theme():
    event = make_crowd(4)
    people = people_of(event)
    first, second = event.themes.order_by("position")
    a, b = make_team(event, first, people=people[:2]), make_team(event, second, people=people[2:])
    event.themes.filter(pk=first.pk).update(people_max=3)
    with pytest.raises(MergeRefused, match="3"):
        merge(a, b)
    assert members(b)


def test_split_makes_a_second_team_with_its_own_captain_and_table():
    event = make_crowd(6, themes=1)
    event.team_size_max = 6
    event.save()
    people = people_of(event)
    team = make_team(event, people=people)
    new = merging.split_team(team=team, people=people[:3], theme=team.theme, reason="too many", actor=None)
    assert members(new) == {one.pk for one in people[:3]}
    assert members(team) == {one.pk for one in people[3:]}
    assert new.number == 2
    for each in (team, new):
        assert Membership.objects.current().in_team(each).filter(is_captain=True).count() == 1


def test_split_is_refused_when_a_part_is_too_small_or_the_project_is_in():
    event = make_crowd(6, themes=1)
    people = people_of(event)
    team = make_team(event, people=people)
    with pytest.raises(SplitRefused, match="3"):
        merging.split_team(team=team, people=people[:2], theme=team.theme, reason="x", actor=None)
    make_project(team, submitted=True)
    with pytest.raises(SplitRefused):
        merging.split_team(team=team, people=people[:3], theme=team.theme, reason="x", actor=None)


def test_placing_is_refused_in_a_full_team_and_for_somebody_seated():
    event = make_crowd(5)
    people = people_of(event)
    team = make_team(event, people=people)
    late = make_registration(event, state="accepted")
    with pytest.raises(SeatRefused):
        merging.place_person(registration=late, team=team, actor=None)
    other = make_team(event, people=0)
    with pytest.raises(SeatRefused):
        merging.place_person(registration=people[0], team=other, actor=None)
    seat = merging.place_person(registration=late, team=other, actor=None)
    assert seat.is_captain
    assert merging.place_person(registration=late, team=other, actor=None) == seat


def test_tables_are_numbered_again_without_a_gap_theme_by_theme():
    event = make_crowd(0)
    first, second = event.themes.order_by("position")
    made = [make_team(event, theme, people=0, number=n) for theme, n in ((second, 1), (first, 7), (first, 2))]
    assert tables.renumber(event=event, actor=None) == 3
    numbers = {team.pk: team.number for team in Team.objects.all()}
    assert [numbers[team.pk] for team in made] == [3, 2, 1]
    assert tables.renumber(event=event, actor=None) == 0


def test_a_table_that_is_taken_is_refused_with_whose_it_is():
    event = make_crowd(0)
    a, b = make_team(event, people=0, name="Alpha"), make_team(event, people=0)
    with pytest.raises(tables.TableRefused, match="Alpha"):
        tables.set_table(team=b, number=a.number, actor=None)
    assert tables.set_table(team=b, number=9, actor=None).number == 9
    with pytest.raises(tables.TableRefused):
        tables.set_table(team=b, number=0, actor=None)
