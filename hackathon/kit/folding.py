"""One spelling for comparing words that people typed: no accents, no case, one kind of apostrophe and hyphen.

It refuses to know what the words mean; nothing it returns is meant to be shown.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ı": "i",
    }
)
_JOINERS = re.compile("['’‘‚‛ʼʹ`´′＇\\-‐‑‒–—―−_]+")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def fold(text: str) -> str:
    """`text` for comparison: NFKD without accents, casefolded; apostrophes, hyphens and blanks are one space.

    >>> fold(" Chercheur  d’Emploi "), fold("CHERCHEUR D'EMPLOI")
    ('chercheur d emploi', 'chercheur d emploi')
    """
    joined = _JOINERS.sub(" ", _INVISIBLE.sub("", text))
    if joined.isascii():
        return " ".join(joined.casefold().split())
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", joined.translate(_LETTERS)))
    return " ".join(_JOINERS.sub(" ", bare.casefold()).split())
