"""Who excludes whom: applications that share a value of an exclusive column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pulih.selection.case import FREE, IN, Case, Flags, Whole


@dataclass(frozen=True, eq=False)
class Partners:
    """value: for each exclusive column the number of each application's value, -1 for none.

    A value that only one application has is none: it excludes nobody.
    """

    names: tuple[str, ...]
    value: list[Whole]
    values: list[int]  # How many numbers each column uses.

    def holders(self, chosen: Whole) -> list[Whole]:
        """For each column and value the application chosen, -1 where none is."""
        found = []
        for value, count in zip(self.value, self.values, strict=True):
            holder = np.full(count, -1, dtype=np.int64)
            taken = chosen[value[chosen] >= 0]
            holder[value[taken]] = taken
            found.append(holder)
        return found

    def are_doubled(self, chosen: Whole) -> bool:
        """Say whether two of the chosen exclude each other."""
        return any(
            (np.bincount(value[chosen][value[chosen] >= 0], minlength=1) > 1).any()
            for value in self.value
        )

    def chosen_beside(self, holders: Sequence[Whole], count: int) -> Flags:
        """For each application: does another chosen one exclude it?"""
        beside = np.zeros(count, dtype=bool)
        own = np.arange(count)
        for value, holder in zip(self.value, holders, strict=True):
            held = np.where(value >= 0, holder[value] if len(holder) else -1, -1)
            beside |= (held >= 0) & (held != own)
        return beside


def partners_of(case: Case, columns: Sequence[str] | None = None) -> Partners:
    """Number the shared values of the exclusive columns, or only of those given."""
    names = case.settings.exclusive if columns is None else tuple(columns)
    found: list[Whole] = []
    for name in names:
        number = case.applications.attributes[name].number
        counts = np.bincount(number[number >= 0], minlength=1)
        found.append(np.where((number >= 0) & (counts[number] > 1), number, -1))
    sizes = [int(numbers.max(initial=-1)) + 1 for numbers in found]
    return Partners(tuple(names), found, sizes)


def selectable(case: Case, partners: Partners) -> Flags:
    """Those that are neither fixed nor excluded by one that is fixed `in`."""
    fixed = case.applications.fixed
    holders = partners.holders(np.flatnonzero(fixed == IN))
    return np.asarray((fixed == FREE) & ~partners.chosen_beside(holders, len(fixed)))
