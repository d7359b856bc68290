from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from hackathon.models import OutgoingMail, Registration
from hackathon.tests.factories import DURING_REGISTRATION, DURING_WORK, make_event, make_staff
from teams.models import Membership, Proposal, Team
from teams.tests.factories import announce_now, make_crowd, make_member, make_plan, make_project, make_team

pytestmark = pytest.mark.django_db


def address(name, *args, language="fr"):
    with override(language):
        return reverse(f"teams:{name}", args=args)


@pytest.fixture
def event(at):
    at(DURING_REGISTRATION)
    return make_crowd(10)


@pytest.fixture
def people(event):
    return list(Registration.objects.for_event(event).order_by("pk"))


@pytest.fixture
def proposal(event, people):
    return make_plan(event, [people[:4], people[4:8]], left_over=people[8:])


@pytest.fixture
def organiser(event, browse):
    return browse(make_staff(event))


@pytest.fixture
def immediately(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    }


def test_proposing_computes_and_leads_to_the_board(event, organiser, immediately):
    page = organiser.post(address("propose", event.slug), {"seconds": "2", "seed": "1"}, follow=True)
    proposal = Proposal.objects.get()
    assert page.redirect_chain[-1][0] == address("proposal", event.slug, proposal.pk)
    assert "Équipes proposées" in page.content.decode()
    answer = organiser.get(address("proposal_progress", event.slug, proposal.pk)).json()
    assert (answer["done"], answer["value"], answer["max"]) == (True, 100, 100)
    assert not Team.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"seconds": "0", "seed": "1"}, {"seconds": "5", "seed": "x"}])
def test_proposing_with_a_wrong_number_says_so_and_starts_nothing(event, organiser, typed):
    page = organiser.post(address("propose", event.slug), typed)
    assert page.status_code == 400
    assert not Proposal.objects.exists()


def test_proposal_in_progress_shows_its_bar_and_is_polled(event, organiser, proposal):
    Proposal.objects.update(state="running", progress=0.4)
    page = organiser.get(address("proposal", event.slug, proposal.pk)).content.decode()
    assert f'data-progress-url="{address("proposal_progress", event.slug, proposal.pk)}"' in page
    answer = organiser.get(address("proposal_progress", event.slug, proposal.pk)).json()
    assert (answer["value"], answer["done"], answer["url"]) == (40, False, "")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "demandent au moins 100 personnes"), ("en", "ask for at least 100 people")]
)
def test_proposal_that_failed_says_why_and_what_to_do(event, organiser, immediately, language, words):
    event.themes.update(people_min=50, people_max=60)
    page = organiser.post(
        address("propose", event.slug, language=language), {"seconds": "2", "seed": "1"}, follow=True
    )
    assert words in page.content.decode()


def test_board_shows_everybody_with_their_role_and_the_tray_with_reasons(event, organiser, proposal, people):
    page = organiser.get(address("proposal", event.slug, proposal.pk)).content.decode()
    for one in people:
        assert one.person.full_name in page
    assert "role-developer" in page
    assert "2 équipes d’au plus 5 personnes" in page
    assert page.count("Thématique ") >= 2


def test_move_shows_its_effect_before_it_is_kept(event, organiser, proposal, people):
    there = {"person": str(people[8].pk), "to": "T1"}
    page = organiser.get(address("move", event.slug, proposal.pk, language="en"), there).content.decode()
    assert "Keep this move" in page
    assert "cost" in page
    proposal.refresh_from_db()
    assert proposal.version == 1
    organiser.post(address("move", event.slug, proposal.pk), there | {"version": "1"})
    proposal.refresh_from_db()
    assert str(people[8].pk) in proposal.plan["teams"][0]["people"]


def test_board_explains_the_placement_of_whom_one_chooses(event, organiser, proposal, people):
    page = organiser.get(
        address("proposal", event.slug, proposal.pk), {"person": people[0].pk}
    ).content.decode()
    assert "Votre équipe travaille sur votre premier choix" in page


