"""What the kitchen and whoever sends text messages need: meals by diet without a name, numbers that take an SMS.

Diets are counted, never tied to anybody. Access needs, with names, are read in the view by those who may.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..kit.folding import fold
from ..kit.phones import e164, takes_sms
from ..models import Event, EventDay, Registration, Role
from . import overbooking


@dataclass(frozen=True)
class DietLine:
    """`meals`: per day, (people who have not said that they skip it, how many of them to expect, rounded up)."""

    diet: str
    meals: list[tuple[int, int]]


@dataclass(frozen=True)
class Catering:
    """`lines`: the diets that were named, the most frequent first; `plain`: everybody else; `total`: all of them."""

    days: list[EventDay]
    lines: list[DietLine]
    plain: DietLine
    total: DietLine


def catering(event: Event) -> Catering:
    """Meals per day: of those who have a place, without the days they skip, by the attendance rate of their role.

    Each figure of a diet is rounded up by itself: the total, rounded once, may be smaller than their sum.
    """
    days = event.whole_days
    rates = dict(Role.objects.for_event(event).values_list("pk", "attendance_rate"))
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    eaters: dict[str, list[Counter[int]]] = defaultdict(lambda: [Counter() for _day in days])
    everybody = [Counter[int]() for _day in days]
    for role, diet, intentions in Registration.objects.for_event(event).expected().diets():
        key = fold(diet or "")
        spellings[key][(diet or "").strip()] += 1
        for number, day in enumerate(days):
            if (intentions or {}).get(day.on.isoformat()) is not False:
                eaters[key][number][role] += 1
                everybody[number][role] += 1

    def line(diet: str, counts: Iterable[Counter[int]]) -> DietLine:
        meals = [(one.total(), overbooking.plates(overbooking.expected(one, rates))) for one in counts]
        return DietLine(diet, meals)

    named = sorted((key for key in spellings if key), key=lambda key: (-spellings[key].total(), key))
    lines = [line(spellings[key].most_common(1)[0][0], eaters[key]) for key in named]
    return Catering(days, lines, line("", eaters[""]), line("", everybody))


@dataclass(frozen=True)
class SmsList:
    """`reachable`: (registration, number in E.164); `unreachable`: those without a number that takes an SMS."""

    reachable: list[tuple[Registration, str]]
    unreachable: list[Registration]

    @property
    def numbers(self) -> list[str]:
        """Each number once: several people may share a phone."""
        return list(dict.fromkeys(number for _registration, number in self.reachable))


def sms_list(registrations: Iterable[Registration]) -> SmsList:
    """Who can be written to on the phone; takes registrations with people."""
    found: SmsList = SmsList([], [])
    for registration in registrations:
        number = e164(registration.person.phone)
        if takes_sms(number):
            found.reachable.append((registration, number))
        else:
            found.unreachable.append(registration)
    return found
