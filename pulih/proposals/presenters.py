"""A proposal as its pages and papers show it: rows with their checks, sums, places, goods."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.areas.models import Area

from .models import CostRow, Place, Proposal, ProposedGood
from .reads import basis_of, like, plan_of
from .rules.factors import written
from .rules.plans import Assessment, Sums, assess
from .rules.rows import CheckedRow, Finding, Severity

TONES = {
    Severity.BLOCKS: "bad",
    Severity.ASKS: "warn",
    Severity.WARNS: "warn",
    Severity.NOTES: "info",
}


@dataclass(frozen=True)
class Said:
    """One finding in words. anchor: the element of the editor that it speaks of."""

    words: str
    tone: str
    anchor: str
    stops: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of the cost plan. standard: rupiah a unit of its item, None where none fits."""

    row: CostRow
    checked: CheckedRow
    calculation: str
    standard: int | None
    standard_name: str
    findings: Sequence[Said]

    @property
    def over(self) -> int:
        return self.checked.over


@dataclass(frozen=True)
class ShownPlan:
    """All of a proposal but its answer. findings: what is not said of a row."""

    rows: Sequence[ShownRow]
    places: Sequence[Place]
    goods: Sequence[ProposedGood]
    sums: Sums
    people: int
    findings: Sequence[Said]
    stopping: int
    assessment: Assessment

    @property
    def may_be_sent(self) -> bool:
        return self.assessment.may_be_sent


def shown_plan(proposal: Proposal, language: str) -> ShownPlan:
    """Check a proposal whole and put what was found into words."""
    plan = plan_of(proposal)
    found = assess(plan, basis_of(proposal), like(proposal))
    rows = [
        shown_row(row, checked, language)
        for row, checked in zip(proposal.rows.all(), found.rows, strict=True)
    ]
    return ShownPlan(
        rows,
        list(proposal.places.select_related("regency")),
        list(proposal.goods.all()),
        found.sums,
        plan.participants,
        [_said(one, language) for one in found.findings if not isinstance(one.place, int)],
        len(found.stopping),
        found,
    )


def shown_row(row: CostRow, checked: CheckedRow, language: str) -> ShownRow:
    standard = checked.standard
    return ShownRow(
        row,
        checked,
        written(checked.row.factors, language),
        standard.amount if standard else None,
        standard.name.in_language(language) if standard else "",
        [_said(one, language) for one in checked.findings],
    )


def _said(finding: Finding, language: str) -> Said:
    place = finding.place
    severity = finding.severity
    anchor = f"row-{place}" if isinstance(place, int) else f"part-{place}"
    words = finding.message.in_language(language)
    return Said(words, TONES[severity], anchor, severity.stops)


def office_name(province: Area) -> str:
    """Return what the province's office is called on papers."""
    return f"Dinas Perindustrian Provinsi {province.name}"
