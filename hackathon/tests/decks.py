"""Slides as programs save them, in a few bytes, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
TYPES = (
    b'<Types><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'presentationml.presentation.main+xml"/></Types>'
)


def archive(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return made.getvalue()


def a_pptx(parts: Mapping[str, bytes] | None = None) -> bytes:
    """Its least parts, and these."""
    return archive({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>", **(parts or {})})


def an_odp(parts: Mapping[str, bytes] | None = None) -> bytes:
    kind = b"application/vnd.oasis.opendocument.presentation"
    return archive({"mimetype": kind, "content.xml": b"<o/>", **(parts or {})})
