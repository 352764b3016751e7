"""The scores of a selection as dots: who was chosen, who was not, and where the line stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from django.db.models import Count, F, Max, Min
from django.db.models.functions import Floor
from django.utils.translation import gettext_lazy as _

from pulih.people.models import User

from ..models import Selection, SelectionDecision
from .selections import PlaceRow, by_regency

COLUMNS = 42
PITCH = 5  # Between the middles of two dots, in SVG units.
FOOT = 5  # Of the lowest middle above the axis: a dot does not touch it.
EDGE = 12  # Room for half a number at either end of the scale.
HIGHEST = 12  # Dots upon each other; a dot stands for several where more people share a column.
KINDS = ("no", "lost", "won", "yes")  # From the ground up.
WORDS = {
    "yes": _("chosen by score"),
    "won": _("chosen by the draw"),
    "lost": _("at the line, lost the draw"),
    "no": _("not chosen"),
}

Places = Mapping[int, Mapping[str, int]]  # How many of each kind, by column.


@dataclass(frozen=True)
class Scale:
    """Round scores from `low` to `high`, a tick every `step`."""

    low: int
    high: int
    step: int

    width = 2 * EDGE + COLUMNS * PITCH

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """Each round score and where it stands."""
        count = (self.high - self.low) // self.step
        return [
            (self.low + at * self.step, round(EDGE + at * COLUMNS * PITCH / count, 1))
            for at in range(count + 1)
        ]

    def column(self, score: Decimal) -> int:
        return min(floor((score - self.low) * COLUMNS / (self.high - self.low)), COLUMNS - 1)


@dataclass(frozen=True)
class Dots:
    """The dots of one place. paths: kind and points, from below; lines: where they stand."""

    width: int
    height: int
    paths: Sequence[tuple[str, str]]
    lines: Sequence[float]


@dataclass(frozen=True)
class Drawing:
    """people: how many one dot stands for, at most."""

    scale: Scale
    people: int
    rows: Sequence[tuple[PlaceRow, Dots]]

    @property
    def legend(self) -> list[tuple[str, Any]]:
        """The kinds that are drawn, chosen ones first, in words."""
        used = {kind for _row, dots in self.rows for kind, _points in dots.paths}
        return [(kind, words) for kind, words in WORDS.items() if kind in used]


def drawing(selection: Selection, by: User) -> Drawing | None:
    """Return the places of a solved selection with their scores as dots; None without any."""
    seen = SelectionDecision.objects.visible_to(by).filter(entry__selection=selection)
    ends = seen.aggregate(low=Min("entry__score"), high=Max("entry__score"))
    if ends["low"] is None:
        return None
    scale = scale_for(ends["low"], ends["high"])
    column = Floor((F("entry__score") - scale.low) * COLUMNS / (scale.high - scale.low))
    places: dict[int, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    found = seen.values_list("regency", column, "is_chosen", "reason").annotate(n=Count("pk"))
    for regency, at, is_chosen, reason, n in found.order_by():
        places[regency][min(int(at), COLUMNS - 1)][_kind(is_chosen, reason)] += n
    columns = [kinds for place in places.values() for kinds in place.values()]
    people = ceil(max(sum(kinds.values()) for kinds in columns) / HIGHEST)
    tallest = max(sum(ceil(n / people) for n in kinds.values()) for kinds in columns)
    drawn = [
        (row, _dots(scale, places[row.regency.pk], people, FOOT + PITCH * tallest, row))
        for row in by_regency(selection, by)
    ]
    return Drawing(scale, people, drawn)


def scale_for(low: Decimal, high: Decimal) -> Scale:
    """Return the tightest scale of at most four round, whole steps that holds both scores."""
    for step in (figure * 10**power for power in range(9) for figure in (1, 2, 5)):
        bottom, top = floor(low / step) * step, ceil(high / step) * step
        if top - bottom <= 4 * step:
            return Scale(bottom, max(top, bottom + step), step)
    raise AssertionError("A score beyond every scale.")


def _kind(is_chosen: bool, reason: str) -> str:
    if reason == "draw":
        return "won" if is_chosen else "lost"
    return "yes" if is_chosen else "no"


def _dots(scale: Scale, place: Places, people: int, height: int, row: PlaceRow) -> Dots:
    points: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for at, kinds in sorted(place.items()):
        y = height - FOOT
        for kind in KINDS:
            for _dot in range(ceil(kinds.get(kind, 0) / people)):
                points[kind].append(f"M{_x(at) + PITCH / 2:g} {y}h.01")
                y -= PITCH
    # Everybody from the line on stands to the right of it: it is drawn before its column.
    lines = sorted({_x(scale.column(one)) for one in (row.line, row.top_line) if one is not None})
    paths = [(kind, "".join(points[kind])) for kind in KINDS if points[kind]]
    return Dots(scale.width, height, paths, lines)


def _x(column: int) -> float:
    return EDGE + column * PITCH
