"""What a person should look at: named, and never passed over in silence."""

from dataclasses import dataclass

import duckdb

from pulih.common.errors import Message

LONGEST = 120
"""A name of more letters than this is no name."""
CROWDED = 0.5
"""More than this share of such names, and several columns were poured into one."""
NAMES = ("owner_name", "business_name")
MANY = 400
"""A number on more records than this is named."""


@dataclass(frozen=True)
class Finding:
    """Something that a guard cut or saw, to be looked at by a person."""

    kind: str
    count: int
    example: str | None
    message: Message


def of_names(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return what is odd about the names in table `given`: empty, or several things in one.

    Table `headings` (heading) holds the columns that the file has.
    """
    headings = {name for (name,) in connection.execute("FROM headings").fetchall()}
    records, *known = connection.execute(
        f"SELECT count(*), {', '.join(f'count({name})' for name in NAMES)} FROM given"
    ).fetchall()[0]
    if not records:
        return []
    findings = [
        _empty(name, records)
        for name, many in zip(NAMES, known, strict=True)
        if many == 0 and name in headings
    ]
    if not any(known) and not findings:
        findings.append(_empty("owner_name, business_name", records))
    return findings + [found for name in NAMES if (found := _crowded(connection, name))]


def _empty(name: str, records: int) -> Finding:
    return Finding(
        f"empty: {name}",
        records,
        None,
        Message(
            f"Kolom {name} kosong di semua {records} baris; hasilnya jauh kurang pasti."
            " Periksa judul kolom berkas asalnya.",
            f"Column {name} is empty in all {records} records; the result is far less sure."
            " Look at the headings of the original file.",
        ),
    )


def _crowded(connection: duckdb.DuckDBPyConnection, name: str) -> Finding | None:
    """Tell whether a column of names holds whole rows: long texts, or long numbers in them."""
    known, crowded, example = connection.execute(rf"""
        SELECT count(*), count(*) FILTER (is_odd), min(record_id) FILTER (is_odd) FROM (
            SELECT record_id, length({name}) > {LONGEST}
                OR regexp_matches({name}, '[0-9]{{9}}') AS is_odd
            FROM given WHERE {name} IS NOT NULL)
    """).fetchall()[0]
    if crowded <= CROWDED * known:
        return None
    return Finding(
        f"crowded: {name}",
        crowded,
        example,
        Message(
            f"Kolom {name} di {crowded} baris (di antaranya {example}) memuat beberapa isian"
            " sekaligus. Pisahkan isian ke kolomnya masing-masing.",
            f"Column {name} of {crowded} records ({example} among them) holds several things at"
            " once. Put each into a column of its own.",
        ),
    )


def of_shared_numbers(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return the telephones and NIK in `cleaned` that so many share that they identify nobody."""
    found = []
    for name, shown in (("phone", "telepon"), ("nik", "NIK")):
        rows = connection.execute(f"""
            SELECT count(*) AS records, arg_min(record_id, rec) FROM cleaned
            WHERE {name}_shared GROUP BY {name} HAVING records > {MANY}
            ORDER BY records DESC, min(rec)
        """).fetchall()
        if rows:
            found.append(_shared(name, shown, rows))
    return found


def _shared(name: str, shown: str, rows: list[tuple[int, str]]) -> Finding:
    most, example = rows[0]
    english = "telephone" if name == "phone" else "NIK"
    return Finding(
        f"shared: {name}",
        sum(records for records, _ in rows),
        example,
        Message(
            f"Satu nomor {shown} tercatat di {most} baris (di antaranya {example});"
            " nomor itu tidak dipakai untuk mencocokkan. Periksa sumbernya.",
            f"One {english} stands in {most} records ({example} among them);"
            " it was not used for matching. Look at its source.",
        ),
    )
