"""From weighed pairs to enterprises: the strongest first, and never across a contradiction.

A cluster is not a chain of pairs. Two groups become one only if, over all pairs between them,
more speaks for it than against, and no pair contradicts it outright. Ties are broken by the
order of record ids, so the order of rows changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LARGEST_CLUSTER = 100
"""No enterprise has so many records: what would grow larger is cut and named."""
CONTRADICTION = -8.0
"""A pair with less weight than this, in bits, keeps two groups apart whatever else is said."""
LOUDEST = 6.0
"""No single pair speaks louder than this, in bits, when a group is judged."""

Edge = tuple[float, int, int]
"""weight, a, b with a < b."""


@dataclass
class Groups:
    """Disjoint groups of records; at most one known enterprise in each."""

    leader: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)
    """Leaders of groups that hold a known enterprise."""
    cut: set[int] = field(default_factory=set)
    """Records at which a group would have grown too large."""

    def hold(self, enterprise: Iterable[int]) -> None:
        """Put the records of a known enterprise into one group."""
        first, *_ = members = sorted(enterprise)
        self.members[first] = members
        self.known.add(first)
        for one in members:
            self.leader[one] = first

    def of(self, record: int) -> int:
        """Return the leader of the record's group."""
        return self.leader.get(record, record)

    def in_group(self, leader: int) -> list[int]:
        """Return the records of a leader's group."""
        return self.members.get(leader, [leader])

    def join(self, one: int, other: int) -> None:
        """Make two groups one; the smaller moves."""
        here, there = self.in_group(one), self.in_group(other)
        if len(here) < len(there):
            one, other, here, there = other, one, there, here
        self.members[one] = here + there
        self.members.pop(other, None)
        for record in self.members[one]:
            self.leader[record] = one
        if other in self.known:
            self.known.discard(other)
            self.known.add(one)


def cluster(
    edges: list[Edge],
    weights: Mapping[tuple[int, int], float],
    enterprises: Iterable[Iterable[int]] = (),
) -> Groups:
    """Return the groups that matching pairs make.

    edges: pairs of one firm. weights: of every pair that was weighed, edges among them.
    enterprises: the records of each known enterprise; two of them are never made one.
    """
    groups = Groups()
    for enterprise in enterprises:
        groups.hold(enterprise)
    for _, a, b in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        one, other = groups.of(a), groups.of(b)
        if one == other or {one, other} <= groups.known:
            continue
        size = len(groups.in_group(one)) + len(groups.in_group(other))
        if size > LARGEST_CLUSTER:
            groups.cut.update((a, b))
        elif size == 2 or _belong_together(groups, one, other, weights):
            groups.join(one, other)
    return groups


def _belong_together(
    groups: Groups, one: int, other: int, weights: Mapping[tuple[int, int], float]
) -> bool:
    total = 0.0
    for here in groups.in_group(one):
        for there in groups.in_group(other):
            weight = weights.get((min(here, there), max(here, there)), 0.0)
            if weight < CONTRADICTION:
                return False
            total += max(-LOUDEST, min(LOUDEST, weight))
    return total > 0
