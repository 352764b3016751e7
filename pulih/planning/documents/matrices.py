"""A plan's rows as matrices, one for each spending unit, with totals that agree everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from pulih.budget.documents.words import STAR_NOTE
from pulih.budget.heading_names import names_by_unit
from pulih.budget.models import SpendingUnit
from pulih.budget.rules.keys import LineKey, line_key
from pulih.common import periods
from pulih.people.models import User
from pulih.revisions.documents.books import NO_MONEY_NOTE, Book, UnitMatrix
from pulih.revisions.rules.matrix import MatrixLine, line_at, matrix_of

from ..models import Scenario, SolutionLine

NEW_WORDS = "Baris baru"
NO_ACCOUNT = "Akun belum ditentukan: pola baris langkah ini belum lengkap"


def book_of(
    scenario: Scenario, by: User, unit: SpendingUnit | None = None, now: datetime | None = None
) -> Book:
    """Return the matrices of a solved scenario: of all units, or of one."""
    rows = scenario.solution.line_rows.visible_to(by).select_related(
        "line", "unit__province", "province"
    )
    if unit is not None:
        rows = rows.filter(unit=unit)
    state = "ditetapkan" if scenario.state == "adopted" else "belum ditetapkan"
    made = periods.moment(now or timezone.now())
    as_of, solved = periods.day(scenario.as_of), periods.moment(scenario.solution.solved_at)
    return Book(
        title=str(scenario),
        fiscal_year=scenario.fiscal_year,
        about=(
            f"Skenario: {scenario} ({state})",
            f"Tahun anggaran {scenario.fiscal_year} · kebutuhan per {as_of} · dihitung {solved}",
            f"Dicetak {made} oleh {by}. {NO_MONEY_NOTE}",
            STAR_NOTE,
        ),
        units=tuple(_units(list(rows), scenario.fiscal_year)),
    )


def _units(rows: Sequence[SolutionLine], fiscal_year: int) -> Iterable[UnitMatrix]:
    by_unit: dict[tuple[str, str, str, str], list[SolutionLine]] = {}
    for row in rows:
        by_unit.setdefault(_unit_key(row), []).append(row)
    names = names_by_unit({row.unit.pk for row in rows if row.unit}, fiscal_year)
    for (_order, code, name, province), found in sorted(by_unit.items()):
        lines = matrix_lines(found, fiscal_year)
        head = (("Satuan kerja", f"{code} {name}"), ("Provinsi", province))
        unit = found[0].unit
        called = names[unit.pk] if unit else {}
        yield UnitMatrix(code, name, province, matrix_of(lines, called), head)


def _unit_key(row: SolutionLine) -> tuple[str, str, str, str]:
    province = row.province
    if row.unit is None:
        return province.sort_key, "–", f"{province.name}: belum ada satker", province.name
    return province.sort_key, row.unit.code, row.unit.name, province.name


def matrix_lines(rows: Iterable[SolutionLine], fiscal_year: int) -> list[MatrixLine]:
    """Return the lines of one unit; money of a new line joins a line of the same key."""
    lines: dict[str, MatrixLine] = {}
    opened: list[SolutionLine] = []
    for row in rows:
        if row.line is None:
            opened.append(row)
        else:
            lines[f"{row.line_id}"] = _known(row)
    key_of = {_key(row): f"{row.line_id}" for row in rows if row.line is not None}
    for row in opened:
        for line in _opened(row, fiscal_year):
            place = key_of.get(_place(line))
            known = lines.get(place or "") or lines.get(_name_of(line))
            lines[place or _name_of(line)] = _joined(known, line)
    return list(lines.values())


def _key(row: SolutionLine) -> str:
    return _place(_known(row))


def _place(line: MatrixLine) -> str:
    return ".".join((*line.path[1:], line.account))


def _name_of(line: MatrixLine) -> str:
    return f"{_place(line)} {line.words}"


def _joined(known: MatrixLine | None, line: MatrixLine) -> MatrixLine:
    return line if known is None else replace(known, after=known.after + line.after)


def _known(row: SolutionLine) -> MatrixLine:
    line = row.line
    assert line is not None
    key = LineKey(
        line.activity, line.output, line.suboutput, line.component, line.subcomponent, line.account
    )
    known = line_at(key, line.detail, row.before, row.after, is_new=False)
    return replace(
        known, programme=line.programme, fund_source=line.fund_source, blocked=line.blocked
    )


def _opened(row: SolutionLine, fiscal_year: int) -> Iterable[MatrixLine]:
    for key_text, account, amount in row.accounts:
        key = line_key(key_text, fiscal_year)
        if isinstance(key, LineKey):
            yield line_at(key, NEW_WORDS, 0, amount, is_new=True)
        else:
            yield _without_account(row, account, amount)
    if not row.accounts:
        yield _without_account(row, "–", row.after)


def _without_account(row: SolutionLine, account: str, amount: int) -> MatrixLine:
    words = f"{NO_ACCOUNT} ({row.measure})"
    return MatrixLine("–", "–", "–", account, words, 0, amount, is_new=True)
