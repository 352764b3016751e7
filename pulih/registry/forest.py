"""Groups of enterprises that grow by joining, and never across what people distinguished. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Joined(NamedTuple):
    """One edge: `merged` hangs under `kept`.

    moved: whom that moved, and to whom each pointed. Not the whole group: of a million copies
    each would tell of all before it.
    """

    kept: int
    merged: int
    moved: list[tuple[int, int | None]]


class Forest:
    """Enterprises under the one that each stands for; the older of two is kept."""

    def __init__(
        self,
        tops: Mapping[int, int],
        apart: Iterable[tuple[int, int]] = (),
        watched: Collection[int] = (),
    ) -> None:
        """tops: of every enterprise that may be named, whom it stands for now."""
        self._top = dict(tops)
        self._members: dict[int, list[int]] = defaultdict(list)
        for one, top in sorted(self._top.items()):
            self._members[top].append(one)
        self._watched: dict[int, list[int]] = defaultdict(list)
        for one in sorted(self._top.keys() & watched):
            self._watched[self._top[one]].append(one)
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            if one in self._top and other in self._top:
                self._apart[self._top[one]].add(self._top[other])
                self._apart[self._top[other]].add(self._top[one])

    def __contains__(self, one: int) -> bool:
        return one in self._top

    def top(self, one: int) -> int:
        """Return whom an enterprise stands for now."""
        return self._top[one]

    def members(self, one: int) -> list[int]:
        """Return all that stand for the same as `one`."""
        return self._members[self._top[one]]

    def watched(self, one: int) -> list[int]:
        """Return those of the same group as `one` that are watched."""
        return self._watched.get(self._top[one], [])

    def are_apart(self, one: int, other: int) -> bool:
        """Tell whether anybody told any two of the two groups apart."""
        return self._top[other] in self._apart[self._top[one]]

    def join(self, one: int, other: int) -> Joined | None:
        """Make two groups one; None where they are one, or must not be."""
        kept, merged = sorted((self._top[one], self._top[other]))
        if kept == merged or self.are_apart(kept, merged):
            return None
        moving = self._members.pop(merged)
        moved = [(each, None if each == merged else merged) for each in moving]
        for each in moving:
            self._top[each] = kept
        self._members[kept] += moving
        if merged in self._watched:
            self._watched[kept] += self._watched.pop(merged)
        for stranger in self._apart.pop(merged, set()):
            self._apart[stranger].discard(merged)
            self._apart[stranger].add(kept)
            self._apart[kept].add(stranger)
        return Joined(kept, merged, moved)
