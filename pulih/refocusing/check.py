"""Judge a plan against its case in whole numbers, without trusting whoever made it.

Nothing here reads the solver's rows: every rule of the contract is said a second time.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from pulih.common.errors import Message
from pulih.refocusing.case import COUNTRY, EVERY_MEASURE, NEW_LINE, Case, new_line
from pulih.refocusing.plan import Plan


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule that a plan breaks and by how much: rupiah, or units for limits and batches."""

    rule: str
    area: str
    by: int
    message: Message


def breaches(case: Case, plan: Plan) -> list[Breach]:
    """Return every rule the plan breaks; an empty list means lawful."""
    found = [*_strange_units(case, plan), *_strange_lines(case, plan)]
    if not found:  # Sums over entries that nobody knows would only repeat them.
        found += _lines(case, plan)
        found += _money(case, plan)
        found += _limits(case, plan)
        found += _amounts(case, plan)
        found += _shares(case, plan)
    return sorted(found)


def _breach(rule: str, area: str, by: int, indonesian: str, english: str) -> Breach:
    return Breach(rule, area, by, Message(indonesian, english))


def _strange_units(case: Case, plan: Plan) -> Iterator[Breach]:
    for (regency, measure), units in plan.units.items():
        if regency not in case.province_of or measure not in case.measure:
            yield _breach(
                f"units:{regency}:{measure}",
                regency,
                units,
                "Tempat atau langkah ini tidak ada dalam kasus.",
                "The case has no such place or measure.",
            )
        elif type(units) is not int or units < 0 or units % case.measure[measure].batch:
            yield _breach(
                f"batch:{regency}:{measure}",
                regency,
                1,
                "Satuan harus kelipatan bulat dari isi satu angkatan.",
                "Units must be a whole multiple of a batch.",
            )
        elif units and case.unit_cost(regency, measure) is None:
            yield _breach(
                f"cost:{regency}:{measure}",
                regency,
                units,
                "Langkah ini tidak punya biaya di sini sehingga tidak dapat berjalan.",
                "The measure has no cost here and cannot run.",
            )


def _strange_lines(case: Case, plan: Plan) -> Iterator[Breach]:
    openable = {
        new_line(p, m.code)
        for p in case.provinces
        for m in case.measures
        if (p, m.code) not in case.lines_of
    }
    for code, held in plan.after.items():
        if code not in (openable if code.startswith(NEW_LINE) else case.line):
            yield _breach(
                f"line:{code}",
                COUNTRY,
                0,
                "Baris ini tidak ada dan tidak boleh dibuka.",
                "There is no such line and it may not be opened.",
            )
        elif type(held) is not int or held < 0:
            yield _breach(
                f"line:{code}",
                COUNTRY,
                0,
                "Isi baris harus rupiah bulat, 0 atau lebih.",
                "A line must hold whole rupiah, 0 or more.",
            )
    for code in case.line.keys() - plan.after.keys():
        yield _breach(
            f"line:{code}",
            case.line[code].province,
            0,
            "Baris ini hilang dari rencana.",
            "This line is missing from the plan.",
        )


def _lines(case: Case, plan: Plan) -> Iterator[Breach]:
    for line in case.lines:
        held = plan.after[line.code]
        if line.is_protected and held != line.ceiling:
            yield _breach(
                f"protected:{line.code}",
                line.province,
                abs(held - line.ceiling),
                "Baris yang dilindungi berubah.",
                "A protected line changed.",
            )
        if held < line.committed + line.blocked:
            yield _breach(
                f"floor:{line.code}",
                line.province,
                line.committed + line.blocked - held,
                "Baris turun di bawah komitmen dan blokirnya.",
                "The line fell below what is committed and blocked.",
            )
    excess = sum(plan.after.values()) - case.settings.ceiling
    if excess > 0:
        yield _breach("ceiling", COUNTRY, excess, "Pagu terlampaui.", "The ceiling is exceeded.")


