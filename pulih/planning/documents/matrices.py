"""A plan's rows as matrices, one for each spending unit, with totals that agree everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from pulih.budget.models import SpendingUnit
from pulih.budget.rules.keys import LineKey, line_key
from pulih.common import periods
from pulih.people.models import User

from ..models import Scenario, SolutionLine
from ..rules.matrix import Matrix, MatrixLine, matrix_of

LAYOUT_NOTE = (
    "verified = no: tata letak matriks ini disusun dari ingatan, belum dicocokkan dengan lampiran "
    "peraturan revisi anggaran yang berlaku. Periksa sebelum diajukan."
)
NO_MONEY_NOTE = "Tidak ada uang yang bergeser sebelum revisi berlaku."
NEW_WORDS = "Baris baru"
NO_ACCOUNT = "Akun belum ditentukan: pola baris langkah ini belum lengkap"


@dataclass(frozen=True)
class UnitMatrix:
    """The matrix of one spending unit, and the unit as the document names it."""

    code: str
    name: str
    province: str
    matrix: Matrix


@dataclass(frozen=True)
class Book:
    """All matrices of one export. person: who asked for it."""

    title: str
    fiscal_year: int
    as_of: str
    solved: str
    made: str
    person: str
    state: str
    units: tuple[UnitMatrix, ...]

    @property
    def before(self) -> int:
        return sum(unit.matrix.before for unit in self.units)

    @property
    def after(self) -> int:
        return sum(unit.matrix.after for unit in self.units)

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def changed(self) -> int:
        return sum(unit.matrix.changed for unit in self.units)

    def about(self) -> list[str]:
        """Return what stands above every matrix."""
        return [
            f"Skenario: {self.title} ({self.state})",
            f"Tahun anggaran {self.fiscal_year} · kebutuhan per {self.as_of} · "
            f"dihitung {self.solved}",
            f"Dicetak {self.made} oleh {self.person}. {NO_MONEY_NOTE}",
            LAYOUT_NOTE,
        ]


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
    return Book(
        title=str(scenario),
        fiscal_year=scenario.fiscal_year,
        as_of=periods.day(scenario.as_of),
        solved=periods.moment(scenario.solution.solved_at),
        made=periods.moment(now or timezone.now()),
        person=str(by),
        state=state,
        units=tuple(_units(list(rows), scenario.fiscal_year)),
    )


def _units(rows: Sequence[SolutionLine], fiscal_year: int) -> Iterable[UnitMatrix]:
    by_unit: dict[tuple[str, str, str, str], list[SolutionLine]] = {}
    for row in rows:
        by_unit.setdefault(_unit_key(row), []).append(row)
    for (_order, code, name, province), found in sorted(by_unit.items()):
        lines = matrix_lines(found, fiscal_year)
        yield UnitMatrix(code, name, province, matrix_of(code, lines))


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
            place = key_of.get(f"{line.activity}.{line.output}.{line.component}.{line.account}")
            known = lines.get(place or "") or lines.get(_name_of(line))
            lines[place or _name_of(line)] = _joined(known, line)
    return list(lines.values())


def _key(row: SolutionLine) -> str:
    line = _known(row)
    return f"{line.activity}.{line.output}.{line.component}.{line.account}"


def _name_of(line: MatrixLine) -> str:
    return f"{line.activity}.{line.output}.{line.component}.{line.account} {line.detail}"


def _joined(known: MatrixLine | None, line: MatrixLine) -> MatrixLine:
    if known is None:
        return line
    both = {**known.__dict__, "after": known.after + line.after}
    return MatrixLine(**both)


def _known(row: SolutionLine) -> MatrixLine:
    line = row.line
    assert line is not None
    key = LineKey(
        line.activity, line.output, line.suboutput, line.component, line.subcomponent, line.account
    )
    return _line_at(key, line.detail, row.measure, row.before, row.after, is_new=False)


def _opened(row: SolutionLine, fiscal_year: int) -> Iterable[MatrixLine]:
    for key_text, account, amount in row.accounts:
        key = line_key(key_text, fiscal_year)
        if isinstance(key, LineKey):
            yield _line_at(key, NEW_WORDS, row.measure, 0, amount, is_new=True)
        else:
            yield _without_account(row, account, amount)
    if not row.accounts:
        yield _without_account(row, "–", row.after)


def _without_account(row: SolutionLine, account: str, amount: int) -> MatrixLine:
    words = f"{NO_ACCOUNT} ({row.measure})"
    return MatrixLine("", "–", "–", "–", account, words, row.measure, 0, amount, is_new=True)


def _line_at(
    key: LineKey, detail: str, measure: str, before: int, after: int, *, is_new: bool
) -> MatrixLine:
    output = f"{key.output}.{key.suboutput}" if key.suboutput else key.output
    component = f"{key.component}.{key.subcomponent}" if key.subcomponent else key.component
    return MatrixLine(
        "", key.activity, output, component, key.account, detail, measure, before, after, is_new
    )
