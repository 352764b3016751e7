"""Where a year's budget stands before any scenario: what can move, and what has no measure."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.budget import figures
from pulih.lists.figures import Stated, state
from pulih.people.models import User
from pulih.web import numbers
from pulih.web.as_of import AsOf

from ..cases import bound_lines
from ..rules.bounds import BoundLine, likeliest, shortfall, untagged_percent
from ..wording import did_you_mean, short_ceiling

WARN_ABOVE_PERCENT = 10


@dataclass(frozen=True)
class BudgetSummary:
    """The lines of a year and what they add up to, in whole rupiah."""

    fiscal_year: int
    lines: list[BoundLine]
    total_stated: Stated
    movable: Stated
    untagged: Stated
    untagged_lines: Stated

    @property
    def total(self) -> int:
        return sum(line.ceiling for line in self.lines)

    @property
    def bound(self) -> int:
        return sum(line.bound for line in self.lines)

    @property
    def rest(self) -> int:
        """What no plan may move, of the days shown."""
        return (self.total_stated.value or 0) - (self.movable.value or 0)

    @property
    def untagged_share(self) -> float:
        return float(untagged_percent(self.untagged.value or 0, self.total)) / 100

    @property
    def must_warn(self) -> bool:
        """More than a tenth of the money has no measure, so no plan can move it."""
        return untagged_percent(self.untagged.value or 0, self.total) > WARN_ABOVE_PERCENT

    def judge(self, ceiling: int) -> tuple[str, str]:
        """Return the tone and the sentence for a ceiling that is being typed."""
        short = shortfall(self.lines, ceiling)
        meant = likeliest(ceiling, self.bound, self.total)
        if short is not None:
            return "bad", short_ceiling(short, ceiling, meant)
        if ceiling > self.total:
            words = _("That is %(amount)s more than the year has now.") % {
                "amount": numbers.rupiah(ceiling - self.total)
            }
            return "warn", words if meant is None else f"{words} {did_you_mean(meant)}"
        return "info", self._cut(ceiling)

    def _cut(self, ceiling: int) -> str:
        share = (self.total - ceiling) / self.total if self.total else 0.0
        return _("A cut of %(amount)s, %(percent)s; %(left)s stays free to be placed.") % {
            "amount": numbers.rupiah(self.total - ceiling),
            "percent": numbers.percent(share),
            "left": numbers.rupiah(ceiling - self.bound),
        }


def summary_of(fiscal_year: int, by: User, seen: AsOf) -> BudgetSummary:
    """Return where the budget of a year stands, as `by` may see it.

    seen: the days that its figures are of. A plan itself stands on all that is posted, also what
    takes effect later.
    """
    asked = {"year": fiscal_year, "within": "provinces"}
    return BudgetSummary(
        fiscal_year,
        bound_lines(fiscal_year, by, timezone.localdate()),
        state(figures.CEILING, by, seen, asked),
        state(figures.MOVABLE, by, seen, asked),
        state(figures.UNTAGGED, by, seen, asked),
        state(figures.UNTAGGED_LINES, by, seen, asked),
    )
