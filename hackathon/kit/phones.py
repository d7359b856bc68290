"""Phone numbers in the form that SMS tools take: « + », country code, number (ITU-T E.164). It knows France best.

It refuses to guess: what cannot be told with certainty has no such form.
"""

from __future__ import annotations

import re

#: French overseas numbers keep their ten digits at home and have a country code of their own abroad.
_OVERSEAS = {
    "0262": "262", "0263": "262", "0269": "262", "0639": "262", "0692": "262", "0693": "262",
    "0590": "590", "0690": "590", "0691": "590",
    "0594": "594", "0694": "594",
    "0596": "596", "0696": "596", "0697": "596",
}  # fmt: skip
_FRENCH_MOBILE = re.compile(r"\+(?:33[67]|262(?:639|69[23])|590(?:69[01])|594694|596(?:69[67]))")
_BARE = re.compile(r"[\d\s()./+–-]+", re.ASCII)
#: Country codes of one and two digits; all others have three (ITU-T E.164).
_COUNTRY = re.compile(r"\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})")
_FRENCH = re.compile(r"\+(?:33|262|590|594|596)\d{9}")


def e164(text: str) -> str:
    """That number as « +33612345678 »; empty when it cannot be told.

    >>> e164("06 12 34 56 78"), e164("+33 (0)6.12.34.56.78"), e164("0032 470 12 34 56"), e164("0692 12 34 56")
    ('+33612345678', '+33612345678', '+32470123456', '+262692123456')
    >>> e164("12 34"), e164("")
    ('', '')
    """
    plain = re.sub(r"\(?(?:poste|ext\.?|x)\s*\d+\)?\s*$", "", text.strip().lower()).replace("(0)", "")
    digits = re.sub(r"\D", "", plain)
    if plain.lstrip("( ").startswith("+"):
        found = f"+{digits}"
    elif digits.startswith("00"):
        found = f"+{digits[2:]}"
    elif len(digits) == 10 and digits[0] == "0" and digits[1] != "0":
        found = f"+{_OVERSEAS.get(digits[:4], '33')}{digits[1:]}"
    else:
        return ""
    found = re.sub(r"^\+(33|262|590|594|596)0(\d{9})$", r"+\1\2", found)
    is_long_enough = re.fullmatch(r"\+[1-9]\d{7,14}", found)
    is_french_like = re.match(r"\+(?:33|262|590|594|596)", found)
    return found if is_long_enough and (not is_french_like or _FRENCH.fullmatch(found)) else ""


def readable(text: str) -> str:
    """That number with its digits in groups, so that a spreadsheet keeps it as text, zero and « + » included.

    Only what is a bare or grouped number is grouped anew; anything else stays as it was typed.

    >>> readable("0612345678"), readable("+33612345678"), readable("+33 (0)6.12.34.56.78"), readable("+32470123456")
    ('06 12 34 56 78', '+33 6 12 34 56 78', '+33 6 12 34 56 78', '+32 4 70 12 34 56')
    >>> readable("06 12 34 56 78 poste 4"), readable("12 34"), readable("")
    ('06 12 34 56 78 poste 4', '12 34', '')
    """
    number = e164(text) if _BARE.fullmatch(text) else ""
    if not number:
        return text
    if not text.lstrip(" (").startswith(("+", "00")):
        return _in_twos(re.sub(r"\D", "", text))
    country = _COUNTRY.match(number)
    assert country is not None
    return f"{country[0]} {_in_twos(number[country.end() :])}"


def _in_twos(digits: str) -> str:
    """In groups of two from the end, as French numbers are said."""
    odd = len(digits) % 2
    return " ".join(filter(None, [digits[:odd], *re.findall("..", digits[odd:])]))


def takes_sms(number: str) -> bool:
    """Whether that E.164 number can get a text message, as far as its digits say: French landlines cannot."""
    return bool(number) and (not _FRENCH.fullmatch(number) or bool(_FRENCH_MOBILE.match(number)))
