"""Tags of what is drawn: bars, dumbbells, terms, maps, lines over time."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.template import Library

from pulih.web import bars, numbers
from pulih.web.charts import LineChart
from pulih.web.figures import Amounts, Term
from pulih.web.maps import Map

register = Library()


@register.inclusion_tag("web/parts/ceiling_bar.html")
def ceiling_bar(amounts: Amounts, width: int = 960, height: int = 26) -> dict[str, Any]:
    return {"amounts": amounts, "bar": bars.ceiling_bar(amounts, width, height)}


@register.inclusion_tag("web/parts/ceiling_table.html")
def ceiling_table(
    amounts: Amounts, unit: str = "miliar", stated: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The rows under a ceiling bar, in its order; unit "miliar" or "juta", as the card says.

    stated: figures (`pulih.lists.figures.Stated`) by the names of the amounts, as links.
    """
    write = partial(numbers.billions if unit == "miliar" else numbers.millions, bare=True)
    names = ("realised", "unpaid", "reserved", "free", "blocked", "ceiling")
    cells = {name: write(getattr(amounts, name)) for name in names}
    cells |= {name: one.written(f"{unit} bare") for name, one in (stated or {}).items()}
    free, blocked = amounts.share(amounts.free), amounts.share(amounts.blocked)
    rows = {"realised_share": amounts.share(amounts.realised), "free_share": free}
    unpaid = amounts.share(amounts.unpaid)
    return rows | {
        "amounts": amounts,
        "cells": cells,
        "unpaid_share": unpaid,
        "reserved_share": amounts.share(amounts.reserved),
        "blocked_share": blocked,
    }


@register.inclusion_tag("web/parts/share_bar.html")
def share_bar(share: float, width: int = 72, tone: str = "com", height: int = 8) -> dict[str, Any]:
    """A small bar of a share 0 to 1; the number stands beside it. tone: com, real, neg."""
    length = round(min(max(float(share), 0.0), 1.0) * width, 1)
    return {"width": width, "height": height, "length": length, "tone": tone}


@register.inclusion_tag("web/parts/step_boxes.html")
def step_boxes(taken: int, steps: int) -> dict[str, Any]:
    """A box for each step of a way, the taken ones filled; the count stands beside it."""
    boxes = [(place * 9, "real" if place < taken else "track") for place in range(steps)]
    return {"boxes": boxes, "width": steps * 9 - 2}


@register.inclusion_tag("web/parts/dumbbell.html")
def dumbbell(
    before: float, after: float, axis: bars.Axis, floor: float | None = None
) -> dict[str, Any]:
    return {"dumbbell": bars.dumbbell(float(before), float(after), axis, floor)}


@register.inclusion_tag("web/parts/dumbbell_axis.html")
def dumbbell_axis(axis: bars.Axis) -> dict[str, Any]:
    """The head of a dumbbell column."""
    return {"axis": axis, "last": len(axis.ticks) - 1}


@register.inclusion_tag("web/parts/dumbbell_legend.html")
def dumbbell_legend(floor: Any = "") -> dict[str, Any]:
    """The key of the dots; floor: what the tick means, empty when there is none."""
    return {"floor": floor}


@register.inclusion_tag("web/parts/fall.html")
def fall(start: float, change: float, low: float, high: float) -> dict[str, Any]:
    """One bar of a waterfall in a table row."""
    return {"fall": bars.fall(float(start), float(change), float(low), float(high))}


@register.inclusion_tag("web/parts/terms.html")
def terms(
    terms: Sequence[Term], total: float, total_label: Any, most: float = 100
) -> dict[str, Any]:
    """Terms that add up to a shown total, as bars on one scale."""
    scale = max([term.most for term in terms], default=1)
    drawn = [(term, term.points / scale) for term in terms]
    return {"terms": drawn, "total": total, "total_label": total_label, "most": most}


@register.inclusion_tag("web/parts/map.html")
def country_map(map: Map) -> dict[str, Any]:
    """The map or, when the map cannot show these provinces, the tile grid."""
    return {"map": map}


@register.inclusion_tag("web/parts/line_chart.html")
def line_chart(chart: LineChart) -> dict[str, Any]:
    """Lines over time, with their table beside or below for who cannot see them."""
    return {"chart": chart, "values": json.dumps(chart.as_json())}
