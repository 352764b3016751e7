"""A measure and period as each release shows it, and the rows that seem unchanged between two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pulih.disclosure.structure import Structure


@dataclass(frozen=True)
class View:
    """None where a value is hidden. of: the measure; rows of two measures are not compared."""

    structure: Structure
    values: tuple[int | None, ...]
    of: str = ""

    def with_hidden(self, hidden: set[int] | frozenset[int]) -> "View":
        shown = (None if at in hidden else value for at, value in enumerate(self.values))
        return View(self.structure, tuple(shown), self.of)


@dataclass(frozen=True)
class Link:
    """A row that two views show unmoved: the places of the same spots in both.

    is_whole: only a hidden whole, which may have moved though its answers did not. is_seen: both
    views show its total; not everybody takes a row for unchanged of which only parts are shown.
    """

    first: int
    second: int
    pairs: tuple[tuple[int, int], ...]
    is_whole: bool = False
    is_seen: bool = True


def moved(first: View, second: View, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of places that both views show with different numbers."""
    found = []
    for one, other in pairs:
        before, after = first.values[one], second.values[other]
        if before is not None and after is not None and before != after:
            found.append((one, other))
    return found


def common_rows(
    first: View, second: View
) -> Iterator[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """The rows of both views: the pair of places of the total, those of the parts."""
    spots, place = first.structure.spots, second.structure.place
    for name, row in first.structure.named_rows.items():
        other = second.structure.named_rows.get(name)
        if other is None:
            continue
        pairs = [(part, place[spots[part]]) for part in row.parts if spots[part] in place]
        yield (row.total, other.total), pairs


def seems_unchanged(
    first: View, second: View, total: tuple[int, int], parts: Sequence[tuple[int, int]]
) -> bool:
    before, after = first.values[total[0]], second.values[total[1]]
    if (before is None) != (after is None) or before != after or moved(first, second, parts):
        return False
    return before is not None or any(
        first.values[one] is not None and second.values[other] is not None for one, other in parts
    )


def links_between(views: Sequence[View]) -> list[Link]:
    return [
        link for second in range(len(views)) for link in links_to_last(views[: second + 1], second)
    ]


def links_to_last(views: Sequence[View], last: int) -> list[Link]:
    """The links of the view at `last` with each before it."""
    return [
        Link(first, last, pairs, is_whole, views[first].values[total[0]] is not None)
        for first in range(last)
        if views[first].of == views[last].of
        for total, parts in common_rows(views[first], views[last])
        if seems_unchanged(views[first], views[last], total, parts)
        for pairs, is_whole in _apart(views[first], total, parts)
    ]


def _apart(
    view: View, total: tuple[int, int], parts: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[tuple[int, int], ...], bool]]:
    """What is believed together: a hidden whole may have moved though its answers did not."""
    if view.values[total[0]] is None and view.structure.is_of_answers(total[0], parts[0][0]):
        yield tuple(parts), False
        yield (total,), True
    else:
        yield (total, *parts), False
