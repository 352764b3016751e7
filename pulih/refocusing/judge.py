"""Faults between the rows of a case: doubled keys, dangling codes, codes of the wrong level."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pulih.common.errors import Fault, Message
from pulih.refocusing.case import EVERY_MEASURE
from pulih.refocusing.tables import TABLES, Kind, Record, Table

Rows = Sequence[tuple[int, Record]]

ORDER = ("case", *(table.name for table in TABLES))
UNKNOWN: dict[Kind, Message] = {
    "province": Message(
        "Kode ini bukan provinsi dalam tabel areas.",
        "This code is not a province of the areas table.",
    ),
    "regency": Message(
        "Kode ini bukan kabupaten/kota dalam tabel areas.",
        "This code is not a regency of the areas table.",
    ),
    "area": Message("Kode ini tidak ada dalam tabel areas.", "The areas table has no such code."),
    "measure": Message(
        "Kode ini tidak ada dalam tabel measures.", "The measures table has no such code."
    ),
}
UNKNOWN["measures"] = UNKNOWN["measure"]


def order(fault: Fault) -> tuple[int, int, str, str]:
    """Sort faults by table, row and column."""
    return ORDER.index(fault.table), fault.row or 0, fault.column or "", fault.message.en


def faults(records: Mapping[str, Rows]) -> list[Fault]:
    """Return what is wrong between rows; cells that were unreadable are absent from records."""
    known = _codes(records)
    found: list[Fault] = []
    for table in TABLES:
        rows = records[table.name]
        found += _doubled(table, rows)
        found += _dangling(table, rows, known)
        for number, record in rows:
            for column, message in table.wrongs(record):
                found.append(Fault(table.name, number, column, _text(record[column]), message))
    return found


def _codes(records: Mapping[str, Rows]) -> dict[Kind, set[str]]:
    areas = [record for _, record in records["areas"] if "area" in record]
    provinces = {record["area"] for record in areas if record.get("parent") == ""}
    every = {record["area"] for record in areas}
    measures = {record["measure"] for _, record in records["measures"] if "measure" in record}
    return {
        "province": provinces,
        "regency": every - provinces,
        "area": every,
        "measure": measures,
        "measures": measures | {EVERY_MEASURE},
    }


def _doubled(table: Table, rows: Rows) -> Iterator[Fault]:
    first: dict[tuple[object, ...], int] = {}
    for number, record in rows:
        if not set(table.key) <= record.keys():
            continue
        key = tuple(record[name] for name in table.key)
        if key in first:
            value = " / ".join(map(str, key))
            yield Fault(table.name, number, table.key[0], value, _same_as(first[key], table))
        first.setdefault(key, number)


def _same_as(row: int, table: Table) -> Message:
    key = ", ".join(table.key)
    return Message(
        f"Kunci ini ({key}) sudah dipakai di baris {row}.",
        f"This key ({key}) already stands in row {row}.",
    )


def _dangling(table: Table, rows: Rows, known: Mapping[Kind, set[str]]) -> Iterator[Fault]:
    for number, record in rows:
        for column, kind in table.refers.items():
            named = record.get(column, "")
            for code in (named,) if isinstance(named, str) else named:
                if code and code not in known[kind]:
                    yield Fault(table.name, number, column, code, UNKNOWN[kind])


def _text(value: object) -> str:
    match value:
        case tuple():
            return ";".join(value)
        case Fraction():
            return format(float(value), "g")
        case _:
            return str(value)
