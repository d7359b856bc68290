"""The annealing loop: swap two people, move one, give a team another theme; keep what costs less, and now and then
what costs a little more.

Plain loops over flat sequences of whole numbers, so that the same lines run as they are or compiled by numba
(`engine`); nothing else of this package may be called from here. The layout of the sequences is `arena`'s. The
generator of chance is xorshift32 (Marsaglia, 2003), so that both ways of running take the same steps.
"""

# mypy: disable-error-code="no-untyped-def"
# (every argument is a whole number or a flat sequence of them, list or array)

from __future__ import annotations

import math


def mix_delta(slot, out, into, lean, pool, roles, count, distinct, levels, wanted, alone, real, rules):
    """Change of a team's own cost when role `out` leaves it, role `into` joins it (−1: nobody) and levels lean."""
    if slot == pool:
        return 0
    change = 0
    kinds = distinct[slot]
    if out != into:
        if out >= 0:
            n = count[slot * roles + out]
            if n == 1:
                change += wanted[out] - alone[out]
                kinds -= real[out]
            elif n == 2:
                change += alone[out]
        if into >= 0:
            n = count[slot * roles + into]
            if n == 0:
                change += alone[into] - wanted[into]
                kinds += real[into]
            elif n == 1:
                change -= alone[into]
        if kinds != distinct[slot]:
            change += rules[1] * (max(0, rules[0] - kinds) - max(0, rules[0] - distinct[slot]))
    if lean != 0:
        before = levels[slot]
        change += rules[2] * (max(0, abs(before + lean) - 2) - max(0, abs(before) - 2))
    return change


def stir(x):
    """The next of the numbers of chance, from 1 to 2³² − 1."""
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    return x ^ (x << 5) & 0xFFFFFFFF


def foes(p, other, a, b, pool, slot_of, apart_start, apart):
    """How many more of those to keep apart from `p` are in `b` than in `a`, `other` not counted."""
    more = 0
    for k in range(apart_start[p], apart_start[p + 1]):
        where = slot_of[apart[k]]
        if apart[k] != other and where != pool:
            more += (where == b) - (where == a)
    return more


def is_split(group, p, place, q, other, slot_of, member_start, members):
    """1 if `group` is in several places once `p` is in `place` and `q` in `other`."""
    first = -1
    for k in range(member_start[group], member_start[group + 1]):
        m = members[k]
        where = slot_of[m]
        if m == p:
            where = place
        elif m == q:
            where = other
        if first < 0:
            first = where
        elif where != first:
            return 1
    return 0


def shift(
    p, a, b, pool, roles, slot_of, count, distinct, levels, role, level, real, sizes, team, seat, width
):
    """Put `p`, who is in `a`, into `b`; the seats of `a` close up."""
    r = role[p]
    last = sizes[a] - 1
    gap = seat[p]
    mover = team[a * width + last]
    team[a * width + gap] = mover
    seat[mover] = gap
    sizes[a] = last
    team[b * width + sizes[b]] = p
    seat[p] = sizes[b]
    sizes[b] += 1
    slot_of[p] = b
    if a != pool:
        count[a * roles + r] -= 1
        if count[a * roles + r] == 0:
            distinct[a] -= real[r]
        levels[a] -= level[p]
    if b != pool:
        if count[b * roles + r] == 0:
            distinct[b] += real[r]
        count[b * roles + r] += 1
        levels[b] += level[p]