def _held(case: Case, plan: Plan) -> dict[tuple[str, str], int]:
    """Return rupiah after the plan by (province, measure)."""
    held: dict[tuple[str, str], int] = {}
    opened = {new_line(p, m.code): (p, m.code) for p in case.provinces for m in case.measures}
    for code, rupiah in plan.after.items():
        line = case.line.get(code)
        pool = (line.province, line.measure) if line else opened[code]
        held[pool] = held.get(pool, 0) + rupiah
    return held


def _money(case: Case, plan: Plan) -> Iterator[Breach]:
    spent: dict[tuple[str, str], int] = {}
    for (regency, measure), units in plan.units.items():
        unit_cost = case.unit_cost(regency, measure)
        if units and unit_cost is not None:
            pool = (case.province_of[regency], measure)
            cost = unit_cost * units + case.measure[measure].setup_cost
            spent[pool] = spent.get(pool, 0) + cost
    held = _held(case, plan)
    for pool, cost in spent.items():
        blocked = sum(line.blocked for line in case.lines_of.get(pool, ()))
        lacking = cost - (held.get(pool, 0) - blocked)
        if lacking > 0:
            yield _breach(
                f"money:{pool[0]}:{pool[1]}",
                pool[0],
                lacking,
                "Satuan menelan lebih banyak daripada uang yang dapat dipakai.",
                "Units cost more than the money that may be spent.",
            )


def _limits(case: Case, plan: Plan) -> Iterator[Breach]:
    for limit in case.limits:
        inside = case.regencies_of.get(limit.area, (limit.area,))
        units = sum(plan.units.get((regency, limit.measure), 0) for regency in inside)
        name = f"limit:{limit.area}:{limit.measure}"
        if limit.min_units is not None and units < limit.min_units:
            yield _breach(
                f"{name}:min",
                limit.area,
                limit.min_units - units,
                "Satuan kurang dari batas bawah.",
                "Units fall short of the minimum.",
            )
        if limit.max_units is not None and units > limit.max_units:
            yield _breach(
                f"{name}:max",
                limit.area,
                units - limit.max_units,
                "Satuan melebihi batas atas.",
                "Units exceed the maximum.",
            )


def _sum(
    case: Case, held: dict[tuple[str, str], int], province: str, measures: Iterable[str]
) -> int:
    wanted = case.selected(measures)
    return sum(
        rupiah
        for (where, measure), rupiah in held.items()
        if measure in wanted and province in (COUNTRY, where)
    )


def _amounts(case: Case, plan: Plan) -> Iterator[Breach]:
    held = _held(case, plan)
    for amount in case.amounts:
        chosen = _sum(case, held, amount.province, amount.measures)
        if amount.min_amount is not None and chosen < amount.min_amount:
            yield _breach(
                f"amount:{amount.rule}:min",
                amount.province,
                amount.min_amount - chosen,
                "Uang kurang dari batas bawah.",
                "Money falls short of the minimum.",
            )
        if amount.max_amount is not None and chosen > amount.max_amount:
            yield _breach(
                f"amount:{amount.rule}:max",
                amount.province,
                chosen - amount.max_amount,
                "Uang melebihi batas atas.",
                "Money exceeds the maximum.",
            )


def _shares(case: Case, plan: Plan) -> Iterator[Breach]:
    held = _held(case, plan)
    for share in case.shares:
        whole_country = share.measures == (EVERY_MEASURE,)
        base = _sum(case, held, COUNTRY if whole_country else share.province, (EVERY_MEASURE,))
        chosen = _sum(case, held, share.province, share.measures)
        least = math.floor((share.min_share or Fraction(0)) * base)
        most = math.ceil((Fraction(1) if share.max_share is None else share.max_share) * base)
        if chosen < least:
            yield _breach(
                f"share:{share.rule}:min",
                share.province,
                least - chosen,
                "Porsi uang kurang dari batas bawah.",
                "The share falls short of the minimum.",
            )
        if chosen > most:
            yield _breach(
                f"share:{share.rule}:max",
                share.province,
                chosen - most,
                "Porsi uang melebihi batas atas.",
                "The share exceeds the maximum.",
            )
