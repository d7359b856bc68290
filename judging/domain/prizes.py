"""The award rules of an event, written by its organisers: contradictions are refused whole, and all at once.

The rules stop changing once the jury has decided. What they give is in award_proposals.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.domain import audit
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event
from judging.domain import proposing
from judging.enums import AwardMethod, Cumulation, Eligible, Scope, WhenTaken
from judging.models import AwardRule, Decision

#: What « grand prize first » and « themes first » set on the grand prize and on the theme laureates.
PRESETS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "grand_prize_first": (
        ("grand", {"eligible": Eligible.FINALISTS, "cumulation": Cumulation.EXCLUSIVE}),
        ("theme", {"eligible": Eligible.ALL, "cumulation": Cumulation.EXCLUSIVE}),
    ),
    "themes_first": (
        ("theme", {"eligible": Eligible.ALL, "cumulation": Cumulation.EXCLUSIVE}),
        ("grand", {"eligible": Eligible.THEME_WINNERS, "cumulation": Cumulation.CUMULATIVE}),
    ),
}
FRESH: dict[str, dict[str, Any]] = {
    "grand": {
        "label_fr": "Grand prix du jury",
        "label_en": "Jury’s grand prize",
        "is_grand_prize": True,
        "scope": Scope.EVENT,
    },
    "theme": {"label_fr": "Lauréat de la thématique", "label_en": "Theme laureate", "scope": Scope.THEME},
}
AWAY = 1000  # a sequence that no rule has while they are put in another order


class RulesRefused(Refused):
    """`details["problems"]`: every contradiction, in sentences."""

    code = "award_rules_refused"


class RulesFrozen(Refused):
    code = "award_rules_frozen"


def rules_in_order(event: Event) -> list[AwardRule]:
    """The event's rules, in the order in which they are applied."""
    return list(AwardRule.objects.for_event(event).select_related("theme").in_order())


def are_frozen(event: Event) -> bool:
    """Whether the jury has decided by these rules."""
    return Decision.objects.for_event(event).exists()


@transaction.atomic
def save_rule(
    *, event: Event, terms: Mapping[str, Any], actor: Account | None, rule: AwardRule | None = None
) -> AwardRule:
    """Add a rule at the end, or change that one. `terms`: fields of AwardRule. Raises RulesRefused, RulesFrozen."""
    rules = _to_change(event)
    changed = next((row for row in rules if rule is not None and row.pk == rule.pk), None)
    if changed is None:
        changed = AwardRule(event=event, sequence=len(rules) + 1)
        rules.append(changed)
    for name, value in terms.items():
        setattr(changed, name, value)
    _refuse_contradictions(event, rules)
    changed.save()
    audit.record(event=event, actor=actor, verb="change_award_rules", about=changed)
    return changed


@transaction.atomic
def remove_rule(*, rule: AwardRule, actor: Account | None) -> None:
    """Take a rule away, unless another needs it. Raises RulesRefused, RulesFrozen."""
    left = [row for row in _to_change(rule.event) if row.pk != rule.pk]
    _number(left)
    _refuse_contradictions(rule.event, left)
    audit.record(event=rule.event, actor=actor, verb="remove_award_rule", about=rule)
    rule.delete()
    _store_order(left)


@transaction.atomic
def move_rule(*, rule: AwardRule, by: int, actor: Account | None) -> None:
    """Apply a rule earlier (`by` -1) or later (1). Raises RulesRefused, RulesFrozen."""
    rules = _to_change(rule.event)
    here = next(at for at, row in enumerate(rules) if row.pk == rule.pk)
    there = min(max(here + by, 0), len(rules) - 1)
    rules.insert(there, rules.pop(here))
    _number(rules)
    _refuse_contradictions(rule.event, rules)
    _store_order(rules)
    audit.record(event=rule.event, actor=actor, verb="change_award_rules", about=rule, place=there + 1)


