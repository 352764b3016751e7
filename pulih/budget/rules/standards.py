"""Details of lines beside the standard unit costs: over a ceiling is a finding, over an estimate
a note. Source: CLASS-12, CLASS-16.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pulih.classifications.standards import Nature, UnitCost, standard_for
from pulih.common.errors import Message
from pulih.common.money import rupiah


@dataclass(frozen=True)
class Costed:
    """A detail of a line, as far as its unit cost is judged."""

    line_key: str
    text: str
    unit_cost: int | None
    province: int
    unit: str = ""

    @property
    def account(self) -> str:
        return self.line_key[-6:]


@dataclass(frozen=True)
class OverStandard:
    """A detail whose unit cost passes its standard."""

    detail: Costed
    standard: UnitCost
    over: int

    @property
    def is_finding(self) -> bool:
        return self.standard.nature == Nature.CEILING

    @property
    def message(self) -> Message:
        """Say what, by how much, and what the standard is."""
        cost, most = self.detail.unit_cost or 0, self.standard.amount
        name, text = self.standard.name, self.detail.text or self.detail.line_key
        what = (
            ("batas tertinggi", "the ceiling") if self.is_finding else ("perkiraan", "the estimate")
        )
        return Message(
            f"{text}: {rupiah(cost)} melebihi {what[0]} SBM {rupiah(most)} ({name.id}) "
            f"sebesar {rupiah(self.over)}.",
            f"{text}: {rupiah(cost, 'en')} is above {what[1]} of the standard unit costs, "
            f"{rupiah(most, 'en')} ({name.en}), by {rupiah(self.over, 'en')}.",
        )


def over_standard(
    details: Iterable[Costed], on: date, among: Sequence[UnitCost] | None = None
) -> list[OverStandard]:
    """Return the details above their standard, in their order; those of no item are passed by.

    among: the unit costs that count; None: those of our own lists.
    """
    found = []
    for detail in details:
        standard = standard_for(
            detail.account, detail.text, detail.province, on, among, detail.unit
        )
        if standard and detail.unit_cost and detail.unit_cost > standard.amount:
            found.append(OverStandard(detail, standard, detail.unit_cost - standard.amount))
    return found
