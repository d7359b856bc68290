"""The president's page and the organiser's switch, through HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hackathon.models import Account, Event
from hackathon.tests.factories import make_staff
from judging.domain import deliberating, sealing, staging
from judging.models import Decision, Publication, Seal

Browse = Callable[[Account | None], Client]


def president(event: Event, browse: Browse) -> Client:
    return browse(staging.president(event))


def test_the_page_shows_rankings_drawings_and_places(closed_demo: Event, browse: Browse) -> None:
    page = president(closed_demo, browse).get(f"/{closed_demo.slug}/jury/deliberation/")
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count('<svg class="plot') == 10  # five rankings, for a wide and a narrow screen
    assert "Lunchtime Mentoring – comme le propose le classement" in text
    assert "entre" in text
    assert "style=" not in text.partition("<main")[2]


def test_an_open_round_shows_no_ranking(judging_demo: Event, browse: Browse) -> None:
    text = president(judging_demo, browse).get(f"/en/{judging_demo.slug}/jury/deliberation/").content.decode()
    assert "No ranking yet" in text
    assert "Lunchtime Mentoring" not in text


@pytest.mark.parametrize("kind", ["organiser", "desk", "mentor"])
def test_the_deliberation_is_not_for_staff(closed_demo: Event, browse: Browse, kind: str) -> None:
    client = browse(make_staff(closed_demo, kind))
    assert client.get(f"/{closed_demo.slug}/jury/deliberation/").status_code == 403
    assert client.post(f"/{closed_demo.slug}/jury/deliberation/decide/").status_code == 403
    assert client.post(f"/{closed_demo.slug}/jury/deliberation/seal/").status_code == 403


def test_the_secretary_reads_and_does_not_decide(closed_demo: Event, browse: Browse) -> None:
    client = browse(make_staff(closed_demo, "secretary"))
    page = client.get(f"/{closed_demo.slug}/jury/deliberation/")
    assert page.status_code == 200
    assert "decide/" not in page.content.decode()
    assert client.post(f"/{closed_demo.slug}/jury/deliberation/decide/").status_code == 403


def choices(client: Client, event: Event) -> dict[str, str]:
    page = client.get(f"/{event.slug}/jury/deliberation/")
    form = page.context["form"]
    sent = {"after": str(form["after"].value())}
    for place in form.places:
        sent[place["choice"].name] = "proposed"
    return sent


def test_deciding_sealing_and_publishing_from_the_pages(closed_demo: Event, browse: Browse) -> None:
    client, slug = president(closed_demo, browse), closed_demo.slug
    organiser = browse(make_staff(closed_demo))
    assert client.post(f"/{slug}/jury/deliberation/decide/", choices(client, closed_demo)).status_code == 302
    assert "Lunchtime Mentoring" not in organiser.get(f"/{slug}/tower/results/").content.decode()
    assert client.post(f"/{slug}/jury/deliberation/seal/", {"version": "1"}).status_code == 302
    assert Seal.objects.count() == 1
    wrong = organiser.post(f"/{slug}/tower/results/", {"version": "1", "confirmation": "oui"})
    assert wrong.status_code == 422
    assert Publication.objects.count() == 0
    sent = {"version": "1", "confirmation": slug}
    assert organiser.post(f"/{slug}/tower/results/", sent).status_code == 302
    assert organiser.post(f"/{slug}/tower/results/", sent).status_code in (302, 422)
    assert Publication.objects.count() == 1
    assert browse(None).get(f"/{slug}/results/").status_code == 200


def test_a_departure_without_a_reason_comes_back_with_its_box(closed_demo: Event, browse: Browse) -> None:
    client = president(closed_demo, browse)
    sent = choices(client, closed_demo)
    form = client.get(f"/{closed_demo.slug}/jury/deliberation/").context["form"]
    other = next(pk for pk, title in form.board.titles.items() if title == "Plateau")
    sent["choice-1-0-1"] = str(other)
    answer = client.post(f"/{closed_demo.slug}/jury/deliberation/decide/", sent)
    assert answer.status_code == 422
    assert Decision.objects.count() == 0
    looked = client.post(f"/{closed_demo.slug}/jury/deliberation/decide/", {**sent, "look": "1"})
    assert (looked.status_code, Decision.objects.count()) == (200, 0)
    assert "Pas d’âge pour s’orienter" in [
        place["name"].split(" · ")[-1] for place in looked.context["form"].places
    ]


def test_two_presidents_at_once_record_one_decision(closed_demo: Event, browse: Browse) -> None:
    client = president(closed_demo, browse)
    first, second = choices(client, closed_demo), choices(client, closed_demo)
    assert client.post(f"/{closed_demo.slug}/jury/deliberation/decide/", first).status_code == 302
    second["version_reason"] = "Je n’avais pas vu."
    answer = client.post(f"/{closed_demo.slug}/jury/deliberation/decide/", second)
    assert answer.status_code == 422
    assert "enregistrée entre-temps" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_sealing_what_was_not_read_is_refused(closed_demo: Event, browse: Browse) -> None:
    deliberating.decide(event=closed_demo, actor=None)
    deliberating.decide(event=closed_demo, actor=None, reason="Autrement.")
    client = president(closed_demo, browse)
    client.post(f"/{closed_demo.slug}/jury/deliberation/seal/", {"version": "1"})
    client.post(f"/{closed_demo.slug}/jury/deliberation/seal/", {})
    assert Seal.objects.count() == 0


def test_a_correction_asks_for_its_erratum(results_demo: Event, browse: Browse) -> None:
    deliberating.decide(event=results_demo, actor=None, reason="Correction.")
    sealing.seal(event=results_demo, actor=None)
    organiser = browse(make_staff(results_demo))
    page = f"/{results_demo.slug}/tower/results/"
    sent = {"version": "2", "confirmation": results_demo.slug}
    assert organiser.post(page, sent).status_code == 422
    assert organiser.post(page, {**sent, "erratum": "Un nom."}).status_code == 302
    assert Publication.objects.count() == 2


def test_the_page_takes_the_same_queries_at_each_reading(
    closed_demo: Event, browse: Browse, django_assert_max_num_queries: object
) -> None:
    client = president(closed_demo, browse)
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        client.get(f"/{closed_demo.slug}/jury/deliberation/")
