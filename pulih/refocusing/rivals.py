"""Other ways to share the same money out, as cases of their own: the plan's rivals.

Each says what every province holds; what it buys there is chosen as well as for any plan. What
is committed, blocked, protected or bounded by the case's rules stays: the shares of the rest move.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, get_args

from pulih.refocusing.case import EVERY_MEASURE, Amount, Case
from pulih.refocusing.changes import Change

Rival = Literal["base", "firms", "even"]
RIVALS: tuple[Rival, ...] = get_args(Rival)
BASE_SHARE = Fraction(4, 5)  # Of the money that "base" gives in equal parts; the rest by firms.
NAME = "rival"


def rival_of(case: Case, rival: Rival) -> Change | None:
    """Return the change that makes a case a rival's; None where no such sharing is lawful."""
    shared = shared_out(case.settings.ceiling, weights_of(case, rival), bounds_of(case))
    if shared is None:
        return None
    return Change(
        amounts=tuple(
            Amount(f"{NAME}:{province}", province, (EVERY_MEASURE,), rupiah, rupiah)
            for province, rupiah in shared.items()
        )
    )


def weights_of(case: Case, rival: Rival) -> dict[str, Fraction]:
    """Return what each province counts: with its firms, with what it had, or mostly alike."""
    if rival == "even":
        held = dict.fromkeys(case.provinces, 0)
        for line in case.lines:
            held[line.province] += line.ceiling
        return {province: Fraction(rupiah) for province, rupiah in held.items()}
    firms = dict.fromkeys(case.provinces, 0)
    for need in case.needs:
        firms[case.province_of[need.regency]] += need.firms
    total, count = sum(firms.values()) or 1, len(case.provinces) or 1
    by_firms = {province: Fraction(own, total) for province, own in firms.items()}
    if rival == "firms":
        return by_firms
    return {p: BASE_SHARE / count + (1 - BASE_SHARE) * share for p, share in by_firms.items()}


def bounds_of(case: Case) -> dict[str, tuple[int, int]]:
    """Return the least and the most that each province may hold, by its lines and its rules."""
    least = dict.fromkeys(case.provinces, 0)
    for line in case.lines:
        least[line.province] += line.floor
    most = dict.fromkeys(case.provinces, case.settings.ceiling)
    for amount in case.amounts:
        if amount.province and amount.measures == (EVERY_MEASURE,):
            least[amount.province] = max(least[amount.province], amount.min_amount or 0)
            if amount.max_amount is not None:
                most[amount.province] = min(most[amount.province], amount.max_amount)
    return {province: (least[province], most[province]) for province in case.provinces}


def shared_out(
    money: int, weights: Mapping[str, Fraction], bounds: Mapping[str, tuple[int, int]]
) -> dict[str, int] | None:
    """Share whole rupiah in proportion to weights, each share within its bounds.

    As much is shared as the upper bounds allow; None when the lower ones ask for more than there
    is. Who is at a bound is served first; the others keep their proportions.
    """
    if any(low > high for low, high in bounds.values()):
        return None
    money = min(money, sum(high for _, high in bounds.values()))
    if sum(low for low, _ in bounds.values()) > money:
        return None
    level = _level(money, weights, bounds)
    shares = {p: _at(level, weights[p], *bounds[p]) for p in bounds}
    return _with_rest(money, shares, weights, bounds)


def _at(level: Fraction, weight: Fraction, low: int, high: int) -> int:
    return min(high, max(low, int(level * weight)))


def _level(
    money: int, weights: Mapping[str, Fraction], bounds: Mapping[str, tuple[int, int]]
) -> Fraction:
    """Return the largest rupiah per weight at which the shares do not pass the money.

    The sum grows with the level and bends only where a share meets a bound.
    """

    def total(level: Fraction) -> int:
        return sum(_at(level, weights[p], *bounds[p]) for p in bounds)

    counting = [p for p in bounds if weights[p]]
    bends = sorted({Fraction(0), *(end / weights[p] for p in counting for end in bounds[p])})
    below = [level for level in bends if total(level) <= money]
    level = below[-1]
    if level == bends[-1]:
        return level
    moving = [p for p in counting if bounds[p][0] <= level * weights[p] < bounds[p][1]]
    weight = sum(weights[p] for p in moving)
    return level if not weight else level + Fraction(money - total(level)) / weight


def _with_rest(
    money: int,
    shares: dict[str, int],
    weights: Mapping[str, Fraction],
    bounds: Mapping[str, tuple[int, int]],
) -> dict[str, int]:
    """Give what is left, or take what is too much, rupiah by rupiah and then wherever it fits."""
    order = sorted(shares, key=lambda p: (-weights[p], p))
    rest = money - sum(shares.values())
    step = 1 if rest > 0 else -1
    for limit in (1, money):
        for province in order:
            low, high = bounds[province]
            room = high - shares[province] if step > 0 else shares[province] - low
            given = min(abs(rest), room, limit)
            shares[province] += step * given
            rest -= step * given
    return shares
