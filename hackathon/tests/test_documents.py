"""The PDFs of the event: tagged, in our fonts, each text in its place, and nobody's private role in any of them."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from pypdf import PdfReader

from hackathon import documents
from hackathon.domain import attestation_papers, attesting, badges, consenting, sign_in
from hackathon.domain.badges import Wanted
from hackathon.domain.label_sheets import SHEETS
from hackathon.enums import BadgeStock, Purpose
from hackathon.models import BadgeLayout, Event, Presence
from hackathon.tests.factories import make_event, make_person, make_registration, make_role

pytestmark = pytest.mark.django_db
AFTER = datetime(2016, 11, 21, 9, 0, tzinfo=UTC)
POINT = 72 / 25.4


@pytest.fixture
def event(at: Any) -> Event:
    at(AFTER)
    made = make_event(
        issuer="Ville d’Essai", signatory="Ada Martin", signatory_title="Directrice", is_demo=True
    )
    seeker = make_role(made, "chercheur", is_private=True)
    developer = make_role(made, "developpeur", colour="developer")
    for number, (first, role, shows) in enumerate(
        [("Anne", seeker, False), ("Bilal", developer, False), ("Chloé", developer, True)]
    ):
        make_registration(made, role, person=make_person(made, first, f"Nom{number}"), shows_role=shows)
    return made


def printed(event: Event, stock: str = "l4785", start: int = 1, **choices: Any) -> bytes:
    layout = BadgeLayout(event=event, stock=stock, **choices)
    return documents.badges_pdf(layout, badges.wanted_people(event, Wanted()), language="fr", start=start)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def words(content: bytes) -> list[tuple[int, str, float, float]]:
    """(page, word, x, y) in millimetres, as poppler measures them."""
    xml = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout
    found, page = [], -1
    for node in ElementTree.fromstring(xml).iter():
        if node.tag.endswith("page"):
            page += 1
        elif node.tag.endswith("word"):
            found.append(
                (
                    page,
                    node.text or "",
                    float(node.get("xMin", 0)) / POINT,
                    float(node.get("yMin", 0)) / POINT,
                )
            )
    return found


@pytest.mark.parametrize("stock", BadgeStock.values)
def test_each_name_is_on_its_own_label(event: Event, stock: str) -> None:
    sheet = SHEETS[stock]
    content = printed(event, stock)
    page = PdfReader(io.BytesIO(content)).pages[0]
    assert [float(side) / POINT for side in page.mediabox[2:]] == pytest.approx(
        [sheet.width, sheet.height], abs=0.1
    )
    for number, name in enumerate(["Anne", "Bilal", "Chloé"]):
        on, place = divmod(number, sheet.count)
        left, top = sheet.corners[place]
        places = [(x, y) for at, word, x, y in words(content) if at == on and word == name]
        inside = [
            left <= x <= left + sheet.label_width and top <= y <= top + sheet.label_height for x, y in places
        ]
        assert any(inside), (name, places)
        assert len(places) == (2 if sheet.is_folded else 1)


def test_a_begun_sheet_is_printed_from_the_label_asked_for(event: Event) -> None:
    content = printed(event, start=10)
    assert [page for page, word, _x, _y in words(content) if word in ("Anne", "Bilal", "Chloé")] == [0, 1, 1]


def test_a_private_role_and_one_that_is_not_shown_read_the_same(event: Event) -> None:
    people = badges.wanted_people(event, Wanted())
    anne, bilal, chloe = badges.badges_of(people, BadgeLayout(event=event), language="fr")
    assert (anne.role, anne.colour) == (bilal.role, bilal.colour) == ("Participant·e", "other")
    assert (chloe.role, chloe.colour) == ("Developpeur", "developer")
    assert "Chercheur" not in text_of(printed(event))


def test_the_photo_mark_follows_the_consent(event: Event) -> None:
    anne = badges.wanted_people(event, Wanted())[0]
    assert text_of(printed(event)).count("Pas de photo") == 3
    consenting.give(person=anne.person, purposes=[Purpose.IMAGE], source="form", actor=None)
    assert text_of(printed(event)).count("Pas de photo") == 2
    consenting.withdraw(person=anne.person, purpose=Purpose.IMAGE, actor=None)
    assert text_of(printed(event)).count("Pas de photo") == 3
    assert text_of(printed(event, marks_no_photo=False)).count("Pas de photo") == 0


def test_a_badge_opens_the_desk_on_its_person(event: Event, settings: Any) -> None:
    settings.SITE_URL = "https://essai.example"
    assert badges.desk_address("abc", event) == f"https://essai.example/{event.slug}/desk/?q=abc"


def test_only_those_without_a_badge_of_their_code(event: Event) -> None:
    people = badges.wanted_people(event, Wanted())
    badges.record_printed(event=event, people=people[:2], actor=None)
    badges.record_printed(event=event, people=people[:1], actor=None)
    unprinted = Wanted(only_unprinted=True)
    assert [one.person.first_name for one in badges.wanted_people(event, unprinted)] == ["Chloé"]
    people[0].code = "another"
    people[0].save(update_fields=["code"])
    assert [one.person.first_name for one in badges.wanted_people(event, unprinted)] == ["Anne", "Chloé"]


def test_nobody_is_said(event: Event) -> None:
    with pytest.raises(badges.NoBadge):
        documents.badges_pdf(BadgeLayout(event=event), [], language="fr")


def attested(event: Event) -> list[Any]:
    for one in event.registrations.all():
        came = datetime(2016, 11, 18, 8, 0, tzinfo=UTC)
        Presence.objects.create(registration=one, day=event.days.first(), half="am", in_at=came)
    return attesting.attest_everybody(event=event, actor=None)


def all_documents(event: Event) -> dict[str, bytes]:
    papers = attested(event)
    return {
        "badges": printed(event),
        "sign-in": documents.all_sign_in_sheets(event, "fr"),
        "attestation": documents.attestation_pdf(papers[0]),
        "attestations": documents.attestations_pdf(papers),
        "specimen": documents.attestation_pdf(attestation_papers.sample(event, language="fr")),
    }


def test_every_document_is_declared_pdf_ua_in_embedded_fonts_and_marked_as_a_demonstration(
    event: Event,
) -> None:
    for name, content in all_documents(event).items():
        document = pikepdf.open(io.BytesIO(content))
        with document.open_metadata() as metadata:
            assert str(metadata["{http://www.aiim.org/pdfua/ns/id/}part"]) == "1", name
            assert metadata["dc:title"], name
        assert str(document.Root.Lang) == "fr", name
        assert bool(document.Root.MarkInfo.Marked), name
        assert "/StructTreeRoot" in document.Root, name
        fonts = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert fonts, name
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts), name
        assert "Démonstration" in text_of(content), name


def test_an_attestation_says_what_was_recorded_and_where_to_check_it(event: Event) -> None:
    paper = attested(event)[0]
    text = text_of(documents.attestation_pdf(paper))
    for expected in ("Attestation de présence", "Anne Nom0", "vendredi 18 novembre 2016", "matin", "3 h 30",
                     "Ville d’Essai", "Ada Martin", "Directrice", paper.written_code):  # fmt: skip
        assert expected in text, expected
    assert "France Travail" not in text
    assert "Chercheur" not in text


def test_each_gets_theirs_in_their_own_language_and_in_a_file_of_their_own(event: Event) -> None:
    bilal = event.people.get(first_name="Bilal")
    bilal.language = "en"
    bilal.save()
    papers = attested(event)
    assert "Attestation of presence" in text_of(documents.attestations_pdf(papers))
    import zipfile

    with zipfile.ZipFile(io.BytesIO(documents.attestations_zip(papers))) as archive:
        assert len(archive.namelist()) == 3
        own = next(name for name in archive.namelist() if "bilal" in name)
        english = archive.read(own)
    assert str(pikepdf.open(io.BytesIO(english)).Root.Lang) == "en"
    assert "Bilal" in text_of(english)
    assert "Anne" not in text_of(english)


@pytest.mark.parametrize("count", [0, 1, 14, 15, 16, 20, 21])
def test_sheets_to_sign_have_everybody_once_and_room_for_others(event: Event, count: int) -> None:
    event.registrations.all().delete()
    for number in range(count):
        make_registration(event, person=make_person(event, "Léo", f"Élan{number:02d}"))
    pages = sign_in.sheets_of(event, language="fr", only=(event.whole_days[0].pk, "am"))[0].pages
    assert [line.number for page in pages for line in page.lines] == list(range(1, count + 1))
    assert len(pages[-1].blank) >= sign_in.FEWEST_BLANK
    assert all(len(page.lines) + len(page.blank) <= sign_in.ROWS for page in pages)
    content = documents.sign_in_pdf(event, "fr", [sign_in.HalfSheet(event.whole_days[0], "am", pages)])
    assert len(PdfReader(io.BytesIO(content)).pages) == len(pages)
    assert f"Page {len(pages)} sur {len(pages)}" in text_of(content)


def test_progress_is_told_and_stopping_stops(event: Event) -> None:
    told: list[tuple[int, int]] = []
    layout = BadgeLayout(event=event, stock="a6")
    people = badges.wanted_people(event, Wanted()) * 3
    documents.badges_pdf(layout, people, language="fr", tell=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 4)
    assert told[-1] == (4, 4)
    assert [done for done, _total in told] == sorted(done for done, _total in told)
