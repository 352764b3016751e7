"""Cases broken in one cell, each in a way that the contract calls a fault."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.outside import Case, run_here, write_settings

WHOLE = ("-1", "1.5", "1e3", "1.000.000", "satu", "１２", "", "1,5")
DECIMAL = ("-1", "1e3", "1,5", "nan", "inf", "x", "")
SHARE = ("-0.1", "1.1", "10%", "1e-1", "nan")

# By command, table and column: what no such cell may hold. A blank is allowed where it means none.
BROKEN: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    "refocus": {
        ("lines", "province"): ("tiada", "31.0", ""),
        ("lines", "measure"): ("tiada", ""),
        ("lines", "line"): ("NEW:31:alat", ""),
        ("lines", "ceiling"): WHOLE,
        ("lines", "committed"): WHOLE,
        ("lines", "blocked"): WHOLE,
        ("lines", "protected"): ("2", "ya", "-1"),
        ("measures", "batch"): ("0", *WHOLE),
        ("measures", "setup_cost"): WHOLE,
        ("costs", "area"): ("tiada",),
        ("costs", "measure"): ("tiada", ""),
        ("costs", "unit_cost"): WHOLE,
        ("needs", "regency"): ("tiada", "31", ""),
        ("needs", "firms"): WHOLE,
        ("needs", "severity"): ("100.1", *DECIMAL),
        ("effects", "measure"): ("tiada", ""),
        ("effects", "relief"): DECIMAL,
        ("limits", "area"): ("tiada", ""),
        ("limits", "min_units"): ("-1", "1.5", "x", "1e3"),
        ("amounts", "province"): ("tiada", "31.0"),
        ("amounts", "measures"): ("tiada", "alat;tiada", ""),
        ("amounts", "max_amount"): ("-1", "1.5", "x"),
        ("shares", "province"): ("tiada", "31.0"),
        ("shares", "min_share"): SHARE,
        ("shares", "max_share"): SHARE,
    },
    "match": {
        ("areas", "parent"): ("tiada", "31.0"),
        ("products", "gram"): WHOLE,
        ("needs", "area"): ("tiada", "31", ""),
        ("needs", "product"): ("tiada", ""),
        ("needs", "quantity"): ("0", *WHOLE),
        ("needs", "due"): ("2020-13-01", "1/2/2020", "2020-02-30", "kemarin", ""),
        ("needs", "max_price"): ("-1", "1.5", "x"),
        ("needs", "min_order"): ("-1", "1.5", "x"),
        ("needs", "max_suppliers"): ("-1", "1.5", "x"),
        ("needs", "weight"): DECIMAL,
        ("firms", "regency"): ("tiada", "31", ""),
        ("firms", "severity"): ("100.1", *DECIMAL),
        ("firms", "free_from"): ("2020-02-30", "x"),
        ("capacities", "firm"): ("tiada", ""),
        ("capacities", "product"): ("tiada", ""),
        ("capacities", "per_week"): ("0", *WHOLE),
        ("capacities", "price"): WHOLE,
        ("capacities", "lot"): ("0", *WHOLE),
        ("transport", "class"): ("laut", "regency", ""),
        ("transport", "per_kg"): WHOLE,
        ("transport", "days"): WHOLE,
        ("certificates", "firm"): ("tiada", ""),
        ("certificates", "valid_to"): ("x", "2020-02-30"),
        ("groups", "group"): ("F", ""),
        ("groups", "area"): ("tiada", "31"),
        ("groups", "fee"): WHOLE,
        ("members", "group"): ("tiada", ""),
        ("members", "firm"): ("tiada", ""),
        ("routes", "to"): ("tiada", "31"),
        ("routes", "class"): ("laut", ""),
        ("placed", "firm"): ("tiada", ""),
        ("placed", "product"): ("tiada", ""),
        ("placed", "quantity"): ("0", *WHOLE),
        ("placed", "due"): ("x", ""),
    },
    "select": {
        ("applications", "application"): ("",),
        ("applications", "score"): ("-1", "1000000.000001", "0.0000001", "1e3", "x", "", "nan"),
        ("applications", "cost"): ("-1", "1.5", "1e3", "x"),
        ("applications", "fixed"): ("IN", "ya", "0"),
        ("quotas", "where"): ("", "tiada=1", "daerah", "daerah=", "=1", "daerah=1;", "daerah=1|"),
        ("quotas", "unit"): ("orang", "", "People"),
        ("quotas", "min"): ("-1", "1.5", "x"),
        ("shares", "of"): ("", "tiada=1"),
        ("shares", "min_share"): SHARE,
    },
}


def every() -> Iterator[tuple[str, str, str, str]]:
    for command, cells in BROKEN.items():
        for (table, column), values in cells.items():
            for value in values:
                yield command, table, column, value


def write_plainly(case: Case, folder: Path) -> None:
    """Write every table as CSV in the order of its rows, so that rows can be counted."""
    folder.mkdir(parents=True)
    write_settings(case.settings, folder / "case.toml")
    for name, rows in case.tables.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, case.columns[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")


def objections(
    run: Callable[[list[str]], int], case: Case, table: str, column: str, value: str, folder: Path
) -> Iterator[str]:
    """Break the last row of a table in one cell; it must be told at its place and nothing done."""
    case.tables[table][-1][column] = value
    row = len(case.tables[table]) + 1
    write_plainly(case, folder / "case")
    out = folder / "plan"
    answer = run_here(run, [str(folder / "case"), "--out", str(out), "--json"], out)
    if answer.status != 2:
        yield f"exit {answer.status} {answer.told[-200:]}"
        return
    if out.exists():
        yield "something was written"
    told = json.loads(answer.printed)
    places = [(fault["table"], fault["row"]) for fault in told["faults"]]
    if (table, row) not in places:
        yield f"told at {places}, not at {table} row {row}"
    columns = {fault["column"] for fault in told["faults"] if fault["table"] == table}
    if column not in columns:
        yield f"told at the columns {columns}"
    for fault in told["faults"]:
        texts = fault["message_id"], fault["message_en"]
        if not all(text and "\n" not in text and text.endswith(".") for text in texts):
            yield f"the sentences {texts}"
        if texts[0] == texts[1] or len(texts[1]) > 200:
            yield f"the sentences {texts}"
