"""HTML into tagged PDF/UA-1 with embedded fonts. What a document says is in each app's documents.py.

WeasyPrint needs Pango, which no wheel brings: it is imported inside the one function that renders, so that the
site runs without it and the PDF buttons say what to install.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_fira_sans
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .checks import missing_pdf_packages
from .errors import Refused

FONTS = Path(fontpkg_fira_sans.__path__[0]) / "files"
#: (file, weight, style): static fonts; a variable one is 5 to 15 times slower.
FACES = (
    ("Light", 300, "normal"),
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("Medium", 500, "normal"),
    ("SemiBold", 600, "normal"),
)


class PdfUnavailable(Refused):
    code = "pdf_unavailable"


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """`templates/pdf/<template>.html` in that language, as a PDF/UA-1 file.

    The template extends pdf/base.html, which declares language, title and page furniture. Raises PdfUnavailable
    where Pango is missing, with the packages to install.
    """
    with translation.override(language):
        html = render_to_string(f"pdf/{template}.html", {**context, "language": language})
    return html_to_pdf(html)


def html_to_pdf(html: str) -> bytes:
    """That HTML, which may refer to nothing outside itself but `data:` and our fonts, as a PDF/UA-1 file."""
    missing = missing_pdf_packages()
    if missing:
        raise PdfUnavailable(
            _(
                "PDFs need the system packages %(packages)s, which are not installed here. On Debian: apt-get install %(packages)s"
            )
            % {"packages": " ".join(missing)}
        )
    from weasyprint import HTML

    fonts, stylesheets, fetcher = _tools()
    document = HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, stylesheets=stylesheets)
    return document.write_pdf(pdf_variant="pdf/ua-1")


def _address(face: str) -> str:
    return (FONTS / f"FiraSans-{face}.ttf").as_uri()


@cache
def _tools() -> tuple[Any, list[Any], Any]:
    """Font configuration, parsed fonts and fetcher: building them anew takes as long as a page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class OwnFetcher(URLFetcher):
        """Lets a document read our fonts, by their exact names, and what it carries inside; nothing else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:") or url in ours:
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"a document may not fetch {url}")

    ours = {_address(name) for name, _weight, _style in FACES}
    fetcher = OwnFetcher(allowed_protocols=("data", "file"), allow_redirects=False)
    fonts = FontConfiguration()
    faces = "\n".join(
        f'@font-face {{ font-family: "Fira Sans"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{_address(name)}") }}'
        for name, weight, style in FACES
    )
    return fonts, [CSS(string=faces, font_config=fonts, url_fetcher=fetcher)], fetcher


# WeasyPrint's fonts clean up after themselves, which fails once the interpreter is half gone
atexit.register(_tools.cache_clear)
