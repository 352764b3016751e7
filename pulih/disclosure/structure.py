"""How the cells of one measure and period add up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pulih.disclosure.case import WHOLE, Rule


class Spot(NamedTuple):
    """A cell within one measure and period."""

    area: str
    dimension: str
    category: str


RowName = tuple[Spot, str]  # Its total, and the dimension of its categories; blank for areas.


class Row(NamedTuple):
    """A total and its parts, as places in `Structure.spots`. Answers do not add up to it."""

    total: int
    parts: tuple[int, ...]
    adds_up: bool = True


@dataclass(frozen=True)
class Structure:
    """answers: (answer, whole), where the answer is at most the whole."""

    spots: tuple[Spot, ...]
    rows: tuple[Row, ...]
    answers: tuple[tuple[int, int], ...]

    @cached_property
    def place(self) -> Mapping[Spot, int]:
        return {spot: at for at, spot in enumerate(self.spots)}

    @cached_property
    def named_rows(self) -> Mapping[RowName, Row]:
        return {self._name(row): row for row in self.rows}

    def _name(self, row: Row) -> RowName:
        total, part = self.spots[row.total], self.spots[row.parts[0]]
        return total, part.dimension if part.area == total.area else ""

    @cached_property
    def sums(self) -> tuple[Row, ...]:
        """Additions that do not follow from others."""
        return tuple(row for row in self.rows if row.adds_up and not self._follows(row))

    @cached_property
    def _areas_below(self) -> Mapping[int, tuple[int, ...]]:
        return {row.total: row.parts for row in self.rows if self._is_of_areas(row)}

    @cached_property
    def _categories_of(self) -> Mapping[tuple[int, str], tuple[int, ...]]:
        return {
            (row.total, self.spots[row.parts[0]].dimension): row.parts
            for row in self.rows
            if row.adds_up and not self._is_of_areas(row)
        }

    def _is_of_areas(self, row: Row) -> bool:
        return self.spots[row.parts[0]].area != self.spots[row.total].area

    def is_of_answers(self, total: int, part: int) -> bool:
        """Whether the row of a total that holds a part does not add up to it."""
        return not self.named_rows[self._name(Row(total, (part,)))].adds_up

    def _follows(self, row: Row) -> bool:
        """The categories of an area that add up in each area below, and add up from there."""
        below = self._areas_below
        if self._is_of_areas(row) or row.total not in below:
            return False
        dimension = self.spots[row.parts[0]].dimension
        if any(part not in below for part in row.parts):
            return False
        rows = [self._categories_of.get((whole, dimension)) for whole in below[row.total]]
        if any(parts is None for parts in rows):
            return False
        across = {cell for parts in rows if parts for cell in parts}
        return across == {cell for part in row.parts for cell in below[part]}


def structure_of(spots: Sequence[Spot], parents: Mapping[str, str], rule: Rule) -> Structure:
    """spots: sorted, each once."""
    place = {spot: number for number, spot in enumerate(spots)}
    rows = [*_area_rows(place, parents)]
    answers = []
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for spot, number in place.items():
        if spot.dimension != WHOLE:
            groups[spot.area, spot.dimension].append(number)
    for (area, dimension), parts in sorted(groups.items()):
        whole = place.get(Spot(area, WHOLE, ""))
        if whole is None:
            continue
        rows.append(Row(whole, tuple(parts), dimension in rule.parts))
        if dimension in rule.answers:
            answers += [(part, whole) for part in parts]
    return Structure(tuple(spots), tuple(rows), tuple(answers))


def _area_rows(place: Mapping[Spot, int], parents: Mapping[str, str]) -> Iterator[Row]:
    children: dict[int, list[int]] = defaultdict(list)
    for spot, number in place.items():
        above = parents.get(spot.area, "")
        while above and spot._replace(area=above) not in place:
            above = parents.get(above, "")
        if above:
            children[place[spot._replace(area=above)]].append(number)
    for total, parts in sorted(children.items()):
        yield Row(total, tuple(parts))


def depths(parents: Mapping[str, str]) -> Mapping[str, int]:
    """How far each area stands below the country."""
    found: dict[str, int] = {}
    for area in parents:
        chain = []
        while area and area not in found:
            chain.append(area)
            area = parents.get(area, "")
        depth = found[area] if area else -1
        for each in reversed(chain):
            depth += 1
            found[each] = depth
    return found
