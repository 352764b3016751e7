"""Read the cells, the rules and the earlier releases; list everything wrong with them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import polars as pl

from pulih.casefiles import faults as between_rows
from pulih.casefiles.cells import number, whole
from pulih.casefiles.reading import (
    Sheets,
    Tell,
    records_of,
    sheet_at,
    sheets_in,
    sheets_of,
    silent,
)
from pulih.casefiles.tables import Record
from pulih.common.errors import Fault, Message
from pulih.disclosure import check
from pulih.disclosure.case import Case, Cell, Key, Release, Rule
from pulih.disclosure.rules import read_rules, rules_from
from pulih.disclosure.tables import CELLS, HIDDEN, KEY, PROTECTED

UNKNOWN_MEASURE = Message(
    "Ukuran ini tidak ada dalam aturan (RULES).", "This measure is not in the rules (RULES)."
)
UNKNOWN_DIMENSION = Message(
    "Dimensi ini tidak ada dalam parts atau answers ukurannya.",
    "This dimension is in neither parts nor answers of its measure.",
)
NO_CONTRIBUTORS = Message(
    "Jumlah uang atau barang (sum) butuh contributors, largest dan second.",
    "A sum needs contributors, largest and second.",
)

Amounts = Mapping[Key, Mapping[str, Fraction]]


def read_case(
    cells: Path | str, rules: Path | str, earlier: Sequence[Path | str] = (), tell: Tell = silent
) -> Case | list[Fault]:
    """Return the case in these files, or every fault found in them.

    earlier: folders of earlier runs; tell: is told one sentence per ignored column or entry.
    """
    found, faults = read_rules(Path(rules), tell)
    releases = [(Path(each).name, _protected_in(Path(each))) for each in earlier]
    return _case(sheet_at(Path(cells), CELLS), found, faults, releases, tell)


def case_from_tables(
    rules: Mapping[str, object],
    cells: pl.DataFrame,
    earlier: Sequence[pl.DataFrame] = (),
    tell: Tell = silent,
) -> Case | list[Fault]:
    """Return the case that frames in memory hold, or every fault found in them.

    rules: the entries of `RULES.toml`; earlier: the frames of `protected.csv`.
    """
    found, faults = rules_from(rules, tell)
    releases = [
        (str(place), sheets_of({"protected": frame}, (PROTECTED,)))
        for place, frame in enumerate(earlier, start=1)
    ]
    return _case(sheets_of({"cells": cells}, (CELLS,)), found, faults, releases, tell)


def _protected_in(folder: Path) -> Sheets:
    return sheets_in(folder, (PROTECTED,))


def _case(
    sheets: Sheets,
    rules: Mapping[str, Rule],
    faults: list[Fault],
    releases: Sequence[tuple[str, Sheets]],
    tell: Tell,
) -> Case | list[Fault]:
    rows, wrong = _rows(sheets, tell)
    parents, wrong_areas = check.parents_of("cells", rows)
    read, wrong_cells = _amounts(rows, rules)
    faults = [*faults, *wrong, *wrong_areas, *wrong_cells]
    earlier = [_release(name, each, rules, faults, tell) for name, each in releases]
    digits = _digits(read, [shown for _, _, shown in earlier])
    made = tuple(_cell(key, amounts, digits[key.measure]) for key, amounts in sorted(read.items()))
    case = Case(
        rules,
        parents,
        made,
        digits,
        tuple(
            Release(name, above, {key: _scaled(value, digits[key.measure]) for key, value in cells})
            for name, above, cells in earlier
        ),
    )
    faults = faults or check.additions(case, {_key(row): place for place, row in rows})
    return sorted(faults, key=_order) if faults else case


def _rows(sheets: Sheets, tell: Tell) -> tuple[between_rows.Rows, list[Fault]]:
    records, faults = records_of(sheets, (CELLS,), tell)
    rows = records["cells"]
    return rows, faults + between_rows.faults((CELLS,), records, {})


def _key(record: Record) -> Key:
    return Key(*(record.get(name, "") for name in KEY))


def _amounts(
    rows: between_rows.Rows, rules: Mapping[str, Rule]
) -> tuple[dict[Key, dict[str, Fraction]], list[Fault]]:
    """Read the numbers of each row by the kind of its measure."""
    read: dict[Key, dict[str, Fraction]] = {}
    faults: list[Fault] = []
    for place, record in rows:
        rule = rules.get(record.get("measure", ""))
        if rule is None:
            if record.get("measure") and rules:
                faults.append(Fault("cells", place, "measure", record["measure"], UNKNOWN_MEASURE))
            continue
        dimension = record.get("dimension", "")
        if dimension not in ("", "all", *rule.parts, *rule.answers):
            faults.append(Fault("cells", place, "dimension", dimension, UNKNOWN_DIMENSION))
        amounts: dict[str, Fraction] = {}
        for column in ("value",) if rule.kind == "count" else ("value", *CELLS.optional):
            amount = _amount(record.get(column), rule, column)
            if isinstance(amount, Message):
                faults.append(Fault("cells", place, column, record.get(column) or None, amount))
            elif amount is not None:
                amounts[column] = amount
        read[_key(record)] = amounts
    return read, faults


def _amount(text: str | None, rule: Rule, column: str) -> Fraction | Message | None:
    if text is None:
        return None  # Already a fault of its own.
    if not text:
        return NO_CONTRIBUTORS
    is_whole = rule.kind == "count" or column == "contributors"
    amount = whole(text) if is_whole else number(text)
    return Fraction(amount) if isinstance(amount, int) else amount


def _release(
    name: str, sheets: Sheets, rules: Mapping[str, Rule], faults: list[Fault], tell: Tell
) -> tuple[str, Mapping[str, str], list[tuple[Key, Fraction | None]]]:
    """Read one earlier release; its faults name its folder as the table."""
    table = f"{name}/protected"
    records, wrong = records_of(sheets, (PROTECTED,), tell)
    rows = records["protected"]
    wrong += between_rows.faults((PROTECTED,), records, {})
    parents, wrong_areas = check.parents_of("protected", rows)
    cells: list[tuple[Key, Fraction | None]] = []
    for place, record in rows:
        value, rule = record.get("value", ""), rules.get(record.get("measure", ""))
        amount = _amount(value, rule, "value") if value and rule else None
        if isinstance(amount, Message):
            wrong.append(Fault("protected", place, "value", value, amount))
        elif not value and record.get("marker") != HIDDEN:
            wrong.append(Fault("protected", place, "value", None, check.NO_MARKER))
        elif value and record.get("marker") == HIDDEN:
            wrong.append(Fault("protected", place, "value", value, check.NOT_HIDDEN))
        elif rule is not None:
            cells.append((_key(record), amount))
    faults += [
        Fault(table, each.row, each.column, each.value, each.message)
        for each in (*wrong, *wrong_areas)
    ]
    return name, parents, cells


def _digits(
    read: Amounts, releases: Sequence[Sequence[tuple[Key, Fraction | None]]]
) -> Mapping[str, int]:
    """How many decimals the amounts of each measure have at most."""
    found: dict[str, int] = {}
    given = [(key, amount) for key, amounts in read.items() for amount in amounts.values()]
    shown = [(key, amount) for cells in releases for key, amount in cells if amount is not None]
    for key, _ in [*((key, None) for key in read), *(pair for each in releases for pair in each)]:
        found.setdefault(key.measure, 0)
    for key, amount in (*given, *shown):
        while (amount * 10 ** found[key.measure]).denominator != 1:
            found[key.measure] += 1
    return found


def _scaled(amount: Fraction | None, digits: int) -> int | None:
    return None if amount is None else int(amount * 10**digits)


def _cell(key: Key, amounts: Mapping[str, Fraction], digits: int) -> Cell:
    value = amounts.get("value", Fraction(0))
    contributors = amounts.get("contributors")
    return Cell(
        key,
        int(value * 10**digits),
        None if contributors is None else int(contributors),
        _scaled(amounts.get("largest"), digits),
        _scaled(amounts.get("second"), digits),
    )


def _order(fault: Fault) -> tuple[bool, bool, str, int, str, str]:
    """Rules first, then cells, then the earlier releases."""
    return (
        fault.table != "rules",
        fault.table != "cells",
        fault.table,
        fault.row or 0,
        fault.column or "",
        fault.message.en,
    )
