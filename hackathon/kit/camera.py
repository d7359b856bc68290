"""Reading the QR code in a picture from a phone's camera, for browsers that cannot. The picture is not kept anywhere.

It knows pixels and text; it refuses to know what a code stands for, and any picture larger than a phone's frame.
"""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, UnidentifiedImageError

from .errors import Refused

#: A frame of 640 × 640 grey pixels, as JPEG, stays well below this (bytes).
MOST_BYTES = 64 * 1024
#: Pixels: looked up in the header, before anything is unpacked. A few kilobytes can unpack to gigabytes.
MOST_PIXELS = 1280 * 1280
FORMATS = ("JPEG", "PNG")
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


# WeasyPrint says so for the whole process once it is loaded: said here too, what a cut picture is answered does not
# depend on what ran before. It shows no code.
ImageFile.LOAD_TRUNCATED_IMAGES = True


class NotAPicture(Refused):
    code = "not_a_picture"


class PictureTooLarge(Refused):
    code = "picture_too_large"


def read_code(data: bytes) -> str:
    """The text of the QR code in a JPEG or PNG picture; "" when it shows none.

    What the picture is, is told by its content. Raises NotAPicture and PictureTooLarge.
    """
    check_size(len(data))
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large()
            grey = picture.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise NotAPicture(
            _(
                "This is not a picture that can be read: hold the camera still over the badge, or type the code."
            )
        ) from broken
    found = zxingcpp.read_barcode(grey, formats=QR)
    return found.text if found is not None else ""


def check_size(size: int) -> None:
    """Refuse that many bytes before they are read. Raises PictureTooLarge."""
    if size > MOST_BYTES:
        raise _too_large()


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(_("This picture is too large: load the page again, or type the code."))
