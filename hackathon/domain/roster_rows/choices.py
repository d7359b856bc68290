"""Which of the event's roles or themes a cell means, however it is written. Pure.

It refuses to choose between two: an ambiguous cell is a question for the person who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import fold, is_blank, squeeze

_INCLUSIVE = re.compile(
    r"(?<=\w)\s?[·•∙⋅‧.(/\-–]\s?(?:e|euse|trice|rice|se|eresse|ne|le|te|ve|esse|re|ère|ière|ienne|enne)s?\)?"
    r"(?:[·•∙⋅‧.\-]?\(?s\)?)?(?!\w)",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(
    r"^\s*(?:(?:th[ée]matique|th[èe]me|choi[xc]e?|theme|profil|r[ôo]le)\s*(?:n\s*[°ºo])?\s*)?\d{1,2}\s*[.):–—-]\s*",
    re.IGNORECASE,
)
_FEMININE = (("euse", "eur"), ("eure", "eur"), ("trice", "teur"), ("ienne", "ien"), ("iere", "ier"), ("elle", "el"), ("nne", "n"))  # fmt: skip
_NO_CHOICE = {
    "sans preference",
    "indifferent",
    "peu importe",
    "no preference",
    "any",
    "pas de preference",
    "ne sait pas",
}
MIN_PREFIX = 8  # letters of a title cut short by a form or a printer


@dataclass(frozen=True)
class Choice:
    """A role or a theme: its key and every name it answers to. The first name is the one shown."""

    key: str
    names: tuple[str, ...]

    @property
    def shown(self) -> str:
        return self.names[0] if self.names else self.key


class Chooser:
    """Answers « which of these is it? » for the cells of one column."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = tuple(choices)
        self._names: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._memory: dict[str, frozenset[str]] = {}
        for choice in choices:
            # A key of figures is a database's, not a name somebody would write.
            for name in choice.names if choice.key.isdigit() else (choice.key, *choice.names):
                self._names.setdefault(_loose(name), set()).add(choice.key)
                for part in (name, *_sides(name)):
                    self._stems.setdefault(_stem(part), set()).add(choice.key)
        self._names.pop("", None)
        self._stems.pop("", None)

    @property
    def shown(self) -> str:
        """Every choice's name, for a message."""
        return ", ".join(choice.shown for choice in self.choices)

    def one(self, text: str) -> frozenset[str]:
        """Keys that `text` may mean: one when it is clear, none when unknown, several when ambiguous."""
        if text not in self._memory:
            self._memory[text] = frozenset(self._find(text))
        return self._memory[text]

    def several(self, text: str) -> tuple[list[str], list[str]]:
        """(keys in order, parts not understood) of a cell that may hold several choices.

        Titles may contain the very commas that separate answers, so the longest run that is a title wins.
        """
        if len(self.one(text)) == 1:
            return list(self.one(text)), []
        if is_blank(text) or _loose(text) in _NO_CHOICE:
            return [], []
        keys: list[str] = []
        unknown: list[str] = []
        for chunk in re.split(r"[;\n\r|•]", text):
            parts, at = re.split(r"(?<=\S)\s*,\s+", chunk), 0
            while at < len(parts):
                for end in range(len(parts), at, -1):
                    found = self.one(", ".join(parts[at:end]))
                    if len(found) == 1:
                        keys += found
                        at = end
                        break
                else:
                    unknown.append(parts[at])
                    at += 1
        unknown = [part for part in unknown if part.strip()]
        return (keys, unknown) if keys else ([], [squeeze(text)])

    def names_of(self, keys: frozenset[str]) -> str:
        return ", ".join(choice.shown for choice in self.choices if choice.key in keys)

    def _find(self, text: str) -> set[str]:
        plain = squeeze(text).strip(" .…:;,")
        found = self._exactly(plain)
        if found or not _loose(plain):
            return found
        if (bare := _ENUMERATION.sub("", plain)) != plain and bare:
            found = self._exactly(bare) or self._cut_short(bare)
        if not found:
            found = self._cut_short(plain)
        if not found:
            found = set().union(*(self._exactly(side) for side in _sides(plain)), set())
        return found or self._abbreviated(plain)

    def _exactly(self, text: str) -> set[str]:
        return self._names.get(_loose(text)) or self._stems.get(_stem(text)) or set()

    def _cut_short(self, text: str) -> set[str]:
        """The beginning of one title, or one whole title and then more (its subtitle, a remark)."""
        loose = _loose(text)
        if len(loose) < MIN_PREFIX:
            return set()
        starts = [keys for name, keys in self._names.items() if name.startswith(loose)]
        if not starts:
            heads = [text[: mark.start()] for mark in re.finditer(r"[:(–—]|\s-\s", text)]
            starts = [self._names[_loose(head)] for head in heads if _loose(head) in self._names]
        return set().union(*starts) if starts else set()

    def _abbreviated(self, text: str) -> set[str]:
        """« Dév », « Dev. »: the start of a one-word name, or whole first words of a longer one; three letters at least."""
        loose = _loose(text)
        if len(loose) < 3:
            return set()
        found = [
            keys
            for name, keys in self._names.items()
            if name.startswith(loose if " " not in name else f"{loose} ")
        ]
        return set().union(*found) if found else set()


def _sides(text: str) -> list[str]:
    """« Développeur / Développeuse », « Développeur – entrée gratuite », « Entrée (designer) » → their parts."""
    parts = re.split(r"\s+[/|–—-]\s+|\s*[/|]\s*|[()\[\]]", text)
    return [part for part in parts if part.strip()] if len(parts) > 1 else []


def _loose(text: str) -> str:
    """Folded, without punctuation."""
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())


def _stem(text: str) -> str:
    """One form for masculine, feminine, inclusive and plural: « Développeur·euse·s », « Chercheuses d’emploi »."""
    words = []
    for word in _loose(_INCLUSIVE.sub("", text)).split():
        if len(word) > 3:
            word = word.rstrip("sx")
            word = next(
                (word[: -len(end)] + to for end, to in _FEMININE if word.endswith(end) and len(word) > 5),
                word,
            )
            word = word.rstrip("e") if len(word) > 4 else word
        words.append(word)
    joined = "".join(words)
    return joined.rstrip("s") if len(joined) > 5 else joined
