"""Small tables for tests: records with defaults, and what linking makes of them."""

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pulih.linkage.command import main

Row = dict[str, str | None]
SITI: Row = {
    "business_name": "UD Mekar Sari",
    "owner_name": "Siti Aminah",
    "nik": "3204125203800007",
    "phone": "081298765432",
    "village": "Sukamaju",
    "village_code": "3204122003",
    "regency_code": "3204",
    "address": "Jl. Kenanga No. 5 RT 02/RW 04",
    "product": "keripik singkong",
    "kbli": "10794",
    "year_established": "2011",
}


def record(record_id: int | str, like: Row = SITI, **changes: str | None) -> Row:
    """Return a record like another, with changes."""
    return {"record_id": str(record_id), **like, **changes}


def write(folder: Path, rows: Sequence[Row], name: str = "records") -> Path:
    """Write rows as CSV."""
    path = folder / f"{name}.csv"
    pl.DataFrame(rows, infer_schema_length=None).write_csv(path)
    return path


def linked(folder: Path, rows: Sequence[Row], *options: str) -> dict[str, str]:
    """Return the enterprise of each record."""
    out = folder / "clusters.csv"
    records = write(folder, rows)
    pairs = ("--pairs", str(folder / "pairs.csv"))
    assert main([str(records), "--out", str(out), *pairs, *options]) in (0, 1)
    table = pl.read_csv(out, infer_schema=False)
    return dict(table.select("record_id", "enterprise_id").iter_rows())


def pairs_of(folder: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Return decision and evidence by pair, of the last `linked`."""
    table = pl.read_csv(folder / "pairs.csv", infer_schema=False)
    rows = table.select("record_a", "record_b", "decision", "evidence").iter_rows()
    return {(a, b): (decision, evidence) for a, b, decision, evidence in rows}


def told(printed: str) -> dict[str, object]:
    """Return the one JSON object that was printed."""
    answer: dict[str, object] = json.loads(printed)
    return answer
