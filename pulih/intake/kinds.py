"""The kinds of sheet, and which of them a file is."""

from dataclasses import dataclass
from functools import cached_property

from pulih.intake import budget, firms, impact, makers, names, proposed, requests, treasury
from pulih.intake.cells import Sheet
from pulih.intake.columns import Column
from pulih.intake.goods_and_groups import OF_MEMBERS
from pulih.intake.headings import Dictionary, normal
from pulih.intake.layout import Table, find
from pulih.intake.titles import month_told, own_months


@dataclass(frozen=True)
class Kind:
    """A kind of sheet: its columns, and the columns of which a data row has at least one."""

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]

    @cached_property
    def dictionary(self) -> Dictionary:
        """What its headings mean: made for the first sheet, which few processes read."""
        return Dictionary(self.columns)

    def column(self, name: str) -> Column:
        """Return the declaration of a column."""
        return next(one for one in self.columns if one.name == name)


WHAT_A_MONTH_DID = {"turnover_before", "laid_off", "furloughed"}
FIRMS = Kind("firms", firms.COLUMNS, firms.KEYS)
IMPACT = Kind("impact", impact.COLUMNS, impact.KEYS)
BUDGET = Kind("budget", budget.COLUMNS, budget.KEYS)
TREASURY = Kind("treasury", treasury.COLUMNS, treasury.KEYS)
NEEDS = Kind("needs", requests.COLUMNS, requests.KEYS)
PROPOSED = Kind("proposed", proposed.COLUMNS, proposed.KEYS)
MAKERS = Kind("makers", makers.COLUMNS, makers.KEYS)
KINDS = {kind.name: kind for kind in (FIRMS, IMPACT, BUDGET, TREASURY, NEEDS, PROPOSED, MAKERS)}
OF_FIRMS = {"nik", "nib", "business_name", "phone"}
MANY_OF_FIRMS = 5  # So many of their columns are no list of money.
OF_THE_POK_ALONE = {"volume", "unit", "unit_cost", "measure"} | {
    f"month_{number}" for number in range(1, 13)
}
OF_LISTS_ALONE = {"realised_before", "realised_now", *treasury.MONTHS}


def kind_of(sheet: Sheet) -> Kind | None:
    """Tell the kind of a sheet by its headings; None if it has none that are known."""
    as_firms, as_budget = find(sheet, IMPACT.dictionary), find(sheet, BUDGET.dictionary)
    budget_names = _names(as_budget, BUDGET)
    firm_names = _names(as_firms, IMPACT)
    if not firm_names & OF_FIRMS and _is_of_proposals(sheet):
        return PROPOSED
    is_of_firms = bool(firm_names & OF_FIRMS) or len(firm_names) >= MANY_OF_FIRMS
    if not is_of_firms and _is_treasury(sheet, budget_names):
        return TREASURY
    if not firm_names & OF_FIRMS and _is_of_needs(sheet):
        return NEEDS
    is_budget = bool(budget_names & {"account", "line_code"}) and "ceiling" in budget_names
    if is_budget and not firm_names & OF_FIRMS:
        return BUDGET
    if not firm_names & set(FIRMS.keys) and not _possible(as_firms, IMPACT, "business_name"):
        if is_budget:
            return BUDGET
        if not _holds_names(sheet, as_firms, firm_names):
            return None
    only_impact = {"month", "obstacles", "workers_before", "turnover_period"}
    is_monthly = as_firms is not None and month_told(as_firms, sheet.name) is not None
    if (
        firm_names & only_impact
        or (is_monthly and firm_names & WHAT_A_MONTH_DID)
        or (is_monthly and _is_of_a_month(as_firms, sheet.name, firm_names))
        or _asks_obstacles(as_firms)
    ):
        return IMPACT
    return MAKERS if _is_of_makers(sheet) else FIRMS


def _is_of_a_month(table: Table | None, sheet: str | None, names: set[str]) -> bool:
    """Say whether a sheet or a heading is of one month, `MEI 2020`, and tells its turnover."""
    return table is not None and "turnover" in names and len(own_months(table, sheet)) == 1


def _asks_obstacles(table: Table | None) -> bool:
    """Say whether `Kendala` stands over columns that each name an obstacle, to be ticked."""
    found = [] if table is None else [one.rpartition(" / ")[0] for one in table.headings if one]
    matches = (IMPACT.dictionary.match(group, fuzzy=False) for group in found if group)
    return sum(match is not None and match.name == "obstacles" for match in matches) > 1


def _holds_names(sheet: Sheet, table: Table | None, known: set[str]) -> bool:
    """Say whether a list of people has a column of names under a heading that nobody knows."""
    if table is None:
        return False
    return names.by_values(table, sheet.cells.slice(table.body), known) is not None


def _is_of_needs(sheet: Sheet) -> bool:
    """Tell a list of needs: it names a buyer, goods, how many and until when."""
    return set(requests.NEEDED) <= _names(find(sheet, NEEDS.dictionary), NEEDS)


def _is_of_proposals(sheet: Sheet) -> bool:
    """Tell a list of proposals: it numbers them and says what each, or each of its rows, costs."""
    return set(proposed.NEEDED) <= _names(find(sheet, PROPOSED.dictionary), PROPOSED)


def _is_of_makers(sheet: Sheet) -> bool:
    """Tell a list of what firms offer: their prices, lots, numbered certificates or groups."""
    table = find(sheet, MAKERS.dictionary)
    names = _names(table, MAKERS)
    if table is not None and "member_since" in names:
        heads = {normal(one or "") for one in table.headings}
        if heads & OF_MEMBERS and any("anggota" in head for head in heads):
            return True
    return any(pair <= names for pair in makers.KNOWN_BY)


def _is_treasury(sheet: Sheet, budget_names: set[str]) -> bool:
    """Tell a list of the treasury from a POK, which may also say what was realised."""
    table = find(sheet, TREASURY.dictionary)
    names = _names(table, TREASURY)
    sort = treasury.list_kind_of(names)
    if table is None or sort is None:
        return False
    if sort != treasury.REALISATION:
        # An amount under `SP2D` alone is what a POK calls its payments.
        return len(names & {"sp2d_number", "sp2d_date", "spm_number", "gross", "net"}) >= 2 or (
            sort != treasury.SP2D
        )
    if budget_names & OF_THE_POK_ALONE:
        return False
    return bool(names & OF_LISTS_ALONE) or treasury.is_report(
        [sheet.name or "", *(text for _, _, text in table.titles)]
    )


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
