"""How long goods have lain on the books since somebody received them. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UP_TO = (90, 180, 365)  # Days; the last band is open. Source: assumed.
FROM = (0, *(days + 1 for days in UP_TO))
NAMES = (*map("{}–{}".format, FROM, UP_TO), f"> {UP_TO[-1]}")
BANDS = len(NAMES)


@dataclass(frozen=True)
class Lying:
    """Goods of one BAST on the books. days: since they were received; value: whole rupiah."""

    office: str
    approver: str
    days: int
    value: int


@dataclass(frozen=True)
class AgeingRow:
    """counts, rupiah: by band of age, the youngest first."""

    key: str
    counts: Sequence[int]
    rupiah: Sequence[int]

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        """The name of each band, how many lie in it, and their rupiah."""
        return list(zip(NAMES, self.counts, self.rupiah, strict=True))

    @property
    def shares(self) -> list[tuple[str, int, float, int]]:
        """As `cells`, with the share of all rupiah that lies in each band, 0 to 1."""
        whole = self.total or 1
        return [(name, count, rupiah / whole, rupiah) for name, count, rupiah in self.cells]

    @property
    def count(self) -> int:
        return sum(self.counts)

    @property
    def total(self) -> int:
        return sum(self.rupiah)


def band(days: int) -> int:
    """The place of an age among the bands: 90 days are still the first."""
    return bisect_left(UP_TO, days)


def bands(key: str, goods: Iterable[Lying]) -> AgeingRow:
    """Sum goods by their age. key: what they have in common."""
    counts, rupiah = [0] * BANDS, [0] * BANDS
    for one in goods:
        counts[band(one.days)] += 1
        rupiah[band(one.days)] += one.value
    return AgeingRow(key, counts, rupiah)


def table(goods: Iterable[Lying], by: str) -> list[AgeingRow]:
    """Sum goods by `office` or `approver`, the largest value first."""
    groups: dict[str, list[Lying]] = {}
    for one in goods:
        groups.setdefault(getattr(one, by), []).append(one)
    rows = [bands(key, several) for key, several in groups.items()]
    return sorted(rows, key=lambda row: (-row.total, row.key))
