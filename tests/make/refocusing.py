"""Refocusing cases with defaults: frames as `case_from_tables` takes them."""

from pathlib import Path
from typing import Any

import polars as pl

from pulih.refocusing import Case, case_from_tables

COLUMNS = {
    "areas": ("area", "parent", "name"),
    "lines": ("line", "province", "measure", "ceiling", "committed", "blocked", "protected"),
    "measures": ("measure", "name", "unit", "batch", "setup_cost"),
    "costs": ("area", "measure", "unit_cost"),
    "needs": ("regency", "need", "firms", "severity"),
    "effects": ("measure", "need", "relief"),
    "limits": ("area", "measure", "min_units", "max_units"),
    "amounts": ("rule", "province", "measures", "min_amount", "max_amount"),
    "shares": ("rule", "province", "measures", "min_share", "max_share"),
}
DEFAULTS = {
    "areas": [
        ("P", None, "Utara"),
        ("P1", "P", "Kab. Satu"),
        ("Q", None, "Selatan"),
        ("Q1", "Q", "Kab. Dua"),
    ],
    "lines": [
        ("L1", "P", "T", 100, 20, 0, 0),
        ("L2", "Q", "T", 100, 10, 5, 0),
        ("L3", "Q", "G", 60, 0, 0, 0),
    ],
    "measures": [("T", "Pelatihan", "orang", 2, 5), ("G", "Alat", "set", 1, 0)],
    "costs": [(None, "T", 3), ("Q", "G", 7)],
    "needs": [("P1", "skill", 20, 50), ("Q1", "skill", 10, 80), ("Q1", "tool", 8, 40)],
    "effects": [("T", "skill", 1), ("G", "tool", 1)],
    "limits": [],
    "amounts": [],
    "shares": [],
}
SETTINGS = {
    "title": "Contoh",
    "fiscal_year": 2020,
    "ceiling": 200,
    "coverage": [[0.5, 1.0], [0.5, 0.5]],
    "tolerance": [0.0, 0.0],
    "change_cost": 1,
}


def frame(table: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Return a table of text, as a CSV would bring it."""
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    return pl.DataFrame(texts, schema=dict.fromkeys(COLUMNS[table], pl.String), orient="row")


def tables(**rows: list[tuple[Any, ...]]) -> dict[str, pl.DataFrame]:
    return {name: frame(name, rows.get(name, DEFAULTS[name])) for name in COLUMNS}


def settings(**changes: Any) -> dict[str, Any]:
    return SETTINGS | changes


def case(settings_changes: dict[str, Any] | None = None, **rows: list[tuple[Any, ...]]) -> Case:
    """Return a lawful case; fails the test that asks for a faulty one."""
    found = case_from_tables(settings(**settings_changes or {}), tables(**rows))
    assert isinstance(found, Case), found
    return found


def folder(path: Path, *, toml: str | None = None, **rows: list[tuple[Any, ...]]) -> Path:
    """Write the default case as CSV files and return its folder."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "case.toml").write_text(toml if toml is not None else as_toml(SETTINGS), "utf-8")
    for name, table in tables(**rows).items():
        table.write_csv(path / f"{name}.csv")
    return path


def as_toml(entries: dict[str, Any]) -> str:
    return "".join(f"{name} = {value!r}\n" for name, value in entries.items())
