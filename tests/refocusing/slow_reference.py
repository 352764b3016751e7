"""The contract's model by trying everything: for cases small enough to count on fingers."""

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Best:
    """The best worth of the three stages; None when nothing is lawful (or no need at all)."""

    worst: Fraction | None
    relief: Fraction
    change: int


def best(case):
    """Return the best of each stage by exhaustion, None when no plan is lawful."""
    moneys = list(lawful_moneys(case))
    changes = [change(case, after) for after, _ in moneys]
    plans = [
        (*met, changed)
        for units, asked in choices(case)
        for met in [(worst(case, units), total(case, units))]
        for (_, held), changed in zip(moneys, changes, strict=True)
        if all(held.get(pool, 0) >= cost for pool, cost in asked.items())
    ]
    if not plans:
        return None
    first, second = case.settings.tolerance
    top = max((plan[0] for plan in plans if plan[0] is not None), default=None)
    plans = [plan for plan in plans if top is None or plan[0] >= top * (1 - first)]
    relief = max(plan[1] for plan in plans)
    return Best(top, relief, min(plan[2] for plan in plans if plan[1] >= relief * (1 - second)))


def slots(case):
    """Yield (code, pool, least, most) of every line there is or may be opened."""
    ceiling = case.settings.ceiling
    for line in case.lines:
        least = line.ceiling if line.is_protected else line.committed + line.blocked
        most = line.ceiling if line.is_protected else max(ceiling, least)
        yield line.code, (line.province, line.measure), least, most
    for province, measure in itertools.product(case.provinces, case.measures):
        if (province, measure.code) not in case.lines_of:
            yield f"NEW:{province}:{measure.code}", (province, measure.code), 0, ceiling


def lawful_moneys(case):
    """Yield (after by line, held by pool) for every lawful division of money."""
    every = list(slots(case))
    ranges = [(low, high) for _, _, low, high in every]
    for amounts in within(case.settings.ceiling, ranges):
        held = {}
        for (_, pool, _, _), rupiah in zip(every, amounts, strict=True):
            held[pool] = held.get(pool, 0) + rupiah
        if all(amount_holds(case, rule, held) for rule in case.amounts) and all(
            share_holds(case, rule, held) for rule in case.shares
        ):
            yield dict(zip((slot[0] for slot in every), amounts, strict=True)), held


def within(ceiling, ranges):
    """Yield every choice of one whole number a range whose sum is within the ceiling."""
    if not ranges:
        yield ()
        return
    (low, high), *others = ranges
    for rupiah in range(low, min(high, ceiling) + 1):
        for rest in within(ceiling - rupiah, others):
            yield (rupiah, *rest)


def pick(case, held, province, measures):
    wanted = set(case.measure) if measures == ("*",) else set(measures)
    return sum(rupiah for (p, m), rupiah in held.items() if m in wanted and province in ("", p))


def amount_holds(case, rule, held):
    chosen = pick(case, held, rule.province, rule.measures)
    return (rule.min_amount is None or chosen >= rule.min_amount) and (
        rule.max_amount is None or chosen <= rule.max_amount
    )


def share_holds(case, rule, held):
    chosen = pick(case, held, rule.province, rule.measures)
    base = pick(case, held, "" if rule.measures == ("*",) else rule.province, ("*",))
    return (rule.min_share is None or chosen >= math.floor(rule.min_share * base)) and (
        rule.max_share is None or chosen <= math.ceil(rule.max_share * base)
    )


def choices(case):
    """Yield (units, money asked by pool) for every choice of batches within the limits."""
    cells = [
        (r, m)
        for r in case.regencies
        for m in case.measures
        if case.unit_cost(r, m.code) is not None
    ]
    ranges = [range(most_batches(case, r, m) + 1) for r, m in cells]
    for counts in itertools.product(*ranges):
        units = {
            (r, m.code): count * m.batch
            for (r, m), count in zip(cells, counts, strict=True)
            if count
        }
        if all(limit_holds(case, limit, units) for limit in case.limits):
            yield units, asked(case, units)


def most_batches(case, regency, measure):
    step = case.unit_cost(regency, measure.code) * measure.batch
    enough = 6 if not step else case.settings.ceiling // step
    return max(0, min(enough, 6))


def limit_holds(case, limit, units):
    inside = {limit.area, *case.regencies_of.get(limit.area, ())}
    count = sum(n for (r, m), n in units.items() if r in inside and m == limit.measure)
    return (limit.min_units is None or count >= limit.min_units) and (
        limit.max_units is None or count <= limit.max_units
    )


def asked(case, units):
    money = {}
    for (regency, measure), count in units.items():
        pool = (case.province_of[regency], measure)
        cost = case.unit_cost(regency, measure) * count + case.measure[measure].setup_cost
        money[pool] = money.get(pool, 0) + cost
    for pool in money:
        money[pool] += sum(line.blocked for line in case.lines_of.get(pool, ()))
    return money


def reliefs(case, units):
    found = dict.fromkeys(case.provinces, Fraction(0))
    full = dict.fromkeys(case.provinces, Fraction(0))
    for need in case.needs:
        weight = need.severity * need.firms / 100
        served = sum(
            effect.relief * units.get((need.regency, effect.measure), 0)
            for effect in case.effects
            if effect.need == need.need
        )
        province = case.province_of[need.regency]
        full[province] += weight * f(case, Fraction(1))
        if weight:
            found[province] += weight * f(case, Fraction(served) / need.firms)
    return found, full


def f(case, share):
    earned, start = Fraction(0), Fraction(0)
    for width, weight in case.settings.coverage:
        earned += weight * max(Fraction(0), min(share, start + width) - start)
        start += width
    return earned


def worst(case, units):
    found, full = reliefs(case, units)
    return min((found[p] / full[p] for p in found if full[p]), default=None)


def total(case, units):
    return sum(reliefs(case, units)[0].values(), Fraction(0))


def change(case, after):
    before = {line.code: line.ceiling for line in case.lines}
    moved = [abs(rupiah - before.get(code, 0)) for code, rupiah in after.items()]
    return sum(moved) + case.settings.change_cost * sum(1 for rupiah in moved if rupiah)
