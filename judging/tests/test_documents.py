"""The PDF of the results: declared PDF/UA-1, tagged, titled, in our fonts, one page; and what it may never fetch."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from hackathon.kit import pdf
from hackathon.models import Event
from judging.documents import results as documents
from judging.domain import publishing
from judging.domain.publishing import Announcement, Prize


@pytest.fixture
def announcement(results_demo: Event) -> Announcement:
    found = publishing.announcement(results_demo, "fr")
    assert found is not None
    return found


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def tags(node: Any) -> Iterator[str]:
    """The structure's tags, in reading order."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node["/S"])
        children = node.get("/K")
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from tags(child)


def fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            yield thing


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Palmarès – Hackathon pour l’Emploi"), ("en", "Results – Hackathon for Jobs")],
)
def test_the_results_are_declared_pdf_ua_with_language_and_title(
    results_demo: Event, language: str, title: str
) -> None:
    document = opened(documents.results(results_demo, language))
    with document.open_metadata() as metadata:
        assert str(metadata["{http://www.aiim.org/pdfua/ns/id/}part"]) == "1"
        assert metadata["dc:title"] == title
    assert str(document.Root.Lang) == language
    assert bool(document.Root.MarkInfo.Marked)
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_the_structure_has_its_headings_in_order(announcement: Announcement) -> None:
    document = opened(documents.results_pdf(announcement))
    found = list(tags(document.Root.StructTreeRoot))
    assert [tag for tag in found if tag in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H2", "/H2", "/H2"]
    assert "/P" in found
    assert all("/Tabs" in page and page["/Tabs"] == "/S" for page in document.pages)


def test_every_font_is_ours_and_embedded(announcement: Announcement) -> None:
    document = opened(documents.results_pdf(announcement))
    found = list(fonts(document))
    assert found
    for font in found:
        assert "Fira-Sans" in str(font["/FontName"]) or "FiraSans" in str(font["/FontName"])
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_demo_fits_on_one_page_marked_as_a_demonstration(results_demo: Event, language: str) -> None:
    reader = PdfReader(io.BytesIO(documents.results(results_demo, language)))
    assert len(reader.pages) == 1
    assert {"fr": "Démonstration", "en": "Demonstration"}[language] in reader.pages[0].extract_text()


def prize(number: int, **fields: Any) -> Prize:
    facts: dict[str, Any] = {
        "label": f"Prix {number}",
        "theme": "Une thématique " + "très longue " * (number % 9),
        "theme_language": "fr",
        "project": f"Projet {number} " + "au nom interminable " * (number % 3),
        "team": "",
        "pitch": "Une phrase. " * 8,
        "pitch_language": "fr",
        "prize": "",
        "rank": 1,
        "place": "",
        "is_tied": False,
        "is_grand": False,
    }
    return Prize(**{**facts, **fields})


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 14])
def test_no_text_is_lost_however_many_prizes(announcement: Announcement, count: int) -> None:
    shaped = Announcement(
        **{
            **vars(announcement),
            "grand": [prize(100, is_grand=True, is_tied=True), prize(101, is_grand=True, project="")],
            "prizes": [prize(number) for number in range(count)],
            "erratum": "Un erratum que tout le monde lit.",
        }
    )
    content = documents.results_pdf(shaped)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    assert "Non attribué" in text
    assert "ex æquo" in text.lower()
    assert "Un erratum que tout le monde lit." in text
    assert all(f"Projet {number}" in text for number in range(count))
    assert opened(content).Root.MarkInfo.Marked


def test_nothing_is_printed_before_the_decision(closed_demo: Event) -> None:
    assert not documents.RESULTS.is_available(closed_demo)
    with pytest.raises(documents.NothingToPrint):
        documents.results(closed_demo, "fr")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:1/x.png",
        "https://example.org/x.png",
        f"{pdf.FONTS.as_uri()}/../../../../../../../../etc/hostname",
        f"{pdf.FONTS.as_uri()}/",
        "x.png",
    ],
)
def test_a_document_fetches_nothing_from_anywhere(address: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    _fonts, _sheets, fetcher = pdf._tools()
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(address)


def test_a_missing_library_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "missing_pdf_packages", lambda: ["libpangoft2-1.0-0"])
    with pytest.raises(pdf.PdfUnavailable, match=r"apt-get install libpangoft2-1\.0-0"):
        pdf.html_to_pdf("<p>")
