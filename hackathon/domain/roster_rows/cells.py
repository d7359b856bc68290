"""One cell of a list at a time: names, addresses, yes and no, dates, phones, as people type them. Pure.

It refuses to know about columns, lines or the event.
"""

from __future__ import annotations

import re
import unicodedata

from ...kit.folding import fold

_BLANKS = {
    "",
    "-",
    "--",
    "/",
    ".",
    "?",
    "n/a",
    "na",
    "n.a.",
    "nc",
    "neant",
    "aucun",
    "aucune",
    "none",
    "null",
    "nan",
    "sans",
    "ras",
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMAIL_INSIDE = re.compile(r"<\s*(?:mailto:)?([^<>]+?)\s*>\s*$", re.IGNORECASE)
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]")
_CIVILITY = re.compile(
    r"(?:mme|mlle|melle|mrs|miss|ms|mr|dr|pr|madame|monsieur|m\.)\.?\s+(?=\S)", re.IGNORECASE
)
_PARTICLES = {"de", "du", "des", "d", "la", "le", "les", "da", "das", "do", "dos", "di", "del", "della", "van", "von",
              "der", "den", "ter", "el", "al", "ben", "bin", "ibn", "mac", "mc", "o", "st", "saint", "sainte"}  # fmt: skip

_YES = {"oui", "o", "yes", "y", "x", "v", "vrai", "true", "t", "1", "1.0", "ok", "on", "si", "✓", "✔", "✅", "☑", "☒",
        "🗸", "coche", "checked", "present", "presente", "accepte", "accepted", "agree", "agreed",
        "d accord", "accord", "certainly", "bien sur"}  # fmt: skip
_NO = {"non", "n", "no", "faux", "false", "f", "0", "0.0", "off", "✗", "✘", "❌", "☐", "absent", "absente", "refuse",
       "refused", "never", "jamais", "pas d accord", "disagree", "decoche", "unchecked"}  # fmt: skip
_YES_START = ("oui ", "oui,", "yes ", "yes,", "j accepte", "j autorise", "je consens", "je donne mon accord", "je serai",
              "je viens", "i accept", "i agree", "i consent", "i authori", "i will", "d accord")  # fmt: skip
_NO_START = ("non ", "non,", "no ", "no,", "je refuse", "je n ", "je ne ", "i do not", "i don t", "i refuse", "i decline",
             "i will not", "i won t", "not ", "pas ")  # fmt: skip
_HEDGED = re.compile(
    r"\b(ne|pas|not|non|no|sauf|except|mais|but|si|if|seulement|only|uniquement|sous reserve)\b"
)


def squeeze(text: str) -> str:
    """One line, single blanks, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", text).split())


def is_blank(text: str) -> bool:
    """Empty, or one of the ways people write « nothing »."""
    plain = squeeze(text)
    if len(plain) > 7:  # the longest of _BLANKS, and most cells are longer
        return False
    return plain.casefold() in _BLANKS or fold(plain) in _BLANKS


def email(text: str) -> tuple[str, bool]:
    """(address, whether it is one): without mailto:, blanks or brackets; its domain in lower case."""
    plain = squeeze(text)
    if found := _EMAIL_INSIDE.search(plain):
        plain = found.group(1)
    plain = re.sub(r"^mailto:", "", plain, flags=re.IGNORECASE).split("?")[0]
    plain = re.sub(r"\s*([@.])\s*", r"\1", plain).strip(" <>\"'’;,")
    local, at, domain = plain.rpartition("@")
    address = f"{local}@{domain.lower()}" if at else plain
    good = bool(
        len(address) <= 254 and len(local) <= 64 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)
    )
    return unicodedata.normalize("NFC", address), good


def yes_or_no(text: str) -> bool | None:
    """True, False, or None when blank or unclear. Anything hedged (« oui, sauf… ») is unclear: never a yes."""
    plain = squeeze(text).casefold()
    folded = fold(plain).rstrip(".! ")
    if plain in _YES or folded in _YES:
        return True
    if plain in _NO or folded in _NO:
        return False
    if folded.startswith(_NO_START):
        return (
            False
            if not re.search(r"\b(sauf|except|mais|but|problem\w*|objection|inconvenient)\b", folded)
            else None
        )
    if folded.startswith(_YES_START):
        return True if not _HEDGED.search(folded) else None
    return None


def phone(text: str) -> tuple[str, bool]:
    """(as typed but tidy, whether it looks like a number). A sheet's lost zero or plus is put back (French)."""
    plain = squeeze(text).strip("'")
    digits = re.sub(r"\D", "", plain)
    if plain.isdigit():
        if len(plain) == 9 and plain[0] != "0":
            plain = f"0{plain}"
        elif len(plain) == 11 and plain.startswith("33"):
            plain = f"+{plain}"
    good = bool(
        re.fullmatch(
            r"(?:tel\.?\s*:?\s*)?[+(]?[\d\s()./+\-–]+(?:\s*(?:ext|poste|x)\.?\s*\d+)?", plain.lower()
        )
    )
    return plain, good and 6 <= len(digits) <= 20


