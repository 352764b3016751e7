"""What the house knows becomes a case: areas, lines, measures, needs and the scenario's rules."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import polars as pl

from pulih import places
from pulih.areas.models import COUNTRY
from pulih.common.errors import Fault
from pulih.impact.actions import needs_for_case
from pulih.measures.models import Measure, MeasureCost, MeasureEffect
from pulih.people.models import User
from pulih.refocusing import Case, Outcome, Plan, case_from_tables, read_case
from pulih.refocusing.earlier import Earlier
from pulih.refocusing.plan import STAGES, Stage
from pulih.refocusing.write import write_plan
from pulih.revisions.actions.case import lines_for_case

from .models import Scenario, ScenarioRule, Solution
from .rules import tables
from .rules.bounds import BoundLine

SCHEME = places.Scheme.KEMENDAGRI
KEPT_LINES = {
    "line": pl.String, "ceiling": pl.Int64, "unit": pl.Int64
}  # fmt: skip
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # The same case gives the same bytes.


@dataclass(frozen=True)
class Material:
    """A case as tables, and the way from its codes back to our rows.

    lines: the budget's own rows, `line` being the code in the case.
    """

    settings: dict[str, Any]
    tables: dict[str, pl.DataFrame]
    lines: pl.DataFrame
    area_by_code: dict[str, int]

    def case(self) -> Case | list[Fault]:
        """Return the case, or everything wrong with it."""
        return case_from_tables(self.settings, self.tables)

    def archive(self) -> bytes:
        """Return the case as a zip that `pulih refocus` reads once unpacked."""
        files = {"case.toml": toml_of(self.settings)}
        files |= {f"{name}.csv": table.write_csv() for name, table in self.tables.items()}
        return zipped(files)

    @property
    def untagged(self) -> int:
        """Rupiah of lines without a measure that nobody protected."""
        return int(self.lines.filter("is_untagged")["ceiling"].sum())

    @property
    def sha256(self) -> str:
        return sha256(self.archive()).hexdigest()


@dataclass(frozen=True)
class KeptMaterial(Material):
    """The same of a plan, as its archive keeps it: what came later changes nothing."""

    solution: Solution

    def case(self) -> Case | list[Fault]:
        return case_of(self.solution)

    @property
    def untagged(self) -> int:
        return self.solution.untagged

    def archive(self) -> bytes:
        return bytes(self.solution.archive.case)


def kept_material(solution: Solution) -> KeptMaterial:
    """Return the case that a plan was solved on, with the way back to our rows."""
    kept = zipfile.ZipFile(io.BytesIO(bytes(solution.archive.case)))
    lines = pl.read_csv(kept.read("lines.csv"), schema_overrides=KEPT_LINES, columns=[*KEPT_LINES])
    codes = area_codes(solution.scenario.as_of)
    return KeptMaterial(
        settings=settings_of(solution.scenario),
        tables={"lines": lines},
        lines=lines,
        area_by_code={code: area for area, code in codes.items()},
        solution=solution,
    )


def material_of(scenario: Scenario, by: User) -> Material:
    """Read everything that decides a scenario, as `by` may see it."""
    codes = area_codes(scenario.as_of)
    lines = budget_lines(scenario.fiscal_year, by, codes)
    rows = tables.lines_table(lines)
    rules = rules_of(scenario, codes)
    before = dict(rows.group_by("province").agg(pl.col("ceiling").sum()).iter_rows())
    every_rule = [
        *rules,
        *tables.standing_bounds(before, scenario.floor_percent, scenario.cap_percent, rules),
    ]
    return Material(
        settings=settings_of(scenario),
        tables={
            "areas": areas_table(scenario.as_of, codes),
            "lines": with_words(rows, lines),
            "measures": tables.measures_table(measures_table(), rows),
            "costs": tables.only_allowed(costs_table(scenario.as_of, codes), scenario.measures),
            "needs": needs_table(scenario.as_of, codes),
            "effects": tables.only_allowed(effects_table(), scenario.measures),
            "limits": tables.limits_table(rules),
            "amounts": tables.amounts_table(every_rule, rows),
            "shares": tables.shares_table(rules),
        },
        lines=lines,
        area_by_code={code: area for area, code in codes.items()},
    )


def settings_of(scenario: Scenario) -> dict[str, Any]:
    return tables.case_settings(
        title=scenario.title,
        fiscal_year=scenario.fiscal_year,
        ceiling=scenario.ceiling,
        coverage=scenario.coverage,
        tolerance=(scenario.tolerance_worst, scenario.tolerance_relief),
        change_cost=scenario.change_cost,
    )


def area_codes(on: date) -> dict[int, str]:
    """Return the Home Affairs code of every province and regency of a day, by area id."""
    found = [*places.provinces(on), *places.regencies(on)]
    codes = {place.key: places.code_of(place, SCHEME, on) for place in found}
    return {key: code for key, code in codes.items() if code is not None}


def areas_table(on: date, codes: Mapping[int, str]) -> pl.DataFrame:
    rows = [(codes[p.key], "", p.name) for p in places.provinces(on) if p.key in codes]
    for place in places.regencies(on):
        parent = places.parent_of(place, on)
        if place.key in codes and parent is not None and parent.key in codes:
            rows.append((codes[place.key], codes[parent.key], place.name))
    schema = {"area": pl.String, "parent": pl.String, "name": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("area")


def budget_lines(fiscal_year: int, by: User, codes: Mapping[int, str]) -> pl.DataFrame:
    """Return the budget's lines of a year with their provinces as codes, and `province_id`."""
    found = lines_for_case(fiscal_year, by)
    code = pl.col("province").replace_strict(dict(codes), default=None, return_dtype=pl.String)
    return found.with_columns(province=code, province_id=pl.col("province"))


