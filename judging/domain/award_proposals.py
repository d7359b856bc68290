"""What the scores propose for each prize. The jury decides.

Holds the engine that applies award rules, in order, to rankings, votes and the decisions already taken, and
says for each place who is proposed, who is tied, or why nobody is. Refuses to know the database, to break a tie
and to compare panels: without a ranking that covers everybody eligible, a place waits for the jury.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from judging.domain import award_rules as words
from judging.domain.award_rules import AwardRule
from judging.domain.remarks import Remark
from judging.domain.standings import Standings

Key = Hashable
SlotKey = tuple[int, Key | None, int]
"""(sequence of the rule, theme or None, rank)"""

PROPOSED, TIED, OPEN, WAITING, EMPTY, DECIDED, WITHHELD = (
    "proposed",
    "tied",
    "open",
    "waiting",
    "empty",
    "decided",
    "withheld",
)


@dataclass(frozen=True)
class ProposedAward:
    """One place of one prize.

    `status`: proposed (`project`), tied (choose among `candidates`), open (the jury deliberates among
    `candidates`), waiting (an earlier prize must be decided first), empty (nobody can receive it), decided,
    withheld (the jury gave it to nobody). `shown_with`: sequence of the higher prize under which the page shows
    this one.
    """

    rule: AwardRule
    theme: Key | None
    rank: int
    status: str
    project: Key | None = None
    candidates: tuple[Key, ...] = ()
    remark: Remark | None = None
    shown_with: int | None = None

    @property
    def key(self) -> SlotKey:
        """What a decision is recorded under."""
        return (self.rule.sequence, self.theme, self.rank)


def propose_awards(
    rules: Sequence[AwardRule],
    standings: Standings,
    *,
    decided: Mapping[SlotKey, Sequence[Key]] | None = None,
    ex_aequo: Collection[frozenset[Key]] = (),
) -> list[ProposedAward]:
    """Slots in the order they are shown (a prize among theme laureates before them), then rank.

    decided: per slot, the projects the jury chose (several when ex æquo, none when withheld); it outranks any
    ranking and feeds the rules after it. ex_aequo: ties that the ladder left standing, to be shared.
    Assumes `check_rules` found nothing. A decision that breaks its rule is kept and carries a blocking remark.
    """
    engine = _Engine(standings, decided or {}, set(ex_aequo))
    for rule in sorted(rules, key=lambda rule: rule.sequence):
        engine.apply(rule)
    return _in_order_shown(engine.slots, rules)


def theme_winners(rule: AwardRule, slots: Sequence[ProposedAward]) -> set[Key | None]:
    """The first of each theme, as the rules before this one give them."""
    return {
        slot.project
        for slot in slots
        if slot.rule.scope == words.THEME and slot.rule.sequence < rule.sequence and slot.rank == 1
    }


def holders(rule: AwardRule, slots: Sequence[ProposedAward]) -> set[Key | None]:
    """Who may not receive this prize because of an exclusive one before it."""
    if rule.cumulation != words.EXCLUSIVE:
        return set()
    return {
        slot.project
        for slot in slots
        if slot.rule.cumulation == words.EXCLUSIVE
        and slot.project is not None
        and slot.rule.sequence < rule.sequence
    }


def _in_order_shown(slots: list[ProposedAward], rules: Sequence[AwardRule]) -> list[ProposedAward]:
    theme_sequences = [rule.sequence for rule in rules if rule.scope == words.THEME]

    def position(rule: AwardRule) -> tuple[float, int]:
        if rule.eligible == words.THEME_WINNERS and theme_sequences:
            return min(theme_sequences) - 0.5, rule.sequence
        return rule.sequence, rule.sequence

    return sorted(slots, key=lambda slot: position(slot.rule))


class _Engine:
    """Applies rules one after the other and remembers who holds what."""

    def __init__(
        self,
        standings: Standings,
        decided: Mapping[SlotKey, Sequence[Key]],
        ex_aequo: Collection[frozenset[Key]],
    ) -> None:
        self.standings, self.decided, self.ex_aequo = standings, decided, ex_aequo
        self.slots: list[ProposedAward] = []

    def apply(self, rule: AwardRule) -> None:
        themes: Sequence[Key | None] = [None]
        if rule.scope == words.THEME:
            themes = [theme for theme in self.standings.themes if rule.theme in (None, theme)]
        for theme in themes:
            slots = self.already(rule, theme)
            slots += self.propose(rule, theme, slots)
            self.slots += sorted(slots, key=lambda slot: slot.rank)
        if rule.eligible == words.THEME_WINNERS:
            self.show_under(rule)

    def already(self, rule: AwardRule, theme: Key | None) -> list[ProposedAward]:
        """The places that the jury has decided, each with what is wrong with it, if anything."""
        slots = []
        held = self.holders(rule)
        may = set(self.standings.eligible(rule, theme, self.theme_winners(rule)))
        given: set[Key] = set()
        for rank in range(1, rule.places + 1):
            chosen = self.decided.get((rule.sequence, theme, rank))
            if chosen is None:
                continue
            if not chosen:
                wrong = (
                    None
                    if rule.allow_none
                    else _wrong(rule, "cannot_withhold", "it must be given to somebody.")
                )
                slots.append(ProposedAward(rule, theme, rank, WITHHELD, remark=wrong))
            for project in chosen:
                wrong = None
                if project not in self.standings.theme_of:
                    wrong = _wrong(rule, "not_in_competition", "%(project)s is not in competition.", project)
                elif project in held:
                    wrong = _wrong(
                        rule, "holds_another", "%(project)s already holds an exclusive prize.", project
                    )
                elif project not in may:
                    wrong = _wrong(rule, "not_eligible", "%(project)s is not eligible.", project)
                elif project in given:
                    wrong = _wrong(rule, "chosen_twice", "%(project)s is chosen for two places.", project)
                given.add(project)
                slots.append(ProposedAward(rule, theme, rank, DECIDED, project, remark=wrong))
        return slots

    def propose(
        self, rule: AwardRule, theme: Key | None, decided: Sequence[ProposedAward]
    ) -> list[ProposedAward]:
        """What the scores say for the places that the jury has not decided."""
        free = _free_ranks(rule, decided)
        if not free:
            return []

        def all_free(
            status: str, remark: Remark | None, candidates: Sequence[Key] = ()
        ) -> list[ProposedAward]:
            return [
                ProposedAward(rule, theme, rank, status, None, tuple(candidates), remark) for rank in free
            ]

        doubt = self.undecided_before(rule, theme)
        if doubt is not None:
            return all_free(WAITING, doubt)
        if theme is not None and rule.taken == words.CLOSE_THEME and theme in self.closed_themes(rule):
            return []
        eligible = self.standings.eligible(rule, theme, self.theme_winners(rule))
        skip = self.holders(rule) | {slot.project for slot in decided}
        groups = self.standings.ranking(rule, theme, eligible)
        if groups is None:
            candidates = [project for project in eligible if project not in skip]
            return all_free(OPEN, None, candidates) if candidates else all_free(EMPTY, _nobody(rule, theme))
        if theme is not None and rule.taken == words.LEAVE and set(groups[0]) & self.holders(rule):
            return []
        return self.deal(rule, theme, groups, skip, free)

    def deal(
        self,
        rule: AwardRule,
        theme: Key | None,
        groups: Sequence[tuple[Key, ...]],
        skip: set[Key | None],
        free: list[int],
    ) -> list[ProposedAward]:
        """Free ranks to groups: one rank for equals when dense (1, 2, 2, 3), as many as they are when standard."""
        slots: list[ProposedAward] = []
        for whole in groups:
            group = tuple(project for project in whole if project not in skip)
            if not group or not free:
                continue
            shares = len(group) == 1 or rule.tie == words.SHARED or frozenset(group) in self.ex_aequo
            if shares:
                slots += [ProposedAward(rule, theme, free[0], PROPOSED, project) for project in group]
                free = free[1 if rule.rank_style == words.DENSE else len(group) :]
            else:
                tied = free[: len(group)]
                slots += [ProposedAward(rule, theme, rank, TIED, None, group) for rank in tied]
                free = free[len(group) :]
        remark = _nobody(rule, theme) if not slots else _fewer(rule, theme)
        return slots + [ProposedAward(rule, theme, rank, EMPTY, remark=remark) for rank in free]

    def theme_winners(self, rule: AwardRule) -> set[Key | None]:
        return theme_winners(rule, self.slots)

    def closed_themes(self, rule: AwardRule) -> set[Key | None]:
        """Themes whose project received an exclusive prize of the jury open to the whole event."""
        return {
            self.standings.theme_of.get(slot.project)
            for slot in self.slots
            if slot.project is not None
            and slot.rule.scope == words.EVENT
            and slot.rule.method != words.VOTE
            and words.EXCLUSIVE == slot.rule.cumulation == rule.cumulation
        }

    def holders(self, rule: AwardRule) -> set[Key | None]:
        return holders(rule, self.slots)

    def undecided_before(self, rule: AwardRule, theme: Key | None) -> Remark | None:
        """An earlier prize whose holder is unknown yet and could change this one."""
        for slot in self.slots:
            if slot.status not in (TIED, OPEN, WAITING) or slot.rule.sequence >= rule.sequence:
                continue
            bars = rule.cumulation == words.EXCLUSIVE and slot.rule.cumulation == words.EXCLUSIVE
            reach = {self.standings.theme_of.get(project) for project in slot.candidates}
            touches = theme is None or theme in reach or slot.status == WAITING
            feeds = rule.eligible == words.THEME_WINNERS and slot.rule.scope == words.THEME
            if feeds or (bars and touches):
                return Remark(
                    "decide_first",
                    "“%(label)s” waits until “%(earlier)s” is decided.",
                    {"label": rule.label, "earlier": slot.rule.label, "sequence": slot.rule.sequence},
                )
        return None

    def show_under(self, rule: AwardRule) -> None:
        winners = {slot.project for slot in self.slots if slot.rule == rule and slot.project is not None}
        self.slots = [
            replace(slot, shown_with=rule.sequence)
            if slot.rule.scope == words.THEME and slot.project in winners
            else slot
            for slot in self.slots
        ]


def _nobody(rule: AwardRule, theme: Key | None) -> Remark:
    params = {"label": rule.label, "sequence": rule.sequence, "theme": theme}
    if theme is not None:
        return Remark("theme_without_project", "“%(label)s”: no project can receive it in %(theme)s.", params)
    return Remark("nobody_eligible", "“%(label)s”: no project can receive it.", params)


def _fewer(rule: AwardRule, theme: Key | None) -> Remark:
    return Remark(
        "fewer_projects_than_prizes",
        "“%(label)s”: fewer projects than prizes.",
        {"label": rule.label, "sequence": rule.sequence, "theme": theme},
    )


def _wrong(rule: AwardRule, code: str, reason: str, project: Key | None = None) -> Remark:
    params = {"label": rule.label, "sequence": rule.sequence, "project": project}
    return Remark(code, f"“%(label)s”: {reason}", params, blocks=True)


def _free_ranks(rule: AwardRule, decided: Sequence[ProposedAward]) -> list[int]:
    """Ranks left by the jury's decisions; in standard style equals use up as many ranks as they are."""
    used: set[int] = set()
    for rank in {slot.rank for slot in decided}:
        equals = sum(slot.rank == rank for slot in decided)
        used |= set(range(rank, rank + (equals if rule.rank_style == words.STANDARD else 1)))
    return [rank for rank in range(1, rule.places + 1) if rank not in used]
