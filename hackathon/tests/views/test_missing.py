"""Where nothing is: JSON under /api/, a page elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/api/", "/api/v1/nothing/", "/api/v1/events/x/y/z/", "/api/v9/"])
def test_unknown_address_of_the_api_is_answered_in_json(client: Any, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert answer.json()["code"] == "not_found"
    assert answer.json()["message"].startswith("No such address")


def test_unknown_page_is_answered_by_a_page(client: Any) -> None:
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "<main" in answer.text


def test_back_office_takes_an_address_without_a_scheme_for_https() -> None:
    """Without saying so, Django 5 warns that its next version will."""
    project = apps.get_model("teams", "Project")
    field = admin.site._registry[project].formfield_for_dbfield(
        project._meta.get_field("site_url"), request=None
    )
    assert field.clean("example.org") == "https://example.org"
