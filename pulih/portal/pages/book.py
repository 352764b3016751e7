"""The cells of one release as pages ask for them, each with the figure that it opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.web.words import language

from ..areas import Areas, Place, areas_on, is_unstated
from ..datasets import ALL, DATASETS, frozen
from ..models import Cell, LeftOut, Release
from ..plain_cells import PlainCell, plain

Spot = tuple[str, str, str, str]  # measure, area, dimension, category
OF_REGENCIES = (
    "known_firms", "affected_firms", "workers_hit", "people_in_training", "helped_firms",
    "producing_again",
)  # fmt: skip
MARKERS = {
    "[c]": gettext_lazy("hidden, so that no small group can be found"),
    "[x]": gettext_lazy("no record of it"),
    "[z]": gettext_lazy("not applicable"),
    "[p]": gettext_lazy("provisional: the month is not over on the day of the release"),
    "[r]": gettext_lazy("revised since an earlier release"),
}


@dataclass(frozen=True)
class Number:
    """A figure on a page. value: None where only a marker stands. cell: its name for good.

    area: the row of the figure's page that it opens. release: named where it is not the newest.
    """

    measure: str
    area: str
    cell: str
    value: int | None
    marker: str
    release: str = ""

    @property
    def anchor(self) -> str:
        return f"figures/{self.measure}/#{self.area}"

    @property
    def explained(self) -> str:
        return _explained(self.marker, language())


@lru_cache(maxsize=32)
def _explained(marker: str, spoken: str) -> str:
    """The same few sentences stand beside some 40,000 figures; spoken: the language of the page."""
    return str(MARKERS.get(marker, ""))


@dataclass(frozen=True)
class Book:
    """One release. places: the areas of its day, by code."""

    release: Release
    areas: Areas
    cells: Mapping[Spot, PlainCell]

    def number(self, measure: str, area: str, dimension: str = ALL, category: str = "") -> Number:
        """A figure; what the release does not state is not recorded, and never 0."""
        cell = self.cells.get((measure, area, dimension, category))
        if cell is None:
            name = "|".join((measure, str(self.release.as_of.year), area, dimension, category))
            return Number(measure, self._stated(measure, area), name, None, "[x]")
        return Number(measure, area, cell.cell, cell.value, cell.marker)

    def _stated(self, measure: str, area: str) -> str:
        """The nearest area above of which the release states the measure at all."""
        above = list(self.areas.upwards(area))
        stated = (one for one in above if (measure, one, ALL, "") in self.cells)
        return next(stated, above[-1])

    def numbers(self, measures: tuple[str, ...], area: str) -> list[Number]:
        return [self.number(measure, area) for measure in measures]

    def categories(self, measure: str, area: str, dimension: str) -> list[str]:
        return self._categories.get((measure, area, dimension), [])

    @cached_property
    def _categories(self) -> dict[tuple[str, str, str], list[str]]:
        found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for measure, area, dimension, category in self.cells:
            found[measure, area, dimension].append(category)
        return found

    @cached_property
    def dimensions(self) -> Mapping[str, set[str]]:
        """What each measure is divided by."""
        found: dict[str, set[str]] = defaultdict(set)
        for measure, _area, dimension, _category in self.cells:
            found[measure].add(dimension)
        return found

    @cached_property
    def recorded(self) -> frozenset[str]:
        """Areas of which a figure of `OF_REGENCIES` is recorded, hidden or not."""
        return frozenset(
            area
            for (measure, area, dimension, _category), cell in self.cells.items()
            if dimension == ALL and measure in OF_REGENCIES and cell.marker != "[x]"
        )

    def word(self, dimension: str, category: str) -> str:
        named = self.release.words.get(dimension, {}).get(category, {})
        return str(named.get(language(), category))

    @cached_property
    def measures(self) -> dict[str, dict[str, Any]]:
        """Every measure: what it meant then, or means now where the release is older than it."""
        return {**frozen(DATASETS), **self.release.measures}

    def means(self, measure: str) -> dict[str, Any]:
        """What a measure means, in the language of the page."""
        words, spoken = self.measures[measure], language()
        texts = ("label", "definition", "unit", "source", "coverage", "differs")
        return {
            "key": measure,
            "dataset": words["dataset"],
            "kind": words["kind"],
            "as_of": self.release.day_of(measure, "province"),
            "as_of_regency": self.release.day_of(measure, "regency"),
            **{name: words[f"{name}_{spoken}"] for name in texts},
        }

    def around(self, measure: str) -> list[str]:
        """The figures of which a measure counts a part, as this release was protected."""
        return [key for key in self.measures[measure].get("within", ()) if key in self.measures]

    def parts_of(self, measure: str) -> list[str]:
        return [key for key in self.measures if measure in self.around(key)]

    @cached_property
    def hidden(self) -> Mapping[str, Sequence[PlainCell]]:
        """The hidden cells of each measure."""
        found: dict[str, list[PlainCell]] = defaultdict(list)
        for (measure, *_rest), cell in self.cells.items():
            if cell.marker == "[c]":
                found[measure].append(cell)
        return found

    @cached_property
    def left_out(self) -> Sequence[LeftOut]:
        return list(self.release.left_out.order_by("measure", "dimension"))

    def name_of(self, place: Place) -> str:
        if is_unstated(place):
            return _("regency or city not stated")
        return place.name


def book_of(release: Release) -> Book:
    cells = plain(Cell.objects.filter(release=release).order_by("pk"))
    return Book(
        release,
        areas_on(release.as_of),
        {(cell.measure, cell.area, cell.dimension, cell.category): cell for cell in cells},
    )
