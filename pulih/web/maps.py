"""The country as a map of 34 provinces or a grid of equal tiles, in six classes of colour."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise

from pulih.web import assets, numbers
from pulih.web.tiles import TILE_LETTERS, TILE_SHORT, tile_places

CLASSES = 6
LETTER_WIDTH, LETTER_HEIGHT = 6.5, 11.0  # Of a name on the map, in its units.
MOST_PLACES = 3  # Of the bounds under the legend.
DARK_FROM = 5  # From this class on, words on the colour are white.


@dataclass(frozen=True)
class Province:
    """One province on a map. value: None is no data. written: the value as a person reads it."""

    code: str
    name: str
    value: float | None
    written: str
    url: str = ""


@dataclass(frozen=True)
class Shape:
    """One province as drawn: `path` on the map; `row`, `column` and its short names in the grid."""

    province: Province
    colour: int
    is_selected: bool
    path: str = ""
    row: int = 0
    column: int = 0
    short: str = ""
    code: str = ""

    @property
    def is_dark(self) -> bool:
        return self.colour >= DARK_FROM


@dataclass(frozen=True)
class Name:
    """A name on the map, with a line to its province when it stands beside it."""

    province: Province
    x: float
    y: float
    line: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Map:
    """A drawing with its legend. `is_grid` tells the tile grid from the map."""

    title: str | Promise
    shapes: list[Shape]
    names: list[Name]
    marks: list[str]
    view_box: str
    is_grid: bool

    @property
    def has_gaps(self) -> bool:
        """Tell whether a province has no data."""
        return any(shape.colour == 0 for shape in self.shapes)

    @property
    def is_linked(self) -> bool:
        return any(shape.province.url for shape in self.shapes)


def country_map(
    title: str | Promise,
    provinces: Sequence[Province],
    breaks: Sequence[float],
    marks: Sequence[str],
    selected: str = "",
    named: Sequence[str] = (),
) -> Map:
    """Return the map of 34 provinces, or the tile grid if there are others or no build.

    breaks: five rising lower bounds of classes 2 to 6. marks: the six lower bounds as written
    under the legend. selected: a code. named: codes whose names stand on the map, at most four.
    Source: MAP-01.
    """
    drawing = assets.country_paths()
    if drawing is None or any(province.code not in drawing["paths"] for province in provinces):
        return tile_grid(title, provinces, breaks, marks, selected)
    shapes = [
        Shape(p, colour_of(p.value, breaks), p.code == selected, path=drawing["paths"][p.code])
        for p in sorted(provinces, key=lambda p: p.code == selected)  # The chosen edge lies on top.
    ]
    by_code = {province.code: province for province in provinces}
    names = _apart(_name(by_code[code], drawing) for code in named if code in by_code)
    return Map(title, shapes, names, list(marks), "0 24 793 300", is_grid=False)


def tile_grid(
    title: str | Promise,
    provinces: Sequence[Province],
    breaks: Sequence[float],
    marks: Sequence[str],
    selected: str = "",
) -> Map:
    """Return equal tiles, for 34 or 38 provinces and for small screens; as `country_map`."""
    places = tile_places(province.code for province in provinces)
    shapes = [
        Shape(
            p,
            colour_of(p.value, breaks),
            p.code == selected,
            row=places[p.code][0],
            column=places[p.code][1],
            short=TILE_SHORT[p.code],
            code=TILE_LETTERS[p.code],
        )
        for p in provinces
        if p.code in places
    ]
    return Map(title, shapes, [], list(marks), "", is_grid=True)


def colour_of(value: float | None, breaks: Sequence[float]) -> int:
    """Return the class of `value`, 1 to 6, or 0 without data."""
    assert len(breaks) == CLASSES - 1, "six classes need five breaks"
    return 0 if value is None else bisect_right(breaks, value) + 1


def round_breaks(values: Sequence[float]) -> list[float]:
    """Return five rising round breaks that part `values` into about equal classes."""
    ordered = sorted(values) or [0.0]
    breaks: list[float] = []
    for i in range(1, CLASSES):
        wanted = _rounded(ordered[min(len(ordered) - 1, i * len(ordered) // CLASSES)])
        least = breaks[-1] + _unit(breaks[-1]) if breaks else _unit(0)
        breaks.append(max(wanted, least))
    return breaks


def written_marks(breaks: Sequence[float]) -> list[str]:
    """Write the six lower bounds with as few decimals as show where each class begins."""
    bounds = [0.0, *breaks]
    narrowest = min(after - before for before, after in pairwise(bounds))
    for places in range(MOST_PLACES + 1):
        if all(abs(round(bound, places) - bound) <= narrowest / 10 for bound in bounds):
            break
    return [numbers.decimal(bound, places) for bound in bounds]


def _rounded(value: float) -> float:
    unit = _unit(value)
    return round(value / unit) * unit


def _unit(value: float) -> float:
    """Return the last digit kept: one figure below the first, at least 1."""
    size = max(1.0, abs(value))
    power = len(str(int(size))) - 1
    return float(10**power) if size < 10 else float(5 * 10 ** (power - 1))


def _name(province: Province, drawing: Mapping[str, Any]) -> Name:
    """Return where a name stands: beside the crowded islands with a line, else on its province."""
    if province.code in BESIDE:
        x, y, line = BESIDE[province.code]
        return Name(province, x, y, line)
    x, y = drawing["centres"][province.code]
    return Name(province, max(0.0, x - 34.0), y)


def _apart(names: Iterable[Name]) -> list[Name]:
    """Return those names that lie on none before them; the table beside the map has all."""
    found: list[Name] = []
    for name in names:
        if not any(_touch(name, other) for other in found):
            found.append(name)
    return found


def _touch(one: Name, other: Name) -> bool:
    left, right = sorted((one, other), key=lambda name: name.x)
    words = f"{left.province.name} {left.province.written}"
    return abs(one.y - other.y) < LETTER_HEIGHT and right.x < left.x + LETTER_WIDTH * len(words)


# Java and Bali are too narrow for their names: x, y of the words; from and to of the line.
BESIDE: dict[str, tuple[float, float, tuple[float, float, float, float]]] = {
    "31": (76.0, 231.0, (200, 252, 194, 234)),
    "32": (96.0, 294.0, (207, 262, 190, 282)),
    "33": (216.0, 230.0, (262, 257, 262, 236)),
    "34": (164.0, 312.0, (266, 270, 254, 300)),
    "35": (304.0, 311.0, (318, 272, 326, 296)),
    "36": (60.0, 276.0, (186, 256, 150, 268)),
    "51": (372.0, 253.0, (354, 277, 380, 258)),
}
