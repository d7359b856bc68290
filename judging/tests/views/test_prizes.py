"""The award rules on their page: plain words, presets, contradictions refused with everything kept, frozen after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hackathon.models import Account, AuditEntry, Event
from hackathon.tests.factories import make_staff
from judging.domain import deliberating, prizes
from judging.models import AwardRule
from judging.tests.factories import make_jury

Browse = Callable[[Account | None], Client]

MENTION = {
    "label_fr": "Mention spéciale",
    "label_en": "Special mention",
    "scope": "event",
    "eligible": "all",
    "places": "1",
    "method": "deliberation",
    "cumulation": "cumulative",
    "when_taken": "",
    "tie": "ladder",
    "rank_style": "standard",
    "follow_up_months": "0",
}


@pytest.fixture
def event(db: None) -> Event:
    made = make_jury(themes=2).event
    prizes.use_preset(event=made, preset="grand_prize_first", actor=None)
    return made


def labels(event: Event) -> list[str]:
    return [rule.label_fr for rule in prizes.rules_in_order(event)]


def test_the_rules_read_in_plain_words(event: Event, browse: Browse) -> None:
    text = browse(make_staff(event)).get(f"/en/{event.slug}/tower/prizes/").content.decode()
    assert "1 prize, among the finalists, by the ranking." in text
    assert "1 prize in each theme, by the ranking." in text


def test_a_prize_is_added_moved_and_removed(event: Event, browse: Browse) -> None:
    client = browse(make_staff(event))
    assert client.post(f"/{event.slug}/tower/prizes/add/", MENTION).status_code == 302
    assert labels(event) == ["Grand prix du jury", "Lauréat de la thématique", "Mention spéciale"]
    rule = AwardRule.objects.get(event=event, sequence=3)
    client.post(f"/{event.slug}/tower/prizes/{rule.pk}/move/", {"to": "earlier"})
    assert labels(event) == ["Grand prix du jury", "Mention spéciale", "Lauréat de la thématique"]
    client.post(f"/{event.slug}/tower/prizes/{rule.pk}/remove/")
    assert labels(event) == ["Grand prix du jury", "Lauréat de la thématique"]
    assert [rule.sequence for rule in prizes.rules_in_order(event)] == [1, 2]
    assert AuditEntry.objects.filter(verb="change_award_rules").count() == 3


def test_the_presets_change_the_order_and_keep_names_and_gifts(event: Event, browse: Browse) -> None:
    AwardRule.objects.filter(event=event, is_grand_prize=True).update(
        label_fr="Le grand prix", prize_fr="Six mois"
    )
    client = browse(make_staff(event))
    client.post(f"/{event.slug}/tower/prizes/preset/", {"preset": "themes_first"})
    rules = prizes.rules_in_order(event)
    assert [(rule.label_fr, rule.eligible, rule.cumulation) for rule in rules] == [
        ("Lauréat de la thématique", "all", "exclusive"),
        ("Le grand prix", "theme_winners", "cumulative"),
    ]
    assert (prizes.preset_of(rules), rules[1].prize_fr) == ("themes_first", "Six mois")
    assert client.post(f"/{event.slug}/tower/prizes/preset/", {"preset": "best_first"}).status_code == 404


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("/en", "it is reserved to theme laureates, but they are named after it."),
        ("", "il est réservé aux lauréats des thématiques, mais ils sont désignés après lui."),
    ],
)
def test_a_contradiction_is_refused_with_its_reason(
    event: Event, browse: Browse, prefix: str, sentence: str
) -> None:
    grand = AwardRule.objects.get(event=event, sequence=1)
    sent = {**MENTION, "label_fr": "Grand prix", "eligible": "theme_winners", "method": "ranking"}
    answer = browse(make_staff(event)).post(f"{prefix}/{event.slug}/tower/prizes/{grand.pk}/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="Grand prix"' in answer.content.decode()
    grand.refresh_from_db()
    assert (grand.label_fr, grand.eligible) == ("Grand prix du jury", "finalists")


def test_a_rule_that_another_needs_is_not_removed(event: Event, browse: Browse) -> None:
    prizes.use_preset(event=event, preset="themes_first", actor=None)
    theme = AwardRule.objects.get(event=event, scope="theme")
    browse(make_staff(event)).post(f"/{event.slug}/tower/prizes/{theme.pk}/remove/")
    browse(make_staff(event)).post(f"/{event.slug}/tower/prizes/{theme.pk}/move/", {"to": "later"})
    assert labels(event) == ["Lauréat de la thématique", "Grand prix du jury"]


def test_the_rules_are_frozen_once_decided(closed_demo: Event, browse: Browse) -> None:
    deliberating.decide(event=closed_demo, actor=None)
    client = browse(make_staff(closed_demo))
    rule = AwardRule.objects.filter(event=closed_demo).first()
    assert rule is not None
    page = client.get(f"/{closed_demo.slug}/tower/prizes/").content.decode()
    assert "Elles ne changent plus." in page
    assert client.post(f"/{closed_demo.slug}/tower/prizes/add/", MENTION).status_code == 422
    client.post(f"/{closed_demo.slug}/tower/prizes/{rule.pk}/remove/")
    client.post(f"/{closed_demo.slug}/tower/prizes/preset/", {"preset": "themes_first"})
    assert labels(closed_demo) == ["Grand prix du jury", "Lauréat de la thématique"]


def test_another_events_rule_does_not_exist_here(event: Event, browse: Browse) -> None:
    other = make_jury().event
    rule = AwardRule.objects.get(event=event, sequence=1)
    assert browse(make_staff(other)).get(f"/{other.slug}/tower/prizes/{rule.pk}/").status_code == 404


def test_only_organisers_write_the_rules(event: Event, browse: Browse) -> None:
    assert browse(make_staff(event, "secretary")).get(f"/{event.slug}/tower/prizes/").status_code == 403
    assert browse(None).get(f"/{event.slug}/tower/prizes/").status_code == 302


@pytest.mark.parametrize("more", [0, 2, 9])
def test_the_page_takes_the_same_queries_whatever_the_rules(
    event: Event, browse: Browse, django_assert_max_num_queries: object, more: int
) -> None:
    AwardRule.objects.bulk_create(
        AwardRule(event=event, sequence=3 + number, label_fr=f"Prix {number}", method="deliberation")
        for number in range(more)
    )
    client = browse(make_staff(event))
    client.get(f"/{event.slug}/tower/prizes/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(f"/{event.slug}/tower/prizes/")
