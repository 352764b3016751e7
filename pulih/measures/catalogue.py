"""The starting catalogue, as data: what `data/catalogue.toml` says, with costs by province.

A unit's cost is its parts and, for each day, the province's training allowance.
Source: CLASS-12, PROG-01, PROG-02, PROG-03, PROG-04, PROG-05, PROG-06.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.classifications.allowances import allowances
from pulih.common.money import rupiah

VALID_FROM = date(2020, 1, 1)
# The activity and output codes of the ministry's own documents are not public: examples' are used.
TEMPLATES = {
    "2020": {"activity": "3038", "output": "001", "component": "051"},
    "2021": {"activity": "4498", "output": "ABO", "suboutput": "001", "component": "051"},
}


@dataclass(frozen=True)
class Cost:
    """What a unit costs in an area (None: the country), in rupiah, with its arithmetic."""

    area_id: int | None
    unit_cost: int
    source: str


@dataclass(frozen=True)
class Effect:
    """How many firms one unit relieves in one need."""

    need: str
    relief: float
    source: str


@dataclass(frozen=True)
class Entry:
    """One measure: the fields of its table, its costs and its effects."""

    fields: dict[str, Any]
    costs: tuple[Cost, ...]
    effects: tuple[Effect, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Return the starting catalogue, in the order of the file."""
    text = files("pulih.measures").joinpath("data", "catalogue.toml").read_text("utf-8")
    return tuple(_entry(raw) for raw in tomllib.loads(text)["measure"])


def _entry(raw: dict[str, Any]) -> Entry:
    copied = (
        "code",
        "name_indonesian",
        "name_en",
        "description",
        "description_en",
        "unit",
        "unit_en",
    )
    fields = {name: raw[name] for name in (*copied, "batch", "purpose", "setup_cost")}
    fields |= {
        "setup_source": raw["setup_source"],
        "allowed_accounts": raw["accounts"],
        "account_shares": raw["shares"],
        "line_template": {
            scheme: {**parts, "subcomponent": raw["subcomponent"]}
            for scheme, parts in TEMPLATES.items()
        },
        "valid_from": VALID_FROM,
    }
    return Entry(fields, _costs(raw), tuple(Effect(*effect) for effect in raw["effects"]))


def _costs(raw: dict[str, Any]) -> tuple[Cost, ...]:
    parts = sum(amount for _words, amount, _source in raw["parts"])
    words = "; ".join(
        f"{what} {rupiah(amount)} [{source}]" for what, amount, source in raw["parts"]
    )
    days = raw["days"]
    if not days:
        return (Cost(None, parts, words),)
    paid = [one for one in allowances() if one.valid_from <= VALID_FROM < one.valid_to]
    middle = sorted(one.training for one in paid)[len(paid) // 2]
    national = Cost(None, parts + days * middle, _source(words, days, middle, "median SBM 2020"))
    return (
        national,
        *(
            Cost(
                one.province,
                parts + days * one.training,
                _source(words, days, one.training, f"SBM 2020, {one.source}"),
            )
            for one in paid
        ),
    )


def _source(parts: str, days: int, allowance: int, where: str) -> str:
    return f"{days} hari × uang harian diklat {rupiah(allowance)} ({where}); {parts}"
