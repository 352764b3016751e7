"""What is odd about a case without being wrong: one clear sentence each."""

from collections.abc import Iterator
from fractions import Fraction

from pulih.common.errors import Message
from pulih.common.money import grouped, rupiah
from pulih.refocusing.case import Case
from pulih.refocusing.relief import weight_of
from pulih.refocusing.words import both

MOST_OF_ALL = Fraction(9, 10)
WIDE = 10**6  # Between the cheapest unit and the dearest.
MANY_CELLS = 20_000


def remarks(case: Case) -> list[Message]:
    """Return what a planner should know before believing a plan of this case."""
    found = (_short_ceiling, _no_effect, _no_weight, _one_regency, _costs, _size)
    return [remark for look in found for remark in look(case)]


def _short_ceiling(case: Case) -> Iterator[Message]:
    bound = sum(line.floor for line in case.lines)
    missing = bound - case.settings.ceiling
    if missing > 0:
        bound_lines = [line for line in case.lines if line.floor]
        heaviest = sorted(bound_lines, key=lambda line: (-line.floor, line.code))[:3]
        named = "; ".join(f"{line.code} {rupiah(line.floor)}" for line in heaviest)
        named_en = "; ".join(f"{line.code} {rupiah(line.floor, 'en')}" for line in heaviest)
        yield both(
            f"Pagu kurang {rupiah(missing)} dari yang sudah terikat; baris terberat: {named}.",
            f"The ceiling is {rupiah(missing, 'en')} below what is bound; the heaviest lines: "
            f"{named_en}.",
        )


def _no_effect(case: Case) -> Iterator[Message]:
    if not any(effect.relief for effect in case.effects):
        yield both(
            "Semua dampak nol, jadi tidak ada uang yang menolong siapa pun; isi effects.csv.",
            "Every effect is zero, so no money relieves anybody; fill in effects.csv.",
        )


def _no_weight(case: Case) -> Iterator[Message]:
    if not any(weight for _, weight in case.settings.coverage):
        yield both(
            "Semua bobot nol, jadi tidak ada bantuan yang terhitung; isi coverage di case.toml.",
            "Every weight is zero, so no help counts; fill in coverage in case.toml.",
        )


def _one_regency(case: Case) -> Iterator[Message]:
    weights: dict[str, Fraction] = {}
    for need in case.needs:
        weights[need.regency] = weights.get(need.regency, Fraction(0)) + weight_of(need)
    total = sum(weights.values())
    largest = max(weights, key=lambda place: (weights[place], place), default="")
    if len(weights) > 1 and total and weights[largest] >= MOST_OF_ALL * total:
        name, percent = case.name_of[largest], round(100 * weights[largest] / total)
        yield both(
            f"{name} memegang {percent}% dari semua kebutuhan; periksa needs.csv.",
            f"{name} has {percent}% of all need; check needs.csv.",
        )


def _costs(case: Case) -> Iterator[Message]:
    costs = [cost.unit_cost for cost in case.costs if cost.unit_cost]
    if costs and max(costs) >= WIDE * min(costs):
        low, high = min(costs), max(costs)
        yield both(
            f"Biaya satuan dari {rupiah(low)} sampai {rupiah(high)}; periksa satuannya di "
            "costs.csv.",
            f"Unit costs go from {rupiah(low, 'en')} to {rupiah(high, 'en')}; check the units in "
            "costs.csv.",
        )


def _size(case: Case) -> Iterator[Message]:
    costed = {cost.measure for cost in case.costs}
    cells = len(case.regencies) * len(costed)
    if cells >= MANY_CELLS:
        yield both(
            f"Kasus ini punya {grouped(cells)} sel; batas waktu dipatuhi, tetapi celahnya mungkin "
            "tetap terbuka.",
            f"This case has {grouped(cells, 'en')} cells; the time limit is kept, but its gap may "
            "stay open.",
        )
