"""The tables of an invented case, as `case_from_tables` takes them."""

from typing import Any

import polars as pl

COLUMNS = {
    "areas": ("area", "parent", "name"),
    "lines": ("line", "province", "measure", "ceiling", "committed", "blocked", "protected"),
    "measures": ("measure", "name", "unit", "batch", "setup_cost"),
    "costs": ("area", "measure", "unit_cost"),
    "needs": ("regency", "need", "firms", "severity"),
    "effects": ("measure", "need", "relief"),
    "amounts": ("rule", "province", "measures", "min_amount", "max_amount"),
}


def frame(name: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=list(COLUMNS[name]), orient="row", infer_schema_length=None)
