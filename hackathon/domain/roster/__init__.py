"""Importing a list of people: rehearsed row by row, then written along the same path.

Decided here, once for the screen and the command:

- An import grants no consent that the file lacks. Image rights follow the file's own column; the rules are asked at
  the first sign-in. Diet and access are health data: a column of them is no consent, so they are left out (and said
  to be) unless whoever imports states that the people agreed explicitly (`needs_agreed`), which is recorded.
- A blank cell says nothing: it erases nothing. What the list says replaces what is here, except the date of
  registration, which keeps the place in the queue.
- Somebody cancelled, declined or expired here stays so. Over capacity means the waiting list.
- A payer who is somebody else is kept beside the registration and never written to; a person without an address of
  their own has none.
- No letter leaves unless whoever imports asks for them. No account is made, changed or linked, no right or password
  is touched; the address of somebody who signs in is kept.

reading.py reads and rehearses, importing.py writes in parts that let others in, saved_profiles.py remembers what
columns hold, report.py keeps a rehearsal as plain data. They refuse to read cells: roster_rows does.
"""

from __future__ import annotations

from .importing import PART, ListRefused, Tell, import_rows
from .planning import CHANGED, KINDS, NEW, REFUSED, SKIPPED, UNCHANGED, Line, Remark
from .reading import PROFILES, UnreadableList, columns_of, rehearse
from .rehearsal import Rehearsal
from .report import Report
from .saved_profiles import (
    ProfileRefused,
    headings_of,
    known_profiles,
    remove_profile,
    rename_profile,
    save_profile,
)

__all__ = [
    "CHANGED", "KINDS", "NEW", "PART", "PROFILES", "REFUSED", "SKIPPED", "UNCHANGED", "Line", "ListRefused",
    "ProfileRefused", "Rehearsal", "Remark", "Report", "Tell", "UnreadableList", "columns_of", "headings_of", "import_rows",
    "known_profiles", "rehearse", "remove_profile", "rename_profile", "save_profile",
]  # fmt: skip
