"""The kinds of sheet, and which of them a file is."""

from dataclasses import dataclass

from pulih.intake import budget, firms, impact
from pulih.intake.cells import Sheet
from pulih.intake.columns import Column
from pulih.intake.headings import Dictionary
from pulih.intake.layout import Table, find
from pulih.intake.titles import month_told


@dataclass(frozen=True)
class Kind:
    """A kind of sheet: its columns, and the columns of which a data row has at least one."""

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    dictionary: Dictionary

    def column(self, name: str) -> Column:
        """Return the declaration of a column."""
        return next(one for one in self.columns if one.name == name)


def _kind(name: str, columns: tuple[Column, ...], keys: tuple[str, ...]) -> Kind:
    return Kind(name, columns, keys, Dictionary(columns))


WHAT_A_MONTH_DID = {"turnover_before", "laid_off", "furloughed"}
FIRMS = _kind("firms", firms.COLUMNS, firms.KEYS)
IMPACT = _kind("impact", impact.COLUMNS, impact.KEYS)
BUDGET = _kind("budget", budget.COLUMNS, budget.KEYS)
KINDS = {kind.name: kind for kind in (FIRMS, IMPACT, BUDGET)}


def kind_of(sheet: Sheet) -> Kind | None:
    """Tell the kind of a sheet by its headings; None if it has none that are known."""
    as_firms, as_budget = find(sheet, IMPACT.dictionary), find(sheet, BUDGET.dictionary)
    budget_names = _names(as_budget, BUDGET)
    firm_names = _names(as_firms, IMPACT)
    is_budget = bool(budget_names & {"account", "line_code"}) and "ceiling" in budget_names
    if is_budget and not firm_names & {"nik", "nib", "business_name", "phone"}:
        return BUDGET
    if not firm_names & set(FIRMS.keys) and not _possible(as_firms, IMPACT, "business_name"):
        return BUDGET if is_budget else None
    only_impact = {"month", "obstacles", "workers_before", "turnover_period"}
    is_monthly = as_firms is not None and month_told(as_firms, sheet.name) is not None
    if firm_names & only_impact or (is_monthly and firm_names & WHAT_A_MONTH_DID):
        return IMPACT
    return FIRMS


def _names(table: Table | None, kind: Kind) -> set[str]:
    if table is None:
        return set()
    matches = (kind.dictionary.match(heading) for heading in table.headings if heading)
    names = {match.name for match in matches if match}
    if kind is BUDGET and "ceiling" not in names and _possible(table, kind, "ceiling"):
        names.add("ceiling")
    return names


def _possible(table: Table | None, kind: Kind, name: str) -> bool:
    """Say whether a heading such as `Nama` may stand for a column."""
    if table is None:
        return False
    return any(name in kind.dictionary.possible(heading) for heading in table.headings if heading)
