"""A solved case as rows: provinces, lines, units, and what they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pulih.refocusing.case import EVERY_MEASURE, NEW_LINE, Case
from pulih.refocusing.plan import Binding, Solved
from pulih.refocusing.relief import coverage, full_relief, relief, weight_of

from .reasons import Held, ReasonFacts, held_by


@dataclass(frozen=True)
class LineResult:
    """A line before and after, in whole rupiah; new lines held nothing before."""

    code: str
    province: str
    measure: str
    before: int
    after: int
    committed: int
    blocked: int
    is_protected: bool

    @property
    def is_new(self) -> bool:
        return self.code.startswith(NEW_LINE)

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class UnitResult:
    regency: str
    province: str
    measure: str
    units: int
    amount: int


@dataclass(frozen=True)
class ProvinceResult:
    """A province before and after. Money in whole rupiah, coverage as a share, relief in firms."""

    code: str
    before: int
    after: int
    bound: int
    committed: int
    blocked: int
    protected: int
    floor: int | None
    cap: int | None
    coverage_before: float | None
    coverage_after: float | None
    relief: float
    full_relief: float
    needs: int
    severity: float | None
    lines: int
    changed: int
    new_lines: int
    held: Held


@dataclass(frozen=True)
class Totals:
    """What a plan comes to for the country."""

    before: int
    after: int
    unallocated: int
    moved: int
    lines: int
    changed: int
    new_lines: int
    worst_before: float | None
    worst_after: float | None
    worst_province: str | None


def line_results(case: Case, after: Mapping[str, int]) -> list[LineResult]:
    """Return every line of the case once, and the new ones that hold money, by code."""
    known = [
        LineResult(
            line.code, line.province, line.measure, line.ceiling, after[line.code],
            line.committed, line.blocked, line.is_protected,
        )
        for line in case.lines
    ]  # fmt: skip
    opened = [
        LineResult(code, *_place_of_new(code), 0, rupiah, 0, 0, False)
        for code, rupiah in sorted(after.items())
        if code.startswith(NEW_LINE) and rupiah > 0
    ]
    return known + opened


def _place_of_new(code: str) -> tuple[str, str]:
    province, measure = code.removeprefix(NEW_LINE).split(":", 1)
    return province, measure


def unit_results(solved: Solved) -> list[UnitResult]:
    """Return one row per regency and measure that runs, with what it costs."""
    case = solved.case
    return [
        UnitResult(
            regency, case.province_of[regency], measure, units,
            (case.unit_cost(regency, measure) or 0) * units + case.measure[measure].setup_cost,
        )
        for (regency, measure), units in sorted(solved.plan.units.items())
        if units
    ]  # fmt: skip


@dataclass(frozen=True)
class _Reached:
    """What a plan reached, each figure worked out once."""

    solved: Solved

    @cached_property
    def lines(self) -> list[LineResult]:
        return line_results(self.solved.case, self.solved.plan.after)

    @cached_property
    def lines_of(self) -> dict[str, list[LineResult]]:
        found: dict[str, list[LineResult]] = {code: [] for code in self.solved.case.provinces}
        for line in self.lines:
            found[line.province].append(line)
        return found

    @cached_property
    def coverage(self) -> dict[str, float]:
        found = coverage(self.solved.case, self.solved.plan.units)
        return {code: float(share) for code, share in found.items()}

    @cached_property
    def worst(self) -> float | None:
        return min(self.coverage.values(), default=None)


def province_results(solved: Solved) -> list[ProvinceResult]:
    """Return one row per province, with what holds it."""
    case, reached = solved.case, _Reached(solved)
    reliefs, fulls = relief(case, solved.plan.units), full_relief(case)
    bounds, needs = province_bounds(case), _needs_by_province(case)
    steps, binding = _smallest_steps(case), _binding_by_area(case, solved.binding)
    found = []
    for code in case.provinces:
        lines = reached.lines_of[code]
        floor, cap = bounds.get(code, (None, None))
        count, severity = needs[code]
        facts = ReasonFacts(
            sum(line.before for line in lines), sum(line.after for line in lines),
            sum(_bound(line) for line in lines),
            sum(line.before for line in lines if line.is_protected),
            floor, cap, reached.coverage.get(code), binding.get(code, frozenset()),
        )  # fmt: skip
        before = solved.coverage_before.get(code)
        found.append(
            ProvinceResult(
                code, facts.before, facts.after, facts.bound,
                sum(line.committed for line in lines), sum(line.blocked for line in lines),
                facts.protected, floor, cap,
                None if before is None else float(before), facts.coverage_after,
                float(reliefs[code]), float(fulls[code]), count, severity,
                sum(not line.is_new for line in lines),
                sum(line.is_changed and not line.is_new for line in lines),
                sum(line.is_new for line in lines),
                held_by(facts, reached.worst, steps.get(code, 1)),
            )
        )  # fmt: skip
    return found


def _bound(line: LineResult) -> int:
    return line.before if line.is_protected else line.committed + line.blocked


def province_bounds(case: Case) -> dict[str, tuple[int | None, int | None]]:
    """Return the tightest floor and cap on all the money of each province that has one."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for amount in case.amounts:
        if not amount.province or amount.measures != (EVERY_MEASURE,):
            continue
        floor, cap = found.get(amount.province, (None, None))
        floors = [each for each in (floor, amount.min_amount) if each is not None]
        caps = [each for each in (cap, amount.max_amount) if each is not None]
        found[amount.province] = (max(floors, default=None), min(caps, default=None))
    return found


