"""How plans fare if needs are otherwise than counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pulih.web import numbers

from ..models import Study, Variant
from ..rules.estimates import QUANTILE, TODAY


@dataclass(frozen=True)
class EstimateRow:
    """One plan. counted: its lowest coverage if needs are as counted; least, mean: over draws."""

    name: str
    meaning: str
    is_today: bool
    counted: float | None
    least: float
    mean: float
    regret: float
    variant: Variant

    @property
    def regret_points(self) -> float:
        return self.regret * 100


def estimate_rows(study: Study) -> list[EstimateRow]:
    """Return today's plan and those for other needs."""
    return [_row(one) for one in study.variants.all() if "fares" in one.figures]


def _row(variant: Variant) -> EstimateRow:
    fares = variant.figures["fares"]
    name, meaning = way_words(variant.change)
    return EstimateRow(
        name, meaning, variant.change["way"] == TODAY, fares["worst_today"],
        fares["least"], fares["mean"], fares["regret"], variant,
    )  # fmt: skip


def way_words(change: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a plan is called, and what it was made for."""
    if change.get("way") == TODAY:
        return _("This plan"), _("needs as counted")
    if change.get("way") == QUANTILE:
        quantile = float(change["quantile"])
        rest = numbers.percent(1 - quantile, 0)
        return (
            _("Needs at %(percent)s") % {"percent": numbers.percent(quantile, 0)},
            _("each need so high that more is %(percent)s likely") % {"percent": rest},
        )
    return _("Best of the worst"), _("of the plans tried, the best in its worst draw")


def estimate_finding(study: Study) -> str:
    """Say what today's plan could regret, and what the best of the worst gains; empty before."""
    rows = estimate_rows(study)
    today = next((row for row in rows if row.is_today), None)
    best = max(rows, key=lambda row: row.least, default=None)
    if today is None or best is None or not study.is_over:
        return ""
    values = {
        "least": numbers.percent(today.least, 2),
        "regret": numbers.decimal(today.regret_points, 2),
        "draws": numbers.whole(today.variant.figures["fares"]["draws"]),
    }
    if best.least <= today.least:
        return (
            _(
                "In the worst of %(draws)s draws this plan covers %(least)s; no plan tried covers "
                "more there. It falls at most %(regret)s points behind the best plan of a draw."
            )
            % values
        )
    return _(
        "In the worst of %(draws)s draws this plan covers %(least)s; “%(name)s” would cover "
        "%(best)s there. This plan falls at most %(regret)s points behind the best plan of a draw."
    ) % (values | {"name": best.name, "best": numbers.percent(best.least, 2)})
