"""What the ledger says of one unit and year, in the shape that comparisons take."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from pulih.budget.identity import number_keys, with_number_key, with_party_key
from pulih.budget.models import BudgetLine, Entry, SpendingUnit
from pulih.budget.models.lines import BudgetLineQuerySet
from pulih.budget.rules.amounts import Amounts
from pulih.inbox import bulk

from ..rules.documents import COMMITMENT, signature
from ..rules.fitting import Balance, Contract
from ..rules.matching_lines import BESIDE_THE_KEY, PARTS, KeyedLine
from ..rules.shapes import ORDERS, POSTED, Books, kinds_of

# The columns of the two queries below; what each row moves of a line comes last.
MOVED = {
    "document_kind": pl.String, "number": pl.String, "posting_id": pl.Int64, "our_day": pl.Date,
    "our_party": pl.String, "our_method": pl.String, "our_contract": pl.String,
    "our_order": pl.String, "line_id": pl.Int64, "rupiah": pl.Int64,
}  # fmt: skip
# A document and its corrections are one; a reversal is a correction, so both come to nothing.
PAID = """
    WITH own AS (
        SELECT id AS root, id FROM budget_posting
        WHERE unit_id = {unit} AND fiscal_year = {year} AND document_kind IN ('sp2d', 'return')
        UNION ALL
        SELECT refers_to_id, id FROM budget_posting
        WHERE unit_id = {unit} AND fiscal_year = {year} AND document_kind = 'correction'
          AND refers_to_id IS NOT NULL
    )
    SELECT p.document_kind, p.document_number, p.id, p.effective_on, p.party, p.method,
           c.document_number, o.document_number, e.line_id, sum(e.rupiah)
    FROM own JOIN budget_posting p ON p.id = own.root AND p.document_kind IN ('sp2d', 'return')
    JOIN budget_entry e ON e.posting_id = own.id AND e.amount_kind = 'realisation'
    LEFT JOIN budget_posting c ON c.id = p.settles_id
    LEFT JOIN budget_posting o ON o.id = p.refers_to_id AND o.document_kind = 'spm'
    GROUP BY p.document_kind, p.document_number, p.id, p.effective_on, p.party, p.method,
             c.document_number, o.document_number, e.line_id
    HAVING sum(e.rupiah) <> 0
"""
# A contract is what it and its addenda commit; what settles it has been paid.
COMMITTED = """
    SELECT c.document_kind, c.document_number, c.id, c.effective_on, c.party, '' AS method,
           NULL AS contract, NULL AS ordered_by, e.line_id,
           coalesce(sum(e.rupiah) FILTER (WHERE e.amount_kind = 'commitment'), 0),
           coalesce(sum(e.rupiah) FILTER (WHERE e.amount_kind = 'realisation'), 0)
    FROM budget_posting c
    JOIN budget_posting p ON p.id = c.id OR p.settles_id = c.id
    JOIN budget_entry e ON e.posting_id = p.id
    WHERE c.unit_id = %s AND c.fiscal_year = %s AND c.document_kind = 'commitment'
      AND c.settles_id IS NULL
    GROUP BY c.document_kind, c.document_number, c.id, c.effective_on, c.party, e.line_id
"""
# What an order in force still orders to be paid: less what was paid on it and not taken back.
ORDERED = """
    SELECT o.id, o.document_number, o.effective_on, c.document_number, e.line_id, sum(
        CASE WHEN p.id = o.id AND e.amount_kind = 'order' THEN e.rupiah
             WHEN p.id <> o.id AND e.amount_kind = 'realisation' THEN -e.rupiah ELSE 0 END)
    FROM budget_posting o
    LEFT JOIN budget_posting c ON c.id = o.settles_id
    JOIN budget_posting p ON p.id = o.id OR (p.refers_to_id = o.id AND p.document_kind = 'sp2d'
        AND NOT EXISTS (SELECT FROM budget_posting r WHERE r.reverses_id = p.id))
    JOIN budget_entry e ON e.posting_id = p.id
    WHERE o.unit_id = %s AND o.fiscal_year = %s AND o.document_kind = 'spm'
      AND NOT EXISTS (SELECT FROM budget_posting r WHERE r.reverses_id = o.id)
    GROUP BY o.id, c.document_number, e.line_id
"""
# What was stated of a line without naming documents, as the POK of the year's course does.
STATED = """
    SELECT e.line_id,
           coalesce(sum(e.rupiah) FILTER (WHERE e.amount_kind = 'realisation'), 0),
           coalesce(sum(e.rupiah) FILTER (WHERE e.amount_kind = 'commitment'), 0),
           max(e.effective_on) FILTER (WHERE e.rupiah > 0)
    FROM budget_entry e JOIN budget_posting p ON p.id = e.posting_id
    LEFT JOIN budget_posting parent ON parent.id = p.refers_to_id
    WHERE p.unit_id = %s AND p.fiscal_year = %s
      AND e.amount_kind IN ('realisation', 'commitment')
      AND (p.document_kind IN ('dipa', 'pok')
           OR (p.document_kind = 'correction'
               AND coalesce(parent.document_kind, '') NOT IN ('sp2d', 'return', 'commitment')))
    GROUP BY e.line_id
