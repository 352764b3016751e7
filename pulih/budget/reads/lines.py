"""Lines with their amounts, and the lines that filters leave."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pulih.areas.models import Level
from pulih.references.charts import AccountNames
from pulih.web.figures import Amounts as Bar

from ..models import BudgetLine, Entry
from ..models.lines import BudgetLineQuerySet
from ..rules.amounts import Amounts
from ..rules.guards import AccountRule, warnings


@dataclass(frozen=True)
class LineRow:
    """A line as it stood on the day shown, with the name of its account and its warnings."""

    line: BudgetLine
    amounts: Amounts
    account_name: str
    warnings: list[AccountRule]

    @property
    def words(self) -> str:
        """Return what the line is for: its account, and what its sheet says of it."""
        return words_of(self.account_name, self.line.detail)

    @property
    def movable(self) -> int:
        """What of the line a plan may move, in rupiah."""
        return self.amounts.unbound if self.line.is_movable else 0

    @property
    def bar(self) -> Bar:
        return bar(self.amounts)


def bar(amounts: Amounts) -> Bar:
    """Return amounts as the parts of a page draw them."""
    return Bar(
        amounts.ceiling, amounts.blocked, amounts.committed, amounts.realised, amounts.reserved
    )


def words_of(account: str, detail: str) -> str:
    """Return the name of an account and what a sheet says of the line, as far as there are any."""
    return " · ".join(filter(None, (account, detail)))


def rows_of(lines: Iterable[BudgetLine], day: date, known: date | None = None) -> list[LineRow]:
    """Return lines with the amounts that had taken effect by `day`, as `known`."""
    lines, names = list(lines), AccountNames(day)
    amounts = Entry.objects.filter(line__in=lines).amounts_by("line_id", day, known)
    return [
        LineRow(
            line,
            amounts.get(line.pk, Amounts()),
            names(line.account),
            warnings(line.account, line.authority, day),
        )
        for line in lines
    ]


def amounts_by(
    lines: BudgetLineQuerySet, key: str, day: date, known: date | None = None
) -> dict[Any, Amounts]:
    """Add up the amounts of `lines` on `day`, as `known`, by each value of a line's field `key`."""
    entries = Entry.objects.filter(line__in=lines.order_by().values("pk"))
    return entries.amounts_by(f"line__{key}", day, known)


def within(lines: BudgetLineQuerySet, where: str) -> BudgetLineQuerySet:
    """Keep the lines of the provincial units ("provinces") or of the head office ("centre")."""
    if where == "provinces":
        return lines.of_provinces()
    return lines.exclude(province__level=Level.PROVINCE) if where == "centre" else lines


def chosen_year(
    asked: int | None, lines: BudgetLineQuerySet, day: date, years: Collection[int] | None = None
) -> int:
    """Return the asked year, else that of `day` if it has lines, else the newest that has.

    years: those of the lines, where they are known.
    """
    if asked:
        return asked
    if years is None:
        years = set(lines.order_by().values_list("fiscal_year", flat=True).distinct())
    return day.year if day.year in years or not years else max(years)
