"""The rules by which prizes are given, as data, and what makes a set of rules contradict itself.

Holds `AwardRule`, its vocabulary and `check_rules`. Refuses to know rankings (see `award_proposals`), the
database and the wording of a page.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from judging.domain.remarks import Remark

Key = Hashable

EVENT, THEME, PARTNER = "event", "theme", "partner"
ALL, FINALISTS, THEME_WINNERS, ONE_THEME = "all", "finalists", "theme_winners", "one_theme"
EXCLUSIVE, CUMULATIVE = "exclusive", "cumulative"
JURY, PRESIDENT, PUBLIC, PARTNER_JURY = "jury", "president", "public", "partner"
RANKING, DELIBERATION, VOTE = "ranking", "deliberation", "vote"
LADDER, SHARED = "ladder", "shared"
DENSE, STANDARD = "dense", "standard"
CLOSE_THEME, LEAVE, NEXT = "close_theme", "leave", "next"

VOCABULARY = {
    "scope": (EVENT, THEME, PARTNER),
    "eligible": (ALL, FINALISTS, THEME_WINNERS, ONE_THEME),
    "cumulation": (EXCLUSIVE, CUMULATIVE),
    "decided_by": (JURY, PRESIDENT, PUBLIC, PARTNER_JURY),
    "method": (RANKING, DELIBERATION, VOTE),
    "tie": (LADDER, SHARED),
    "rank_style": (DENSE, STANDARD),
    "when_taken": (CLOSE_THEME, LEAVE, NEXT, ""),
}


@dataclass(frozen=True)
class AwardRule:
    """One kind of prize. Rules are applied in the order of `sequence`.

    `scope` theme gives `places` prizes in each theme, or in `theme` alone if it is set. `cumulation`: a project
    that holds an exclusive prize receives no other exclusive one; cumulative prizes go to anybody. `when_taken`
    says what becomes of a prize whose natural winner already holds an exclusive one: `close_theme` (the theme
    of that winner gives no other laureate), `leave` (only a theme whose first project is that winner gives none),
    `next` (the next project receives it); empty means `close_theme` in scope theme, else `next`.
    `rank_style`: `places` 3 gives ranks up to 3, so 1, 2, 2, 3 when dense and 1, 2, 2 when standard.
    `follow_up` in months.
    """

    sequence: int
    label: str
    scope: str = EVENT
    places: int = 1
    eligible: str = ALL
    theme: Key | None = None
    cumulation: str = EXCLUSIVE
    decided_by: str = JURY
    method: str = RANKING
    tie: str = LADDER
    rank_style: str = STANDARD
    allow_none: bool = False
    prize: str = ""
    follow_up: int = 0
    when_taken: str = ""

    @property
    def taken(self) -> str:
        """`when_taken`, with its default by scope."""
        return self.when_taken or (CLOSE_THEME if self.scope == THEME else NEXT)


def grand_prize_first(follow_up: int = 6) -> tuple[AwardRule, ...]:
    """The seed: a grand prize among finalists, then one laureate for each other theme."""
    return (
        AwardRule(1, "Grand prize", eligible=FINALISTS, follow_up=follow_up),
        AwardRule(2, "Theme laureate", scope=THEME),
    )


def themes_first(follow_up: int = 6) -> tuple[AwardRule, ...]:
    """The same, themes first: one laureate per theme, then the grand prize among them."""
    return (
        AwardRule(1, "Theme laureate", scope=THEME),
        AwardRule(2, "Grand prize", eligible=THEME_WINNERS, cumulation=CUMULATIVE, follow_up=follow_up),
    )


def check_rules(
    rules: Sequence[AwardRule], themes: Collection[Key] = (), *, has_final: bool = True
) -> list[Remark]:
    """Every reason why these rules cannot stand together; empty when they can.

    themes: of the event. has_final: whether a final round names finalists. Each remark carries the rule's
    `sequence` and `label` among its parameters.
    """
    problems: list[Remark] = []

    def refuse(rule: AwardRule, code: str, template: str, **params: Any) -> None:
        context = {"label": rule.label, "sequence": rule.sequence, **params}
        problems.append(Remark(code, f"“%(label)s” (%(sequence)s): {template}", context, True))

    for rule in rules:
        for name, allowed in VOCABULARY.items():
            value = getattr(rule, name)
            if value not in allowed:
                refuse(rule, "unknown_value", "%(field)s cannot be %(value)s.", field=name, value=value)
        for code, wrong, reason in _own_contradictions(rule, themes, has_final):
            if wrong:
                refuse(rule, code, reason)
        for code, reason in _order_contradictions(rule, rules):
            refuse(rule, code, reason)
    for rule in _repeated(rules, lambda rule: rule.sequence):
        refuse(rule, "duplicate_sequence", "two rules have the same place in the order.")
    for rule in _repeated(rules, lambda rule: (rule.label.strip().casefold(), rule.theme)):
        refuse(rule, "duplicate_label", "two prizes have the same name.")
    return problems


def _repeated(rules: Sequence[AwardRule], of: Callable[[AwardRule], Any]) -> list[AwardRule]:
    """The second and later rules that share what `of` reads."""
    seen: set[Any] = set()
    return [rule for rule in rules if of(rule) in seen or seen.add(of(rule))]  # type: ignore[func-returns-value]


def _own_contradictions(
    rule: AwardRule, themes: Collection[Key], has_final: bool
) -> tuple[tuple[str, bool, str], ...]:
    in_theme = rule.scope == THEME
    return (
        ("blank_label", not rule.label.strip(), "a prize needs a name."),
        ("no_places", rule.places < 1, "a prize needs at least one place."),
        ("negative_follow_up", rule.follow_up < 0, "the follow-up cannot be negative."),
        (
            "theme_scope_without_theme",
            in_theme and not themes,
            "it is given in each theme, but the event has no theme.",
        ),
        (
            "unknown_theme",
            rule.theme is not None and rule.theme not in themes,
            "its theme is not one of the event’s.",
        ),
        (
            "one_theme_without_theme",
            rule.eligible == ONE_THEME and rule.theme is None,
            "it is reserved to one theme, but no theme is chosen.",
        ),
        (
            "theme_without_use",
            rule.theme is not None and not in_theme and rule.eligible != ONE_THEME,
            "it names a theme but is open to every theme.",
        ),
        (
            "finalists_without_final",
            rule.eligible == FINALISTS and not has_final,
            "it is reserved to finalists, but there is no final.",
        ),
        (
            "theme_laureates_from_theme_winners",
            in_theme and rule.eligible == THEME_WINNERS,
            "a theme’s laureate cannot be chosen among theme laureates.",
        ),
        (
            "public_without_vote",
            rule.decided_by == PUBLIC and rule.method != VOTE,
            "the public decides by a vote only.",
        ),
        (
            "theme_order_outside_theme",
            rule.when_taken == CLOSE_THEME and not in_theme,
            "only a prize given in each theme can close a theme.",
        ),
    )


def _order_contradictions(rule: AwardRule, rules: Sequence[AwardRule]) -> list[tuple[str, str]]:
    if rule.eligible != THEME_WINNERS or rule.scope == THEME:
        return []
    feeding = [other for other in rules if other.scope == THEME]
    if not feeding:
        return [
            (
                "theme_winners_without_theme_prize",
                "it is reserved to theme laureates, but no rule names them.",
            )
        ]
    earlier = [other for other in feeding if other.sequence < rule.sequence]
    if not earlier:
        return [
            (
                "theme_winners_too_early",
                "it is reserved to theme laureates, but they are named after it. Put the theme prizes first.",
            )
        ]
    if rule.cumulation == EXCLUSIVE and all(other.cumulation == EXCLUSIVE for other in earlier):
        return [
            (
                "nobody_eligible",
                "theme laureates already hold an exclusive prize, so nobody could receive it. Make it cumulative.",
            )
        ]
    return []
