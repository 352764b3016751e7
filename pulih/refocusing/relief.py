"""Relief and coverage of a plan, exactly, in fractions."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from pulih.refocusing.case import Case, Need

Units = Mapping[tuple[str, str], int]


def served(case: Case, units: Units) -> dict[tuple[str, str], Fraction]:
    """Return firms served by (regency, need): the sum of relief times units."""
    found: dict[tuple[str, str], Fraction] = {}
    effects: dict[str, list[tuple[str, Fraction]]] = {}
    for effect in case.effects:
        effects.setdefault(effect.measure, []).append((effect.need, effect.relief))
    for (regency, measure), count in units.items():
        for need, relief in effects.get(measure, ()):
            key = (regency, need)
            found[key] = found.get(key, Fraction(0)) + relief * count
    return found


def earned(coverage: Iterable[tuple[Fraction, Fraction]], share: Fraction) -> Fraction:
    """Return F(share): each weight along its width, nothing beyond the last."""
    total = Fraction(0)
    for width, weight in coverage:
        total += weight * min(width, share)
        share -= min(width, share)
    return total


def weight_of(need: Need) -> Fraction:
    """Return what a need counts: its firms times their severity as a share."""
    return need.severity * need.firms / 100


def full_relief(case: Case) -> dict[str, Fraction]:
    """Return the relief of each province if every need were served in full; 0 without need."""
    full = dict.fromkeys(case.provinces, Fraction(0))
    top = earned(case.settings.coverage, Fraction(1))
    for need in case.needs:  # Exact numbers are slow: what all share is multiplied once.
        full[case.province_of[need.regency]] += need.severity * need.firms
    return {province: weight * top / 100 for province, weight in full.items()}


def relief(case: Case, units: Units) -> dict[str, Fraction]:
    """Return the relief of each province, in firms."""
    found = dict.fromkeys(case.provinces, Fraction(0))
    firms_served = served(case, units)
    for need in case.needs:
        firms = firms_served.get((need.regency, need.need))
        if firms and need.firms:
            share = earned(case.settings.coverage, firms / need.firms)
            found[case.province_of[need.regency]] += weight_of(need) * share
    return found


def coverage(case: Case, units: Units) -> dict[str, Fraction]:
    """Return the coverage of each province that has need."""
    reached, full = relief(case, units), full_relief(case)
    return {p: reached[p] / full[p] for p in case.provinces if full[p]}
