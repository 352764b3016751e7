"""The report of a sampling check on paper: list, draw, visits, and what they say of all.

The layout is drawn from memory; no form of an inspectorate was found, and the paper says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import override

from pulih.common import periods
from pulih.common.money import grouped
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.typesetting import typeset
from pulih.workflow.calendars import zone_of

from ..models import Outcome, SampleCheck
from ..papers import REPORT
from ..reads import results
from ..rules.estimate import Estimate
from ..words import country

TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(sample: SampleCheck) -> bytes:
    return typeset(TEMPLATE, values(sample))


def values(sample: SampleCheck) -> dict[str, Any]:
    """Texts for the template; papers are in Indonesian."""
    found = results(sample)
    with override("id"):
        return {
            "title": sample.title,
            "kind": sample.get_kind_display(),
            "area": str(sample.province or country()),
            "days": f"{periods.day(sample.first_day)} s.d. {periods.day(sample.last_day)}",
            "population": grouped(sample.population),
            "wanted": f"galat {sample.error} poin persen, kepercayaan {sample.confidence} %",
            "digest": sample.digest,
            "frozen": _moment(sample, sample.frozen_at),
            "seed": sample.seed,
            "drawn_at": _moment(sample, sample.drawn_at),
            "witnesses": [one for one in (sample.witness, sample.other_witness) if one],
            "drawn": grouped(found.drawn),
            "visited": grouped(found.visited),
            "outcomes": [str(one) for one in Outcome.labels],
            "rows": [
                [
                    f"{row.province} · {row.measure.name}", grouped(row.population),
                    grouped(row.drawn), *(grouped(n) for _label, n in row.counts),
                ]
                for row in found.rows
            ],
            "estimates": [
                [str(Outcome(key).label), *_percents(one)] for key, one in found.estimates.items()
            ],
            "seal": seal(code_in_force(REPORT, sample.pk)),
        }  # fmt: skip


def _moment(sample: SampleCheck, moment: Any) -> str:
    return periods.moment(moment, zone_of(sample.province_id)) if moment else ""


def _percents(one: Estimate | None) -> list[str]:
    if one is None:
        return ["–", "–"]
    low, high, share = (f"{100 * value:.1f} %".replace(".", ",") for value in
                        (one.low, one.high, one.share))  # fmt: skip
    return [share, f"{low} – {high}"]
