"""Spreading rupiah over months: page III of a DIPA, and what a revision does to it.

Spending type: the first two digits of an account (51 staff, 52 goods, 53 capital, 57 aid).
"""

from collections.abc import Mapping

from .amounts import split

MONTHS = range(1, 13)
Months = dict[int, int]


def even(rupiah: int) -> Months:
    """Spread an amount over the year, the same every month; the rupiah left over come first."""
    parts = split(rupiah, {f"{month:02}": 1 for month in MONTHS})
    return {int(month): part for month, part in parts.items()}


def moved(plan: Mapping[int, int], change: int, first: int) -> Months:
    """Return a plan after `change` rupiah, laid on the months from `first` on.

    What is added follows the plan still ahead (evenly where nothing is ahead); what is taken away
    comes off the months ahead in proportion, and off the last months before only when those hold
    too little. The sum changes by exactly `change`, and no month falls below zero.
    """
    assert sum(plan.values()) + change >= 0
    ahead = [month for month in MONTHS if month >= first] or [12]
    new = {month: plan.get(month, 0) for month in MONTHS}
    if change >= 0:
        weights = {f"{month:02}": new[month] for month in ahead}
        if not any(weights.values()):
            weights = dict.fromkeys(weights, 1)
        for name, part in split(change, weights).items():
            new[int(name)] += part
        return new
    return _taken(new, -change, ahead)


def _taken(plan: Months, taken: int, ahead: list[int]) -> Months:
    there = sum(plan[month] for month in ahead)
    now = min(taken, there)
    if now:
        weights = {f"{month:02}": plan[month] for month in ahead}
        for name, part in split(now, weights).items():
            plan[int(name)] -= part
    rest = taken - now
    for month in reversed(MONTHS):
        part = min(rest, plan[month])
        plan[month] -= part
        rest -= part
    return plan


def scaled(plan: Mapping[int, int], part: int, whole: int) -> Months:
    """Return the share `part` of `whole` of a plan, month by month, adding up to its share."""
    if not whole:
        return dict.fromkeys(MONTHS, 0)
    shares = {f"{month:02}": plan.get(month, 0) for month in MONTHS}
    total = sum(shares.values()) * part // whole
    if not any(shares.values()):
        return dict.fromkeys(MONTHS, 0)
    return {int(month): rupiah for month, rupiah in split(total, shares).items()}
