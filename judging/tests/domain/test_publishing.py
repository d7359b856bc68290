"""Publication: one switch, one announcement; a correction is a new version that says what it corrects."""

from __future__ import annotations

import pytest
from django.utils import translation

from hackathon.domain import verifying_codes
from hackathon.models import Event
from judging.domain import deliberating, publishing, sealing
from judging.models import Publication


def test_the_announcement_says_the_same_prizes_in_both_languages(results_demo: Event) -> None:
    french, english = (publishing.announcement(results_demo, language) for language in ("fr", "en"))
    assert french is not None
    assert english is not None
    assert [prize.project for prize in french.grand + french.prizes] == [
        "Lunchtime Mentoring",
        "Jobkontact",
        "Adopte un chômeur",
        "Plateau",
    ]
    assert [prize.project_id for prize in french.prizes] == [prize.project_id for prize in english.prizes]
    assert (french.grand[0].label, english.grand[0].label) == ("Grand prix du jury", "Jury’s grand prize")
    assert french.dates == "18 et 19 novembre 2016"
    assert english.dates == "18 and 19 November 2016"
    assert french.figures[0] == (250, "participants")
    assert french.decided == "Palmarès arrêté par le jury à l’issue de deux tours."


def test_an_english_page_marks_what_is_french(results_demo: Event) -> None:
    english = publishing.announcement(results_demo, "en")
    assert english is not None
    assert english.grand[0].theme_language == "fr"
    assert english.grand[0].pitch_language == "en"


def test_the_announcement_stays_as_it_was_said(results_demo: Event) -> None:
    project = results_demo.decisions.get().awards.exclude(project=None).first().project  # type: ignore[union-attr]
    project.title = "Autre nom"
    project.save()
    announced = publishing.announcement(results_demo, "fr")
    assert announced is not None
    assert "Autre nom" not in [prize.project for prize in announced.grand + announced.prizes]


def test_nothing_is_published_before_the_seal(closed_demo: Event) -> None:
    with translation.override("en"):
        with pytest.raises(publishing.PublicationRefused, match="has not decided"):
            publishing.publish(event=closed_demo, actor=None)
        deliberating.decide(event=closed_demo, actor=None)
        with pytest.raises(publishing.PublicationRefused, match="not sealed"):
            publishing.publish(event=closed_demo, actor=None)
    assert Publication.objects.count() == 0
    closed_demo.refresh_from_db()
    assert closed_demo.published_at is None


def test_publishing_twice_publishes_once(results_demo: Event) -> None:
    with pytest.raises(publishing.AlreadyPublished):
        publishing.publish(event=results_demo, actor=None)
    assert Publication.objects.count() == 1


def test_a_decision_that_came_meanwhile_is_not_published_unread(results_demo: Event) -> None:
    deliberating.decide(event=results_demo, actor=None, reason="Correction.")
    sealing.seal(event=results_demo, actor=None)
    with translation.override("en"), pytest.raises(publishing.PublicationRefused, match="recorded meanwhile"):
        publishing.publish(event=results_demo, actor=None, erratum="Une erreur.", version=1)
    assert Publication.objects.count() == 1


def test_a_correction_needs_an_erratum_and_keeps_the_first_version(results_demo: Event) -> None:
    first = Publication.objects.get()
    deliberating.decide(event=results_demo, actor=None, reason="Correction.")
    sealing.seal(event=results_demo, actor=None)
    with translation.override("fr"), pytest.raises(publishing.PublicationRefused, match="écrivez l’erratum"):
        publishing.publish(event=results_demo, actor=None, erratum=" ")
    second = publishing.publish(event=results_demo, actor=None, erratum="Le prix a changé de nom.")
    assert (second.version, Publication.objects.count()) == (2, 2)
    first_time = results_demo.published_at
    results_demo.refresh_from_db()
    assert results_demo.published_at == first_time
    now = publishing.announcement(results_demo, "fr")
    assert now is not None
    assert (now.version, now.erratum) == (2, "Le prix a changé de nom.")
    assert publishing.read(first, "fr").erratum == ""


def test_a_code_has_eighty_bits_and_no_letter_to_confuse() -> None:
    code = publishing.new_code()
    assert len(code) == 16
    assert len(publishing.ALPHABET) == 32
    assert not set("OI01") & set(publishing.ALPHABET)
    groups = f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}"
    assert verifying_codes.address(code, "fr").endswith(f"8000/v/{groups}/")
    assert verifying_codes.address(code, "en").endswith(f"8000/en/v/{groups}/")


def test_composing_takes_a_fixed_number_of_queries(
    results_demo: Event, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        publishing.preview(results_demo, "fr")
