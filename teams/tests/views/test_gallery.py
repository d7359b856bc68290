"""The gallery: nothing before publication, what was handed in afterwards, and only the names that may be named."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from hackathon.enums import Purpose
from hackathon.models import Consent
from hackathon.tests.factories import make_event, make_theme
from teams.enums import ProjectState, Standing
from teams.models import Membership, Project, Team

pytestmark = pytest.mark.django_db


def make_project(event, number, **fields):
    theme = event.themes.first() or make_theme(event)
    team = Team.objects.create(event=event, theme=theme, key=f"t{number}", number=number)
    fields = {
        "title": f"Projet {number}",
        "state": ProjectState.SUBMITTED,
        "submitted_at": timezone.now(),
    } | fields
    return Project.objects.create(team=team, pitch="Une phrase.", **fields)


def test_gallery_does_not_exist_before_publication(client):
    event = make_event()
    project = make_project(event, 1)
    assert client.get(reverse("teams:gallery", args=[event.slug])).status_code == 404
    assert client.get(reverse("teams:public_project", args=[event.slug, project.pk])).status_code == 404


def test_gallery_shows_what_was_handed_in_and_still_stands(client):
    event = make_event(published_at=timezone.now())
    shown = make_project(event, 1)
    out = make_project(event, 2, standing=Standing.OUT, standing_reason="Équipe d’un partenaire")
    draft = make_project(event, 3, state=ProjectState.DRAFT, submitted_at=None)
    gone = make_project(event, 4, standing=Standing.WITHDRAWN, standing_reason="À sa demande")
    page = client.get(reverse("teams:gallery", args=[event.slug])).content.decode()
    assert shown.title in page
    assert out.title in page
    assert draft.title not in page
    assert gone.title not in page
    assert client.get(reverse("teams:public_project", args=[event.slug, gone.pk])).status_code == 404


def test_public_project_names_only_members_who_agreed(client):
    from hackathon.tests.factories import make_registration

    event = make_event(published_at=timezone.now())
    project = make_project(event, 1)
    agreeing, silent = make_registration(event), make_registration(event)
    for registration in (agreeing, silent):
        Membership.objects.create(team=project.team, registration=registration)
    Consent.objects.create(person=agreeing.person, purpose=Purpose.RESULTS_NAME)
    page = client.get(reverse("teams:public_project", args=[event.slug, project.pk])).content.decode()
    assert agreeing.person.full_name in page
    assert silent.person.full_name not in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_gallery_costs_the_same_queries_for_any_number(client, django_assert_max_num_queries, count):
    event = make_event(published_at=timezone.now())
    for number in range(count):
        make_project(event, number + 1)
    url = reverse("teams:gallery", args=[event.slug])
    client.get(url)
    with django_assert_max_num_queries(5):
        client.get(url)
