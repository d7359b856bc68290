"""A rehearsal as plain data, so that the page of 10,000 lines is made once and read many times.

Words are kept as templates with their values: they are read in the language of whoever asks. It refuses to hold what
nobody looks at: of the lines, only the refused ones keep their cells.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from .matching import Difference
from .planning import KINDS, NEW, REFUSED, Line, Remark
from .reading import examples_of
from .rehearsal import Rehearsal, is_waiting

WAITING = "waiting"  # beside KINDS, on screen: those whom the list puts on the waiting list


@dataclass
class Report:
    """What the pages show of a rehearsal, or of an import."""

    format: str
    header: list[str]
    mapping: dict[int, str]
    source: dict[str, Any]  # how the file was read: format, encoding, delimiter, header_line, rows, examples
    counts: dict[str, int]
    waitlisted: int
    to_write_to: int
    not_reached: int = 0
    letters: int = 0
    notes: list[Remark] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, rehearsal: Rehearsal, *, only: str = "") -> Report:
        """`only` (a kind) keeps the lines of that kind alone."""
        table = rehearsal.table
        cells = {row.line: tuple(row.cells) for row in table.rows}
        lines = [line for line in rehearsal.lines if not only or line.kind == only]
        for line in lines:
            line.cells = line.cells or (cells.get(line.line, ()) if line.kind == REFUSED else ())
        source = {
            "format": table.format,
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "header_line": table.header_line,
            "rows": len(table.rows),
            "examples": [] if only else examples_of(table),  # a report left behind holds nobody who is in
        }
        return cls(
            rehearsal.format, table.header, dict(rehearsal.profile.mapping), source, rehearsal.counts,
            rehearsal.waitlisted, rehearsal.to_write_to, rehearsal.not_reached, rehearsal.letters,
            rehearsal.notes, lines,
        )  # fmt: skip

    def of_kind(self, kind: str) -> list[Line]:
        if kind == WAITING:
            return [line for line in self.lines if is_waiting(line)]
        return [line for line in self.lines if line.kind == kind]

    @property
    def will_write(self) -> int:
        return self.counts[NEW] + self.counts["changed"]

    def as_bytes(self) -> bytes:
        """JSON."""
        said = {name: getattr(self, name) for name in _PLAIN}
        said["notes"] = [_said(note) for note in self.notes]
        said["lines"] = [_line_said(line) for line in self.lines]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Report:
        said = json.loads(data)
        said["mapping"] = {int(index): name for index, name in said["mapping"].items()}
        said["notes"] = [Remark(*each) for each in said["notes"]]
        said["lines"] = [_line_read(each) for each in said["lines"]]
        said["counts"] = {kind: said["counts"][kind] for kind in KINDS}
        return cls(**said)


_PLAIN = (
    "format", "header", "mapping", "source", "counts", "waitlisted", "to_write_to", "not_reached", "letters"
)  # fmt: skip


def _said(remark: Remark) -> tuple[str, str, dict[str, Any]]:
    return remark.code, remark.template, dict(remark.params)


def _line_said(line: Line) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": line.kind, "line": line.line, "name": line.name, "state": str(line.state)}
    if line.differences:
        said["differences"] = [asdict(each) for each in line.differences]
    for name in ("reasons", "warnings"):
        if remarks := getattr(line, name):
            said[name] = [_said(remark) for remark in remarks]
    if line.cells:
        said["cells"] = line.cells
    return said


def _line_read(said: dict[str, Any]) -> Line:
    return Line(
        said["kind"],
        said["line"],
        said["name"],
        state=said["state"],
        differences=[Difference(**each) for each in said.get("differences", ())],
        reasons=[Remark(*each) for each in said.get("reasons", ())],
        warnings=[Remark(*each) for each in said.get("warnings", ())],
        cells=tuple(said.get("cells", ())),
    )
