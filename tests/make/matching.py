"""Matching cases with defaults: frames as `case_from_tables` takes them."""

from pathlib import Path
from typing import Any

import polars as pl

from pulih.matching import Case, case_from_tables
from tests.make.refocusing import as_toml

COLUMNS = {
    "areas": ("area", "parent", "island"),
    "products": ("product", "name", "unit", "gram"),
    "needs": (
        "need",
        "area",
        "product",
        "quantity",
        "due",
        "standard",
        "max_price",
        "min_order",
        "max_suppliers",
        "weight",
    ),
    "firms": ("firm", "regency", "severity", "free_from"),
    "capacities": ("firm", "product", "per_week", "price", "lot", "min_order"),
    "transport": ("class", "per_consignment", "per_kg", "days"),
    "certificates": ("firm", "certificate", "valid_to"),
    "accepts": ("standard", "certificate"),
    "groups": ("group", "area", "min_order", "fee"),
    "members": ("group", "firm"),
    "routes": ("from", "to", "class"),
    "placed": ("firm", "product", "quantity", "due"),
    "barred": ("need", "supplier"),
}
DEFAULTS: dict[str, list[tuple[Any, ...]]] = {
    "areas": [
        ("P", None, "Jawa"),
        ("P1", "P", None),
        ("P2", "P", None),
        ("Q", None, "Jawa"),
        ("Q1", "Q", None),
        ("R", None, None),
        ("R1", "R", None),
    ],
    "products": [("M", "Masker", "lembar", 20), ("S", "Baju", "potong", 400)],
    "needs": [
        ("N1", "P1", "M", 100, "2020-04-20", None, None, None, None, 1),
        ("N2", "Q1", "S", 20, "2020-05-04", "MED", 90, 5, 2, 2),
    ],
    "firms": [("F1", "P1", 80, None), ("F2", "P2", 20, None), ("F3", "Q1", 50, "2020-04-13")],
    "capacities": [
        ("F1", "M", 40, 10, 5, 0),
        ("F2", "M", 20, 8, 1, 10),
        ("F2", "S", 4, 60, 1, 0),
        ("F3", "S", 6, 70, 2, 0),
    ],
    "transport": [
        ("regency", 10, 500, 0),
        ("province", 20, 1000, 1),
        ("island", 30, 2000, 3),
        ("country", 50, 4000, 7),
    ],
    "certificates": [("F2", "MED", None), ("F3", "CERT", "2020-06-01")],
    "accepts": [("MED", "CERT")],
    "groups": [("G1", "P2", 20, 1)],
    "members": [("G1", "F2")],
    "routes": [("P2", "Q1", "province")],
    "placed": [("F2", "M", 10, "2020-04-12")],
    "barred": [],
}
SETTINGS: dict[str, Any] = {
    "title": "Contoh",
    "as_of": "2020-04-06",
    "fill": [[0.5, 1.0], [0.5, 0.5]],
    "full_weeks": 2,
    "tolerance": [0.0, 0.0],
}


def frame(table: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Return a table of text, as a CSV would bring it."""
    texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
    return pl.DataFrame(texts, schema=dict.fromkeys(COLUMNS[table], pl.String), orient="row")


def tables(**rows: list[tuple[Any, ...]]) -> dict[str, pl.DataFrame]:
    return {name: frame(name, rows.get(name, DEFAULTS[name])) for name in COLUMNS}


def settings(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in (SETTINGS | changes).items() if value is not None}


def case(settings_changes: dict[str, Any] | None = None, **rows: list[tuple[Any, ...]]) -> Case:
    """Return a lawful case; fails the test that asks for a faulty one."""
    found = case_from_tables(settings(**settings_changes or {}), tables(**rows))
    assert isinstance(found, Case), found
    return found


def plain_case(
    settings_changes: dict[str, Any] | None = None, **rows: list[tuple[Any, ...]]
) -> Case:
    """Return a case that holds only the tables given: no groups, routes or placed orders."""
    optional = ("certificates", "accepts", "groups", "members", "routes", "placed", "barred")
    return case(settings_changes, **({name: [] for name in optional} | rows))


def folder(path: Path, *, toml: str | None = None, **rows: list[tuple[Any, ...]]) -> Path:
    """Write the default case as CSV files and return its folder."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "case.toml").write_text(toml if toml is not None else as_toml(SETTINGS), "utf-8")
    for name, table in tables(**rows).items():
        table.write_csv(path / f"{name}.csv")
    return path
