"""Pictures drawn again: bounded, upright, with nothing of the file in them; bombs and damage refused."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override
from PIL import Image

from hackathon.kit.pictures import make_smaller
from hackathon.kit.uploads import UploadRefused


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def photo(width: int = 800, height: int = 600) -> bytes:
    """A photograph that says where it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "SECRET"
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "JPEG", exif=exif)
    return made.getvalue()


def png_saying(width: int, height: int) -> bytes:
    """A few bytes that announce so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def drawn(tmp_path: Path, data: bytes) -> Path:
    source = tmp_path / "source"
    source.write_bytes(data)
    target = tmp_path / "drawn"
    make_smaller(source, {480: target})
    return target


def test_what_is_shown_is_small_upright_and_says_nothing_of_the_place(tmp_path: Path) -> None:
    data = photo()
    assert b"SECRET" in data
    target = drawn(tmp_path, data)
    with Image.open(target) as shown:
        assert (shown.format, shown.size) == ("WEBP", (480, 640))
        assert not shown.getexif()
    assert b"SECRET" not in target.read_bytes()


@pytest.mark.parametrize("size", [(100_000, 100_000), (12_000, 8_000), (16_001, 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(UploadRefused, match="pixels"):
        drawn(tmp_path, png_saying(*size))


def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    for data in (photo()[:2000], b"\xff\xd8\xff\xe0" + b"\0" * 40):
        with pytest.raises(UploadRefused, match="damaged"):
            drawn(tmp_path, data)
