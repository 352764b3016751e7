"""What the next batch of a plan would relieve, and what the last one did: why this and not that.

All in exact fractions, from the plan's own units.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pulih.common.money import MILLION
from pulih.refocusing.case import Case, Need
from pulih.refocusing.relief import Units, earned, served, weight_of


@dataclass(frozen=True, slots=True)
class Buy:
    """One batch more of a measure in a regency, or one less: units, rupiah, firms' relief."""

    regency: str
    measure: str
    units: int
    rupiah: int
    relief: Fraction

    @property
    def per_million(self) -> Fraction | None:
        """Firms' relief per Rp1 million; None where it costs nothing."""
        return self.relief * MILLION / self.rupiah if self.rupiah else None


@dataclass(frozen=True)
class Around:
    """A case and the units of a plan, read once."""

    case: Case
    units: Units
    effects: Mapping[str, tuple[tuple[str, Fraction], ...]]
    need: Mapping[tuple[str, str], Need]
    served: Mapping[tuple[str, str], Fraction]

    def more(self, regency: str, measure: str) -> Buy | None:
        """Return one batch more; None where the measure cannot run or a limit forbids it."""
        case, cost = self.case, self.case.unit_cost(regency, measure)
        if cost is None:
            return None
        batch, now = case.measure[measure].batch, self.units.get((regency, measure), 0)
        if not self._may_grow(regency, measure, batch):
            return None
        setup = 0 if now else case.measure[measure].setup_cost
        return Buy(
            regency, measure, batch, cost * batch + setup, self._gain(regency, measure, batch)
        )

    def less(self, regency: str, measure: str) -> Buy | None:
        """Return the batch that would be given up first; None where none runs."""
        case, cost = self.case, self.case.unit_cost(regency, measure)
        batch, now = case.measure[measure].batch, self.units.get((regency, measure), 0)
        if cost is None or now < batch:
            return None
        setup = case.measure[measure].setup_cost if now == batch else 0
        lost = -self._gain(regency, measure, -batch)
        return Buy(regency, measure, batch, cost * batch + setup, lost)

    def _gain(self, regency: str, measure: str, units: int) -> Fraction:
        total, curve = Fraction(0), self.case.settings.coverage
        for name, relief in self.effects.get(measure, ()):
            need = self.need.get((regency, name))
            if need is None or not need.firms:
                continue
            before = self.served.get((regency, name), Fraction(0))
            after = before + relief * units
            gained = earned(curve, after / need.firms) - earned(curve, before / need.firms)
            total += weight_of(need) * gained
        return total

    def _may_grow(self, regency: str, measure: str, batch: int) -> bool:
        province = self.case.province_of[regency]
        for limit in self.case.limits:
            if limit.measure != measure or limit.max_units is None:
                continue
            if limit.area == regency:
                inside: tuple[str, ...] = (regency,)
            elif limit.area == province:
                inside = self.case.regencies_of[province]
            else:
                continue
            now = sum(self.units.get((place, measure), 0) for place in inside)
            if now + batch > limit.max_units:
                return False
        return True


def around(case: Case, units: Units) -> Around:
    effects: dict[str, list[tuple[str, Fraction]]] = {}
    for effect in case.effects:
        effects.setdefault(effect.measure, []).append((effect.need, effect.relief))
    return Around(
        case,
        units,
        {measure: tuple(found) for measure, found in effects.items()},
        {(need.regency, need.need): need for need in case.needs},
        served(case, units),
    )


def best_more(found: Around, province: str, measure: str) -> Buy | None:
    """Return the batch more in a province's pool that relieves most per rupiah."""
    buys = (found.more(regency, measure) for regency in found.case.regencies_of[province])
    return _best(buy for buy in buys if buy is not None and buy.relief)


def dearest_less(found: Around, province: str, measure: str) -> Buy | None:
    """Return the batch in a province's pool that relieves least per rupiah: the first to go."""
    buys = (found.less(regency, measure) for regency in found.case.regencies_of[province])
    known = [buy for buy in buys if buy is not None and buy.rupiah]
    return min(known, key=lambda buy: (buy.per_million or 0, buy.regency), default=None)


def best_elsewhere(found: Around, province: str, measure: str) -> Buy | None:
    """Return the best last batch that the same money bought in other pools of the province."""
    others = [m.code for m in found.case.measures if m.code != measure]
    return _best(
        buy
        for other in others
        for buy in [dearest_less(found, province, other)]
        if buy is not None and buy.relief
    )


def _best(buys: Iterator[Buy]) -> Buy | None:
    priced = [buy for buy in buys if buy.rupiah]
    return max(priced, key=lambda buy: (buy.per_million or 0, buy.regency), default=None)
