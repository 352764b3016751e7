"""Read a case from a folder of tables, or from frames in memory; list everything wrong with it."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pulih.casefiles import faults as between_rows
from pulih.casefiles.reading import (
    Sheets,
    Tell,
    records_of,
    sheets_in,
    sheets_of,
    silent,
    unread,
    values_of,
)
from pulih.casefiles.settings import read_settings
from pulih.common.errors import Fault
from pulih.refocusing.case import Case
from pulih.refocusing.codes import known_codes
from pulih.refocusing.plan import Plan
from pulih.refocusing.settings import NAMES, settings_from
from pulih.refocusing.tables import PLAN_TABLES, TABLES


def read_case(directory: Path | str, tell: Tell = silent) -> Case | list[Fault]:
    """Return the case in a folder, or every fault found in it.

    tell: is told one sentence per ignored column or entry.
    """
    folder = Path(directory)
    raw, faults = read_settings(folder)
    return _case(raw, faults, sheets_in(folder, TABLES), tell)


def read_plan(directory: Path | str) -> Plan | list[Fault]:
    """Return the plan that `write_plan` left in a folder, of this case or a like one."""
    sheets = sheets_in(Path(directory), PLAN_TABLES)
    records, faults = records_of(sheets, PLAN_TABLES, silent)
    faults += between_rows.faults(PLAN_TABLES, records, {})
    if faults:
        return sorted(faults, key=between_rows.order(PLAN_TABLES))
    units, lines = (values_of(table, records[table.name]) for table in PLAN_TABLES)
    return Plan(
        {(row.regency, row.measure): row.units for row in units},
        {row.line: row.after for row in lines},
    )


def case_from_tables(
    settings: Mapping[str, object], tables: Mapping[str, pl.DataFrame], tell: Tell = silent
) -> Case | list[Fault]:
    """Return the case that frames in memory hold, or every fault found in them.

    settings: the entries of `case.toml`; tables: one frame by table name.
    """
    return _case(settings, [], sheets_of(tables, TABLES), tell)


def _case(
    raw: Mapping[str, object] | None, faults: list[Fault], sheets: Sheets, tell: Tell
) -> Case | list[Fault]:
    settings = None
    if raw is not None:
        settings, wrong = settings_from(raw)
        faults += wrong
        for name in raw.keys() - set(NAMES):
            tell(f"case.toml: ignored entry {name}.")
    records, wrong = records_of(sheets, TABLES, tell)
    faults += wrong
    faults += between_rows.faults(TABLES, records, known_codes(records, unread(sheets, TABLES)))
    if faults or settings is None:
        return sorted(faults, key=between_rows.order(TABLES))
    return Case(settings, **{table.name: values_of(table, records[table.name]) for table in TABLES})