@transaction.atomic
def use_preset(*, event: Event, preset: str, actor: Account | None) -> list[AwardRule]:
    """Put the grand prize and the theme laureates in that order, on those terms; names, gifts and other prizes stay.

    Raises KeyError for an unknown preset, RulesRefused when another rule contradicts it, RulesFrozen.
    """
    wanted = PRESETS[preset]
    rules = _to_change(event)
    kept = {
        "grand": next((row for row in rules if row.is_grand_prize and row.scope == Scope.EVENT), None),
        "theme": next((row for row in rules if row.scope == Scope.THEME and row.theme_id is None), None),
    }
    chosen = []
    for kind, terms in wanted:
        row = kept[kind] or AwardRule(event=event, **FRESH[kind])
        for name, value in {"method": AwardMethod.RANKING, "when_taken": WhenTaken.USUAL, **terms}.items():
            setattr(row, name, value)
        chosen.append(row)
    rules = chosen + [row for row in rules if row not in chosen]
    _number(rules)
    _refuse_contradictions(event, rules)
    _store_order(rules)
    audit.record(event=event, actor=actor, verb="change_award_rules", preset=preset)
    return rules


def preset_of(rules: Iterable[AwardRule]) -> str:
    """Which preset these rules follow, or ""."""
    rows = list(rules)
    for name, wanted in PRESETS.items():
        pairs = zip(rows[: len(wanted)], wanted, strict=False)
        if len(rows) >= len(wanted) and all(_follows(row, kind, terms) for row, (kind, terms) in pairs):
            return name
    return ""


def _follows(row: AwardRule, kind: str, terms: Mapping[str, Any]) -> bool:
    is_kind = row.is_grand_prize if kind == "grand" else row.scope == Scope.THEME
    return is_kind and all(getattr(row, name) == value for name, value in terms.items())


def in_words(rule: AwardRule) -> str:
    """What a rule gives, in plain words: « 1 prize among the finalists, by the ranking. … »"""
    if rule.scope == Scope.THEME and rule.theme is None:
        count = ngettext("%(n)s prize in each theme", "%(n)s prizes in each theme", rule.places)
    else:
        count = ngettext("%(n)s prize", "%(n)s prizes", rule.places)
    among = {
        Eligible.ALL: _("among all projects"),
        Eligible.FINALISTS: _("among the finalists"),
        Eligible.THEME_WINNERS: _("among the theme laureates"),
        Eligible.ONE_THEME: _("among the projects of one theme"),
    }
    decided = {
        AwardMethod.RANKING: _("by the ranking"),
        AwardMethod.DELIBERATION: _("by deliberation"),
        AwardMethod.VOTE: _("by a vote"),
    }
    parts = [count % {"n": rule.places}]
    if rule.theme is not None:
        parts.append(f"« {rule.theme.short_title} »")
    if not (rule.scope == Scope.THEME and rule.eligible == Eligible.ALL):
        parts.append(among[Eligible(rule.eligible)])
    parts.append(decided[AwardMethod(rule.method)])
    sentences = [_("%(terms)s.") % {"terms": ", ".join(parts)}]
    if rule.cumulation == Cumulation.CUMULATIVE:
        sentences.append(_("It may come on top of another prize."))
    elif rule.scope == Scope.THEME:
        sentences.append(
            _("A theme whose project already has a greater prize gives no other laureate.")
            if rule.when_taken in (WhenTaken.USUAL, WhenTaken.CLOSE_THEME)
            else _("Only for a project without another prize.")
        )
    else:
        sentences.append(_("Only for a project without another prize."))
    if rule.follow_up_months:
        months = ngettext("%(n)s month of follow-up.", "%(n)s months of follow-up.", rule.follow_up_months)
        sentences.append(months % {"n": rule.follow_up_months})
    return " ".join(sentences)


def _to_change(event: Event) -> list[AwardRule]:
    """The rules, held until the transaction ends. Raises RulesFrozen."""
    Event.objects.take_turn(event)
    if are_frozen(event):
        raise RulesFrozen(_("The jury has decided by these rules: they no longer change."))
    return rules_in_order(event)


def _refuse_contradictions(event: Event, rules: Iterable[AwardRule]) -> None:
    problems = proposing.rule_problems(event, [proposing.as_rule(row) for row in rules])
    if problems:
        raise RulesRefused(" ".join(problems), problems=problems)


def _number(rules: Iterable[AwardRule]) -> None:
    for sequence, row in enumerate(rules, start=1):
        row.sequence = sequence


def _store_order(rules: list[AwardRule]) -> None:
    """Save the rules under their new sequences, by way of sequences that nobody has."""
    for row in rules:
        if row.pk:
            AwardRule.objects.filter(pk=row.pk).update(sequence=AWAY + row.sequence)
    for row in rules:
        row.save()