def test_move_to_the_tray_and_undo_by_plain_forms(event, organiser, proposal, people):
    organiser.post(
        address("move", event.slug, proposal.pk), {"person": str(people[0].pk), "to": "-", "version": "1"}
    )
    proposal.refresh_from_db()
    assert len(proposal.plan["left_over"]) == 3
    organiser.post(address("undo", event.slug, proposal.pk), {"version": "2"})
    proposal.refresh_from_db()
    assert len(proposal.plan["left_over"]) == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Quelqu’un a modifié la proposition"), ("en", "Somebody changed the proposal")],
)
@pytest.mark.parametrize("act", ["move", "undo", "apply"])
def test_second_organiser_is_told_and_changes_nothing(event, browse, proposal, people, language, words, act):
    one, two = browse(make_staff(event)), browse(make_staff(event))
    move = {"person": str(people[0].pk), "to": "T2", "version": "1"}
    one.post(address("move", event.slug, proposal.pk), move)
    late = two.post(
        address(act, event.slug, proposal.pk, language=language), move | {"person": str(people[1].pk)}
    )
    assert late.status_code == 409
    assert words in late.content.decode()
    proposal.refresh_from_db()
    assert (proposal.version, proposal.state, len(proposal.moves)) == (2, "ready", 1)
    assert not Team.objects.exists()


def test_apply_then_announce_needs_the_word_and_tells_each_once(event, organiser, proposal):
    organiser.post(address("apply", event.slug, proposal.pk), {"version": "1"})
    assert Team.objects.count() == 2
    assert not OutgoingMail.objects.exists()
    refused = organiser.post(address("announce", event.slug), {"confirmation": "oui"})
    assert refused.status_code == 400
    assert not OutgoingMail.objects.exists()
    for _ in range(2):
        organiser.post(address("announce", event.slug), {"confirmation": " Annoncer "})
    assert OutgoingMail.objects.count() == 8
    event.refresh_from_db()
    assert event.teams_announced_at is not None


def test_board_of_another_event_does_not_exist(organiser):
    other = make_crowd(4)
    proposal = make_plan(other, [list(other.registrations.all())])
    there = make_event()
    assert organiser.get(address("proposal", there.slug, proposal.pk)).status_code == 404


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_board_asks_the_same_queries_whatever_the_size(browse):
    asked = set()
    for count in (1, 3, 30, 50):
        event = make_crowd(count * 3)
        people = list(Registration.objects.for_event(event).order_by("pk"))
        proposal = make_plan(event, [people[n * 3 : n * 3 + 3] for n in range(count)])
        asked.add(queries_of(browse(make_staff(event)), address("proposal", event.slug, proposal.pk)))
    assert len(asked) == 1
    assert max(asked) <= 12


def test_list_of_teams_asks_the_same_queries_whatever_the_size(browse):
    asked = set()
    for count in (1, 3, 30):
        event = make_event()
        for _ in range(count):
            make_project(make_team(event, people=2), submitted=True)
        asked.add(queries_of(browse(make_staff(event)), address("team_list", event.slug)))
    assert len(asked) == 1
    assert max(asked) <= 14


def test_list_of_teams_narrows_to_those_that_have_not_begun(event, organiser, people):
    make_project(make_team(event, people=people[:3], name="Begun"), submitted=True)
    make_team(event, people=people[3:6], name="Idle")
    page = organiser.get(address("team_list", event.slug), {"show": "idle"}).content.decode()
    assert "Idle" in page
    assert "Begun" not in page


def test_captain_is_changed_and_team_locked_from_its_page(event, organiser, people):
    team = make_team(event, people=people[:3])
    other = team.memberships.filter(is_captain=False).first()
    organiser.post(address("hand_over", event.slug, 1), {"captain": other.pk})
    assert team.memberships.get(is_captain=True) == other
    organiser.post(address("lock", event.slug, 1), {"locked": "1"})
    team.refresh_from_db()
    assert team.is_locked
    stranger = Membership.objects.create(team=make_team(event, people=people[3:5]), registration=people[9])
    organiser.post(address("hand_over", event.slug, 1), {"captain": stranger.pk})
    assert team.memberships.get(is_captain=True) == other


