"""The schema of the API and its page: complete, valid, for everybody, and no looser than they need to be."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command

from hackathon.tests.calling import caller

DOCS = "/api/v1/docs/"


def test_schema_is_valid_and_generates_without_a_warning(db: Any) -> None:
    written = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, format="openapi-json", stdout=written)
    assert '"Problem"' in written.getvalue()


def test_schema_is_for_everybody_and_names_permissions(db: Any) -> None:
    response = caller().get("/api/v1/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
    mark = response.data["paths"]["/api/v1/events/{event}/ballots/{ballot}/marks/{criterion}/"]["put"]
    assert response.status_code == 200
    assert "Permission: `judging.write_ballot`." in mark["description"]
    assert "4XX" in mark["responses"]


def test_docs_page_runs_no_inline_script(db: Any) -> None:
    response = caller().get(DOCS, HTTP_ACCEPT="text/html")
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<script") == page.count("<script src=") == 3
    assert "drf_spectacular_sidecar" in page
    assert "http://" not in page
    assert "https://" not in page
    script = caller().get(DOCS + "?script=", HTTP_ACCEPT="*/*")
    assert "javascript" in script["Content-Type"]
    assert "/api/v1/schema/" in script.content.decode()


def test_inline_styles_are_allowed_on_the_docs_page_only(db: Any) -> None:
    docs = caller().get(DOCS, HTTP_ACCEPT="text/html")["Content-Security-Policy"]
    other = caller().get("/api/v1/events/")["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in docs
    assert "script-src 'self';" in docs + ";"
    assert "unsafe-inline" not in other