"""


def lines_of(unit: SpendingUnit, fiscal_year: int) -> BudgetLineQuerySet:
    """Return the lines of a unit and year, in the order of their ids."""
    found: BudgetLineQuerySet = BudgetLine.objects.filter(unit=unit, fiscal_year=fiscal_year)
    return found.order_by("id")


def to_match(lines: BudgetLineQuerySet) -> Iterator[KeyedLine]:
    """Yield lines as they are looked for."""
    names = ("pk", "unit_id", "line_key", *PARTS, *BESIDE_THE_KEY)
    for pk, unit_id, key, *rest in lines.values_list(*names):
        yield KeyedLine(pk, unit_id, key, tuple(rest[: len(PARTS)]), tuple(rest[len(PARTS) :]))


def books(unit: SpendingUnit, fiscal_year: int, list_kind: str, today: date) -> Books:
    """Return what a list of documents is compared with."""
    contracts = _ask(COMMITTED, unit, fiscal_year)
    if list_kind == COMMITMENT:
        rows = [row[:10] for row in contracts if row[9]]
    else:
        rows = _fetch(PAID.format(unit=unit.pk, year=int(fiscal_year)))
    orders = _ask(ORDERED, unit, fiscal_year)
    return Books(
        fiscal_year,
        today,
        _posted(unit, rows).filter(pl.col("document_kind").is_in(kinds_of(list_kind))),
        _balances(unit, fiscal_year, list_kind),
        _contracts(unit, contracts),
        _orders(orders),
        min((row[2] for row in orders), default=None),
    )


def amounts_on(unit: SpendingUnit, fiscal_year: int, day: date) -> dict[int, Amounts]:
    """Return the amounts of a unit's lines that had taken effect by a day."""
    lines = lines_of(unit, fiscal_year).values("pk")
    entries = Entry.objects.filter(line__in=lines.order_by())
    return entries.amounts_by("line_id", day)


def _fetch(query: str) -> list[tuple[Any, ...]]:
    return bulk.fetch(query, MOVED).rows()


def _ask(query: str, unit: SpendingUnit, fiscal_year: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [unit.pk, fiscal_year])
        return list(cursor.fetchall())


def _posted(unit: SpendingUnit, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Gather the lines of documents; of several editions the newest counts."""
    plain = [(*row[:-1], int(row[-1])) for row in rows]
    found = pl.DataFrame(plain, schema=MOVED, orient="row").sort("line_id")
    named = [name for name in MOVED if name not in ("line_id", "rupiah")]
    gathered = found.group_by(named).agg(ours=pl.col("rupiah").sum(), our_lines=signature())
    texts = ("our_party", "our_method", "our_contract", "our_order")
    keyed = gathered.with_columns(pl.col(name).replace("", None) for name in texts)
    keyed = with_number_key(keyed, "number", "number_key")
    keyed = with_number_key(keyed, "our_contract", "our_contract_key")
    keyed = with_number_key(keyed, "our_order", "our_order_key")
    keyed = with_party_key(keyed, "our_party", "our_party_key")
    newest = keyed.sort("posting_id").unique(
        ["document_kind", "number_key"], keep="last", maintain_order=True
    )
    return newest.with_columns(unit_id=pl.lit(unit.pk, pl.Int64)).select(list(POSTED))


def _balances(unit: SpendingUnit, fiscal_year: int, list_kind: str) -> dict[int, Balance]:
    stated = {line: rest for line, *rest in _ask(STATED, unit, fiscal_year)}
    found = {}
    for line in lines_of(unit, fiscal_year):
        paid, committed, until = stated.get(line.pk, (0, 0, None))
        undocumented = committed - paid if list_kind == COMMITMENT else paid
        found[line.pk] = Balance(
            line.line_key,
            line.amounts.free,
            line.realised,
            line.amounts.unpaid,
            max(0, int(undocumented)),
            until,
        )
    return found


def _contracts(unit: SpendingUnit, rows: list[tuple[Any, ...]]) -> dict[tuple[int, str], Contract]:
    """Return what each contract in force still owes; one that comes to nothing is none."""
    found: dict[tuple[int, str], Contract] = {}
    keys = number_keys(row[1] for row in rows)
    for _kind, number, posting, day, _party, _method, _none, _no, line, committed, paid in rows:
        if not committed and not paid:
            continue
        contract = found.setdefault((unit.pk, keys[number]), Contract(posting, day))
        contract.unpaid[line] = contract.unpaid.get(line, 0) + int(committed) - int(paid)
    return found


def _orders(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Gather the lines of orders; what is paid on a line is no longer ordered."""
    schema = {
        "posting_id": pl.Int64, "number": pl.String, "contract": pl.String, "line_id": pl.Int64,
        "rupiah": pl.Int64,
    }  # fmt: skip
    plain = [(pk, number, contract, line, int(rupiah)) for pk, number, _on, contract, line, rupiah
             in rows]  # fmt: skip
    found = pl.DataFrame(plain, schema=schema, orient="row").sort("line_id")
    left = found.filter(pl.col("rupiah") != 0)
    gathered = found.group_by("posting_id", "number", "contract").agg(
        ordered=pl.col("rupiah").sum()
    )
    lines = left.group_by("posting_id", maintain_order=True).agg(ordered_lines=signature())
    keyed = with_number_key(gathered.join(lines, on="posting_id", how="left"), "number",
                            "order_key")  # fmt: skip
    keyed = with_number_key(keyed, "contract", "ordered_contract_key")
    keyed = keyed.with_columns(pl.col("ordered_contract_key").replace("", None))
    newest = keyed.sort("posting_id").unique("order_key", keep="last", maintain_order=True)
    return newest.select(pl.col(name).cast(dtype) for name, dtype in ORDERS.items())
