"""The tie ladder: how projects of equal place are told apart, and never by lot.

Holds the steps, published before scoring: heaviest criterion, next criteria, number of first places, vote of the
jury, casting vote of the president with a written reason, else ex æquo; and the trace of each step, so that a
page and the minutes can print it. Refuses to know where marks come from and who may vote.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

Key = Hashable
Value = Fraction | Decimal | int

CRITERION, FIRST_PLACES, JURY_VOTE, CASTING_VOTE, EX_AEQUO = (
    "criterion",
    "first_places",
    "jury_vote",
    "casting_vote",
    "ex_aequo",
)


@dataclass(frozen=True)
class Contender:
    """A tied project: exact mean mark per criterion (absent: not marked) and how many jurors put it first."""

    project: Key
    means: Mapping[Key, Value] = field(default_factory=dict)
    firsts: int = 0


@dataclass(frozen=True)
class CastingVote:
    """The president's choice among tied projects, with a written reason."""

    project: Key
    reason: str


@dataclass(frozen=True)
class Step:
    """One rung applied to one group still tied.

    `values` holds what was compared, per project (None: nothing to compare, and then the rung separates
    nobody); `after` is the group in its new order, projects still equal together.
    """

    kind: str
    before: tuple[Key, ...]
    values: Mapping[Key, Value | None]
    after: tuple[tuple[Key, ...], ...]
    criterion: Key | None = None
    reason: str = ""

    @property
    def separates(self) -> bool:
        """Whether the rung told anybody apart."""
        return len(self.after) > 1


@dataclass(frozen=True)
class LadderResult:
    """`order`: best first, projects left ex æquo together. `missing`: the human rungs that could still decide."""

    order: tuple[tuple[Key, ...], ...]
    steps: tuple[Step, ...]
    missing: tuple[str, ...]

    @property
    def is_resolved(self) -> bool:
        """Whether nobody is left ex æquo."""
        return all(len(group) == 1 for group in self.order)


def resolve_tie(
    contenders: Sequence[Contender],
    weights: Mapping[Key, int],
    *,
    jury_votes: Mapping[Key, int] | None = None,
    casting_vote: CastingVote | None = None,
) -> LadderResult:
    """Climb the ladder until every project stands alone or the rungs run out.

    weights: in the grid's order; criteria are compared heaviest first, equal weights in the grid's order. A group
    that a rung splits goes on from the next rung, each part by itself. `jury_votes` None: no vote was held.
    The casting vote puts one project ahead of those still tied with it, and is not used if none is.

    Raises ValueError on two contenders of one name, votes or a casting vote for a project that is not tied, a
    negative count, or a casting vote without a reason.
    """
    names = [contender.project for contender in contenders]
    _check(names, jury_votes, casting_vote)
    order: list[tuple[Key, ...]] = [tuple(names)] if names else []
    steps: list[Step] = []

    def climb(kind: str, values: Mapping[Key, Value | None], **more: Key) -> None:
        fresh: list[tuple[Key, ...]] = []
        for group in order:
            if len(group) == 1:
                fresh.append(group)
                continue
            compared = {project: values.get(project) for project in group}
            step = Step(kind, group, compared, _split(group, compared), **more)  # type: ignore[arg-type]
            steps.append(step)
            fresh += step.after
        order[:] = fresh

    for criterion in sorted(weights, key=lambda name: -weights[name]):
        if weights[criterion]:
            means = {contender.project: contender.means.get(criterion) for contender in contenders}
            climb(CRITERION, means, criterion=criterion)
    climb(FIRST_PLACES, {contender.project: contender.firsts for contender in contenders})
    if jury_votes is not None:
        climb(JURY_VOTE, {name: jury_votes.get(name, 0) for name in names})
    if casting_vote is not None:
        for position, group in enumerate(order):
            if casting_vote.project in group and len(group) > 1:
                step = _cast(group, casting_vote)
                steps.append(step)
                order[position : position + 1] = step.after
                break
    missing = []
    if any(len(group) > 1 for group in order):
        missing = [
            kind for kind, given in ((JURY_VOTE, jury_votes), (CASTING_VOTE, casting_vote)) if given is None
        ]
        steps += [Step(EX_AEQUO, group, dict.fromkeys(group), (group,)) for group in order if len(group) > 1]
    return LadderResult(tuple(order), tuple(steps), tuple(missing))


def criterion_means(
    marks: Iterable[tuple[Key, Key, Value | None]],
) -> dict[Key, dict[Key, Fraction]]:
    """Exact mean mark per project and criterion, from (project, criterion, mark); absent marks do not count."""
    found: dict[Key, dict[Key, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for project, criterion, mark in marks:
        if mark is not None:
            found[project][criterion].append(Fraction(mark))
    return {
        project: {criterion: sum(some, Fraction(0)) / len(some) for criterion, some in by_criterion.items()}
        for project, by_criterion in found.items()
    }


def first_places(totals: Iterable[tuple[Key, Key, Value]]) -> dict[Key, int]:
    """How many jurors gave each project their highest total, from (juror, project, total).

    A juror whose best total is shared counts for each project that shares it.
    """
    by_juror: dict[Key, list[tuple[Key, Fraction]]] = defaultdict(list)
    for juror, project, total in totals:
        by_juror[juror].append((project, Fraction(total)))
    counts: dict[Key, int] = defaultdict(int)
    for ballots in by_juror.values():
        best = max(total for _, total in ballots)
        for project, total in ballots:
            counts[project] += total == best
    return dict(counts)


def _split(group: tuple[Key, ...], values: Mapping[Key, Value | None]) -> tuple[tuple[Key, ...], ...]:
    if any(value is None for value in values.values()):
        return (group,)
    levels: dict[Value, list[Key]] = defaultdict(list)
    for project in group:
        levels[Fraction(values[project])].append(project)  # type: ignore[arg-type]
    return tuple(tuple(levels[level]) for level in sorted(levels, reverse=True))


def _cast(group: tuple[Key, ...], vote: CastingVote) -> Step:
    others = tuple(project for project in group if project != vote.project)
    values: dict[Key, Value | None] = {project: int(project == vote.project) for project in group}
    return Step(CASTING_VOTE, group, values, ((vote.project,), others), reason=vote.reason.strip())


def _check(
    names: Sequence[Key], jury_votes: Mapping[Key, int] | None, casting_vote: CastingVote | None
) -> None:
    if len(set(names)) != len(names):
        raise ValueError("a project is tied with itself")
    for project, count in (jury_votes or {}).items():
        if project not in names:
            raise ValueError(f"votes for {project}, which is not tied")
        if count < 0:
            raise ValueError(f"{project}: {count} votes")
    if casting_vote is not None:
        if casting_vote.project not in names:
            raise ValueError(f"casting vote for {casting_vote.project}, which is not tied")
        if not casting_vote.reason.strip():
            raise ValueError("a casting vote needs a written reason")
