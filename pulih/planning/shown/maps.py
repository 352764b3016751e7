"""Coverage on the map, before or after, on one scale so that the two can be compared."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from pulih.web import maps, numbers

from ..models import Scenario, SolutionProvince


def coverage_map(
    scenario: Scenario,
    rows: Sequence[SolutionProvince],
    side: str,
    chosen: SolutionProvince | None,
) -> maps.Map:
    """Return the map of coverage; side: "before" or "after"."""
    both = [
        value * 100
        for row in rows
        for value in (row.coverage_before, row.coverage_after)
        if value is not None
    ]
    breaks = even_breaks(both)
    title = {
        "before": _("Coverage of needs by province before the plan; numbers in the table"),
        "after": _("Coverage of needs by province after the plan; numbers in the table"),
    }[side]
    provinces = [_province(scenario, row, side) for row in rows]
    selected = chosen.code if chosen else ""
    marks = maps.written_marks(breaks)
    return maps.country_map(title, provinces, breaks, marks, selected, _extremes(rows, side))


def even_breaks(values: Sequence[float]) -> list[float]:
    """Return five rising breaks that part the distinct `values` about evenly, to three figures.

    Too few or too close values are parted into steps of one width.
    """
    distinct = sorted(set(values)) or [0.0]
    parts = range(1, maps.CLASSES)
    wanted = [_figures(distinct[place * len(distinct) // maps.CLASSES]) for place in parts]
    if len(set(wanted)) == len(wanted) and wanted == sorted(wanted):
        return wanted
    low, high = distinct[0], max(distinct[-1], distinct[0] + 1)
    return [low + (high - low) * place / maps.CLASSES for place in parts]


def _figures(value: float) -> float:
    return float(f"{value:.3g}")


def _value(row: SolutionProvince, side: str) -> float | None:
    share = row.coverage_before if side == "before" else row.coverage_after
    return None if share is None else share * 100


def _province(scenario: Scenario, row: SolutionProvince, side: str) -> maps.Province:
    value = _value(row, side)
    written = numbers.UNKNOWN if value is None else f"{numbers.decimal(value, 2)}%"
    url = f"{reverse('planning:scenario', args=[scenario.pk])}?province={row.code}"
    return maps.Province(row.code, row.province.name, value, written, url)


def _extremes(rows: Sequence[SolutionProvince], side: str) -> list[str]:
    known = [(value, row.code) for row in rows if (value := _value(row, side)) is not None]
    ordered = [code for _value_of, code in sorted(known)]
    return list(dict.fromkeys([*ordered[:2], *ordered[-2:]]))
