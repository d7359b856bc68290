"""HTML into tagged PDF/UA-1 with embedded fonts. What a document says is in each app's documents.py.

Many documents at once are laid out a part at a time, and each part says how far it is: `parts_to_pdf` makes one file
of them all, `parts_to_files` one file of each page.

WeasyPrint needs Pango, which no wheel brings: it is imported inside the one function that renders, so that the
site runs without it and the PDF buttons say what to install.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterable, Iterator, Sequence
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


#: `tell(done, total)`: how far it is.
Tell = Callable[[int, int], None]


class PdfUnavailable(Refused):
    code = "pdf_unavailable"


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """`templates/pdf/<template>.html` in that language, as a PDF/UA-1 file.

    The template extends pdf/base.html, which declares language, title and page furniture. Raises PdfUnavailable
    where Pango is missing, with the packages to install.
    """
    return html_to_pdf(render_html(template, context, language=language))


def render_html(template: str, context: dict[str, Any], *, language: str) -> str:
    """`templates/pdf/<template>.html` in that language: a part for the functions below."""
    with translation.override(language):
        return render_to_string(f"pdf/{template}.html", {**context, "language": language})


def html_to_pdf(html: str) -> bytes:
    """That HTML, which may refer to nothing outside itself but `data:` and our fonts, as a PDF/UA-1 file."""
    return _laid_out(html).write_pdf(pdf_variant="pdf/ua-1")


def parts_to_pdf(parts: Sequence[Callable[[], str]], tell: Tell = lambda done, total: None) -> bytes:
    """One PDF/UA-1 file of several HTML documents, one after the other: title and language are the first one's.

    Each part is asked for its HTML in its turn, so that only what is laid out is held, not the HTML of all. `tell`
    hears how many parts are laid out of how many; writing the file is one more.
    """
    total = len(parts) + 1
    first, pages = None, []
    for number, part in enumerate(parts, start=1):
        tell(number - 1, total)
        document = _laid_out(part())
        first = first or document
        pages += document.pages
    tell(len(parts), total)
    if first is None:
        raise ValueError("a document of no part at all")
    content = first.copy(pages).write_pdf(pdf_variant="pdf/ua-1")
    tell(total, total)
    return content


def parts_to_files(
    parts: Iterable[Callable[[], str]],
) -> Iterator[list[bytes]]:
    """For each part, each of its pages as a file of its own: laying out once and splitting takes 2.6 times less."""
    for part in parts:
        document = _laid_out(part())
        yield [document.copy([page]).write_pdf(pdf_variant="pdf/ua-1") for page in document.pages]


def _laid_out(html: str) -> Any:
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
    return HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, stylesheets=stylesheets)


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
