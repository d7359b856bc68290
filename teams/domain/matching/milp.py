"""A thin hand on HiGHS: columns, rows, solve; whole numbers where asked. Knows nothing of teams.

One thread always: HiGHS keeps the number of threads of its first solve for the whole process, other parts of the
site use it too, and one thread gives the same answer every time. Loaded when first needed: it takes a third of a
second, more on a busy machine, and a short time limit may not have it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import highspy
    import numpy as np

INFINITE = math.inf


@dataclass(frozen=True)
class Outcome:
    """`values` is None when no solution is known; `bound` is proven (−inf when nothing is)."""

    values: np.ndarray | None
    objective: float
    bound: float
    optimal: bool
    infeasible: bool


class Model:
    """A minimisation built column by column and row by row."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[float, float]] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.factors: list[float] = []

    def column(self, *, cost: float = 0, low: float = 0, high: float = INFINITE, whole: bool = True) -> int:
        """Add a variable; returns its number."""
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(
        self, terms: Iterable[tuple[int, float]], *, low: float = -INFINITE, high: float = INFINITE
    ) -> None:
        """Add low ≤ Σ factor · column ≤ high; a column may appear more than once."""
        merged: dict[int, float] = {}
        for column, factor in terms:
            merged[column] = merged.get(column, 0) + factor
        self.rows.append((low, high))
        self.columns.extend(merged)
        self.factors.extend(merged.values())
        self.starts.append(len(self.columns))

    def solve(
        self,
        *,
        seconds: float,
        start: np.ndarray | None = None,
        near: np.ndarray | None = None,
        whole: bool = True,
        presolve: bool = True,
    ) -> Outcome:
        """Minimise within `seconds`; `whole=False` relaxes every variable.

        `start` is a solution to begin from. `near` keeps variables between the whole numbers around their values there
        (NaN leaves one free): quick, and what is proven then holds for that neighbourhood only.
        """
        import highspy
        import numpy as np

        # The plain solver below the Python dressing: the dressing prints a banner on standard output before it can be
        # silenced, and standard output is where commands answer in JSON.
        plain: Any = highspy.Highs.__base__
        solver = plain()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", 1)
        solver.setOptionValue("time_limit", max(0.01, seconds))
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.999)
        if not presolve:
            solver.setOptionValue("presolve", "off")
        lp = self._as_lp(whole)
        if near is not None:
            lp.col_lower_ = np.fmax(lp.col_lower_, np.floor(near + 1e-6))
            lp.col_upper_ = np.fmin(lp.col_upper_, np.ceil(near - 1e-6))
        solver.passModel(lp)
        if start is not None and whole:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            solver.setSolution(solution)
        solver.run()
        return _outcome(solver, whole and any(self.whole))

    def _as_lp(self, whole: bool) -> highspy.HighsLp:
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.rows)
        lp.col_cost_ = np.array(self.costs, dtype=float)
        lp.col_lower_, lp.col_upper_ = np.array(self.lows, dtype=float), np.array(self.highs, dtype=float)
        lp.row_lower_ = np.array([low for low, _ in self.rows], dtype=float)
        lp.row_upper_ = np.array([high for _, high in self.rows], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.factors, dtype=float)
        if whole:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[flag] for flag in self.whole]
        return lp


def _outcome(solver: Any, whole: bool) -> Outcome:
    import highspy
    import numpy as np

    status = solver.getModelStatus()
    info = solver.getInfo()
    optimal = status == highspy.HighsModelStatus.kOptimal
    infeasible = status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    )
    known = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if known else None
    objective = info.objective_function_value if known else math.inf
    proven = objective if optimal else -math.inf
    bound = info.mip_dual_bound if whole else proven
    return Outcome(values, objective, bound if math.isfinite(bound) else -math.inf, optimal, infeasible)
