"""What an IKM is: its scale by the ministry's dated thresholds, and whether it makes anything.

Each rule is a Polars expression, for lists by the million, and a plain function that asks it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import polars as pl


class Scale(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Thresholds:
    """Where small ends and large begins. Investment is rupiah without land and building."""

    valid_from: date
    valid_to: date | None
    fewest_workers_of_larger: int
    small_below_rupiah: int
    medium_up_to_rupiah: int


# Source: SCALE-01 article 3.
THRESHOLDS = (Thresholds(date(2016, 7, 1), None, 20, 1_000_000_000, 15_000_000_000),)


def thresholds_on(day: date) -> Thresholds | None:
    """Return the thresholds in force on `day`; None before the first that Pulih knows."""
    for each in THRESHOLDS:
        if each.valid_from <= day and (each.valid_to is None or day < each.valid_to):
            return each
    return None


def scales(workers: pl.Expr, investment: pl.Expr, on: date) -> pl.Expr:
    """Return the scale of each firm; unknown while either number is missing.

    Source: SCALE-01 article 3.
    """
    limits = thresholds_on(on)
    if limits is None:
        return pl.lit(Scale.UNKNOWN.value)
    is_larger = workers >= limits.fewest_workers_of_larger
    return (
        pl.when(workers.is_null() | investment.is_null())
        .then(pl.lit(Scale.UNKNOWN.value))
        .when(~is_larger & (investment < limits.small_below_rupiah))
        .then(pl.lit(Scale.SMALL.value))
        .when(~is_larger | (investment <= limits.medium_up_to_rupiah))
        .then(pl.lit(Scale.MEDIUM.value))
        .otherwise(pl.lit(Scale.LARGE.value))
    )


def scale(workers: int | None, investment: int | None, *, on: date) -> Scale:
    """Return the scale (skala usaha) of one firm. investment: rupiah, land and building left out.

    Source: SCALE-01 article 3.
    """
    row = scales(pl.lit(workers, pl.Int64), pl.lit(investment, pl.Int64), on)
    return Scale(pl.select(row).item())


class Ground(StrEnum):
    """Why a firm counts as manufacturing, or does not, or cannot be told."""

    TRADES = "trades"
    KBLI_MAKES = "kbli_makes"
    KBLI_OTHER = "kbli_other"
    NO_KBLI = "no_kbli"


class Making(NamedTuple):
    is_manufacturing: bool | None
    ground: Ground


FIRST_DIVISION, LAST_DIVISION = 10, 33
# Words of the product that say it is bought and sold, not made.
TRADE = (
    r"(?i)\b(?:toko|warung|kios|dagang|pedagang|perdagangan|jual beli|jualan|reseller|sembako)\b"
)


def grounds(kbli: pl.Expr, product: pl.Expr) -> pl.Expr:
    """Return the ground on which each firm is judged; what it says of its product goes first.

    A reseller is not an IKM: manufacturing is KBLI section C, divisions 10 to 33.
    Source: KBLI-01 section C.
    """
    division = kbli.str.extract(r"^\s*[A-Za-z]?\s*(\d{2})").cast(pl.Int32)
    return (
        pl.when(product.str.contains(TRADE).fill_null(False))
        .then(pl.lit(Ground.TRADES.value))
        .when(division.is_null())
        .then(pl.lit(Ground.NO_KBLI.value))
        .when(division.is_between(FIRST_DIVISION, LAST_DIVISION))
        .then(pl.lit(Ground.KBLI_MAKES.value))
        .otherwise(pl.lit(Ground.KBLI_OTHER.value))
    )


VERDICTS = {
    Ground.TRADES: False,
    Ground.KBLI_MAKES: True,
    Ground.KBLI_OTHER: False,
    Ground.NO_KBLI: None,
}


def makes(kbli: pl.Expr, product: pl.Expr) -> pl.Expr:
    """Return whether each firm manufactures; null when it cannot be told."""
    ground = grounds(kbli, product)
    return (
        pl.when(ground == Ground.KBLI_MAKES.value)
        .then(pl.lit(True))
        .when(ground != Ground.NO_KBLI.value)
        .then(pl.lit(False))
    )


def is_manufacturing(kbli: str | None, product: str | None) -> Making:
    """Return whether one firm manufactures (None: cannot be told) and on what ground."""
    row = grounds(pl.lit(kbli, pl.String), pl.lit(product, pl.String))
    ground = Ground(pl.select(row).item())
    return Making(VERDICTS[ground], ground)
