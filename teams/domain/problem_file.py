"""An event as a problem file: who is to be placed, on which themes, by which rules.

It only reads. What becomes of the answer is `placing` and `applying`; the mathematics is `matching`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hackathon.domain import clock
from hackathon.models import Event, Presence, Registration, Role, Theme

from ..enums import ProjectState, WishKind
from ..models import Team, Wish

#: Distinct roles wanted in a team: enough for a mix, few enough that a small team can have them.
DIVERSITY = 3
#: Points that moving somebody out of their team costs: half of a second choice, so that a move is worth its trouble.
STABILITY = 5


def problem_of(
    event: Event,
    *,
    seconds: float = 5,
    seed: int = 1,
    stability: int = STABILITY,
    locks: Mapping[str, str] | None = None,
    whole: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """The problem file of that event. People's ids are `str(registration.pk)`, themes' `str(theme.pk)`, roles' keys.

    Who is placed: everybody who is coming; but once the event has begun and the desk has seen somebody, those whom
    the desk has seen (an empty chair helps no team), and always the members of teams that stay as they are. Teams
    stay as they are when an organiser locked them or when they have handed in their project. People stay in their team
    when they are locked in it, or `locks` names their team of a plan; `whole` are teams of a plan locked as a whole,
    exactly their people on their theme (`on_board` in the file). `stability` is what moving somebody costs.

    People who found each other by themselves are kept together, and their team's theme is the first of their choices.
    """
    teams = list(Team.objects.for_event(event).active().in_order().with_members().with_projects())
    kept = [team for team in teams if stays_as_it_is(team) and team.current_members]  # type: ignore[attr-defined]
    coming = list(Registration.objects.for_event(event).coming().with_people().with_choices().in_order())
    ids = {registration.pk for registration in coming}
    settled = {member.registration_id for team in kept for member in team.current_members}  # type: ignore[attr-defined]
    if counts_presence(event):
        seen = set(Registration.objects.for_event(event).present().values_list("pk", flat=True))
        ids &= seen | settled
    roles = list(Role.objects.for_event(event).in_order())
    present = {str(pk) for pk in ids}
    own = _self_formed(teams, present)
    theme_of = {person: str(team.theme_id) for team, people in own for person in people}
    apart = sorted({tuple(sorted(pair)) for pair in _pairs(event, WishKind.APART, present)})
    together = [*(people for _team, people in own), *_wished_together(event, present, apart)]
    themes = list(Theme.objects.for_event(event).in_order())
    locked = [
        {
            "key": team.key,
            "theme": str(team.theme_id),
            "people": [str(m.registration_id) for m in team.current_members if m.registration_id in ids],  # type: ignore[attr-defined]
        }
        for team in kept
    ]
    return {
        "people": [
            _person(registration, theme_of.get(str(registration.pk)))
            for registration in coming
            if registration.pk in ids
        ],
        "themes": [
            {"id": str(theme.pk), "capacity": {"min": theme.people_min, "max": theme.people_max}}
            for theme in themes
        ],
        "team_size": {
            "min": event.team_size_min,
            "max": event.team_size_max,
            "wanted": event.team_size_wanted,
        },
        "roles": {
            "wanted": [role.key for role in roles if role.is_wanted_in_teams],
            "never_alone": [role.key for role in roles if role.is_never_alone],
            "private": [role.key for role in roles if role.is_private],
            "diversity": min(DIVERSITY, len(roles)),
        },
        "locked": locked
        + _locked_on_board(event, whole, present, locked, {str(theme.pk) for theme in themes}),
        "previous": {
            str(member.registration_id): team.key
            for team in teams
            for member in team.current_members  # type: ignore[attr-defined]
        },
        "locked_people": {
            str(member.registration_id): team.key
            for team in teams
            for member in team.current_members  # type: ignore[attr-defined]
            if member.is_locked and member.registration_id in ids
        }
        | {person: key for person, key in (locks or {}).items() if person in present},
        "together": groups_of(together, event.team_size_max, apart),
        "apart": apart,
        "stability": stability,
        "seconds": seconds,
        "seed": seed,
    }


def role_names(event: Event) -> dict[str, str]:
    """Names of the event's roles in the active language, by key."""
    return {role.key: role.name for role in Role.objects.for_event(event)}


