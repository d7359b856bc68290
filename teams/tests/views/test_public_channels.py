"""Every public channel of the projects: nothing before they are public, the same projects in each afterwards."""

from __future__ import annotations

import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from hackathon.kit.share_picture import SharePicture, writable
from hackathon.models import AuditEntry, Event
from hackathon.tests.factories import make_event, make_staff
from teams.domain import gallery
from teams.tests.factories import make_project, make_team

pytestmark = pytest.mark.django_db
TITLE = "Été à l’école"


def channels(project):
    slug = project.event.slug
    return [
        reverse("teams:gallery", args=[slug]),
        reverse("teams:feed", args=[slug]),
        reverse("teams:gallery_picture", args=[slug]),
        reverse("teams:public_project", args=[slug, project.pk]),
        reverse("teams:project_picture", args=[slug, project.pk]),
    ]


@pytest.fixture
def project(db):
    return make_project(make_team(make_event()), submitted=True, title=TITLE)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_before_no_channel_says_anything(client, project, prefix):
    for url in channels(project):
        answer = client.get(prefix + url)
        assert answer.status_code == 404, url
        assert "ETag" not in answer
        assert TITLE not in answer.content.decode(errors="replace")
    assert "/projects/" not in client.get("/sitemap.xml").content.decode()


def test_open_gallery_answers_everywhere_and_closes_again(client, project):
    event = project.event
    gallery.open_gallery(event=event, actor=None)
    for url in channels(project):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304, url
    assert f"/{event.slug}/projects/{project.pk}/" in client.get("/sitemap.xml").content.decode()
    gallery.close_gallery(event=event, actor=None, reason="Trop tôt.")
    assert {client.get(url).status_code for url in channels(project)} == {404}
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"open_gallery", "close_gallery"}


def test_gallery_is_not_opened_twice_nor_closed_without_reason_or_after_publication(project):
    event = project.event
    gallery.open_gallery(event=event, actor=None)
    with pytest.raises(gallery.GalleryRefused):
        gallery.open_gallery(event=event, actor=None)
    with pytest.raises(gallery.GalleryRefused):
        gallery.close_gallery(event=event, actor=None, reason=" ")
    Event.objects.update(published_at=timezone.now())
    with pytest.raises(gallery.GalleryRefused):
        gallery.close_gallery(event=event, actor=None, reason="Trop tôt.")


def test_organiser_opens_it_with_a_button(client, project):
    event = project.event
    client.force_login(make_staff(event), backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("teams:gallery_switch", args=[event.slug])
    assert client.get(url).status_code == 200
    assert client.post(url, {"act": "open"}).status_code == 302
    again = client.post(url, {"act": "open", "reason": "Encore"})
    assert again.status_code == 200
    assert "Encore" in again.content.decode()


def test_tag_changes_with_what_the_page_says(client, project):
    gallery.open_gallery(event=project.event, actor=None)
    url = reverse("teams:gallery", args=[project.event.slug])
    before = client.get(url)["ETag"]
    type(project).objects.update(title="Autre")
    assert client.get(url, headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize("words", ["ete", "ÉCOLE été"])
def test_search_forgives_accents_and_case(project, words):
    assert gallery.matching([project], words=words) == [project]
    assert gallery.matching([project], words=words + " absent") == []


def test_feed_is_a_json_feed(client, project):
    gallery.open_gallery(event=project.event, actor=None)
    answer = client.get(reverse("teams:feed", args=[project.event.slug]))
    content = json.loads(answer.content)
    assert content["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in content["items"]] == [TITLE]


def test_text_of_a_project_cannot_end_the_data_block(client, project):
    type(project).objects.update(pitch="</script><script>alert(1)</script>")
    gallery.open_gallery(event=project.event, actor=None)
    page = client.get(reverse("teams:public_project", args=[project.event.slug, project.pk])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("title", [TITLE, "x" * 80, "🎉 Fête", "", "Un titre très long " * 4])
def test_picture_has_the_size_that_is_announced(title):
    picture = SharePicture(title=title, over="Événement", text="Une phrase. " * 30, foot="Thème")
    assert Image.open(io.BytesIO(picture.png())).size == (1200, 630)
    assert writable("🎉 Fête") == "Fête"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_channels_ask_the_same_whatever_the_projects(client, django_assert_max_num_queries, count):
    event = make_event(published_at=timezone.now())
    for _number in range(count):
        found = make_project(make_team(event), submitted=True)
    for url, most in zip([*channels(found), "/sitemap.xml"], (5, 5, 5, 10, 6, 4), strict=True):
        client.get(url)
        with django_assert_max_num_queries(most):
            client.get(url)
