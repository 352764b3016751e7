"""Which cells tell of a small group by themselves, by the rules alone."""

from collections.abc import Iterator, Mapping, Sequence, Set
from math import ceil

from pulih.disclosure.case import WHOLE, Case, Cell, Key, Rule


def small_cells(case: Case, hidden_counts: Set[Key]) -> Mapping[Key, int]:
    """The cells of counts or sums that must be hidden, each with the width that it needs.

    hidden_counts: the hidden cells of counts, small or company; they hide sums.
    A width of w means that an attacker must be left with two values w apart.
    """
    by_key = {cell.key: cell for cell in case.cells}
    found = {}
    for cell in case.cells:
        rule = case.rules[cell.key.measure]
        whole = by_key.get(cell.key._replace(dimension=WHOLE, category=""))
        if rule.kind == "count":
            if is_small(cell.value, rule.k) or is_all_but_a_few(cell, whole, rule):
                found[cell.key] = rule.k
        elif width := _width_of_sum(cell, whole, rule, hidden_counts, case.digits):
            found[cell.key] = width
    return found


def nearly_all(cells: Sequence[Cell], rule: Rule, shown: Mapping[Key, int | None]) -> Iterator[int]:
    """Places of cells that are all but 1 to k - 1 of a larger count that is shown beside them.

    shown: what the release shows of the measures around this one.
    """
    for at, cell in enumerate(cells) if rule.rest else ():
        wholes = [shown.get(cell.key._replace(measure=each)) for each in rule.within]
        if any(is_small(whole - cell.value, rule.k) for whole in wholes if whole is not None):
            yield at


def is_small(count: int | None, k: int) -> bool:
    return count is not None and 1 <= count < k


def is_all_but_a_few(cell: Cell, whole: Cell | None, rule: Rule) -> bool:
    """An answer that all but 1 to k - 1 gave."""
    if whole is None or cell.key.dimension not in rule.answers:
        return False
    if rule.kind == "count":
        return is_small(whole.value - cell.value, rule.k)
    if whole.contributors is None or cell.contributors is None:
        return False
    return is_small(whole.contributors - cell.contributors, rule.k)


def is_dominated(cell: Cell, rule: Rule) -> bool:
    """What remains beside the two largest is under p percent of the largest."""
    if cell.largest is None or cell.second is None:
        return False
    return (cell.value - cell.largest - cell.second) * 100 < rule.p * cell.largest


def _width_of_sum(
    cell: Cell, whole: Cell | None, rule: Rule, hidden_counts: Set[Key], digits: Mapping[str, int]
) -> int:
    is_hidden = (
        is_small(cell.contributors, rule.k)
        or is_dominated(cell, rule)
        or is_all_but_a_few(cell, whole, rule)
    )
    least = rule.k
    if is_hidden:  # Nobody may estimate the largest to within p percent.
        return max(least, ceil(rule.p * (cell.largest or 0) / 100))
    counted = rule.belongs_to and cell.key._replace(measure=rule.belongs_to) in hidden_counts
    return least if counted else 0
