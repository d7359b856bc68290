from __future__ import annotations

import io

import pypdf
import pytest

from hackathon.kit.registry import registry
from teams import documents
from teams.tests.factories import make_crowd, make_team

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sign_stands_on_each_table_in_that_language(language):
    event = make_crowd(0)
    make_team(event, people=0, number=7, name="Passerelles")
    make_team(event, people=0, number=12)
    found = pypdf.PdfReader(io.BytesIO(documents.table_signs(event, language)))
    texts = [page.extract_text() for page in found.pages]
    assert "7" in next(text for text in texts if "Passerelles" in text)
    assert any("12" in text for text in texts)
    assert found.trailer["/Root"]["/Lang"] == language
    assert "/StructTreeRoot" in found.trailer["/Root"]


def test_table_signs_are_among_the_documents_once_there_are_teams():
    event = make_crowd(0)
    document = registry.document("table-signs")
    assert document is not None
    assert not document.is_available(event)
    make_team(event, people=0)
    assert document.is_available(event)
