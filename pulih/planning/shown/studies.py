"""What a scenario's studies found: curves, rivals, and what to verify first."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum
from django.utils.translation import gettext as _

from pulih.budget.reads.promises import broken_by
from pulih.common.money import BILLION
from pulih.measures.models import Measure
from pulih.web import numbers
from pulih.web.charts import Line, LineChart

from ..models import Scenario, SolutionProvince, Study, Variant
from ..rules.variants import bend

FIRST = 12  # Doubts that are listed: what one meeting can give out.


@dataclass(frozen=True)
class Point:
    """One plan of a curve. x: the ceiling in rupiah, or the percent given up."""

    variant: Variant
    x: float
    label: str
    is_today: bool

    @property
    def worst(self) -> float | None:
        return _percent(self.variant.figures.get("worst"))

    @property
    def worst_most(self) -> float | None:
        return _percent(self.variant.figures.get("worst_most"))

    @property
    def relief(self) -> float | None:
        found = self.variant.figures.get("relief")
        return None if found is None else float(found)

    @property
    def relief_most(self) -> float | None:
        found = self.variant.figures.get("relief_most")
        return None if found is None else float(found)


@dataclass(frozen=True)
class Curve:
    """A curve's plans in order, drawn twice: the lowest coverage and the relief."""

    points: list[Point]
    worst: LineChart
    relief: LineChart
    finding: str


def ceiling_curve(scenario: Scenario, study: Study) -> Curve | None:
    """Return lowest coverage and relief against the ceiling; None before there are two plans."""
    points = [
        Point(
            variant,
            variant.change["ceiling"],
            numbers.billions(variant.change["ceiling"], bare=True),
            variant.change["ceiling"] == scenario.ceiling,
        )
        for variant in study.variants.all()
        if variant.figures.get("provinces") and "ceiling" in variant.change
    ]
    return _curve(points, _ceiling_finding(points)) if len(points) > 1 else None


def fairness_curve(scenario: Scenario, study: Study) -> Curve | None:
    """Return the same against what may be given up of the lowest coverage."""
    today = scenario.tolerance_worst * 100
    points = [
        Point(
            variant,
            float(variant.change["given_up_percent"]),
            f"{variant.change['given_up_percent']}%",
            Fraction(variant.change["given_up_percent"]) == Fraction(today),
        )
        for variant in study.variants.all()
        if variant.figures.get("provinces") and "given_up_percent" in variant.change
    ]
    return _curve(points, _fairness_finding(points)) if len(points) > 1 else None


def _curve(points: list[Point], finding: str) -> Curve:
    labels = [point.label for point in points]
    worst = _chart(finding, labels, points, "worst", "worst_most", _("Lowest coverage"), "%")
    relief = _chart(finding, labels, points, "relief", "relief_most", _("Relief, firms"), "")
    return Curve(points, worst, relief, finding)


def _chart(
    finding: str, labels: list[str], points: list[Point], low: str, high: str, name: str, unit: str
) -> LineChart:
    lows = [getattr(point, low) for point in points]
    highs = [getattr(point, high) for point in points]
    today = [getattr(point, low) if point.is_today else None for point in points]
    lines = [
        Line(_("No plan passes"), "band", highs, lows),
        Line(name, "curve", lows),
        *([Line(_("Today's numbers"), "actual", today)] if any(p.is_today for p in points) else []),
    ]
    return LineChart(finding, labels, lines, unit=unit, places=1 if unit else 0)


def _ceiling_finding(points: Sequence[Point]) -> str:
    known = [(point.x, point.worst) for point in points if point.worst is not None]
    at = bend(known)
    if at is None:
        return _("The lowest coverage follows the ceiling without a bend.")
    before, after = _slope(known, known[0][0], at), _slope(known, at, known[-1][0])
    return _(
        "The lowest coverage bends at %(at)s: up to there Rp1 billion lifts it by %(before)s "
        "points, beyond it by %(after)s."
    ) % {
        "at": numbers.billions(round(at)),
        "before": numbers.decimal(before * BILLION, 2),
        "after": numbers.decimal(after * BILLION, 2),
    }


def _slope(points: Sequence[tuple[float, float]], low: float, high: float) -> float:
    """Return percentage points per rupiah between two points of a curve."""
    by_x = dict(points)
    return (by_x[high] - by_x[low]) / (high - low) if high > low else 0.0


