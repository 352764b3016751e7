"""The sheet that is read before a plan is adopted: by account, by measure and by province."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.measures.models import Measure
from pulih.people.models import User
from pulih.references.models import Account

from ..models import Scenario, SolutionLine
from ..rules.sheet import Odd, SheetRow, Sum, sheet, sums_of

NO_ACCOUNT = "–"  # A new line of a measure whose lines have no template yet.


@dataclass(frozen=True)
class NamedRow:
    """A row with the name of its code, and in words what looks odd."""

    row: SheetRow
    name: str

    is_code_shown: bool = True

    @property
    def shown(self) -> str:
        """The code that papers know, or the name where the code is only ours."""
        return self.row.code if self.is_code_shown or not self.name else self.name

    @property
    def beside(self) -> str:
        return self.name if self.is_code_shown else ""

    @property
    def odd(self) -> list[str]:
        return [odd_words(one) for one in self.row.odd]


@dataclass(frozen=True)
class Part:
    """One table of the sheet; amounts in whole rupiah."""

    key: str
    title: str
    rows: Sequence[NamedRow]

    @property
    def before(self) -> int:
        return sum(one.row.before for one in self.rows)

    @property
    def after(self) -> int:
        return sum(one.row.after for one in self.rows)

    @property
    def odd(self) -> int:
        return sum(bool(one.row.odd) for one in self.rows)


def sheet_of(scenario: Scenario, by: User) -> list[Part]:
    """Return the three tables of a plan, each with the same total."""
    lines = scenario.solution.line_rows.visible_to(by)
    rows = list(lines.select_related("line", "province").order_by("province__sort_key", "pk"))
    return [
        _part("account", _("By account"), by_account(rows), _account_names(scenario)),
        _part("measure", _("By measure"), _by_measure(rows), _measure_names()),
        _part("province", _("By province"), _by_province(rows), {}),
    ]


def odd_accounts(scenario: Scenario, by: User) -> int:
    """Return how many accounts of a plan look odd."""
    rows = scenario.solution.line_rows.visible_to(by).select_related("line")
    return sum(bool(row.odd) for row in sheet(by_account(rows), are_accounts=True))


def by_account(rows: Iterable[SolutionLine]) -> list[Sum]:
    return sums_of(part for row in rows for part in _of_line(row))


def _of_line(row: SolutionLine) -> Iterator[Sum]:
    """Yield a line's money by account; what is without an account stands under `NO_ACCOUNT`."""
    if row.line is not None:
        yield Sum(row.line.account, row.before, row.after)
        return
    for _key, account, rupiah in row.accounts:
        yield Sum(account, 0, rupiah)
    if not row.accounts:
        yield Sum(NO_ACCOUNT, 0, row.after)


def _by_measure(rows: Iterable[SolutionLine]) -> list[Sum]:
    return sums_of(Sum(row.measure, row.before, row.after) for row in rows)


def _by_province(rows: Sequence[SolutionLine]) -> list[Sum]:
    """Return the sums in the order in which provinces are listed everywhere."""
    order = {row.province.name: place for place, row in enumerate(rows)}
    found = sums_of(Sum(row.province.name, row.before, row.after) for row in rows)
    return sorted(found, key=lambda one: order[one.code])


def _part(key: str, title: str, sums: Sequence[Sum], names: Mapping[str, str]) -> Part:
    rows = sheet(sums, are_accounts=key == "account")
    named = [NamedRow(row, names.get(row.code, ""), key != "measure") for row in rows]
    return Part(key, title, named)


def _account_names(scenario: Scenario) -> dict[str, str]:
    known = Account.objects.valid_on(scenario.as_of)
    return dict(known.values_list("code", _name_field())) | {
        NO_ACCOUNT: _("the measure has no template of lines yet")
    }


def _measure_names() -> dict[str, str]:
    return {measure.code: measure.name for measure in Measure.objects.all()} | {
        "OTHER": _("without a measure")
    }


def _name_field() -> str:
    return "name_en" if (get_language() or "id").startswith("en") else "name_indonesian"


def odd_words(odd: Odd) -> str:
    return {
        Odd.EMPTIED: _("falls to nothing"),
        Odd.OPENED: _("had nothing before"),
        Odd.TRAVEL_RISES: _("travel rises"),
        Odd.FAR_BELOW: _("less than half of an even cut"),
        Odd.FAR_ABOVE: _("more than twice an even cut"),
    }[odd]
