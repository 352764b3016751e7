"""Which cost holds where, and which shares of accounts a measure may have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pulih.common.errors import Message


@dataclass(frozen=True)
class DatedCost:
    """A unit's cost in an area (None: the country) between two days."""

    area_id: int | None
    unit_cost: int
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the cost holds on `on`; `valid_to` is the first day after."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def cost_in(
    costs: Iterable[DatedCost], *, regency: int | None, province: int | None, on: date
) -> int | None:
    """Return what a unit costs there on a day: the most specific area wins, then the newest.

    None where no cost holds: the measure cannot run there.
    """
    holding = [cost for cost in costs if cost.holds(on)]
    for area in dict.fromkeys((regency, province, None)):
        here = [cost for cost in holding if cost.area_id == area]
        if here:
            return max(here, key=lambda cost: cost.valid_from).unit_cost
    return None


def wrong_shares(shares: Mapping[str, int], allowed: Iterable[str]) -> Message | None:
    """Return what is wrong with a template's account shares; None when they may be used."""
    allowed = set(allowed)
    if any(share <= 0 for share in shares.values()):
        return Message("Tiap bagian harus lebih dari 0%.", "Each share must be above 0%.")
    if shares and sum(shares.values()) != 100:
        total = sum(shares.values())
        return Message(
            f"Bagian akun berjumlah {total}%, harus 100%.",
            f"The account shares add up to {total}%, they must make 100%.",
        )
    if strangers := sorted(set(shares) - allowed):
        named = ", ".join(strangers)
        return Message(
            f"Akun {named} tidak termasuk akun yang boleh dipakai langkah ini.",
            f"Account {named} is not among those this measure may use.",
        )
    return None
