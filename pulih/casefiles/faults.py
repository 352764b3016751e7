"""Faults between the rows of a case: doubled keys, dangling codes, rules of one row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from pulih.casefiles.tables import Record, Table
from pulih.common.errors import Fault, Message

Rows = Sequence[tuple[int, Record]]

# Codes of a kind, and what others are told. Of a kind that is not here nobody can say.
Known = Mapping[str, tuple[Collection[str], Message]]


def order(tables: Sequence[Table]) -> Callable[[Fault], tuple[int, int, str, str]]:
    """Return the key that sorts faults by table, row and column; `case.toml` comes first."""
    names = ("case", *(table.name for table in tables))
    return lambda fault: (
        names.index(fault.table),
        fault.row or 0,
        fault.column or "",
        fault.message.en,
    )


def without(known: Known, unread: Collection[str], kinds: Mapping[str, Collection[str]]) -> Known:
    """Leave out the kinds of code whose tables could not be read: that is their one fault.

    kinds: the tables in which the codes of a kind stand.
    """
    return {kind: said for kind, said in known.items() if not set(kinds[kind]) & set(unread)}


def faults(tables: Sequence[Table], records: Mapping[str, Rows], known: Known) -> list[Fault]:
    """Return what is wrong between rows; cells that were unreadable are absent from records."""
    found: list[Fault] = []
    for table in tables:
        rows = records[table.name]
        found += _doubled(table, rows)
        found += _dangling(table, rows, known)
        for number, record in rows:
            for column, message in table.wrongs(record):
                found.append(Fault(table.name, number, column, _text(record[column]), message))
    return found


def _doubled(table: Table, rows: Rows) -> Iterator[Fault]:
    first: dict[tuple[object, ...], int] = {}
    for number, record in rows if table.key else ():
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


def _dangling(table: Table, rows: Rows, known: Known) -> Iterator[Fault]:
    for number, record in rows:
        for column, kind in table.refers.items():
            if kind not in known:
                continue
            codes, message = known[kind]
            named = record.get(column, "")
            for code in (named,) if isinstance(named, str) else named:
                if code and code not in codes:
                    yield Fault(table.name, number, column, code, message)


def _text(value: object) -> str:
    match value:
        case tuple():
            return ";".join(value)
        case Fraction():
            return format(float(value), "g")
        case _:
            return str(value)