def test_pages_of_the_organiser_are_closed_to_a_captain(event, browse, proposal, people, at):
    at(DURING_WORK)
    team = make_team(event, people=people[:3])
    account, _registration = make_member(event, team, is_captain=True)
    announce_now(event)
    client = browse(account)
    for name, args in (("formation", ()), ("team_list", ()), ("announce", ()), ("team", (1,)), ("proposal", (proposal.pk,)), ("move", (proposal.pk,)), ("apply", (proposal.pk,)), ("proposal_progress", (proposal.pk,))):  # fmt: skip
        assert client.get(address(name, event.slug, *args)).status_code == 403, name
        assert browse(None).get(address(name, event.slug, *args)).status_code == 302, name
    for name, args in (("propose", ()), ("undo", (proposal.pk,)), ("discard", (proposal.pk,)), ("hand_over", (1,)), ("lock", (1,))):  # fmt: skip
        assert client.post(address(name, event.slug, *args)).status_code == 403, name
        assert client.get(address(name, event.slug, *args)).status_code == 405, name


@pytest.mark.parametrize("name", ["pictures", "proposals", "compare", "board_changes", "move_offers"])
def test_pages_beside_the_board_ask_the_same_queries_whatever_the_size(browse, name):
    asked = set()
    for count in (1, 3, 30):
        event = make_crowd(count * 3)
        people = list(Registration.objects.for_event(event).order_by("pk"))
        groups = [people[n * 3 : n * 3 + 3] for n in range(count)]
        one, two = make_plan(event, groups), make_plan(event, groups[::-1])
        args = (event.slug,) if name in ("proposals", "compare") else (event.slug, one.pk)
        more = {"compare": f"?a={one.pk}&b={two.pk}", "move_offers": f"?person={people[0].pk}"}.get(name, "")
        asked.add(queries_of(browse(make_staff(event)), address(name, *args) + more))
    assert len(asked) == 1
    assert max(asked) <= 14


def test_board_without_news_answers_nothing_at_little_cost(event, organiser, proposal, people):
    url = address("board_changes", event.slug, proposal.pk)
    tag = organiser.get(url)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        assert organiser.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert len(captured) <= 5
    move = {"person": str(people[0].pk), "to": "T2", "version": "1"}
    organiser.post(address("move", event.slug, proposal.pk), move)
    news = organiser.get(url + "?since=1", headers={"If-None-Match": tag}).json()
    assert news["version"] == 2
    assert people[0].person.full_name in news["said"][0]


def test_board_set_aside_can_be_read_and_taken_again(event, organiser, proposal, people):
    organiser.post(address("discard", event.slug, proposal.pk))
    page = organiser.get(address("proposal", event.slug, proposal.pk)).content.decode()
    assert people[0].person.full_name in page
    assert address("move", event.slug, proposal.pk) + '" class' not in page
    assert "board.js" not in page
    organiser.post(address("bring_back", event.slug, proposal.pk))
    proposal.refresh_from_db()
    assert proposal.is_open


def test_lock_label_and_redo_by_plain_forms(event, organiser, proposal, people):
    who = str(people[0].pk)
    organiser.post(address("lock_on_board", event.slug, proposal.pk), {"lock": who, "version": "1"})
    organiser.post(address("lock_on_board", event.slug, proposal.pk), {"lock_team": "T2", "version": "2"})
    proposal.refresh_from_db()
    assert (proposal.locked_people[who], proposal.locked_teams) == ("T1", {"T2"})
    organiser.post(address("label_proposal", event.slug, proposal.pk), {"label": "x" * 90})
    proposal.refresh_from_db()
    assert proposal.title == "x" * 80
    assert organiser.post(address("redo", event.slug, proposal.pk), {"version": "3"}).status_code == 409
    assert (
        organiser.post(address("lock_on_board", event.slug, proposal.pk), {"version": "3"}).status_code == 409
    )


def test_script_is_told_of_a_stale_move_in_json(event, organiser, proposal, people):
    move = {"person": str(people[0].pk), "to": "T2", "version": "7"}
    answer = organiser.post(
        address("move", event.slug, proposal.pk), move, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["is_stale"]) == (409, True)


def test_board_of_nobody_of_one_and_of_long_names(browse):
    event = make_crowd(1)
    one = Registration.objects.for_event(event).get()
    one.person.last_name = "Un-nom-de-famille-interminable-" * 2
    one.person.save()
    client = browse(make_staff(event))
    for groups in ([[one], []], [[]]):
        proposal = make_plan(event, groups, left_over=[] if groups[0] else [one])
        for name in ("proposal", "pictures"):
            assert client.get(address(name, event.slug, proposal.pk)).status_code == 200
