"""Which lines can carry the money of an approved proposal, account by account."""

from collections.abc import Iterable, Mapping
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
