"""From a problem file already parsed to the fields of a `Problem`, or every mistake it holds at once.

Ids are texts or whole numbers and are compared as texts, because the keys of a JSON object are always texts:
people 7 and "7" are one. What the numbers contradict is looked at when all the shapes are right (`framing`
looks at what only counting can tell).
"""

from __future__ import annotations

from typing import Any

from .messages import ProblemRefused, say
from .reader import MANY, Reader, shown
from .records import Id, Person, Roles, Team, TeamSize, Theme, Weights


def read_problem(data: Any) -> dict[str, Any]:
    """The fields of a `Problem`; raises `ProblemRefused` with every mistake found."""
    reader = Reader()
    if not isinstance(data, dict):
        raise ProblemRefused([say("not_an_object", where="The problem")])
    themes = _themes(reader, data.get("themes"))
    theme_ids = {str(theme.id): theme.id for theme in themes if theme.id is not None}
    people = _people(reader, data.get("people"), theme_ids)
    person_ids = {str(person.id): person.id for person in people}
    locked = _locked(reader, data.get("locked"), person_ids, theme_ids)
    previous, gone = _previous(reader, data.get("previous"), person_ids, {str(t.key): t.key for t in locked})
    stuck, _gone = _previous(
        reader, data.get("locked_people"), person_ids, {str(k): k for k in previous.values()}, "locked_people"
    )
    in_teams = {person for team in locked for person in team.people}
    stuck = {person: key for person, key in stuck.items() if person not in in_teams}
    fields: dict[str, Any] = {
        "people": people,
        "themes": themes,
        "team_size": _team_size(reader, data.get("team_size")),
        "roles": _roles(reader, data.get("roles")),
        "together": _groups(reader, data.get("together"), person_ids),
        "apart": _pairs(reader, data.get("apart"), person_ids),
        "locked": locked,
        "held_teams": _held(data.get("locked"), locked),
        "previous": previous | stuck,
        "locked_people": stuck,
        "stability": reader.number(data.get("stability"), "stability", 0, default=5),
        "weights": _weights(reader, data.get("weights")),
        "seconds": _seconds(reader, data.get("seconds")),
        "notices": (say("previous_gone", count=gone),) if gone else (),
    }
    for name, least in (("team_count", 0), ("seed", -(2**63))):
        if data.get(name) is not None:
            fields[name] = reader.number(data[name], name, least, most=2**63 if name == "seed" else MANY)
    if reader.troubles:
        raise ProblemRefused(reader.troubles)
    return fields


def _people(reader: Reader, value: Any, theme_ids: dict[str, Id]) -> tuple[Person, ...]:
    if value is None:
        reader.wrong("missing", where="people")
        return ()
    people: dict[str, Person] = {}
    for item, where in reader.records(value, "people"):
        one = reader.id(item.get("id"), f"{where}.id")
        role = item.get("role")
        person = Person(
            id=one if one is not None else "",
            role=None if role is None or role == "" else reader.id(role, f"{where}.role"),
            level=reader.number(item.get("level"), f"{where}.level", 1, 5, default=3),
            skills=tuple(reader.items(item.get("skills"), f"{where}.skills")),
            themes=reader.ids(item.get("themes"), f"{where}.themes", theme_ids, "one of the themes"),
        )
        if one is None:
            continue
        if str(one) in people:
            reader.wrong("duplicate", where="people", value=shown(one))
        people[str(one)] = person
    if value == []:
        reader.wrong("nobody")
    return tuple(people.values())


def _themes(reader: Reader, value: Any) -> tuple[Theme, ...]:
    themes: dict[str, Theme] = {}
    for item, where in reader.records(value, "themes"):
        one = reader.id(item.get("id"), f"{where}.id")
        capacity = reader.record(item.get("capacity"), f"{where}.capacity")
        least = reader.number(capacity.get("min"), f"{where}.capacity.min", 0, default=0)
        most = None
        if capacity.get("max") is not None:
            most = reader.number(capacity["max"], f"{where}.capacity.max", 0)
        if one is None:
            continue
        if str(one) in themes:
            reader.wrong("duplicate", where="themes", value=shown(one))
        if most is not None and most < least:
            reader.wrong("capacity_order", theme=one, least=least, most=most)
        themes[str(one)] = Theme(one, least, most)
    return tuple(themes.values()) or (Theme(None),)


def _team_size(reader: Reader, value: Any) -> TeamSize:
    if value is None:
        reader.wrong("missing", where="team_size")
        return TeamSize(1, 1, 1)
    before = len(reader.troubles)
    item = reader.record(value, "team_size")
    if len(reader.troubles) > before:
        return TeamSize(1, 1, 1)
    size = TeamSize(*(reader.number(item.get(k), f"team_size.{k}", 1) for k in ("min", "max", "wanted")))
    if len(reader.troubles) == before:
        for small, large in (("min", "max"), ("min", "wanted"), ("wanted", "max")):
            low, high = getattr(size, small), getattr(size, large)
            if low > high:
                reader.wrong("size_order", small=small, low=low, large=large, high=high)
    return size