def groups_of(
    sets: Sequence[Sequence[str]], most: int, apart: Iterable[tuple[str, ...]] = ()
) -> list[list[str]]:
    """Those who come together, in a fixed order: friends of friends are one group, unless no team can hold so many,
    or two of them are to be kept apart; then each wish stands alone, so that as many as possible are kept.
    """
    enemies = [set(pair) for pair in apart]
    group_of: dict[str, set[str]] = {}
    for people in sets:
        merged = set(people).union(*(group_of[person] for person in people if person in group_of))
        for person in merged:
            group_of[person] = merged

    def holds(group: set[str]) -> bool:
        return len(group) <= most and not any(pair <= group for pair in enemies)

    found = {tuple(sorted(group, key=_as_number)) for group in group_of.values() if holds(group)}
    found |= {tuple(sorted(set(people), key=_as_number)) for people in sets if not holds(group_of[people[0]])}
    groups = [list(group) for group in found if len(group) > 1]
    return sorted(groups, key=lambda group: [_as_number(person) for person in group])


def _as_number(person: str) -> tuple[int, str]:
    return (int(person), "") if person.isdecimal() else (0, person)


def _self_formed(teams: Iterable[Team], present: set[str]) -> list[tuple[Team, list[str]]]:
    """The teams that people made by themselves, with those of them who did."""
    found = []
    for team in teams:
        members = team.current_members  # type: ignore[attr-defined]
        chose = [str(m.registration_id) for m in members if m.told_at is not None]
        people = [person for person in chose if person in present]
        if people and not stays_as_it_is(team):
            found.append((team, people))
    return found


def _locked_on_board(
    event: Event,
    whole: Sequence[Mapping[str, Any]],
    present: set[str],
    kept: Sequence[Mapping[str, Any]],
    themes: set[str],
) -> list[dict[str, Any]]:
    """The teams locked as a whole on the board that can still be exactly what they were.

    One whose people have left until it is too small, or whose theme is gone, is not: `locks` then keeps its people
    together, and others may be added.
    """
    keys = {str(team["key"]) for team in kept}
    settled = {person for team in kept for person in team["people"]}
    found = []
    for team in whole:
        people = [str(person) for person in team["people"] if str(person) in present - settled]
        fits = event.team_size_min <= len(people) <= event.team_size_max
        if fits and str(team["key"]) not in keys and str(team["theme"]) in themes:
            one = {"key": str(team["key"]), "theme": str(team["theme"]), "people": people, "on_board": True}
            found.append(one)
    return found


def _wished_together(
    event: Event, present: set[str], apart: Iterable[tuple[str, ...]]
) -> list[tuple[str, str]]:
    """Who comes with whom, but for the pairs that one of the two asked to keep apart: that wish is heard first, and
    nobody is told. A friend of both does not bring them together either: such wishes stand alone (`groups_of`)."""
    refused = set(apart)
    return [pair for pair in _pairs(event, WishKind.WITH, present) if tuple(sorted(pair)) not in refused]


def _pairs(event: Event, kind: str, present: set[str]) -> list[tuple[str, str]]:
    """Who named whom, both of them being there. One side is enough: whoever is named need not answer."""
    wishes = Wish.objects.for_event(event).of_kind(kind).understood().in_order()
    pairs = ((str(wish.registration_id), str(wish.other_id)) for wish in wishes)
    return [pair for pair in pairs if present.issuperset(pair)]


def counts_presence(event: Event) -> bool:
    """Whether being there matters more than having said one comes: the first day has begun and somebody was seen."""
    return first_day_is_here(event) and Presence.objects.for_event(event).recorded().exists()


def first_day_is_here(event: Event) -> bool:
    """Whether the event's first day has come."""
    days = event.whole_days
    return bool(days) and days[0].on <= event.local(clock.now(event)).date()


def stays_as_it_is(team: Team) -> bool:
    """A new proposal never takes apart a team that is locked or has handed in its project."""
    project = getattr(team, "project", None)
    return team.is_locked or (project is not None and project.state == ProjectState.SUBMITTED)


def _person(registration: Registration, own_theme: str | None = None) -> dict[str, Any]:
    themes = [str(choice.theme_id) for choice in registration.choices.all()]
    if own_theme is not None:
        themes = [own_theme, *(theme for theme in themes if theme != own_theme)]
    return {
        "id": str(registration.pk),
        "role": registration.role.key,
        "level": registration.level or 3,
        "skills": [
            str(skill.get("name", "")) if isinstance(skill, dict) else str(skill)
            for skill in registration.skills
        ],
        "themes": themes,
    }
