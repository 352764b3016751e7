"""What follows if something is moved: the range that is sure, and each province's difference."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pulih.web import numbers
from pulih.web.words import language

from ..models import SolutionProvince
from ..quick_answers import Relaxed
from ..rules.variants import Figures

PRICES = 5


@dataclass(frozen=True)
class MovedProvince:
    """A province in today's plan and in the variant's. Money in whole rupiah."""

    name: str
    before: int
    today: int
    then: int
    coverage: float | None

    @property
    def difference(self) -> int:
        return self.then - self.today

    @property
    def percent(self) -> float | None:
        return None if self.coverage is None else self.coverage * 100


@dataclass(frozen=True)
class Shown:
    """A variant's figures beside those of the plan that it is compared with."""

    figures: Figures
    today_worst: float | None
    provinces: list[MovedProvince]
    prices: list[str]

    @property
    def is_sure(self) -> bool:
        """Whether the proven limit is the plan at hand, up to what nobody would notice."""
        worst, most = self.figures["worst"], self.figures["worst_most"]
        return worst is None or most is None or most - worst <= 1e-4

    @property
    def worst(self) -> str:
        return numbers.percent(self.figures["worst"], 2)

    @property
    def worst_most(self) -> str:
        return numbers.percent(self.figures["worst_most"], 2)

    @property
    def sentence(self) -> str:
        """The lowest coverage: what a plan at hand reaches, and what none can pass."""
        if self.figures["worst"] is None:
            return _("No province has a need on record, so coverage cannot be told.")
        values = {"least": self.worst, "most": self.worst_most}
        if self.is_sure:
            return _("The lowest coverage is %(least)s.") % values
        return _("The lowest coverage is at least %(least)s and at most %(most)s.") % values

    @property
    def error(self) -> float:
        """How far apart the two ends are, in percentage points."""
        worst, most = self.figures["worst"], self.figures["worst_most"]
        return 0.0 if worst is None or most is None else (most - worst) * 100

    @property
    def gaining(self) -> int:
        return sum(row.difference > 0 for row in self.provinces)

    @property
    def losing(self) -> int:
        return sum(row.difference < 0 for row in self.provinces)

    @property
    def relief(self) -> str:
        return numbers.whole(round(self.figures["relief"]))

    @property
    def relief_most(self) -> str:
        return numbers.whole(round(self.figures["relief_most"]))


def shown(
    figures: Figures, provinces: Sequence[SolutionProvince], prices: Sequence[str] = ()
) -> Shown:
    """Return a variant beside today's plan, the largest difference first."""
    found = {code: (after, coverage) for code, _before, after, coverage in figures["provinces"]}
    rows = [
        MovedProvince(row.province.name, row.before, row.after, *found[row.code])
        for row in provinces
        if row.code in found
    ]
    rows.sort(key=lambda row: (-abs(row.difference), row.name))
    coverages = [row.coverage_after for row in provinces if row.coverage_after is not None]
    return Shown(figures, min(coverages, default=None), rows, list(prices))


def prices_of(answer: Relaxed) -> list[str]:
    """Return the dearest rules that people set, each with what Rp1 million more would bring."""
    rules = [
        bound
        for bound in answer.binding
        if not bound.rule.startswith(("money:", "floor:", "protected:"))
    ]
    spoken = language()
    return [bound.message.in_language(spoken) for bound in rules[:PRICES]]
