"""Which documents could be posted one after the other, and what stops each of the others.

They are tried in the order of their days. What a POK sheet had stated as realised without naming
documents is what the documents up to its day consist of: they take its place and add nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

FITS, OVERSPENDS, RETURNS_MORE, ABOVE_CONTRACT, BEFORE_CONTRACT = range(5)


@dataclass
class Balance:
    """What a line could still take. stated: realised without documents, up to the day `until`."""

    line_key: str
    free: int
    realised: int
    unpaid: int = 0
    stated: int = 0
    until: date | None = None


@dataclass
class Contract:
    """What a commitment in the ledger still holds on each line, from its day on."""

    posting_id: int
    day: date
    unpaid: dict[int, int] = field(default_factory=dict)


class Move(NamedTuple):
    """What a document would do. lines: (line, rupiah), all of one sign."""

    day: date
    number: str
    lines: tuple[tuple[int, int], ...]
    contract: Contract | None = None


class Verdict(NamedTuple):
    """Whether a document fits. line_id, short: where it does not, and by how many rupiah.

    covered: of each line, what had been stated before and is now documented.
    """

    answer: int
    line_id: int | None = None
    short: int = 0
    covered: tuple[tuple[int, int], ...] = ()


def in_turn(moves: Iterable[Move], balances: dict[int, Balance]) -> list[Verdict]:
    """Judge documents in the order given; those that fit use up what the later ones could take."""
    return [_judge(move, balances) for move in moves]


def _judge(move: Move, balances: dict[int, Balance]) -> Verdict:
    covered = {
        line: taken
        for line, rupiah in move.lines
        if (taken := _stated_of(balances[line], move.day, rupiah))
    }
    if move.contract is not None:
        return _pay_contract(move, move.contract, balances, covered)
    for line, rupiah in move.lines:
        balance = balances[line]
        new = rupiah - covered.get(line, 0)
        if new > balance.free:
            return Verdict(OVERSPENDS, line, new - balance.free)
        if rupiah < 0 and -rupiah > balance.realised:
            return Verdict(RETURNS_MORE, line, -rupiah - balance.realised)
    for line, rupiah in move.lines:
        balance = balances[line]
        new = rupiah - covered.get(line, 0)
        balance.free -= new
        balance.realised += new
        balance.stated -= covered.get(line, 0)
    return Verdict(FITS, covered=tuple(covered.items()))


def _stated_of(balance: Balance, day: date, rupiah: int) -> int:
    if rupiah <= 0 or balance.until is None or day > balance.until:
        return 0
    return min(balance.stated, rupiah)


def _pay_contract(
    move: Move, contract: Contract, balances: dict[int, Balance], covered: dict[int, int]
) -> Verdict:
    """Judge a payment of a commitment: what it pays is committed already."""
    if move.day < contract.day:
        return Verdict(BEFORE_CONTRACT, move.lines[0][0])
    for line, rupiah in move.lines:
        unpaid = contract.unpaid.get(line, 0)
        if rupiah > unpaid:
            return Verdict(ABOVE_CONTRACT, line, rupiah - unpaid)
        if -rupiah > balances[line].realised:
            return Verdict(RETURNS_MORE, line, -rupiah - balances[line].realised)
    for line, rupiah in move.lines:
        balance, before = balances[line], covered.get(line, 0)
        contract.unpaid[line] = contract.unpaid.get(line, 0) - rupiah
        balance.free += before
        balance.stated -= before
        balance.realised += rupiah - before
        balance.unpaid -= rupiah
    return Verdict(FITS, covered=tuple(covered.items()))
