"""The results for everybody: nothing leaks before publication; afterwards page and PDF say the same words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client
from pypdf import PdfReader

from hackathon.models import Account, Event
from hackathon.tests.factories import make_account, make_staff
from judging.domain import deliberating, sealing, staging
from judging.models import Publication
from teams.models import Membership

Browse = Callable[[Account | None], Client]
SECRETS = ("Lunchtime Mentoring", "Adopte un chômeur")


class Words(HTMLParser):
    """The words of the page's main part, without its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "main"
        self.skipped += tag in ("a", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "main"
        self.skipped -= tag in ("a", "svg")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped:
            self.words += words(data)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def roles(event: Event) -> dict[str, Account | None]:
    juror = event.jurors.filter(is_president=False).first()
    captain = (
        Membership.objects.for_event(event).current().captains().exclude(registration__person__account=None)
    )
    person = captain.first()
    return {
        "stranger": None,
        "somebody": make_account("somebody@example.org"),
        "juror": juror.person.account if juror else None,
        "captain": person.registration.person.account if person else None,
        "desk": make_staff(event, "desk"),
        "organiser": make_staff(event),
    }


@pytest.fixture
def decided(closed_demo: Event) -> Event:
    deliberating.decide(event=closed_demo, actor=None)
    return closed_demo


@pytest.mark.parametrize("who", ["stranger", "somebody", "juror", "captain", "desk", "organiser"])
def test_before_the_seal_the_results_exist_for_nobody_else(decided: Event, browse: Browse, who: str) -> None:
    client = browse(roles(decided)[who])
    slug = decided.slug
    for path in (
        f"/{slug}/results/",
        f"/en/{slug}/results/",
        f"/{slug}/results.pdf",
        f"/api/v1/events/{slug}/results/",
        f"/api/v1/events/{slug}/awards/",
    ):
        answer = client.get(path)
        assert answer.status_code in (401, 403, 404), path
        assert not any(secret in answer.content.decode(errors="replace") for secret in SECRETS), path
        assert "ETag" not in answer
    page = client.get(f"/{slug}/").content.decode()
    assert f"/{slug}/results" not in page
    assert client.get(f"/{slug}/tower/results/preview/").status_code in (302, 403)


def test_the_president_and_the_secretary_see_them_before(decided: Event, browse: Browse) -> None:
    for account in (staging.president(decided), make_staff(decided, "secretary")):
        page = browse(account).get(f"/{decided.slug}/results/")
        assert page.status_code == 200
        assert "Lunchtime Mentoring" in page.content.decode()
        assert page["Cache-Control"] == "private, no-store"


def test_the_organiser_sees_them_once_sealed_and_not_a_newer_decision(decided: Event, browse: Browse) -> None:
    client = browse(make_staff(decided))
    sealing.seal(event=decided, actor=None)
    assert client.get(f"/{decided.slug}/tower/results/preview/").status_code == 200
    assert client.get(f"/{decided.slug}/results.pdf")["Cache-Control"] == "private, no-store"
    deliberating.decide(event=decided, actor=None, reason="Autrement.")
    assert client.get(f"/{decided.slug}/tower/results/preview/").status_code == 403
    assert client.get(f"/{decided.slug}/results/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_and_the_pdf_say_the_same_words(results_demo: Event, browse: Browse, prefix: str) -> None:
    client = browse(None)
    page = client.get(f"{prefix}/{results_demo.slug}/results/")
    document = client.get(f"{prefix}/{results_demo.slug}/results.pdf")
    assert (page.status_code, document.status_code) == (200, 200)
    assert document["Content-Type"] == "application/pdf"
    reader = Words()
    reader.feed(page.content.decode())
    said = " ".join(reader.words)
    printed = " ".join(words(pdf_text(document.content)))
    assert len(reader.words) > 80
    before, found, after = printed.partition(said)
    assert found, f"page: {said}\npdf: {printed}"
    furniture = words(
        "Results of the Hackathon for Jobs version 1 19 November 2016 1 1 Demonstration made up data"
    )
    furniture += words(
        "Palmarès du Hackathon pour l’Emploi version 1 19 novembre 2016 démonstration données fictives"
    )
    assert set(words(before) + words(after)) <= set(furniture)


def test_an_unknown_event_has_no_results(db: None, browse: Browse) -> None:
    assert browse(None).get("/nowhere/results/").status_code == 404


def test_a_code_is_checked_however_it_is_typed(results_demo: Event, browse: Browse) -> None:
    code = Publication.objects.get().code
    for typed in (code, code.lower(), "-".join((code[:4], code[4:]))):
        page = browse(None).get(f"/en/v/{typed}/")
        assert (page.status_code, "genuine" in page.content.decode()) == (200, True)
    assert browse(None).get(f"/v/{code[:-1]}/").status_code == 404


def test_an_old_code_says_that_it_was_replaced(results_demo: Event, browse: Browse) -> None:
    from judging.domain import publishing

    old = Publication.objects.get().code
    deliberating.decide(event=results_demo, actor=None, reason="Correction.")
    sealing.seal(event=results_demo, actor=None)
    publishing.publish(event=results_demo, actor=None, erratum="Le nom d’une équipe.")
    page = browse(None).get(f"/v/{old}/").content.decode()
    assert "Il a été remplacé" in page
    assert "La version 2 le remplace" in page
    results = browse(None).get(f"/{results_demo.slug}/results/").content.decode()
    assert "Le nom d’une équipe." in results
    assert "Le nom d’une équipe." in pdf_text(browse(None).get(f"/{results_demo.slug}/results.pdf").content)
