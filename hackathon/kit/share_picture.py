"""The picture that goes with a shared address: 1200 × 630 pixels, drawn by us in Fira Sans on our paper.

It knows lines of text and where they stand; it refuses to know whose they are. What our font cannot write (emoji,
other scripts) is left out, so that no empty box is drawn.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from pathlib import Path

import fontpkg_fira_sans
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
#: Part of every digest: another drawing is another picture.
DRAWING = 1

_FONTS = Path(fontpkg_fira_sans.__path__[0]) / "files"
_TOKENS = Path(__file__).resolve().parent.parent / "static/palmares/css/tokens.css"
_TITLE_SIZES = (92, 80, 70, 62, 54, 48)
_TITLE_LINES, _TEXT_LINES = 3, 3
#: In the unit square of templates/components/laurel.html: the leaves of one branch, as (x, y, turn in degrees).
_LEAVES = ((15, 37, 20), (10, 31, 45), (8, 24, 75), (9, 17, 105), (13, 11, 130), (18, 7, 155))

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class SharePicture:
    """`over` stands above the title, `honour` (in gold) and `text` below it, `foot` at the bottom beside our mark."""

    title: str
    over: str = ""
    honour: str = ""
    text: str = ""
    foot: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what is drawn: the same text is the same picture."""
        return hashlib.sha256(repr((DRAWING, *astuple(self))).encode()).hexdigest()

    def png(self) -> bytes:
        """The picture as a PNG file."""
        image = Image.new("RGB", (WIDTH, HEIGHT), colour("paper"))
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, WIDTH, 14), fill=colour("ink"))
        self._write_title(draw)
        self._write_foot(image, draw)
        kept = io.BytesIO()
        image.save(kept, "PNG")
        return kept.getvalue()

    def _write_title(self, draw: ImageDraw.ImageDraw) -> None:
        width, y = WIDTH - 2 * MARGIN, MARGIN
        if over := writable(self.over):
            line = cut(over, face("Regular", 30), width)
            draw.text((MARGIN, y), line, colour("ink-2"), face("Regular", 30))
            y += 62
        font, lines = fitted(writable(self.title), width)
        for line in lines:
            draw.text((MARGIN, y), line, colour("ink"), font)
            y += round(font.size * 1.1)
        y += 28
        bottom = HEIGHT - MARGIN - 80
        for text, name, ink in ((self.honour, "SemiBold", "gold"), (self.text, "Regular", "ink-2")):
            font = face(name, 34)
            room = min(_TEXT_LINES, (bottom - y) // 46)
            for line in wrapped(writable(text), font, width, room):
                draw.text((MARGIN, y), line, colour(ink), font)
                y += 46

    def _write_foot(self, image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
        y = HEIGHT - MARGIN - 34
        draw.line((MARGIN, y - 24, WIDTH - MARGIN, y - 24), colour("line"), 2)
        name = face("SemiBold", 32)
        left = WIDTH - MARGIN - round(name.getlength("Palmarès"))
        draw.text((left, y), "Palmarès", colour("ink"), name)
        image.paste(colour("laurel"), (left - 66, y - 8), _laurel(54))
        font = face("Medium", 30)
        foot = cut(writable(self.foot), font, left - 100 - MARGIN)
        draw.text((MARGIN, y + 2), foot, colour("laurel"), font)


@cache
def _palette() -> dict[str, str]:
    """The values of the light theme, from the sheet that the pages use: the first of each name."""
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", _TOKENS.read_text(encoding="utf-8")):
        found.setdefault(name, value)
    return found


def colour(name: str) -> str:
    """`#rrggbb` of that token."""
    return _palette()[name]


@cache
def face(name: str, size: int) -> Font:
    """Fira Sans in that weight, `size` in pixels."""
    return ImageFont.truetype(_FONTS / f"FiraSans-{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _is_drawn(letter: str) -> bool:
    """Whether the font has that letter: one it lacks is drawn as the same box as any other."""
    if letter == " ":
        return True
    if unicodedata.category(letter)[0] in "CZ":
        return False
    font = face("Regular", 24)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\ufffe"))


def writable(text: str) -> str:
    """`text` on one line, without what the font cannot write."""
    plain = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))
    return " ".join("".join(filter(_is_drawn, plain)).split())


def wrapped(text: str, font: Font, width: float, most: int) -> list[str]:
    """At most `most` lines no wider than `width` pixels; a longer word is broken, and what does not fit is cut."""
    if not text or most < 1:
        return []
    lines = [""]
    for word in text.split():
        for part in _broken(word, font, width):
            longer = f"{lines[-1]} {part}".strip()
            if font.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
        if len(lines) > most:
            return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]) + " …", font, width)]
    return lines


def _broken(word: str, font: Font, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if font.getlength(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def cut(text: str, font: Font, width: float) -> str:
    """`text` on one line of that width, ended by « … » where it is longer."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text.rstrip(" …") + "…") > width:
        text = text[:-1]
    return text.rstrip(" …") + "…"


def fitted(title: str, width: float) -> tuple[Font, list[str]]:
    """The largest size at which the title takes at most three lines; the smallest, cut, when none does."""
    for size in _TITLE_SIZES:
        font = face("SemiBold", size)
        lines = wrapped(title, font, width, _TITLE_LINES + 1)
        if len(lines) <= (2 if size > 70 else _TITLE_LINES) and not _is_broken(title, font, width):
            return font, lines
    font = face("SemiBold", _TITLE_SIZES[-1])
    return font, wrapped(title, font, width, _TITLE_LINES)


def _is_broken(title: str, font: Font, width: float) -> bool:
    return any(font.getlength(word) > width for word in title.split())


@cache
def _laurel(size: int) -> Image.Image:
    """Our mark as a mask of `size` pixels: two branches of leaves, drawn large and brought down so that it is smooth."""
    scale = 6 * size / 48
    large = Image.new("L", (size * 6, size * 6))
    for x, y, turn in _LEAVES:
        leaf = Image.new("L", (round(12 * scale), round(12 * scale)))
        ImageDraw.Draw(leaf).ellipse((0, 3.6 * scale, 12 * scale, 8.4 * scale), fill=255)
        turned = leaf.rotate(-turn, resample=Image.Resampling.BICUBIC)
        for side, image in ((x, turned), (48 - x, turned.transpose(Image.Transpose.FLIP_LEFT_RIGHT))):
            place = (round((side - 6) * scale), round((y - 6) * scale))
            large.paste(255, place, image)
    return large.resize((size, size), Image.Resampling.LANCZOS)
