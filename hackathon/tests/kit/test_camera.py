"""Pictures from a phone: the code in them, or a clear answer; never gigabytes unpacked."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
import segno
from PIL import Image, ImageFilter

from hackathon.kit import camera

TEXT = "https://palmares.example/desk/?q=AbCdEfGhIjKlMnOpQrStUv"


def badge(kind: str = "JPEG", *, turned: float = 0, blur: float = 0) -> bytes:
    """A badge held in front of a camera: its code, some way off, on a grey room."""
    drawn = BytesIO()
    segno.make(TEXT, error="m").save(drawn, kind="png", scale=5, border=4)
    room = Image.new("L", (640, 480), 130)
    room.paste(Image.open(drawn).convert("L"), (150, 110))
    room = room.rotate(turned, fillcolor=130).filter(ImageFilter.GaussianBlur(blur))
    out = BytesIO()
    room.save(out, kind, **({"quality": 60} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.mark.parametrize("seen", [{}, {"turned": 30}, {"turned": 180}, {"blur": 1.5}, {"kind": "PNG"}])
def test_a_badge_is_read_however_it_is_held(seen: dict[str, float]) -> None:
    assert camera.read_code(badge(**seen)) == TEXT  # type: ignore[arg-type]


def test_a_picture_without_a_code_is_no_code() -> None:
    out = BytesIO()
    Image.effect_noise((640, 480), 40).filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=30)
    assert camera.read_code(out.getvalue()) == ""


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xd8\xff\xe0 cut", b"<svg/>", badge("GIF"), badge("BMP")],
    ids=["empty", "text", "header", "svg", "gif", "bmp"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises((camera.NotAPicture, camera.PictureTooLarge)):
        camera.read_code(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_cut_on_its_way_shows_no_code(kind: str) -> None:
    whole = badge(kind)
    assert camera.read_code(whole[: len(whole) // 3]) == ""


def png_of(width: int, height: int) -> bytes:
    """A few bytes that say they are that many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [1300, 10_000, 50_000])
def test_a_bomb_is_refused_by_its_header(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(*args: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(Image.Image, "convert", unpacked)
    with pytest.raises(camera.PictureTooLarge):
        camera.read_code(png_of(side, side))


def test_too_many_bytes_are_refused_before_they_are_looked_at() -> None:
    with pytest.raises(camera.PictureTooLarge):
        camera.read_code(badge() + b"\0" * camera.MOST_BYTES)
