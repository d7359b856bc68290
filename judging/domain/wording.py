"""The remarks of the jury mathematics, worded: the pure modules speak English templates and keys, people read names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

from .remarks import SHOWN, Remark

#: The templates of pure modules, marked here because those know no Django. plan_quality.py:
PLAN = (
    gettext_noop("Panel %(panel)s has no project."),
    gettext_noop("Panel %(panel)s has no juror."),
    gettext_noop("Every juror of panel %(panel)s has a conflict with: %(projects)s."),
    gettext_noop("Panel %(panel)s has %(jurors)s jurors for %(wanted)s marks per project."),
    gettext_noop("Conflicts leave fewer than %(wanted)s jurors for: %(projects)s."),
    gettext_noop("Panel %(panel)s has one juror only."),
    gettext_noop("Nothing to mark for: %(jurors)s."),
    gettext_noop(
        "Panel %(panel)s is not connected: some projects cannot be compared. Add marks per project."
    ),
    gettext_noop("Loads are uneven in panel %(panel)s: from %(low)s to %(high)s projects."),
)
#: award_rules.py, with the prefix that `check_rules` gives each:
RULES = (
    gettext_noop("“%(label)s” (%(sequence)s): %(field)s cannot be %(value)s."),
    gettext_noop("“%(label)s” (%(sequence)s): two rules have the same place in the order."),
    gettext_noop("“%(label)s” (%(sequence)s): two prizes have the same name."),
    gettext_noop("“%(label)s” (%(sequence)s): a prize needs a name."),
    gettext_noop("“%(label)s” (%(sequence)s): a prize needs at least one place."),
    gettext_noop("“%(label)s” (%(sequence)s): the follow-up cannot be negative."),
    gettext_noop("“%(label)s” (%(sequence)s): it is given in each theme, but the event has no theme."),
    gettext_noop("“%(label)s” (%(sequence)s): its theme is not one of the event’s."),
    gettext_noop("“%(label)s” (%(sequence)s): it is reserved to one theme, but no theme is chosen."),
    gettext_noop("“%(label)s” (%(sequence)s): it names a theme but is open to every theme."),
    gettext_noop("“%(label)s” (%(sequence)s): it is reserved to finalists, but there is no final."),
    gettext_noop("“%(label)s” (%(sequence)s): a theme’s laureate cannot be chosen among theme laureates."),
    gettext_noop("“%(label)s” (%(sequence)s): the public decides by a vote only."),
    gettext_noop("“%(label)s” (%(sequence)s): only a prize given in each theme can close a theme."),
    gettext_noop("“%(label)s” (%(sequence)s): it is reserved to theme laureates, but no rule names them."),
    gettext_noop(
        "“%(label)s” (%(sequence)s): it is reserved to theme laureates, but they are named after it. Put the theme prizes first."
    ),
    gettext_noop(
        "“%(label)s” (%(sequence)s): theme laureates already hold an exclusive prize, so nobody could receive it. Make it cumulative."
    ),
)
#: award_proposals.py:
PROPOSALS = (
    gettext_noop("“%(label)s”: it must be given to somebody."),
    gettext_noop("“%(label)s”: %(project)s is not in competition."),
    gettext_noop("“%(label)s”: %(project)s already holds an exclusive prize."),
    gettext_noop("“%(label)s”: %(project)s is not eligible."),
    gettext_noop("“%(label)s”: %(project)s is chosen for two places."),
    gettext_noop("“%(label)s” waits until “%(earlier)s” is decided."),
    gettext_noop("“%(label)s”: no project can receive it in %(theme)s."),
    gettext_noop("“%(label)s”: no project can receive it."),
    gettext_noop("“%(label)s”: fewer projects than prizes."),
)
#: coverage.py:
COVERAGE = (
    gettext_noop("There is no complete ballot: nothing can be ranked."),
    gettext_noop(
        "The ballots are not connected: %(parts)s groups of projects share no juror. Places hold within each group only."
    ),
    gettext_noop("One juror only (%(juror)s): severity and uncertainty cannot be estimated."),
    gettext_noop("One project only (%(project)s)."),
    gettext_noop("Not every juror marked every project: plain means depend on who marked what."),
    gettext_noop("No project has two ballots: jurors cannot be compared and there are no intervals."),
    gettext_noop("One ballot only for: %(projects)s."),
    gettext_noop("The ballots leave no disagreement to measure: the intervals say less than they seem to."),
    gettext_noop(
        "These jurors share fewer than %(few)s projects with the others, so their severity is a guess: %(jurors)s."
    ),
    gettext_noop(
        "Too few overlaps: %(spare)s spare comparisons for %(jurors)s jurors. Read the corrected ranking with care."
    ),
    gettext_noop("No complete ballot, hence no place, for: %(projects)s."),
)
TEMPLATES = PLAN + RULES + PROPOSALS + COVERAGE


def worded(remark: Remark, names: Mapping[str, Mapping[Any, str]]) -> str:
    """The remark in the reader's language; `names`: per parameter, what each of its keys is called.

    A parameter in the plural (`jurors`) names each item of a list; a plain number there is a count.
    """

    def plain(name: str, value: Any) -> Any:
        known = names.get(name, {})
        if isinstance(value, list | tuple):
            called = [known.get(item, str(item)) for item in value]
            return ", ".join(called[:SHOWN]) + ("…" if len(called) > SHOWN else "")
        return value if name.endswith("s") else known.get(value, value)

    return gettext(remark.template) % {name: plain(name, value) for name, value in remark.params.items()}
