"""Selection cases with defaults: frames as `case_from_tables` takes them, and folders of CSV."""

from pathlib import Path
from typing import Any

import polars as pl

from pulih.selection import Case, case_from_tables

QUOTAS = ("quota", "where", "unit", "min", "max")
SHARES = ("share", "where", "of", "min_share", "max_share")
SETTINGS: dict[str, object] = {
    "title": "Contoh",
    "year": 2020,
    "seed": "46-13-07-28-02",
    "exclusive": ["household"],
}
APPLICATIONS = [
    {"application": "A1", "score": "70", "regency": "63.71", "sex": "P", "household": "K1"},
    {"application": "A2", "score": "65.5", "regency": "63.71", "sex": "L", "household": "K1"},
    {"application": "A3", "score": "60", "regency": "63.72", "sex": "P", "household": None},
    {"application": "A4", "score": "60", "regency": "63.72", "sex": "P", "household": None},
]

Row = dict[str, str | None]


def frame(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Make a table of text, as a CSV would bring it."""
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    return pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String), orient="row")


def applications(rows: list[Row]) -> pl.DataFrame:
    names = dict.fromkeys(name for row in rows for name in row)
    return frame(tuple(names), [tuple(row.get(name) for name in names) for row in rows])


def tables(
    rows: list[Row] | None = None,
    quotas: list[tuple[Any, ...]] | None = None,
    shares: list[tuple[Any, ...]] | None = None,
) -> dict[str, pl.DataFrame]:
    return {
        "applications": applications(APPLICATIONS if rows is None else rows),
        "quotas": frame(QUOTAS, quotas or []),
        "shares": frame(SHARES, shares or []),
    }


def case(
    rows: list[Row] | None = None,
    quotas: list[tuple[Any, ...]] | None = None,
    shares: list[tuple[Any, ...]] | None = None,
    **settings: object,
) -> Case:
    made = case_from_tables(SETTINGS | settings, tables(rows, quotas, shares))
    assert isinstance(made, Case), made
    return made


def toml(**settings: object) -> str:
    lines = []
    for name, value in (SETTINGS | settings).items():
        text = str(value) if isinstance(value, int | list) else f'"{value}"'
        lines.append(f"{name} = {text}")
    return "\n".join(lines).replace("'", '"') + "\n"


def folder(
    path: Path,
    rows: list[Row] | None = None,
    quotas: list[tuple[Any, ...]] | None = None,
    shares: list[tuple[Any, ...]] | None = None,
    **settings: object,
) -> Path:
    """Write a case as CSV."""
    path.mkdir(parents=True, exist_ok=True)
    for name, table in tables(rows, quotas, shares).items():
        table.write_csv(path / f"{name}.csv")
    (path / "case.toml").write_text(toml(**settings), "utf-8")
    return path
