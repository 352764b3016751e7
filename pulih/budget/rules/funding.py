"""Which lines can carry the money of an approved proposal, account by account."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class FreeLine(NamedTuple):
    """A line that may carry an approved row. is_tagged: it is named for the proposal's measure."""

    line_id: int
    account: str
    free: int
    is_tagged: bool


def shared_out(needed: Mapping[str, int], lines: Iterable[FreeLine]) -> dict[int, int]:
    """Return rupiah by line: lines of the measure first, then the fullest, never above the free.

    needed: whole rupiah by account. What no line of its account can carry is left out.
    """
    ordered = sorted(lines, key=lambda one: (not one.is_tagged, -one.free, one.line_id))
    left, found = dict(needed), {}
    for line in ordered:
        taken = min(line.free, left.get(line.account, 0))
        if taken > 0:
            found[line.line_id] = taken
            left[line.account] -= taken
    return found


class Carried(NamedTuple):
    """What lines can do for one of several in order, in rupiah. free: on the accounts it needs."""

    free: int
    carried: int


def in_order(
    needs: Sequence[tuple[Mapping[str, int], Sequence[FreeLine]]],
) -> list[Carried]:
    """Let needs take the free money of their lines one after the other, each what is left.

    needs: rupiah by account, and the lines that may carry it; lines may stand with several needs.
    """
    taken: dict[int, int] = {}
    found = []
    for needed, lines in needs:
        left = [one._replace(free=one.free - taken.get(one.line_id, 0)) for one in lines]
        shared = shared_out(needed, left)
        for line, rupiah in shared.items():
            taken[line] = taken.get(line, 0) + rupiah
        free = sum(one.free for one in left if one.account in needed)
        found.append(Carried(free, sum(shared.values())))
    return found
