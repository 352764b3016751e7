"""What is examined of a payment request (SPP), by its way of paying; data/checklist.toml. Pure.

Source: TREASURY-06.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.common.errors import Message

USUAL = "LS"  # A request of a contract that names no way is paid directly.


@dataclass(frozen=True)
class Item:
    """One question of the checklist. verified: whether it was compared with the rule's text."""

    key: str
    words: Message
    methods: frozenset[str]
    valid_from: date
    verified: bool


def items_on(day: date, method: str) -> list[Item]:
    """Return the questions for a way of paying on a day, in the order of the file."""
    way = method or USUAL
    return [one for one in items() if one.valid_from <= day and way in one.methods]


def missing(asked: Collection[Item], ticked: Collection[str]) -> list[Item]:
    return [one for one in asked if one.key not in ticked]


def examination_days(day: date, method: str) -> int | None:
    """Return the working days in which a request is examined; None where no rule is known."""
    rule = _days_on(day)
    return rule["examination"].get(method or USUAL) if rule else None


def payment_days(day: date) -> int | None:
    """Return the working days from the order to the payment; None where no rule is known."""
    rule = _days_on(day)
    return rule["payment"] if rule else None


@cache
def items() -> tuple[Item, ...]:
    return tuple(
        Item(
            one["key"], Message(one["id"], one["en"]), frozenset(one["methods"]),
            one["valid_from"], one["verified"],
        )
        for one in _read()["item"]
    )  # fmt: skip


def _days_on(day: date) -> dict[str, Any] | None:
    known = [one for one in _read()["days"] if one["valid_from"] <= day]
    return max(known, key=lambda one: one["valid_from"], default=None)


@cache
def _read() -> dict[str, Any]:
    text = files("pulih.treasury").joinpath("data/checklist.toml").read_text("utf-8")
    return tomllib.loads(text)
