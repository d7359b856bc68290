"""Reads a table of marks, `juror,project,criterion,mark`.

Holds the file's grammar and every reason to refuse it, all at once, each with its line. Refuses to rank: it
hands back the exact total of each complete ballot and names the incomplete ones.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from judging.domain.grading import Scale, exact_total, missing_marks
from judging.domain.grid_file import Grid, Unreadable, clean_name
from judging.domain.remarks import Remark

Mark = int | Decimal | None

HEADER = ("juror", "project", "criterion", "mark")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class MarksTable:
    """`totals[juror, project]` of complete ballots, out of 20; all names seen, sorted."""

    totals: Mapping[tuple[str, str], Fraction]
    jurors: tuple[str, ...]
    projects: tuple[str, ...]
    grid: Grid
    warnings: tuple[Remark, ...]


def read_marks(path: Path, grid: Grid | None = None) -> MarksTable:
    """Read a file of marks; without a grid, equal weights and the scale of the data. Raises `Unreadable`, OSError."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            [Remark("not_utf8", "Line %(line)s: not UTF-8. Save the file as UTF-8.", {"line": line}, True)]
        ) from error
    return parse_marks(text, grid)


def parse_marks(text: str, grid: Grid | None = None) -> MarksTable:
    """The same from a text. An empty mark is absent; a repeated identical row is a warning."""
    reading = _Reading(grid)
    reading.read(text)
    if reading.problems:
        raise Unreadable(reading.problems)
    return reading.table()


def _value(written: str) -> int | Decimal:
    return int(written) if written.isdigit() else Decimal(written)


class _Reading:
    """One pass over the rows, gathering cells and problems."""

    def __init__(self, grid: Grid | None) -> None:
        self.grid = grid
        self.problems: list[Remark] = []
        self.repeats: list[int] = []
        self.cells: dict[tuple[str, str, str], tuple[Mark, int]] = {}

    def refuse(self, code: str, template: str, **params: Any) -> None:
        self.problems.append(Remark(code, template, params, True))

    def read(self, text: str) -> None:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        header, line = False, 1
        try:
            for row in rows:
                start, line = line, rows.line_num + 1
                if not any(cell.strip() for cell in row):
                    continue
                if header:
                    self.read_row(start, [clean_name(cell) for cell in row])
                elif tuple(cell.strip().lower() for cell in row) == HEADER:
                    header = True
                else:
                    self.refuse(
                        "unknown_header",
                        "Line %(line)s: the header must be “juror,project,criterion,mark”, not “%(header)s”.",
                        line=start,
                        header=",".join(row)[:80],
                    )
                    return
        except csv.Error as error:
            self.refuse("not_csv", "Line %(line)s: not CSV: %(error)s.", line=line, error=error)
        if not header and not self.problems:
            self.refuse(
                "empty_file", "Line 1: the file is empty. It needs a header and one row per mark.", line=1
            )

    def read_row(self, line: int, row: list[str]) -> None:
        # An unquoted decimal comma splits the mark in two cells; say so rather than « five cells ».
        if len(row) == 5 and COMMA_NUMBER.fullmatch(f"{row[3]},{row[4]}"):
            row = [*row[:3], f"{row[3]},{row[4]}"]
        if len(row) != len(HEADER):
            self.refuse(
                "wrong_cells", "Line %(line)s: %(cells)s cells instead of 4.", line=line, cells=len(row)
            )
            return
        blank = [name for name, cell in zip(HEADER[:3], row, strict=False) if not cell]
        if blank:
            self.refuse("blank_name", "Line %(line)s: no %(columns)s.", line=line, columns=blank)
            return
        juror, project, criterion, written = row
        known = self.grid is None or criterion in self.grid.weights
        if not known:
            self.refuse(
                "unknown_criterion",
                "Line %(line)s: the grid has no criterion %(criterion)s.",
                line=line,
                criterion=criterion,
            )
        if self.is_mark(line, written) and known:
            self.keep(line, (juror, project, criterion), _value(written) if written else None)

    def is_mark(self, line: int, written: str) -> bool:
        """Whether the cell is a mark on the scale, or empty; says why when it is not."""
        if not written:
            return True
        if COMMA_NUMBER.fullmatch(written):
            self.refuse(
                "decimal_comma",
                "Line %(line)s: write %(mark)s with a decimal point.",
                line=line,
                mark=written,
            )
            return False
        if not NUMBER.fullmatch(written):
            self.refuse(
                "not_a_number", "Line %(line)s: “%(mark)s” is not a number.", line=line, mark=written[:40]
            )
            return False
        if self.grid and self.grid.scale and Decimal(written) not in self.grid.scale:
            self.refuse(
                "off_scale",
                "Line %(line)s: %(mark)s is off the scale, %(min)s to %(max)s.",
                line=line,
                mark=written,
                min=self.grid.scale.min,
                max=self.grid.scale.max,
            )
            return False
        return True

    def keep(self, line: int, cell: tuple[str, str, str], mark: Mark) -> None:
        if cell not in self.cells:
            self.cells[cell] = (mark, line)
            return
        earlier, first = self.cells[cell]
        if earlier == mark:
            self.repeats.append(line)
        else:
            self.refuse(
                "contradiction",
                "Line %(line)s: another mark than line %(first)s for %(juror)s, %(project)s, %(criterion)s.",
                line=line,
                first=first,
                juror=cell[0],
                project=cell[1],
                criterion=cell[2],
            )

    def table(self) -> MarksTable:
        warnings = []
        if self.repeats:
            warnings.append(
                Remark(
                    "repeated_rows", "Lines repeated with the same mark: %(lines)s.", {"lines": self.repeats}
                )
            )
        grid = self.grid or self.grid_of_data()
        if self.cells and grid.scale is None:
            warnings.append(
                Remark("one_value", "Every mark is the same: the scale has no width, all totals are 0.")
            )
        ballots: dict[tuple[str, str], dict[str, Mark]] = {}
        for (juror, project, criterion), (mark, _) in sorted(self.cells.items()):
            ballots.setdefault((juror, project), {})[criterion] = mark
        incomplete = [ballot for ballot, marks in ballots.items() if missing_marks(marks, grid.weights)]
        if incomplete:
            warnings.append(
                Remark(
                    "ballots_left_out",
                    "Incomplete ballots left out (%(count)s): %(ballots)s.",
                    {
                        "count": len(incomplete),
                        "ballots": [f"{juror} / {project}" for juror, project in incomplete],
                    },
                )
            )
        totals = {
            ballot: exact_total(marks, grid.weights, grid.scale) if grid.scale else Fraction(0)
            for ballot, marks in ballots.items()
            if not missing_marks(marks, grid.weights)
        }
        jurors = tuple(sorted({juror for juror, _ in ballots}))
        projects = tuple(sorted({project for _, project in ballots}))
        return MarksTable(totals, jurors, projects, grid, tuple(warnings))

    def grid_of_data(self) -> Grid:
        criteria = sorted({criterion for _, _, criterion in self.cells})
        values = [mark for mark, _ in self.cells.values() if mark is not None]
        flat = not values or min(values) == max(values)
        return Grid(dict.fromkeys(criteria, 1), None if flat else Scale(min(values), max(values)))