# One loop on purpose: calls with this much state would cost more than what they do.
# fmt: off
def anneal(  # noqa: C901
    steps, hot, cold, across, rules, tally, choice, role, level, home, stay, group_start, groups,
    member_start, members, apart_start, apart, wanted, alone, real, least, most, slot_of, theme_of,
    sizes, count, distinct, levels, filled, team, seat, split, order, order_start, best_slot,
    best_theme,
):
    # fmt: on
    """Run `steps` tries while the temperature falls from `hot` to `cold`; `across` 0 keeps everybody on their theme.

    `tally`: cost now, best cost, generator state. Everything else is described in `arena`.
    """
    pool, roles, width, themes = rules[3], rules[4], rules[5], rules[6]
    small, large = rules[7], rules[8]
    w_split, w_apart = rules[9], rules[10]
    people = len(slot_of)
    places = themes + 1
    x = tally[2]
    cost = tally[0]
    best = tally[1]
    temperature = hot
    cooling = math.exp(math.log(cold / hot) / steps)
    for _ in range(steps):
        temperature *= cooling
        x = stir(x)
        kind = x & 63
        x = stir(x)
        p = (x * people) >> 32
        a = slot_of[p]
        x = stir(x)
        draw = x
        x = stir(x)
        room = -temperature * math.log((x + 0.5) / 4294967296.0)

        if across == 1 and kind < 2:
            if a == pool:
                continue
            here = theme_of[a]
            b = -1
            if kind == 0:
                there = (draw * themes) >> 32
            else:
                b = (draw * pool) >> 32
                there = theme_of[b]
            if here == there:
                continue
            gained = sizes[a]
            if b >= 0:
                gained -= sizes[b]
            if filled[here] - gained < least[here] or filled[here] - gained > most[here]:
                continue
            if filled[there] + gained > most[there] or filled[there] + gained < least[there]:
                continue
            delta = 0
            for k in range(a * width, a * width + sizes[a]):
                delta += choice[team[k] * places + there] - choice[team[k] * places + here]
            if b >= 0:
                for k in range(b * width, b * width + sizes[b]):
                    delta += choice[team[k] * places + here] - choice[team[k] * places + there]
            if delta > room:
                continue
            theme_of[a] = there
            if b >= 0:
                theme_of[b] = here
            filled[here] -= gained
            filled[there] += gained
            cost += delta
        else:
            here = theme_of[a]
            q = -1
            b = -1
            if kind < 16:
                # towards somebody of p's group, or home to the previous team
                if group_start[p + 1] > group_start[p]:
                    g = groups[group_start[p]]
                    n = member_start[g + 1] - member_start[g]
                    b = slot_of[members[member_start[g] + ((draw * n) >> 32)]]
                elif home[p] >= 0:
                    b = home[p]
                if b >= 0 and b != a and b != pool:
                    x = stir(x)
                    q = team[b * width + ((x * sizes[b]) >> 32)]
                else:
                    b = -1
            if b < 0:
                if across == 1:
                    q = (draw * people) >> 32
                else:
                    q = order[
                        order_start[here] + ((draw * (order_start[here + 1] - order_start[here])) >> 32)
                    ]
                b = slot_of[q]
            if a == b:
                continue
            there = theme_of[b]
            if here != there and across == 0:
                continue
            if kind >= 48 and a != pool and b != pool:
                # p moves alone, if the sizes and the capacities allow it
                if sizes[a] <= small or sizes[b] >= large:
                    continue
                if here != there and (filled[here] <= least[here] or filled[there] >= most[there]):
                    continue
                q = -1
            rp = role[p]
            delta = choice[p * places + there] - choice[p * places + here]
            rq = -1
            lq = 0
            if q >= 0:
                rq = role[q]
                lq = level[q]
                delta += choice[q * places + here] - choice[q * places + there]
                if home[q] == a:
                    delta -= stay[q]
                elif home[q] == b:
                    delta += stay[q]
            if home[p] == b:
                delta -= stay[p]
            elif home[p] == a:
                delta += stay[p]
            lean = lq - level[p]
            delta += mix_delta(
                a, rp, rq, lean, pool, roles, count, distinct, levels, wanted, alone, real, rules
            )
            delta += mix_delta(
                b, rq, rp, -lean, pool, roles, count, distinct, levels, wanted, alone, real, rules
            )
            delta += w_apart * foes(p, q, a, b, pool, slot_of, apart_start, apart)
            if q >= 0:
                delta += w_apart * foes(q, p, b, a, pool, slot_of, apart_start, apart)
            for k in range(group_start[p], group_start[p + 1]):
                g = groups[k]
                delta += w_split * (is_split(g, p, b, q, a, slot_of, member_start, members) - split[g])
            if q >= 0:
                for k in range(group_start[q], group_start[q + 1]):
                    g = groups[k]
                    known = 0
                    for j in range(group_start[p], group_start[p + 1]):
                        if groups[j] == g:
                            known = 1
                    if known == 0:
                        delta += w_split * (
                            is_split(g, p, b, q, a, slot_of, member_start, members) - split[g]
                        )
            if delta > room:
                continue
            shift(
                p, a, b, pool, roles, slot_of, count, distinct,
                levels, role, level, real, sizes, team, seat, width,
            )  # fmt: skip
            if q >= 0:
                shift(
                    q, b, a, pool, roles, slot_of, count, distinct,
                    levels, role, level, real, sizes, team, seat, width,
                )  # fmt: skip
            elif here != there:
                filled[here] -= 1
                filled[there] += 1
            for k in range(group_start[p], group_start[p + 1]):
                g = groups[k]
                split[g] = is_split(g, p, b, q, a, slot_of, member_start, members)
            if q >= 0:
                for k in range(group_start[q], group_start[q + 1]):
                    g = groups[k]
                    split[g] = is_split(g, p, b, q, a, slot_of, member_start, members)
            cost += delta
        if cost < best:
            best = cost
            for k in range(people):
                best_slot[k] = slot_of[k]
            for k in range(pool):
                best_theme[k] = theme_of[k]
    tally[0] = cost
    tally[1] = best
    tally[2] = x


HELPERS = (mix_delta, stir, foes, is_split, shift)