def _needs_by_province(case: Case) -> dict[str, tuple[int, float | None]]:
    counts = dict.fromkeys(case.provinces, 0)
    weights = dict.fromkeys(case.provinces, 0.0)
    for need in case.needs:
        province = case.province_of[need.regency]
        counts[province] += need.firms
        weights[province] += float(weight_of(need)) * 100
    return {
        code: (counts[code], weights[code] / counts[code] if counts[code] else None)
        for code in case.provinces
    }


def _smallest_steps(case: Case) -> dict[str, int]:
    """Return the cheapest batch of a helping measure in each province, in rupiah."""
    helping = {effect.measure for effect in case.effects if effect.relief}
    found: dict[str, int] = {}
    for regency, province in case.province_of.items():
        for code in helping:
            cost = case.unit_cost(regency, code)
            if cost is not None:
                step = cost * case.measure[code].batch
                found[province] = min(found.get(province, step), step)
    return found


def _binding_by_area(case: Case, binding: tuple[Binding, ...]) -> dict[str, frozenset[str]]:
    """Return the kinds of rules that the solver names for each province."""
    found: dict[str, frozenset[str]] = {}
    for rule in binding:
        province = case.province_of.get(rule.area, rule.area)
        found[province] = found.get(province, frozenset()) | {kind_of(case, rule.rule)}
    return found


def kind_of(case: Case, rule: str) -> str:
    """Return what people call a rule by its id: cap, floor, earmark, limit; else its first word."""
    word, _colon, rest = rule.partition(":")
    if word == "amount":
        name = rest.rpartition(":")[0]
        amount = next(each for each in case.amounts if each.rule == name)
        if amount.measures != (EVERY_MEASURE,) or not amount.province:
            return "earmark"
        return "cap" if rest.endswith(":max") else "floor"
    return {"share": "earmark", "floor": "line"}.get(word, word)


def totals(solved: Solved) -> Totals:
    """Return the country's figures; `moved` is what rises, that is, what others give up or gain."""
    case, reached = solved.case, _Reached(solved)
    before, after = sum(x.before for x in reached.lines), sum(x.after for x in reached.lines)
    worst = min(reached.coverage, key=lambda code: (reached.coverage[code], code), default=None)
    proven = [solved.coverage_before.get(code) for code in reached.coverage]
    known = [float(each) for each in proven if each is not None]
    return Totals(
        before=before,
        after=after,
        unallocated=case.settings.ceiling - after,
        moved=sum(_gain(lines) for lines in reached.lines_of.values()),
        lines=len(case.lines),
        changed=sum(x.is_changed and not x.is_new for x in reached.lines),
        new_lines=sum(x.is_new for x in reached.lines),
        worst_before=min(known) if known and len(known) == len(proven) else None,
        worst_after=reached.worst,
        worst_province=worst,
    )


def _gain(lines: list[LineResult]) -> int:
    return max(0, sum(line.after - line.before for line in lines))
