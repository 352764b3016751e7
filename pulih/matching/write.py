"""Write cases and answers as the contract's files, each under a temporary name and renamed."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from pulih.casefiles.writing import cell_as_text, csv_text, exact_text, replace_file
from pulih.matching import gates, worth
from pulih.matching.case import Case
from pulih.matching.explain import explanation
from pulih.matching.grid import Grid
from pulih.matching.plan import Solved
from pulih.matching.tables import TABLES

Rows = Iterable[list[str]]


def write_answer(solved: Solved, directory: Path | str) -> None:
    """Write the five tables and the explanation. Raises OSError when that cannot be done."""
    tables = {
        "parts": (("need", "supplier", "firm", "quantity", "amount"), _parts(solved)),
        "consignments": (CONSIGNMENT_COLUMNS, _consignments(solved)),
        "served": (
            ("need", "quantity", "delivered", "fill", "suppliers", "total"),
            _served(solved),
        ),
        "work": (("firm", "weeks", "income", "needs"), _work(solved)),
        "gates": (("need", "gate", "makers"), _gates(solved.case)),
    }
    texts = {f"{name}.csv": csv_text(columns, rows) for name, (columns, rows) in tables.items()}
    told = json.dumps(explanation(solved), ensure_ascii=False, indent=2, allow_nan=False)
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (texts | {"explanation.json": told + "\n"}).items():
        replace_file(folder / name, text)


def write_case(case: Case, directory: Path | str) -> None:
    """Write a case so that `read_case` gives the same one back. Raises OSError."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = (
            [_cell(getattr(value, field)) for field in value.__dataclass_fields__]
            for value in getattr(case, table.name)
        )
        replace_file(folder / f"{table.name}.csv", csv_text(tuple(table.columns), rows))
    replace_file(folder / "case.toml", _settings_text(case))


def _cell(value: str | int | Fraction | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else cell_as_text(value)


def _parts(solved: Solved) -> Rows:
    case = solved.case
    for (need, supplier, firm), units in sorted(solved.parts.items()):
        price = case.capacity[firm, case.need[need].product].price
        yield [need, supplier, firm, str(units), str(price * units)]


CONSIGNMENT_COLUMNS = (
    "need",
    "supplier",
    "kind",
    "class",
    "quantity",
    "firms",
    "goods",
    "fee",
    "transport",
    "total",
    "ready_by",
)


def _consignments(solved: Solved) -> Rows:
    case = solved.case
    for each in worth.consignments(case, solved.parts):
        days = case.transport_of[each.distance].days
        money = (each.goods, each.fee, each.transport, each.total)
        yield [
            each.need,
            each.supplier,
            "group" if each.is_group else "firm",
            each.distance,
            str(each.quantity),
            str(each.firms),
            *map(str, money),
            (case.need[each.need].due - timedelta(days=days)).isoformat(),
        ]


def _served(solved: Solved) -> Rows:
    case, units = solved.case, worth.delivered(solved.case, solved.parts)
    suppliers, total = dict.fromkeys(case.need, 0), dict.fromkeys(case.need, 0)
    for each in worth.consignments(case, solved.parts):
        suppliers[each.need] += 1
        total[each.need] += each.total
    for need in case.needs:
        got = units[need.code]
        yield [
            need.code,
            str(need.quantity),
            str(got),
            _decimals(worth.fill_of(case, need, got)),
            str(suppliers[need.code]),
            str(total[need.code]),
        ]


def _work(solved: Solved) -> Rows:
    case = solved.case
    income: dict[str, int] = {}
    needs: dict[str, int] = {}
    for (need, _, firm), units in solved.parts.items():
        amount = case.capacity[firm, case.need[need].product].price * units
        income[firm] = income.get(firm, 0) + amount
        needs[firm] = needs.get(firm, 0) + 1
    for firm, weeks in sorted(worth.weeks(case, solved.parts).items()):
        yield [firm, _decimals(weeks), str(income[firm]), str(needs[firm])]


def _gates(case: Case) -> Rows:
    return ([need, gate, str(makers)] for need, gate, makers in sorted(gates.counts(Grid(case))))


def _decimals(number: Fraction) -> str:
    return f"{float(number):.6f}"


def _settings_text(case: Case) -> str:
    settings = case.settings
    steps = ", ".join(f"[{exact_text(w)}, {exact_text(g)}]" for w, g in settings.fill)
    tolerance = ", ".join(exact_text(t) for t in settings.tolerance)
    shares = (("firm_share", settings.firm_share), ("regency_share", settings.regency_share))
    return (
        f"title = {json.dumps(settings.title, ensure_ascii=False)}\n"
        f"as_of = {settings.as_of.isoformat()}\n"
        f"fill = [{steps}]\n"
        f"full_weeks = {exact_text(settings.full_weeks)}\n"
        f"tolerance = [{tolerance}]\n"
    ) + "".join(f"{name} = {exact_text(share)}\n" for name, share in shares if share is not None)
