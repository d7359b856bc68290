"""Every sentence the solver can say, as a stable code with parameters, and its English text.

A page that speaks another language translates `TEMPLATES[message.code]` and formats it with
`message.params`; the plan file prints `message.text`. This file knows no problem and no plan.
No sentence about a person speaks of their role: what some may hear, the silence of others would give away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TEMPLATES: dict[str, str] = {
    # what is wrong with the shape of a problem
    "not_an_object": "{where} must be an object with named fields.",
    "not_a_list": "{where} must be a list.",
    "missing": "{where} is missing.",
    "bad_id": "{where} must be a text or a whole number, not {value}.",
    "bad_number": "{where} must be a whole number, not {value}.",
    "out_of_range": "{where} is {value}: it must be between {least} and {most}.",
    "too_small": "{where} is {value}: it must be at least {least}.",
    "bad_seconds": "{where} must be a number of seconds above 0, not {value}.",
    "duplicate": "{where} names {value} more than once.",
    "unknown": "{where} names {value}, which is not {among}.",
    "unknown_weight": "weights has no key {value}: the keys are {among}.",
    "no_choice_weights": "weights.choice must be a list of at least one cost.",
    "pair_length": "{where} must name exactly two different people.",
    "group_empty": "{where} names nobody.",
    "nobody": "There is nobody to place: people is empty.",
    "two_locked_teams": "{person} is in two locked teams, {first} and {second}: take them out of one of them.",
    # what contradicts what
    "size_order": "team_size contradicts itself: {small} is {low} and {large} is {high}. Lower {small} or raise {large}.",
    "capacity_order": "The theme {theme} asks for at least {least} people and at most {most}: lower its minimum.",
    "locked_too_small": "The locked team {key} is too small ({count}, teams have at least {least}): complete it, "
    "unlock it, or lower the minimum size of teams.",
    "locked_too_large": "The locked team {key} has {count} people and teams have at most {most}: take people out, "
    "unlock it, or raise the maximum size of teams.",
    "locked_people_too_many": "{count} people are locked in the team {key} and teams have at most {most}: release some "
    "of them, or raise the maximum size of teams.",
    "too_many_keys": "People are locked in {count} teams and {teams} teams can be made: release those of a team.",
    "locked_over_capacity": "The locked teams of the theme {theme} hold {count} people and its capacity is {most}: "
    "raise the capacity or unlock a team.",
    "locked_over_count": "{count} teams are locked and only {team_count} are asked for: raise the number of teams "
    "or unlock some.",
    "minima_too_high": "The themes ask for at least {least} people altogether and there are {count}: lower their "
    "minimum capacities.",
    "minimum_unreachable": "The theme {theme} asks for {least} to {most} people, which no number of teams of "
    "{small} to {large} people makes: change its capacity or the size of teams.",
    "count_too_high": "{team_count} teams of at least {small} people need {needed} people and there are {count}: ask "
    "for at most {possible} teams or lower the minimum size of teams.",
    "contradiction": "These cannot all hold: {parts}. Relax one of them.",
    "ease_count": "{team_count} teams would be enough of a change.",
    "ease_min": "Teams of at least {least} people would be enough of a change.",
    "ease_max": "Teams of up to {most} people would be enough of a change.",
    "ease_theme_minimum": "It would be enough to ask for at least {least} people on the theme {theme}.",
    "ease_theme_maximum": "It would be enough to let the theme {theme} take {most} people.",
    "ease_locked": "It would be enough to unlock the team {key}.",
    # parts of a contradiction, and notices about a problem that is otherwise sound
    "part_theme_minimum": "the theme {theme} takes at least {least} people",
    "part_theme_maximum": "the theme {theme} takes at most {most} people",
    "part_team_minimum": "a team has at least {least} people",
    "part_team_maximum": "a team has at most {most} people",
    "part_team_count": "the number of teams is {team_count}",
    "part_locked": "the team {key} is locked with {count} people",
    "part_people": "there are {count} people, of whom {locked} in locked teams",
    "previous_gone": "{count} people of the previous plan are not in this problem and are not counted.",
    "other_count": "{wanted} teams were wanted; {count} are proposed, because that leaves fewer people without a team.",
    # why somebody is where they are
    "locked": "You are in a team that was already settled.",
    "choice": "Your team works on your choice number {rank}.",
    "first_choice": "Your team works on your first choice.",
    "unnamed": "None of the themes you chose had room for you in a good team.",
    "no_choice": "You named no theme: you joined a team that fits.",
    "role_needed": "Your team needed your role: {role}.",
    "with_group": "You are with everybody you asked to be with.",
    "group_split": "Keeping your whole group together was not possible.",
    "held": "An organiser kept you in this team.",
    "kept": "You stay in the team you had before.",
    "moved": "You left your previous team so that the teams as a whole fit better.",
    "better_full": "The themes you preferred had no room left.",
    "better_balance": "Placing everybody as close as possible to their choices led here.",
    # why somebody is left over
    "too_few_people": "Too few people remain without a team ({count}) to make one of at least {least}.",
    "themes_full": "The themes can take {capacity} people in all and there are {count}.",
    "teams_full": "{teams} teams of at most {most} people take {capacity} people and there are {count}.",
    "sizes_do_not_fit": "No set of teams of {least} to {most} people within the capacities of the themes takes "
    "more than {capacity} of the {count} people.",
    # what a set of teams breaks
    "team_too_small": "The team {key} has {count} people: teams have at least {least}.",
    "team_too_large": "The team {key} has {count} people: teams have at most {most}.",
    "theme_under": "The theme {theme} has {count} people: it takes at least {least}.",
    "theme_over": "The theme {theme} has {count} people: it takes at most {most}.",
    "lock_broken": "The locked team {key} does not have exactly its people on its theme.",
    "person_lock_broken": "{person}, locked in the team {key}, is not in it.",
    "in_two_teams": "{person} is in two teams.",
    "stranger": "{person} is in the team {key} and is not one of the people of this problem.",
    "theme_unknown": "The team {key} is on {theme}, which is not a theme of this problem.",
    "key_twice": "Two teams have the key {key}.",
}


@dataclass(frozen=True)
class Message:
    """One thing to say: a code that never changes, and what fills its sentence."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The English sentence."""
        params = dict(self.params)
        if isinstance(params.get("parts"), tuple):
            params["parts"] = "; ".join(part.text for part in params["parts"])
        return TEMPLATES[self.code].format(**params)

    def __str__(self) -> str:
        return self.text


def say(code: str, **params: Any) -> Message:
    """A `Message`; a code without a sentence is a broken promise and raises `KeyError`."""
    if code not in TEMPLATES:
        raise KeyError(code)
    return Message(code, params)


class ProblemRefused(ValueError):
    """The problem cannot be solved as it stands; `problems` holds every reason at once."""

    def __init__(self, problems: list[Message]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.text for problem in self.problems))
