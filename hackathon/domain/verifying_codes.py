"""The codes printed on documents: how they are written, where they are checked, and who answers for each.

Sixteen letters and digits, 80 bits: nobody guesses one. What a code says is each app's, through the registry.
"""

from __future__ import annotations

import re
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..kit.registry import registry
from ..models.invitation import LETTERS

#: On a specimen: of the same shape, and never issued, since it holds letters that codes do not.
SPECIMEN = "SPECIMEN00000000"
_CODE = re.compile(f"[{LETTERS}]{{16}}")


def bare(typed: str) -> str:
    """The code however it was typed: groups, blanks and case do not count; "" for what is none.

    What is no code is looked up all the same, as one that nobody has, so that the answer takes as long.
    """
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    return code if _CODE.fullmatch(code) else ""


def grouped(code: str) -> str:
    """As it is printed: by four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def address(code: str, language: str) -> str:
    """Where a document's code is checked, as printed in that language: without the scheme, the code in groups."""
    with translation.override(language):
        return settings.SITE_URL.split("//")[-1].rstrip("/") + reverse(
            "hackathon:verify", args=[grouped(code)]
        )


def qr(code: str, language: str) -> SafeString:
    """That address as inline SVG; one mask for all, since any of the eight can be read."""
    scheme = settings.SITE_URL.split("//")[0]
    made = segno.make(
        f"{scheme}//{address(code, language)}", error="m", micro=False, mask=3, boost_error=False
    )
    title = _("QR code to check this document")
    return mark_safe(
        made.svg_inline(scale=1, border=2, omitsize=True, dark="#000", light="#fff", title=title)
    )


def look_up(typed: str) -> tuple[str, dict[str, Any]] | None:
    """What the site says of that code: (template, context), or None. Every app is asked, whoever answers."""
    code = bare(typed)
    answers = [ask(code) for ask in registry.verifications]
    return next((answer for answer in answers if answer is not None), None)