def with_words(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Add to a case's lines what people know them by; other programs ignore these columns."""
    words = lines.select("line", "unit", "line_key")
    return rows.join(words, on="line", how="left", maintain_order="left")


def measures_table() -> pl.DataFrame:
    rows = Measure.objects.order_by("code").values_list(
        "code", "name_indonesian", "unit", "batch", "setup_cost"
    )
    schema = {
        "measure": pl.String, "name": pl.String, "unit": pl.String,
        "batch": pl.Int64, "setup_cost": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def costs_table(on: date, codes: Mapping[int, str]) -> pl.DataFrame:
    """Return the unit costs of a day; areas that do not exist that day are left out."""
    rows = MeasureCost.objects.valid_on(on).values_list("area_id", "measure__code", "unit_cost")
    coded = [
        ("" if area in (None, COUNTRY) else codes[area], measure, cost)
        for area, measure, cost in rows
        if area in (None, COUNTRY) or area in codes
    ]
    schema = {"area": pl.String, "measure": pl.String, "unit_cost": pl.Int64}
    return pl.DataFrame(coded, schema=schema, orient="row").sort("area", "measure")


def effects_table() -> pl.DataFrame:
    rows = MeasureEffect.objects.values_list("measure__code", "need", "relief")
    schema = {"measure": pl.String, "need": pl.String, "relief": pl.String}
    text = [(measure, need, str(relief)) for measure, need, relief in rows]
    return pl.DataFrame(text, schema=schema, orient="row").sort("measure", "need")


def needs_table(on: date, codes: Mapping[int, str]) -> pl.DataFrame:
    """Return firms and mean severity by regency and need, the severity with one decimal."""
    found = needs_for_case(on)
    regency = pl.col("regency").replace_strict(dict(codes), default=None, return_dtype=pl.String)
    return (
        found.select(regency=regency, need="need", firms="firms", severity="severity")
        .drop_nulls("regency")
        .with_columns(pl.col("severity").cast(pl.Decimal(5, 1)).cast(pl.String))
        .sort("regency", "need")
    )


def rules_of(scenario: Scenario, codes: Mapping[int, str]) -> list[tables.Rule]:
    return [rule_of(rule, codes) for rule in scenario.rules.order_by("name")]


def rule_of(rule: ScenarioRule, codes: Mapping[int, str]) -> tables.Rule:
    return tables.Rule(
        rule.name, cast(tables.Table, rule.table), cast(tables.Basis, rule.basis),
        "" if rule.area_id is None else codes[rule.area_id],
        tuple(rule.measures), _plain(rule.minimum), _plain(rule.maximum),
    )  # fmt: skip


def _plain(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.normalize()


def bound_lines(fiscal_year: int, by: User, on: date) -> list[BoundLine]:
    """Return every line of a year with what no plan may touch; untagged money counts whole."""
    codes = area_codes(on)
    names = {place.key: place.name for place in places.provinces(on)}
    columns = ("line_key", "province_id", "ceiling", "committed", "blocked", "protected")
    lines = budget_lines(fiscal_year, by, codes)
    return [
        BoundLine(key, names.get(province, ""), ceiling, committed, blocked, bool(protected))
        for key, province, ceiling, committed, blocked, protected in lines.select(
            columns
        ).iter_rows()
    ]


def plan_archive(outcome: Outcome) -> bytes:
    """Return the public tables of an outcome as a zip."""
    with TemporaryDirectory() as folder:
        write_plan(outcome, folder)
        paths = sorted(Path(folder).iterdir())
        return zipped({path.name: path.read_text("utf-8") for path in paths})


def case_of(solution: Solution) -> Case:
    """Return the case that was solved, from its own archive: what came later changes nothing."""
    with TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(bytes(solution.archive.case))).extractall(folder)
        found = read_case(folder)
    assert isinstance(found, Case), found
    return found


def earlier_of(solution: Solution) -> Earlier:
    """Return a plan and what its stages proved, for the solver to go on from."""
    stages = solution.explanation["stages"]
    found = [
        Stage(name, *(stages[name][what] for what in ("value", "bound", "gap", "seconds")))
        for name in STAGES
    ]
    return Earlier(units_of(solution, solution.scenario.as_of), found)


def plan_of(solution: Solution) -> Plan:
    """Return a plan as the core knows it."""
    after = dict(solution.line_rows.values_list("code", "after"))
    return Plan(units_of(solution, solution.scenario.as_of), after)


def units_of(solution: Solution, on: date) -> dict[tuple[str, str], int]:
    """Return the units of a plan by regency code and measure, as its case calls them."""
    codes = area_codes(on)
    rows = solution.unit_rows.values_list("regency_id", "measure", "units")
    return {(codes[regency], measure): units for regency, measure, units in rows}


def toml_of(settings: Mapping[str, Any]) -> str:
    """Return the settings as `case.toml`."""
    return "".join(f"{name} = {_toml_value(value)}\n" for name, value in settings.items())


def _toml_value(value: Any) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(letter if letter >= " " else " " for letter in escaped) + '"'
    if isinstance(value, Iterable):
        return "[" + ", ".join(_toml_value(part) for part in value) + "]"
    return str(value)


def zipped(files: Mapping[str, str]) -> bytes:
    """Return the files as a zip whose bytes depend on nothing but them."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, ZIP_DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, text)
    return memory.getvalue()
