"""The colours: both dark blocks say the same, and every pair that carries text can be read (WCAG 2.2, 4.5 to 1)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[1] / "static/palmares/css/tokens.css").read_text()


def colours(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", TOKENS, re.DOTALL).group(1)
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


LIGHT = colours('[data-bs-theme="light"]')
DARK = colours('[data-bs-theme="dark"]')
TEXT_PAIRS = [
    *[(ink, sheet) for ink in ("--ink", "--ink-2", "--laurel", "--laurel-deep", "--alert", "--late") for sheet in ("--paper", "--card", "--sunk")],
    *[(f"--r-{role}", sheet) for role in ("developer", "designer", "entrepreneur", "public", "startup", "other") for sheet in ("--paper", "--card", "--sunk")],
    ("--laurel-ink", "--laurel"), ("--laurel-ink", "--laurel-deep"), ("--laurel", "--laurel-soft"), ("--alert", "--alert-soft"),
    ("--alert-ink", "--alert"), ("--late", "--late-soft"), ("--gold", "--gold-soft"), ("--ink", "--gold-soft"),
    ("--award-ink", "--gold-soft"), ("--banner-ink", "--banner"), ("--paper", "--ink"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two #rrggbb colours, from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_tokens_keep_text_readable_and_controls_visible(scheme):
    poor = [(a, b) for a, b in TEXT_PAIRS if contrast(scheme[a], scheme[b]) < 4.5]
    poor += [
        ("--edge", sheet) for sheet in ("--paper", "--card") if contrast(scheme["--edge"], scheme[sheet]) < 3
    ]
    assert poor == []


def test_tokens_are_the_same_dark_asked_for_or_followed():
    assert colours(':root:not([data-bs-theme="light"])') == DARK
    assert DARK.keys() == LIGHT.keys()


def test_tokens_rgb_twins_say_the_same_colour():
    for scheme in (LIGHT, DARK):
        for name in ("--ink", "--paper", "--laurel", "--laurel-deep"):
            rgb = tuple(int(part) for part in scheme[f"{name}-rgb"].split(","))
            assert f"#{rgb[0]:02x}{rgb[1]:02x}{rgb[2]:02x}" == scheme[name]
