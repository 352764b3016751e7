"""Write cases and plans as the contract's files, each under a temporary name and renamed."""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from pulih.casefiles.writing import cell_as_text, csv_text, exact_text, replace_file
from pulih.refocusing import relief
from pulih.refocusing.case import NEW_LINE, Case
from pulih.refocusing.explain import explanation
from pulih.refocusing.plan import Outcome, Solved
from pulih.refocusing.tables import TABLES

PLAN_COLUMNS = ("regency", "measure", "units", "amount")
LINE_COLUMNS = ("line", "province", "measure", "before", "after")
PROVINCE_COLUMNS = (
    "province",
    "before",
    "after",
    "coverage_before",
    "coverage_after",
    "relief",
)


def write_plan(
    outcome: Outcome, directory: Path | str, more: Mapping[str, object] | None = None
) -> None:
    """Write an outcome's files; without a plan the explanation only, and no older tables stay.

    more: entries of `explanation.json` beyond the contract's.
    Raises OSError when the directory cannot be written.
    """
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    tables = _plan_tables(outcome) if isinstance(outcome, Solved) else {}
    for name in ("plan.csv", "lines_after.csv", "provinces.csv"):
        if name in tables:
            replace_file(folder / name, tables[name])
        else:
            (folder / name).unlink(missing_ok=True)
    told = explanation(outcome) | dict(more or {})
    text = json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False)
    replace_file(folder / "explanation.json", text + "\n")


def write_case(case: Case, directory: Path | str) -> None:
    """Write a case so that `read_case` gives the same one back. Raises OSError."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = (
            [cell_as_text(getattr(value, field)) for field in value.__dataclass_fields__]
            for value in getattr(case, table.name)
        )
        replace_file(folder / f"{table.name}.csv", csv_text(tuple(table.columns), rows))
    replace_file(folder / "case.toml", _settings_text(case))


def _plan_tables(solved: Solved) -> dict[str, str]:
    return {
        "plan.csv": csv_text(PLAN_COLUMNS, _unit_rows(solved)),
        "lines_after.csv": csv_text(LINE_COLUMNS, _line_rows(solved)),
        "provinces.csv": csv_text(PROVINCE_COLUMNS, _province_rows(solved)),
    }


def _unit_rows(solved: Solved) -> Iterable[list[str]]:
    case = solved.case
    for (regency, measure), units in sorted(solved.plan.units.items()):
        unit_cost = case.unit_cost(regency, measure)
        assert unit_cost is not None
        amount = unit_cost * units + case.measure[measure].setup_cost
        yield [regency, measure, str(units), str(amount)]


def lines_after(solved: Solved) -> list[tuple[str, str, str, int, int]]:
    """Return (line, province, measure, before, after) of every line, new ones included."""
    case, found = solved.case, []
    pools = {f"{NEW_LINE}{p}:{m.code}": (p, m.code) for p in case.provinces for m in case.measures}
    for code, after in sorted(solved.plan.after.items()):
        line = case.line.get(code)
        if line is not None:
            found.append((code, line.province, line.measure, line.ceiling, after))
        elif after:
            found.append((code, *pools[code], 0, after))
    return found


def _line_rows(solved: Solved) -> Iterable[list[str]]:
    return ([*map(str, row)] for row in lines_after(solved))


def _province_rows(solved: Solved) -> Iterable[list[str]]:
    case = solved.case
    before, after = dict.fromkeys(case.provinces, 0), dict.fromkeys(case.provinces, 0)
    for _, province, _, held, holds in lines_after(solved):
        before[province] += held
        after[province] += holds
    reached = relief.coverage(case, solved.plan.units)
    relieved = relief.relief(case, solved.plan.units)
    for province in case.provinces:
        yield [
            province,
            str(before[province]),
            str(after[province]),
            _decimals(solved.coverage_before.get(province)),
            _decimals(reached.get(province)),
            _decimals(relieved[province]),
        ]


def _decimals(number: Fraction | None) -> str:
    return "" if number is None else f"{float(number):.9f}"


def _settings_text(case: Case) -> str:
    settings = case.settings
    steps = ", ".join(f"[{exact_text(w)}, {exact_text(g)}]" for w, g in settings.coverage)
    tolerance = ", ".join(exact_text(t) for t in settings.tolerance)
    return (
        f"title = {json.dumps(settings.title, ensure_ascii=False)}\n"
        f"fiscal_year = {settings.fiscal_year}\n"
        f"ceiling = {settings.ceiling}\n"
        f"coverage = [{steps}]\n"
        f"tolerance = [{tolerance}]\n"
        f"change_cost = {settings.change_cost}\n"
    )
