"""What carrying costs, how long it takes by class of distance, which provinces share an island."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> dict[str, Any]:
    text = files("pulih.market").joinpath("data", "transport.toml").read_text("utf-8")
    return tomllib.loads(text)


def classes() -> list[tuple[str, int, int, int]]:
    """Class, rupiah a consignment, rupiah a kilogram, days: from near to far."""
    names = ("class", "per_consignment", "per_kg", "days")
    return [tuple(row[name] for name in names) for row in _data()["class"]]


def is_verified() -> bool:
    return bool(_data()["verified"])


def island_of(province_code: str) -> str:
    """Return the island of a province by its Home Affairs code; empty where it is on none."""
    found = (name for name, codes in _data()["islands"].items() if province_code[:2] in codes)
    return next(found, "")
