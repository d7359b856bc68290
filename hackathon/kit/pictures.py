"""Pictures that people send: whether they can be shown, and the smaller ones that we make and show instead.

What a page shows was drawn again by us: no place of the shot, no comment, nothing hidden in the file goes with it.
"""

from __future__ import annotations

import threading
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .uploads import UploadRefused

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
TAIL = 4096  # bytes at the end in which a whole picture says that it ends; cameras add a little after it
#: one at a time in each process: a large picture takes 160 MB while it is open
_turn = threading.BoundedSemaphore(1)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def make_smaller(source: Path, widths: dict[int, Path]) -> tuple[int, int]:
    """Write that PNG or JPEG as WebP, at most so many pixels wide each; returns its own width and height.

    Raises UploadRefused when it is damaged or has too many pixels, before it is unpacked.
    """
    with _turn:
        try:
            return _draw(source, widths)
        except _BOMBS as error:
            raise UploadRefused(_too_large()) from error
        except UploadRefused:
            raise
        except Exception as error:  # whatever the library stumbles over, the file is at fault
            raise UploadRefused(
                _("This picture is damaged: save it again as PNG or JPEG, then send it.")
            ) from error


def _is_whole(source: Path) -> bool:
    """Whether the file ends as such a file does. Asked of the bytes: WeasyPrint lets Pillow read cut pictures."""
    with source.open("rb") as file:
        file.seek(-min(TAIL, source.stat().st_size), 2)
        end = file.read()
    return b"IEND" in end or b"\xff\xd9" in end


def _draw(source: Path, widths: dict[int, Path]) -> tuple[int, int]:
    if not _is_whole(source):
        raise OSError("cut")
    with Image.open(source, formats=("PNG", "JPEG")) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise UploadRefused(_too_large())
        widest = max(widths)
        opened.draft("RGB", (widest, widest))  # a JPEG is unpacked near the size that is wanted
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        has_holes = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        plain = upright.convert("RGBA" if has_holes else "RGB")
    for wanted, target in sorted(widths.items(), reverse=True):
        plain.thumbnail((wanted, wanted * 2))
        plain.info.clear()
        plain.save(target, "WEBP", quality=82, method=2)
        target.chmod(0o600)
    return width, height


def _too_large() -> str:
    return _("This picture has too many pixels (40 million at most): make it smaller, then send it.")
