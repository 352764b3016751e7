"""A solved case into rows of ours: written once, with the answer they belong to."""

from dataclasses import asdict
from typing import Any

from pulih.budget.models import SpendingUnit
from pulih.common.errors import Refusal
from pulih.measures.models import Measure
from pulih.refocusing import Infeasible, Solved
from pulih.revisions.rules.drafts import PlannedLine, opened_lines

from ..cases import Material
from ..models import (
    Solution,
    SolutionBinding,
    SolutionLine,
    SolutionProvince,
    SolutionUnit,
)
from ..rules.results import (
    LineResult,
    line_results,
    province_results,
    totals,
    unit_results,
)


def opening_of(outcome: Solved | Infeasible, material: Material) -> dict[str, Any]:
    """Return the country's figures of a solution, as its row holds them."""
    if isinstance(outcome, Infeasible):
        lines = material.tables["lines"]
        return {"before": int(lines["ceiling"].sum()), "lines": lines.height}
    found = asdict(totals(outcome))
    worst = found.pop("worst_province")
    return found | {
        "untagged": material.untagged,
        "worst_province_id": None if worst is None else material.area_by_code[worst],
    }


def keep_rows(solution: Solution, solved: Solved, material: Material) -> dict[str, int]:
    """Write provinces, lines, units and binding rules; return how many of each."""
    area = material.area_by_code
    provinces = [
        SolutionProvince(solution=solution, province_id=area[row.code], **asdict(row))
        for row in province_results(solved)
    ]
    units = [
        SolutionUnit(
            solution=solution, province_id=area[row.province], regency_id=area[row.regency],
            measure=row.measure, units=row.units, amount=row.amount,
        )
        for row in unit_results(solved)
    ]  # fmt: skip
    binding = [
        SolutionBinding(
            solution=solution, province_id=area.get(solved.case.province_of.get(b.area, b.area)),
            rule=b.rule, price=b.price,
        )
        for b in solved.binding
    ]  # fmt: skip
    lines = _lines(solution, solved, material)
    SolutionProvince.objects.bulk_create(provinces)
    SolutionUnit.objects.bulk_create(units, batch_size=2_000)
    SolutionBinding.objects.bulk_create(binding)
    SolutionLine.objects.bulk_create(lines, batch_size=2_000)
    return {"provinces": len(provinces), "units": len(units), "lines": len(lines)}


def _lines(solution: Solution, solved: Solved, material: Material) -> list[SolutionLine]:
    unit_by_line = dict(material.lines.select("line", "unit").iter_rows())
    main_unit = main_units(solved.case.settings.fiscal_year)
    measures = Measure.objects.in_bulk(field_name="code")
    year = solved.case.settings.fiscal_year
    rows = []
    for row in line_results(solved.case, solved.plan.after):
        values = asdict(row)
        province = values.pop("province")
        place = material.area_by_code[province]
        if row.is_new:
            unit = main_unit.get(place)
            accounts = _opened(row, place, unit, measures[row.measure], year)
            values |= {"unit_id": unit, "accounts": accounts}
        else:
            values |= {"unit_id": unit_by_line[row.code], "line_id": int(row.code)}
        rows.append(SolutionLine(solution=solution, province_id=place, **values))
    return rows


def _opened(row: LineResult, area: int, unit: int | None, measure: Measure, year: int) -> Any:
    """Return the keys and rupiah that a new line is written with; none without a template."""
    planned = PlannedLine(row.code, area, row.measure, 0, row.after)
    try:
        opened = opened_lines(
            planned, unit_id=unit or 0, fiscal_year=year, known={},
            template=measure.line_template, shares=measure.account_shares,
        )  # fmt: skip
    except Refusal:
        return []  # Said on the page; adopting is refused until the template is there.
    return [[one.line_key, one.account, one.rupiah] for one in opened]


def main_units(fiscal_year: int) -> dict[int, int]:
    """Return the unit that a province's new lines go to: its oldest with lines of the year."""
    active = SpendingUnit.objects.filter(is_active=True).order_by("id")
    found: dict[int, int] = {}
    for units in (active.filter(lines__fiscal_year=fiscal_year).distinct(), active):
        for unit in units:
            found.setdefault(unit.province_id, unit.pk)
    return found
