"""The five amounts of a line and the one law between them, at every moment.

0 ≤ realised ≤ committed, 0 ≤ reserved, committed + reserved ≤ ceiling − blocked, in whole rupiah.
Reserved is what stands promised to an approved proposal and is not committed yet. The same law
is a CHECK constraint of the table and is asked again by the posting function.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pulih.common.errors import Message
from pulih.common.money import rupiah

KINDS = ("ceiling", "block", "commitment", "realisation", "reservation")


@dataclass(frozen=True)
class Amounts:
    """Ceiling, block, commitment, realisation, reserved of a line, unit or country; rupiah."""

    ceiling: int = 0
    blocked: int = 0
    committed: int = 0
    realised: int = 0
    reserved: int = 0

    @property
    def is_lawful(self) -> bool:
        return (
            0 <= self.realised <= self.committed
            and min(self.blocked, self.reserved) >= 0
            and self.committed + self.reserved <= self.ceiling - self.blocked
        )

    @property
    def free(self) -> int:
        """What may still be used: neither blocked nor committed nor promised."""
        return self.ceiling - self.blocked - self.committed - self.reserved

    @property
    def unpaid(self) -> int:
        return self.committed - self.realised

    @property
    def unbound(self) -> int:
        """What is neither blocked nor committed. A plan may move it, promised or not."""
        return self.ceiling - self.blocked - self.committed

    def after(self, entries: Iterable[tuple[str, int]]) -> "Amounts":
        """Return the amounts after (kind, rupiah) entries; lawful or not."""
        moved = dict.fromkeys(KINDS, 0)
        for kind, amount in entries:
            moved[kind] += amount
        return Amounts(
            self.ceiling + moved["ceiling"],
            self.blocked + moved["block"],
            self.committed + moved["commitment"],
            self.realised + moved["realisation"],
            self.reserved + moved["reservation"],
        )

    def entries_to(self, wanted: "Amounts") -> list[tuple[str, int]]:
        """Return the entries that turn these amounts into `wanted`; zeros are left out.

        A sheet says nothing of what is reserved: only its own documents move that.
        """
        differences = (
            wanted.ceiling - self.ceiling,
            wanted.blocked - self.blocked,
            wanted.committed - self.committed,
            wanted.realised - self.realised,
        )
        return [(kind, by) for kind, by in zip(KINDS, differences, strict=False) if by]


class Sheet(NamedTuple):
    """The amounts a POK row states; None is a column or cell that says nothing."""

    ceiling: int | None
    blocked: int | None
    committed: int | None
    realised: int | None


def stated(row: Sheet) -> Amounts | Message:
    """Return what a POK row says, lawful or not; a row without a ceiling cannot be judged.

    Without a commitment, what is paid is what is committed; without a block or a payment there
    is none, because a POK of the year's start has neither column.
    """
    if row.ceiling is None:
        return Message("Pagu kosong.", "The ceiling is blank.")
    realised = row.realised or 0
    committed = realised if row.committed is None else row.committed
    return Amounts(row.ceiling, row.blocked or 0, committed, realised)


NEGATIVE = (
    Message("Realisasi menjadi negatif, {1}.", "The realisation becomes negative, {1}."),
    Message("Blokir menjadi negatif, {1}.", "The block becomes negative, {1}."),
    Message("Dana dicadangkan menjadi negatif, {1}.", "What is reserved becomes negative, {1}."),
)


def unlawful(amounts: Amounts) -> Message:
    """Say which of the amounts breaks the law, and by how much."""
    for low, high, words in _pairs(amounts):
        if low > high:
            by = low - high
            return Message(
                words.id.format(rupiah(low), rupiah(high), rupiah(by)),
                words.en.format(rupiah(low, "en"), rupiah(high, "en"), rupiah(by, "en")),
            )
    raise AssertionError("These amounts are lawful.")


def _pairs(amounts: Amounts) -> list[tuple[int, int, Message]]:
    return [
        *(
            (0, amount, words)
            for amount, words in zip(
                (amounts.realised, amounts.blocked, amounts.reserved), NEGATIVE, strict=True
            )
        ),
        (
            amounts.realised,
            amounts.committed,
            Message(
                "Realisasi {0} melebihi komitmen {1} sebesar {2}.",
                "The realisation {0} is above the commitment {1} by {2}.",
            ),
        ),
        (
            amounts.committed,
            amounts.ceiling - amounts.blocked,
            Message(
                "Komitmen {0} melebihi pagu dikurangi blokir {1} sebesar {2}.",
                "The commitment {0} is above the ceiling less the block, {1}, by {2}.",
            ),
        ),
        (
            amounts.committed + amounts.reserved,
            amounts.ceiling - amounts.blocked,
            Message(
                "Komitmen dan dana yang dicadangkan {0} melebihi pagu dikurangi blokir {1} "
                "sebesar {2}.",
                "The commitment and what is reserved, {0}, are above the ceiling less the block, "
                "{1}, by {2}.",
            ),
        ),
    ]


def total(amounts: Iterable[Amounts]) -> Amounts:
    """Add up the amounts of many lines."""
    every = list(amounts)
    return Amounts(
        sum(one.ceiling for one in every),
        sum(one.blocked for one in every),
        sum(one.committed for one in every),
        sum(one.realised for one in every),
        sum(one.reserved for one in every),
    )


def split(amount: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Split a whole amount by percentages; the parts add up to it exactly.

    Each part is rounded down and the rupiah left over go to the largest remainders, ties to the
    smaller code.
    """
    assert amount >= 0
    assert shares
    whole = sum(shares.values())
    parts = {code: amount * share // whole for code, share in shares.items()}
    by_remainder = sorted(shares, key=lambda code: (-(amount * shares[code] % whole), code))
    for code in by_remainder[: amount - sum(parts.values())]:
        parts[code] += 1
    return parts