def phone_key(text: str) -> str:
    """Digits for comparing: +33 (0)5…, 0033 5… and 05… are the same number."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return f"0{digits.removeprefix(prefix)}"
    return digits


def skills(text: str) -> tuple[str, ...]:
    """Split on , ; / | and line ends; trimmed; each once, in its first spelling."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;/|\n\r•]", text):
        word = squeeze(part).strip(" .-*")
        if word and not is_blank(word):
            found.setdefault(fold(word) or word, word)
    return tuple(found.values())


def level(text: str) -> int | None:
    """1 to 5 (« 3 », « 3/5 », « 3 - confirmé », « niveau 3 »). Raises ValueError."""
    found = re.fullmatch(
        r"(?:niveau|level)?\s*(\d+)(?:[.,]0+)?\s*(?:(?:/|sur|out of)\s*5)?(?:\s*[-–—:(].*)?",
        squeeze(text).casefold(),
    )
    if not found or not 1 <= int(found.group(1)) <= 5:
        raise ValueError(text)
    return int(found.group(1))


def language(text: str) -> str:
    """ "fr", "en" or nothing."""
    word = fold(text)[:3]
    return {"fr": "fr", "fra": "fr", "fre": "fr", "en": "en", "eng": "en", "ang": "en"}.get(word, "")


def tidy_name(text: str) -> str:
    """A name from all capitals or all small letters to its ordinary form; mixed case is left as its owner wrote it."""
    plain = unicodedata.normalize("NFC", squeeze(text)).strip(",;")
    return (
        " ".join(_tidy_word(word) for word in plain.split())
        if plain.isupper() or plain.islower()
        else " ".join(_tidy_word(word) if word.isupper() else word for word in plain.split())
    )


def _tidy_word(word: str) -> str:
    if word.startswith(("MC", "Mc")) and len(word) > 3:
        return word
    return "".join(_tidy_part(part) for part in re.split(r"([-'’.])", word))


def _tidy_part(part: str) -> str:
    is_initials = len(part) > 1 and not re.search("[aeiouy]", fold(part))
    return part if is_initials and part.isupper() else part[:1].upper() + part[1:].lower()


def split_name(text: str) -> tuple[str, str]:
    """(first name, last name). Capitals mark the last name wherever it stands; so does what precedes a comma.

    Otherwise the first word is the first name, and a particle starts the last name (« Ana de la Tour »).
    """
    plain = _CIVILITY.sub("", squeeze(text), count=1)
    before, comma, after = plain.partition(",")
    if comma and before.strip() and after.strip():
        return tidy_name(after), tidy_name(before)
    words = plain.split()
    if len(words) < 2:
        return tidy_name(plain), ""
    loud = [_is_loud(word) for word in words]
    if any(loud) and not all(loud):
        start = loud.index(True)
        end = len(loud) - loud[::-1].index(True)
        while start > 0 and fold(words[start - 1]) in _PARTICLES and start - 1 > 0:
            start -= 1
        if start == 0 and end < len(words):
            return tidy_name(" ".join(words[end:])), tidy_name(" ".join(words[:end]))
        if start > 0:
            return tidy_name(" ".join(words[:start] + words[end:])), tidy_name(" ".join(words[start:end]))
    start = next((i for i, word in enumerate(words[1:-1], 1) if fold(word) in _PARTICLES), 1)
    return tidy_name(" ".join(words[:start])), tidy_name(" ".join(words[start:]))


def _is_loud(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def name_key(*names: str) -> str:
    """For matching: the folded words in alphabetical order, so that « Lopes Luce » is « Luce Lopes »."""
    return " ".join(sorted(fold(" ".join(names)).replace(".", " ").split()))
