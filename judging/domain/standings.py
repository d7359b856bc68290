"""What is known when prizes are given: who is in competition, and every ranking that exists.

Holds who may receive a prize and which ranking speaks about all of them. Refuses to compare panels: two raw
rankings are never merged, so a prize without a ranking of its own waits for the jury.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from judging.domain import award_rules as words
from judging.domain.award_rules import AwardRule

Key = Hashable
Groups = Sequence[Sequence[Key]]
"""Best first; projects of equal place together."""


@dataclass(frozen=True)
class Standings:
    """Everything the award engine may look at.

    themes: in the event's order. theme_of: theme of each project in competition. panels: ranking per theme.
    final: of the finalists. event: a ranking of everybody by one jury. own: by rule sequence, the ranking of a
    partner's jury. votes: by rule sequence, votes per project.
    """

    themes: Sequence[Key]
    theme_of: Mapping[Key, Key | None]
    panels: Mapping[Key, Groups] = field(default_factory=dict)
    final: Groups | None = None
    event: Groups | None = None
    own: Mapping[int, Groups] = field(default_factory=dict)
    votes: Mapping[int, Mapping[Key, int]] = field(default_factory=dict)

    def eligible(
        self, rule: AwardRule, theme: Key | None, theme_winners: Collection[Key | None]
    ) -> list[Key]:
        """Projects that may receive a place of `rule` (in `theme`, if it is given there)."""
        projects = list(self.theme_of)
        only = _only_theme(rule, theme)
        if only is not None:
            projects = [project for project in projects if self.theme_of[project] == only]
        if rule.eligible == words.FINALISTS:
            finalists = _members(self.final or ())
            projects = [project for project in projects if project in finalists]
        if rule.eligible == words.THEME_WINNERS:
            projects = [project for project in projects if project in theme_winners]
        return projects

    def ranking(
        self, rule: AwardRule, theme: Key | None, eligible: Sequence[Key]
    ) -> list[tuple[Key, ...]] | None:
        """The ranking that speaks about the eligible, restricted to them; None when the jury must deliberate."""
        source = self._source(rule, _only_theme(rule, theme), eligible)
        if not source:
            return None
        wanted = set(eligible)
        kept = [tuple(project for project in group if project in wanted) for group in source]
        return [group for group in kept if group] or None

    def _source(self, rule: AwardRule, only: Key | None, eligible: Sequence[Key]) -> Groups | None:
        if rule.method == words.DELIBERATION:
            return None
        if rule.method == words.VOTE:
            return _by_votes(self.votes.get(rule.sequence, {}))
        if rule.scope == words.PARTNER:
            return self.own.get(rule.sequence)
        if rule.eligible == words.FINALISTS:
            return self.final
        if rule.eligible == words.THEME_WINNERS:
            common = (self.final, self.event)
            return next((groups for groups in common if groups and set(eligible) <= _members(groups)), None)
        panel = self.panels.get(only) if only is not None else None
        return panel or self.event


def _only_theme(rule: AwardRule, theme: Key | None) -> Key | None:
    if theme is not None:
        return theme
    return rule.theme if rule.eligible == words.ONE_THEME else None


def _members(groups: Groups) -> set[Key]:
    return {project for group in groups for project in group}


def _by_votes(votes: Mapping[Key, int]) -> Groups:
    """Most votes first; projects without a vote are not proposed."""
    levels = sorted({count for count in votes.values() if count > 0}, reverse=True)
    return [tuple(project for project in votes if votes[project] == level) for level in levels]
