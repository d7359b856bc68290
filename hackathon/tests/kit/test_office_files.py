"""Slides in a zip: what is taken, and each thing that is refused, in words and before it hurts."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from hackathon.kit import office_files
from hackathon.kit.office_files import check_office
from hackathon.kit.uploads import UploadRefused
from hackathon.tests.decks import TYPES, a_pptx, an_odp


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def refusal(data: bytes) -> str:
    with pytest.raises(UploadRefused) as refused:
        check_office(io.BytesIO(data))
    return str(refused.value)


def test_slides_are_known_by_what_the_archive_holds() -> None:
    assert check_office(io.BytesIO(a_pptx())) == "pptx"
    assert check_office(io.BytesIO(an_odp())) == "odp"
    assert check_office(io.BytesIO(a_pptx({"ppt/embeddings/t.xlsx": a_pptx()}))) == "pptx"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"ppt/vbaProject.bin": b"x"}, "macros"),
        ({"[Content_Types].xml": TYPES.replace(b"presentationml", b"presentationml.macroEnabled")}, "macros"),
        ({"[Content_Types].xml": b"<Types/>"}, "does not hold slides"),
        ({"ppt/media/a.bin": b"PK\x03\x04" + b"0" * 50}, "another archive"),
        ({"../../etc/passwd": b"x"}, "damaged"),
        ({"/etc/passwd": b"x"}, "damaged"),
    ],
)
def test_what_has_no_place_in_slides_is_refused_in_words(parts: dict[str, bytes], words: str) -> None:
    assert words in refusal(a_pptx(parts))


def test_macros_of_libreoffice_are_refused_and_its_empty_folder_is_not() -> None:
    assert "macros" in refusal(an_odp({"Basic/Standard/Module1.xml": b"<x/>"}))
    assert check_office(io.BytesIO(an_odp({"Basic/Standard/script-lb.xml": b"<x/>"}))) == "odp"


def test_a_plain_zip_is_no_deck() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "does not hold slides" in refusal(made.getvalue())


def test_a_deck_that_inflates_to_two_gigabytes_is_refused_from_what_it_declares(monkeypatch: Any) -> None:
    read: list[str] = []
    monkeypatch.setattr(office_files, "_read_through", lambda *_args: read.append("read"))
    data = bytearray(a_pptx({"ppt/big.xml": b"0" * 1000}))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"ppt/big.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 2**31)
    assert "too large once opened" in refusal(bytes(data))
    assert read == []


def test_a_deck_that_lies_about_its_size_is_stopped_as_it_inflates(monkeypatch: Any) -> None:
    data = bytearray(a_pptx({"ppt/big.xml": b"0" * 5_000_000}))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"ppt/big.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert "damaged" in refusal(bytes(data))
    monkeypatch.setattr(office_files, "MOST_BYTES", 4_000_000)
    assert "too large" in refusal(a_pptx({"ppt/big.xml": b"0" * 5_000_000}))


def test_too_many_parts_are_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(office_files, "MOST_PARTS", 3)
    assert "too large once opened" in refusal(a_pptx({"ppt/a": b"", "ppt/b": b""}))


def test_a_password_is_told_apart_from_damage() -> None:
    data = bytearray(a_pptx())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "password" in refusal(bytes(data))


@pytest.mark.parametrize("broken", [a_pptx()[:-30], b"PK\x03\x04" + b"\0" * 100, b"%PDF-1.7\n" + a_pptx()])
def test_what_is_cut_or_glued_is_damaged(broken: bytes) -> None:
    assert "damaged" in refusal(broken)
