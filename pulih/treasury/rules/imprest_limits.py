"""How much imprest (UP) a unit may hold, by the ceiling that it may pay for; data/imprest.toml.

Source: TREASURY-03.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pulih.common.errors import Message
from pulih.common.money import rupiah


@dataclass(frozen=True)
class Limit:
    """The most of an imprest, in rupiah, for ceilings up to one; None: for all above."""

    valid_from: date
    imprest: int
    ceiling_to: int | None = None

    def holds(self, ceiling: int, on: date) -> bool:
        return self.valid_from <= on and (self.ceiling_to is None or ceiling <= self.ceiling_to)


def eligible(ceilings: Mapping[str, int]) -> int:
    """Return the ceiling that an imprest may pay for. ceilings: rupiah by spending type."""
    return sum(ceilings.get(name, 0) for name in _read()["types"])


def limit_on(ceiling: int, on: date) -> int | None:
    """Return the most that may be held; None where no rule of the day is known."""
    fitting = [one for one in limits() if one.holds(ceiling, on)]
    newest = max((one.valid_from for one in fitting), default=None)
    return next((one.imprest for one in fitting if one.valid_from == newest), None)


def above_limit(held: int, ceiling: int, on: date) -> Message | None:
    """Say that a unit holds more than it may; None where it does not, or no rule is known."""
    most = limit_on(ceiling, on)
    if most is None or held <= most:
        return None
    return Message(
        f"UP {rupiah(held)} melebihi batas {rupiah(most)} untuk pagu yang dapat dibayar dengan UP "
        f"{rupiah(ceiling)}. Setorkan kelebihannya, atau ajukan TUP atau persetujuan KPPN.",
        f"The UP of {rupiah(held, 'en')} is above the limit of {rupiah(most, 'en')} for a ceiling "
        f"of {rupiah(ceiling, 'en')} that an imprest may pay for. Return the rest, or ask for "
        "a TUP or the treasury's consent.",
    )


def payee_limit_on(on: date, *, is_extra: bool = False) -> int | None:
    """Return the most that an imprest may pay one payee; None where no rule of the day is known.

    is_extra: an extra imprest, which paid more in 2020.
    """
    most = _newest("payee", "most", on)
    return (_newest("payee", "most_extra", on) or most) if is_extra else most


def refill_percent_on(on: date) -> int | None:
    """Return from which share of it an imprest is refilled; None where no rule is known."""
    return _newest("refill", "from_percent", on)


def extra_months_on(on: date) -> int | None:
    """Return in how many months an extra imprest is accounted for; None where no rule is known."""
    return _newest("extra", "months", on)


def _newest(kind: str, name: str, on: date) -> int | None:
    known = [one for one in _read()[kind] if one["valid_from"] <= on]
    newest = max(known, key=lambda one: one["valid_from"], default=None)
    return newest.get(name) if newest else None


def above_payee_limit(asked: int, on: date, *, is_extra: bool = False) -> Message | None:
    """Say that a request may hold a payee above the limit; None where it cannot."""
    most = payee_limit_on(on, is_extra=is_extra)
    if most is None or asked <= most:
        return None
    return Message(
        f"Satu penerima dibayar dari UP paling banyak {rupiah(most)}, sedangkan SPP ini "
        f"{rupiah(asked)}. Periksa kuitansinya satu per satu; yang melebihi batas dibayar langsung "
        "(LS), kecuali honorarium dan perjalanan dinas.",
        f"An imprest pays one payee {rupiah(most, 'en')} at most, and this SPP asks for "
        f"{rupiah(asked, 'en')}. Examine each receipt; whatever is above the limit is paid "
        "directly (LS), but for honoraria and travel.",
    )


@cache
def limits() -> tuple[Limit, ...]:
    """Return all rows, the smallest ceilings first."""
    return tuple(
        Limit(one["valid_from"], one["imprest"], one.get("ceiling_to")) for one in _read()["limit"]
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("pulih.treasury").joinpath("data/imprest.toml").read_text("utf-8"))