def _roles(reader: Reader, value: Any) -> Roles:
    item = reader.record(value, "roles")
    lists = {k: reader.ids(item.get(k), f"roles.{k}") for k in ("wanted", "never_alone", "private")}
    return Roles(diversity=reader.number(item.get("diversity"), "roles.diversity", 0, default=0), **lists)


def _groups(reader: Reader, value: Any, person_ids: dict[str, Id]) -> tuple[tuple[Id, ...], ...]:
    groups = []
    for index, item in enumerate(reader.items(value, "together")):
        where = f"together[{index}]"
        before = len(reader.troubles)
        group = reader.ids(item, where, person_ids, "one of the people")
        if not group and len(reader.troubles) == before:
            reader.wrong("group_empty", where=where)
        groups.append(group)
    return tuple(groups)


def _pairs(reader: Reader, value: Any, person_ids: dict[str, Id]) -> tuple[tuple[Id, Id], ...]:
    pairs = []
    for index, item in enumerate(reader.items(value, "apart")):
        where = f"apart[{index}]"
        before = len(reader.troubles)
        pair = reader.ids(item, where, person_ids, "one of the people")
        if len(pair) == 2:
            pairs.append((pair[0], pair[1]))
        elif len(reader.troubles) == before:
            reader.wrong("pair_length", where=where)
    return tuple(pairs)


def _locked(
    reader: Reader, value: Any, person_ids: dict[str, Id], theme_ids: dict[str, Id]
) -> tuple[Team, ...]:
    teams: dict[str, Team] = {}
    team_of: dict[Id, Id] = {}
    for item, where in reader.records(value, "locked"):
        key = reader.id(item.get("key"), f"{where}.key")
        theme = item.get("theme")
        if theme is not None or theme_ids:
            theme = reader.id(theme, f"{where}.theme")
            if theme is not None and str(theme) not in theme_ids:
                reader.wrong("unknown", where=f"{where}.theme", value=shown(theme), among="one of the themes")
            elif theme is not None:
                theme = theme_ids[str(theme)]
        people = reader.ids(item.get("people"), f"{where}.people", person_ids, "one of the people")
        if key is None:
            continue
        if str(key) in teams:
            reader.wrong("duplicate", where="locked", value=shown(key))
        for person in people:
            if person in team_of:
                reader.wrong("two_locked_teams", person=person, first=team_of[person], second=key)
            team_of[person] = key
        teams[str(key)] = Team(key, theme, people)
    return tuple(teams.values())


def _held(value: Any, locked: tuple[Team, ...]) -> frozenset[Id]:
    """Keys of the locked teams that an organiser locked on the board: their people keep the reasons they had."""
    items = value if isinstance(value, list | tuple) else ()
    keys = {str(item.get("key")) for item in items if isinstance(item, dict) and item.get("on_board")}
    return frozenset(team.key for team in locked if str(team.key) in keys)


def _previous(
    reader: Reader, value: Any, person_ids: dict[str, Id], keys: dict[str, Id], name: str = "previous"
) -> tuple[dict[Id, Id], int]:
    """Team key of each person still here, and how many are not: people who left are no mistake."""
    previous: dict[Id, Id] = {}
    keys = dict(keys)
    gone = 0
    for person, key in reader.record(value, name).items():
        if key is None:
            continue
        one = reader.id(key, f"{name}.{person}")
        if one is None:
            continue
        if str(person) not in person_ids:
            gone += 1
            continue
        previous[person_ids[str(person)]] = keys.setdefault(str(one), one)
    return previous, gone


def _weights(reader: Reader, value: Any) -> Weights:
    item = reader.record(value, "weights")
    usual = Weights()
    names = ("wanted", "alone", "diversity", "level", "split", "apart")
    for name in item:
        if name != "choice" and name not in names:
            reader.wrong("unknown_weight", value=name, among=", ".join(("choice", *names)))
    choice = usual.choice
    if item.get("choice") is not None:
        costs = reader.items(item["choice"], "weights.choice")
        choice = tuple(reader.number(cost, f"weights.choice[{k}]", 0) for k, cost in enumerate(costs))
        if not choice:
            reader.wrong("no_choice_weights")
    numbers = {n: reader.number(item.get(n), f"weights.{n}", 0, default=getattr(usual, n)) for n in names}
    return Weights(choice=choice or usual.choice, **numbers)


def _seconds(reader: Reader, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        reader.wrong("bad_seconds", where="seconds", value=shown(value))
        return None
    return float(value)
