"""A juror reads the files of the projects on their ballots, and no other's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from judging.tests.factories import make_jury
from teams.tests.factories import make_image

pytestmark = pytest.mark.django_db


def test_a_juror_reads_the_files_of_their_ballots_and_no_other(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    jury = make_jury(jurors=2)
    juror = Client()
    juror.force_login(jury.account(0), backend="django.contrib.auth.backends.ModelBackend")
    ballot = jury.ballot(0, 0)
    file, other = make_image(ballot.project), make_image(jury.projects[1])
    slug = jury.event.slug
    answer = juror.get(reverse("judging:ballot_file", args=[slug, ballot.pk, file.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)
    picture = juror.get(reverse("judging:ballot_picture", args=[slug, ballot.pk, file.pk, 480]))
    assert picture["Content-Type"] == "image/webp"
    assert b"".join(picture.streaming_content)
    assert juror.get(reverse("judging:ballot_file", args=[slug, ballot.pk, other.pk])).status_code == 404
    assert juror.get(reverse("teams:file", args=[slug, file.pk])).status_code == 404
