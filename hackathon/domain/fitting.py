"""How large a name may be written in a given width: one line or two, never cut, never over the edge. Pure.

Widths are those of Fira Sans SemiBold, in thousandths of the letter size, rounded up; an accent takes no room, and a
letter of a script that the font lacks (the machine's own fonts draw it) is counted as a full square.
"""

from __future__ import annotations

import unicodedata

WIDTHS = {
    letter: width
    for width, letters in {
        280: " '’.,·ij", 320: "lIJ()", 380: "łft", 400: "r-", 480: "z17csF", 520: "vxLyE235/", 540: "agkTZŁ",
        560: "eSV469", 600: "hnouACXY08øðbdpqPßþđ", 660: "BKRDGHNU", 700: "OQØ", 760: "w&", 840: "MmWÆ", 900: "æœŒ",
    }.items()
    for letter in letters
}  # fmt: skip
SQUARE = 1000
#: What a line takes in height, in letter sizes.
LINE = 1.08


def width_of(text: str) -> float:
    """Its width in letter sizes."""
    total = 0
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            total += WIDTHS.get(letter, 620 if letter.isascii() else SQUARE)
    return total / 1000


def lines_of(text: str) -> list[list[str]]:
    """The ways to write it: on one line, and on two at each blank or hyphen."""
    ways = [[text]]
    for place, letter in enumerate(text[:-1]):
        if letter in " -" and place:
            ways.append([text[: place + (letter == "-")], text[place + 1 :]])
    return ways


def fit(
    text: str, *, width: float, height: float, largest: float, wraps: bool = True
) -> tuple[float, list[str]]:
    """(letter size, its lines), in the unit of `width` and `height`: as large as both allow, at most `largest`.

    One line is preferred when two would not be a tenth larger, and of two ways to cut the more even one. A text
    without a blank or hyphen, or that may not wrap, is never broken: it shrinks.
    """

    def size_of(lines: list[str]) -> tuple[float, float]:
        widest = max(width_of(line) for line in lines) or 1.0
        return min(largest, width / widest, height / (len(lines) * LINE)), -widest

    ways = lines_of(text) if wraps else [[text]]
    whole = size_of(ways[0])[0]
    best = max(ways[1:], key=size_of, default=ways[0])
    if size_of(best)[0] <= whole * 1.1:
        best = ways[0]
    return size_of(best)[0], best
