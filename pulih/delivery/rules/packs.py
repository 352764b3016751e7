"""Which papers must be together before a payment request, by account, from dated data. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

OFFICE = "office"


@dataclass(frozen=True)
class PackPaper:
    """held_by: list, attendance or decree where Pulih holds it itself; OFFICE names its number."""

    key: str
    id: str
    en: str
    held_by: str


@dataclass(frozen=True)
class Pack:
    valid_from: date
    accounts: frozenset[str]
    papers: Sequence[PackPaper]
    source: str
    verified: bool


@cache
def packs() -> tuple[Pack, ...]:
    """Every pack, the newest first."""
    text = files("pulih.delivery").joinpath("data", "packs.toml").read_text("utf-8")
    found = [_pack(one) for one in tomllib.loads(text)["pack"]]
    return tuple(sorted(found, key=lambda pack: pack.valid_from, reverse=True))


def pack_of(account: str, day: date) -> Pack | None:
    """The pack of an account on a day; None where no checklist is known."""
    return next((one for one in packs() if account in one.accounts and one.valid_from <= day), None)


def missing(pack: Pack | None, held: Collection[str]) -> list[PackPaper]:
    """What is still missing. held: keys of papers that are there."""
    return [] if pack is None else [one for one in pack.papers if one.key not in held]


def _pack(given: dict[str, Any]) -> Pack:
    papers = tuple(PackPaper(**one) for one in given["paper"])
    return Pack(
        given["valid_from"], frozenset(given["accounts"]), papers, given["source"],
        given["verified"],
    )  # fmt: skip