def _fairness_finding(points: Sequence[Point]) -> str:
    first, best = points[0], max(points, key=lambda point: point.relief or 0.0)
    gained = (best.relief or 0.0) - (first.relief or 0.0)
    return _(
        "Giving up %(percent)s of the lowest coverage helps %(firms)s more firms; the lowest "
        "coverage is then %(worst)s instead of %(first)s."
    ) % {
        "percent": best.label,
        "firms": numbers.whole(round(gained)),
        "worst": numbers.percent((best.worst or 0.0) / 100, 2),
        "first": numbers.percent((first.worst or 0.0) / 100, 2),
    }


@dataclass(frozen=True)
class RivalRow:
    """One way to share the same money out. promised: rupiah of promises that it breaks."""

    name: str
    meaning: str
    is_plan: bool
    worst: float | None
    place: str
    relief: float | None
    moved: int | None
    touched: int | None
    broken: int
    promised: int
    variant: Variant | None = None


def rival_rows(
    scenario: Scenario, provinces: Sequence[SolutionProvince], study: Study
) -> list[RivalRow]:
    """Return the plan and its rivals on the same case."""
    names = {row.code: row.province.name for row in provinces}
    return [_plan_row(scenario), *(_rival_row(one, names) for one in study.variants.all())]


def _plan_row(scenario: Scenario) -> RivalRow:
    solution = scenario.solution
    relief = solution.province_rows.aggregate(all=Sum("relief"))["all"]
    changed = solution.line_rows.changed().filter(line__isnull=False)
    broken = broken_by(dict(changed.values_list("line_id", "after")))
    return RivalRow(
        _("This plan"), _("the worst-off first"), True, solution.worst_after,
        str(solution.worst_province or ""), relief, solution.moved,
        solution.changed + solution.new_lines, len(broken), sum(one.rupiah for one in broken),
    )  # fmt: skip


def _rival_row(variant: Variant, names: dict[str, str]) -> RivalRow:
    figures = variant.figures
    name, meaning = rival_words(str(variant.change.get("rival", "")))
    lines = figures.get("lines", {})
    broken = broken_by({int(code): lines[code] for code in lines if code.isdecimal()})
    touched = figures["changed"] + figures["new_lines"] if figures.get("provinces") else None
    return RivalRow(
        name, meaning, False, figures.get("worst"),
        names.get(figures.get("worst_province") or "", ""), figures.get("relief"),
        figures.get("moved"), touched, len(broken), sum(one.rupiah for one in broken), variant,
    )  # fmt: skip


def rival_words(rival: str) -> tuple[str, str]:
    """Return what a way to share out is called, and what it does."""
    return {
        "base": (
            _("Equal base plus variable"),
            _("four fifths in equal parts, the rest by firms with needs"),
        ),
        "firms": (_("In proportion to firms"), _("by firms with needs on record")),
        "even": (_("Cut spread evenly"), _("each province keeps the same share of what it had")),
    }.get(rival, (_("The same, found quickly"), _("the plan's own rules, without the long search")))


@dataclass(frozen=True)
class DoubtRow:
    """One number to verify. moved: rupiah that change provinces if it is wrong by a fifth."""

    words: str
    direction: str
    moved: int
    worst: float | None


def doubt_rows(study: Study, provinces: Sequence[SolutionProvince]) -> list[DoubtRow]:
    """Return the numbers that change the plan most, each in its worse direction."""
    measures = {measure.code: measure.name for measure in Measure.objects.all()}
    names = {row.code: row.province.name for row in provinces}
    worse: dict[tuple[str, str], Variant] = {}
    for variant in study.variants.all():
        if "moved" in variant.figures:
            key = (variant.change["kind"], variant.change["code"])
            if key not in worse or variant.figures["moved"] > worse[key].figures["moved"]:
                worse[key] = variant
    rows = [_doubt(variant, names, measures) for variant in worse.values()]
    return sorted(rows, key=lambda row: (-row.moved, row.words))[:FIRST]


def _doubt(variant: Variant, names: dict[str, str], measures: dict[str, str]) -> DoubtRow:
    kind, code = variant.change["kind"], variant.change["code"]
    words = {
        "severity": _("Severity in %(name)s"),
        "cost": _("Unit cost of %(name)s"),
        "effect": _("Effect of %(name)s"),
    }[kind] % {"name": names.get(code) or measures.get(code, code)}
    is_more = Fraction(variant.change["factor"]) > 1
    direction = _("if 20% higher") if is_more else _("if 20% lower")
    return DoubtRow(words, direction, variant.figures["moved"], variant.figures["worst"])


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
