"""The starting list of products, as data: what `data/products.toml` says.

Source: MARKET-01, MARKET-02, MARKET-03.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

VALID_FROM = date(2000, 1, 1)
COPIED = (
    "code",
    "name_indonesian",
    "name_en",
    "unit_indonesian",
    "unit_en",
    "measure",
    "gram",
    "kbli",
    "hs",
)


@dataclass(frozen=True)
class Entry:
    """One product: the fields of its row, and those of its standards."""

    fields: dict[str, Any]
    standards: tuple[dict[str, Any], ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Every product of the starting list, in the order of the file."""
    text = files("pulih.market").joinpath("data", "products.toml").read_text("utf-8")
    return tuple(_entry(raw) for raw in tomllib.loads(text)["product"])


def _entry(raw: dict[str, Any]) -> Entry:
    fields = {name: raw[name] for name in (*COPIED, "most_per_day", "words")}
    fields |= {"usual_price": raw["price"], "source": "assumed", "valid_from": VALID_FROM}
    return Entry(fields, tuple(raw.get("standards", ())))
