"""Codes to sentences, in the reader's language: why somebody is in a team, why nobody could be placed, what it costs.

The solver speaks in codes; this is the only place that gives them words for pages and letters. Of roles it
knows only the one that a person is told of their own (`role_needed`), by the name it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .matching import TEMPLATES

#: Why somebody is where they are.
REASONS: dict[str, Promise] = {
    "locked": _("You are in a team that was already settled."),
    "first_choice": _("Your team works on your first choice."),
    "choice": _("Your team works on your choice number %(rank)s."),
    "unnamed": _("None of the themes you chose had room for you in a good team."),
    "no_choice": _("You named no theme: you joined a team that fits."),
    "role_needed": _("Your team needed what you bring: %(role)s."),
    "held": _("An organiser kept you in this team."),
    "with_group": _("You are with everybody you asked to be with."),
    "group_split": _("Keeping your whole group together was not possible."),
    "kept": _("You stay in the team you had before."),
    "moved": _("You left your previous team so that the teams as a whole fit better."),
    "better_full": _("The themes you preferred had no room left."),
    "better_balance": _("Placing everybody as close as possible to their choices led here."),
    "by_hand": _("An organiser placed you here."),
}

#: Why somebody has no team, and what a proposal had to decide.
LEFT_OVER: dict[str, Promise] = {
    "too_few_people": _("%(count)s people without a team are too few for a team of at least %(least)s."),
    "themes_full": _("The themes can take %(capacity)s people in all and there are %(count)s."),
    "teams_full": _(
        "%(teams)s teams of at most %(most)s people take %(capacity)s people and there are %(count)s."
    ),
    "sizes_do_not_fit": _(
        "No set of teams of %(least)s to %(most)s people within the capacities of the themes takes more than "
        "%(capacity)s of the %(count)s people."
    ),
    "out_by_hand": _("Taken out of a team by an organiser."),
    "previous_gone": _("%(count)s people of the previous teams are not here any more and are not counted."),
    "other_count": _(
        "%(wanted)s teams were wanted; %(count)s are proposed, because that leaves fewer people without a team."
    ),
}

#: Why no proposal could be made, with what to do.
REFUSALS: dict[str, Promise] = {
    "crashed": _(
        "The computation stopped unexpectedly: start it again, and tell the administrator if it happens twice."
    ),
    "nobody": _("There is nobody to place."),
    "capacity_order": _(
        "The theme “%(theme)s” asks for at least %(least)s people and at most %(most)s: lower its minimum."
    ),
    "locked_too_small": _(
        "The team %(key)s, kept as it is, has %(count)s people and teams have at least %(least)s: complete it, "
        "unlock it, or lower the smallest size of teams."
    ),
    "locked_too_large": _(
        "The team %(key)s, kept as it is, has %(count)s people and teams have at most %(most)s: take people out, "
        "unlock it, or raise the largest size of teams."
    ),
    "locked_people_too_many": _(
        "%(count)s people are kept in the team %(key)s and teams have at most %(most)s: release some of them, or "
        "raise the largest size of teams."
    ),
    "too_many_keys": _(
        "People are kept in %(count)s teams and only %(teams)s teams can be made: release those of a team."
    ),
    "locked_over_count": _(
        "%(count)s teams are kept as they are and only %(team_count)s are asked for: ask for more teams, or unlock some."
    ),
    "count_too_high": _(
        "%(team_count)s teams of at least %(small)s people need %(needed)s people and there are %(count)s: ask for at "
        "most %(possible)s teams, or lower the smallest size of teams."
    ),
    "ease_count": _("It would be enough to make %(team_count)s teams."),
    "ease_min": _("It would be enough to allow teams of %(least)s people."),
    "ease_max": _("It would be enough to allow teams of %(most)s people."),
    "ease_theme_minimum": _(
        "It would be enough to lower the minimum of the theme “%(theme)s” to %(least)s people."
    ),
    "ease_theme_maximum": _("It would be enough to let the theme “%(theme)s” take %(most)s people."),
    "ease_locked": _("It would be enough to unlock the team %(key)s."),
    "locked_over_capacity": _(
        "The teams kept as they are on the theme “%(theme)s” hold %(count)s people and it takes %(most)s: raise "
        "its capacity or unlock a team."
    ),
    "minima_too_high": _(
        "The themes ask for at least %(least)s people altogether and there are %(count)s: lower their minimum."
    ),
    "minimum_unreachable": _(
        "The theme “%(theme)s” asks for %(least)s to %(most)s people, which no number of teams of %(small)s to "
        "%(large)s people makes: change its capacity or the size of teams."
    ),
    "contradiction": _("These cannot all hold: %(parts)s. Relax one of them."),
    "part_theme_minimum": _("the theme “%(theme)s” takes at least %(least)s people"),
    "part_theme_maximum": _("the theme “%(theme)s” takes at most %(most)s people"),
    "part_team_minimum": _("a team has at least %(least)s people"),
    "part_team_maximum": _("a team has at most %(most)s people"),
    "part_team_count": _("the number of teams is %(team_count)s"),
    "part_locked": _("the team %(key)s, kept as it is, has %(count)s people"),
    "part_people": _("there are %(count)s people, of whom %(locked)s in teams kept as they are"),
}

#: What a set of teams breaks; shown before a move is kept.
BREACHES: dict[str, Promise] = {
    "team_too_small": _("%(key)s has %(count)s people: teams have at least %(least)s."),
    "person_lock_broken": _("Somebody who is kept in the team %(key)s is not in it."),
    "team_too_large": _("%(key)s has %(count)s people: teams have at most %(most)s."),
    "theme_under": _("The theme “%(theme)s” has %(count)s people: it takes at least %(least)s."),
    "theme_over": _("The theme “%(theme)s” has %(count)s people: it takes at most %(most)s."),
}

#: The parts of the cost, as an organiser reads them.
PARTS: dict[str, Promise] = {
    "choice": _("wishes not met"),
    "wanted": _("wanted roles missing"),
    "alone": _("people alone in their role"),
    "diversity": _("too few different roles"),
    "level": _("levels out of balance"),
    "split": _("groups taken apart"),
    "apart": _("pairs to keep apart"),
    "stability": _("people who change team"),
}

SENTENCES: dict[str, Promise] = REASONS | LEFT_OVER | REFUSALS | BREACHES


def sentence(
    message: Mapping[str, Any],
    *,
    themes: Mapping[str, str] | None = None,
    teams: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
) -> str:
    """One message ({"code", "params"}) in the active language; ids of themes, teams and roles become their names."""
    params = dict(message.get("params", {}))
    if "role" in params:
        params["role"] = (roles or {}).get(str(params["role"]), params["role"])
    if "parts" in params:
        params["parts"] = "; ".join(sentence(part, themes=themes, teams=teams) for part in params["parts"])
    if "theme" in params:
        params["theme"] = (themes or {}).get(str(params["theme"]), params["theme"])
    if "key" in params:
        params["key"] = (teams or {}).get(str(params["key"]), params["key"])
    words = SENTENCES.get(message["code"])
    if words is None:
        return TEMPLATES[message["code"]].format(**params)
    return str(words) % params


def sentences(messages: Iterable[Mapping[str, Any]], **names: Any) -> list[str]:
    """Each of those messages in the active language; names as for `sentence`.

    Without the names of roles, nothing is said of a role.
    """
    told = (one for one in messages if "role" not in one.get("params", {}) or "roles" in names)
    return [sentence(message, **names) for message in told]


def cost_words(gap: float | None, cost: int) -> str:
    """How far a plan is from the best possible, in plain words. `gap` is cost / bound − 1."""
    if cost == 0:
        return str(_("Every wish and every rule is met."))
    if gap is None:
        return str(_("No better limit is known."))
    if gap <= 0:
        return str(_("No better teams exist: this is proven."))
    return str(_("At most %(percent)s%% above the best possible.")) % {"percent": _percent(gap)}


def _percent(gap: float) -> str:
    from django.utils.formats import number_format

    return number_format(max(0.1, round(100 * gap, 1)), 1)
