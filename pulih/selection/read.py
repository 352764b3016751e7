"""Read a case from a folder, or from frames in memory; list everything wrong with it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import polars as pl

from pulih.casefiles import faults as between_rows
from pulih.casefiles.columns import Columns, columns_of, read_columns
from pulih.casefiles.reading import (
    NO_FILE,
    Sheets,
    Tell,
    records_of,
    sheets_in,
    sheets_of,
    silent,
    values_of,
)
from pulih.casefiles.settings import read_settings, settings_fault
from pulih.casefiles.tables import Record
from pulih.common.errors import Fault, Message
from pulih.selection.applications import OWN, TABLE, applications_from
from pulih.selection.case import Case, Condition, Settings
from pulih.selection.settings import NAMES, settings_from
from pulih.selection.tables import QUOTAS, SHARES, TABLES

ReadColumns = Callable[[Collection[str]], tuple[Columns | None, list[Fault]]]


def read_case(directory: Path | str, tell: Tell = silent) -> Case | list[Fault]:
    """Give the case in a folder, or every fault found in it.

    tell: is told one sentence per ignored column or entry.
    """
    folder = Path(directory)
    raw, faults = read_settings(folder)

    def columns(wanted: Collection[str]) -> tuple[Columns | None, list[Fault]]:
        return read_columns(folder, TABLE, "application", wanted)

    return _case(raw, faults, sheets_in(folder, TABLES), columns, tell)


def case_from_tables(
    settings: Mapping[str, object], tables: Mapping[str, pl.DataFrame], tell: Tell = silent
) -> Case | list[Fault]:
    """The same from frames in memory.

    settings: the entries of `case.toml`; tables: one frame by table name.
    """

    def columns(wanted: Collection[str]) -> tuple[Columns | None, list[Fault]]:
        if TABLE not in tables:
            return None, [Fault(TABLE, None, None, None, NO_FILE)]
        return columns_of(tables[TABLE], TABLE, "application", wanted)

    rules = {table.name: tables[table.name] for table in TABLES if table.name in tables}
    return _case(settings, [], sheets_of(rules, TABLES), columns, tell)


def _case(
    raw: Mapping[str, object] | None,
    faults: list[Fault],
    sheets: Sheets,
    read: ReadColumns,
    tell: Tell,
) -> Case | list[Fault]:
    settings = None
    if raw is not None:
        settings, wrong = settings_from(raw)
        faults += wrong
        for name in raw.keys() - set(NAMES):
            tell(f"case.toml: ignored entry {name}.")
    records, wrong = records_of(sheets, TABLES, tell)
    faults += wrong + between_rows.faults(TABLES, records, {})
    attributes = _attributes(settings, records)
    columns, wrong = read({*OWN, *attributes})
    faults += wrong
    applications = None
    if columns is not None:
        faults += _unknown_columns(columns, settings, records)
        applications, wrong = applications_from(columns, attributes)
        faults += wrong
    if faults or settings is None or applications is None:
        return sorted(faults, key=_order)
    rules = {table.name: values_of(table, records[table.name]) for table in TABLES}
    return Case(settings, applications, **rules)


def _order(fault: Fault) -> tuple[int, int, str, str]:
    names = ("case", TABLE, *(table.name for table in TABLES))
    return names.index(fault.table), fault.row or 0, fault.column or "", fault.message.en


def _conditions(
    records: Mapping[str, between_rows.Rows],
) -> Iterator[tuple[str, int, str, Condition]]:
    """Yield table, row and column of every condition that could be read."""
    for table, names in ((QUOTAS, ("where",)), (SHARES, ("where", "of"))):
        for number, record in records[table.name]:
            yield from _in_record(table.name, number, record, names)


def _in_record(
    table: str, number: int, record: Record, names: tuple[str, ...]
) -> Iterator[tuple[str, int, str, Condition]]:
    for name in names:
        if name in record:
            yield table, number, name, record[name]


def _attributes(
    settings: Settings | None, records: Mapping[str, between_rows.Rows]
) -> tuple[str, ...]:
    named = set(settings.exclusive if settings else ())
    for _, _, _, condition in _conditions(records):
        named.update(condition.columns)
    return tuple(sorted(named - set(OWN)))


def _unknown_columns(
    columns: Columns, settings: Settings | None, records: Mapping[str, between_rows.Rows]
) -> Iterator[Fault]:
    known = set(columns.headings) - set(OWN) - {""}
    for name in settings.exclusive if settings else ():
        if name not in known:
            yield settings_fault("exclusive", name, _no_attribute(name))
    for table, number, place, condition in _conditions(records):
        for name in condition.columns:
            if name not in known:
                yield Fault(table, number, place, condition.text, _no_attribute(name))


def _no_attribute(name: str) -> Message:
    return Message(
        f"Tabel applications tidak punya kolom atribut {name}.",
        f"The table applications has no attribute column {name}.",
    )
