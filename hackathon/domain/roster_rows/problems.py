"""What can be wrong with a person's line: a code, its values and the English text, ready to be translated.

The templates are gettext msgids with named placeholders; this file translates nothing and reads no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Marks a msgid for the translators and does nothing else: this file knows no Django."""
    return text


PROBLEMS: dict[str, str] = {
    "name_missing": gettext_noop("There is no name. Write the person’s first and last name."),
    "first_name_missing": gettext_noop("Column “%(column)s”: the first name is empty. Write it."),
    "last_name_missing": gettext_noop(
        "Column “%(column)s”: the last name is empty. Write it, or “-” if the person has only one name."
    ),
    "too_long": gettext_noop(
        "Column “%(column)s”: the text has %(length)s characters; the limit is %(limit)s. Shorten it."
    ),
    "email_invalid": gettext_noop(
        "Column “%(column)s”: “%(value)s” is not an e-mail address. "
        "Correct it, or empty the cell if the person has none."
    ),
    "role_missing": gettext_noop("There is no role. Write one of: %(choices)s."),
    "role_unknown": gettext_noop(
        "Column “%(column)s”: “%(value)s” is not one of the event’s roles: %(choices)s. "
        "Correct the cell, or add the role to the event."
    ),
    "role_ambiguous": gettext_noop(
        "Column “%(column)s”: “%(value)s” could be several roles: %(choices)s. Write one in full."
    ),
    "theme_unknown": gettext_noop(
        "Column “%(column)s”: “%(value)s” is not one of the event’s themes: %(choices)s. "
        "Correct the cell, or add the theme to the event."
    ),
    "theme_ambiguous": gettext_noop(
        "Column “%(column)s”: “%(value)s” could be several themes: %(choices)s. Write one in full."
    ),
    "level_invalid": gettext_noop(
        "Column “%(column)s”: “%(value)s” is not a level. Write a whole number from 1 to 5, "
        "or empty the cell."
    ),
    # Warnings: the line goes in all the same.
    "theme_repeated": gettext_noop("Column “%(column)s”: “%(value)s” is chosen twice; it counts once."),
    "consent_unclear": gettext_noop(
        "Column “%(column)s”: “%(value)s” is neither yes nor no; no consent was recorded."
    ),
    "day_unclear": gettext_noop(
        "Column “%(column)s”: “%(value)s” is neither yes nor no; the answer was left blank."
    ),
    "date_unclear": gettext_noop(
        "Column “%(column)s”: “%(value)s” is not a date that can be read; it was left out."
    ),
    "phone_unclear": gettext_noop(
        "Column “%(column)s”: “%(value)s” does not look like a phone number; it was kept as it is."
    ),
    "status_unknown": gettext_noop(
        "Column “%(column)s”: the status “%(value)s” is not known; the person counts as coming."
    ),
    "same_name": gettext_noop(
        "“%(name)s” appears on lines %(lines)s without an e-mail or a ticket number; they count as one person."
    ),
    "ticket_reused": gettext_noop(
        "The ticket %(ticket)s carries several names (lines %(lines)s); the latest counts."
    ),
    # About the file as a whole.
    "columns_unknown": gettext_noop(
        "The columns are not recognised: %(columns)s. "
        "The list needs at least a column with names, for example “First name” and “Last name”; "
        "rename the columns, or say on screen what each one holds."
    ),
    "choices_missing": gettext_noop(
        "The list has no column for the role. Choose the role that everybody in it has, "
        "or say on screen which column holds it."
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (or odd) with one cell. `field` is ours, `value` is the cell's as it was."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    value: str = ""

    @property
    def template(self) -> str:
        """The English msgid; `template % params` is `text`."""
        return PROBLEMS[self.code]

    @property
    def text(self) -> str:
        return self.template % self.params
