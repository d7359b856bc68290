"""Files known by their content: what is refused, in words; what is kept, where, and how it is served."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from hackathon.kit import uploads
from hackathon.kit.uploads import UploadRefused, check_upload


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are told apart by their words: those of the code."""
    with override("en"):
        yield


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
KINDS = ("pdf", "png", "jpeg")


def a_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    return made.getvalue()


def sent(data: bytes, name: str = "cv.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def check(data: bytes, name: str = "cv.pdf", limit: int = 1000) -> uploads.Checked:
    return check_upload(sent(data, name), kinds=KINDS, limit=limit)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpeg"), (a_zip(), "zip"), (b"MZ\x90", ""), (b"", "")],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, kind: str) -> None:
    assert uploads.kind_of(data) == kind


@pytest.mark.parametrize("data", [PDF, PNG, JPEG])
def test_a_file_of_an_expected_kind_passes_whatever_its_name(data: bytes) -> None:
    found = check(data, "Mon CV.exe")
    assert found.size == len(data)
    assert found.name == "Mon CV" + uploads.KINDS[found.kind][1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (PDF + b"x" * 1000, "more than the"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "not what is asked"),
        (b"\x7fELF" + PDF, "not what is asked"),
        (a_zip(), "not what is asked"),
        (b"GIF89a" + PDF, "not what is asked"),
        (PNG + PDF, "two kinds"),
        (PDF + a_zip(), "two kinds"),
        (JPEG + b"<script>alert(1)</script>", "two kinds"),
    ],
)
def test_what_is_not_that_file_alone_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        check(data)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b.pdf", "..", "a\0.pdf"])
def test_a_name_that_is_a_path_is_refused(name: str) -> None:
    file = sent(PDF)
    file._name = name  # Django cleans names of its own requests; others may not
    with pytest.raises(UploadRefused, match="path"):
        check_upload(file, kinds=KINDS, limit=1000)


def test_a_very_long_name_is_cut_and_keeps_its_ending() -> None:
    assert len(check(PDF, "a" * 400 + ".pdf").name) <= uploads.LONGEST_NAME
    assert uploads.clean_name("a\u202ecod.pdf", "pdf") == "acod.pdf"


def test_a_kept_file_has_a_name_nobody_guesses_and_goes_when_forgotten(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = sent(PDF)
    paths = {uploads.keep(file, check(PDF), folder="answers") for _ in range(2)}
    assert len(paths) == 2
    for path in paths:
        assert (tmp_path / "private" / path).read_bytes() == PDF
        assert len(Path(path).stem) >= 32
        response = uploads.serve(path, name="cv.pdf")
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        response.close()
        uploads.forget(path)
        uploads.forget(path)
    assert not list((tmp_path / "private" / "answers").iterdir())


@pytest.mark.parametrize(
    "path", ["../secret.pdf", "answers/../../x.pdf", "/etc/passwd", "", "answers/short.pdf"]
)
def test_only_what_was_kept_is_served(path: str) -> None:
    with pytest.raises(FileNotFoundError):
        uploads.serve(path, name="x")
