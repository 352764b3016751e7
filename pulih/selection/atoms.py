"""The columns of the program: as few as can tell every selection worth telling apart.

Simple applications of a group with one score are one column that counts them; those with
partners in an exclusive column stand alone, but for the ones that an alike application with
the same partners is ahead of.
"""

from dataclasses import dataclass

import numpy as np

from pulih.selection.case import Case, Flags, Whole
from pulih.selection.groups import Groups
from pulih.selection.partners import Partners, selectable


@dataclass(frozen=True, eq=False)
class Atoms:
    """One entry a column. link: for each exclusive column its value there, -1 for none.

    score: millionths; capacity: people; application: the one meant, -1 where it counts.
    simple: the applications that are counted, by group and who stands ahead.
    """

    group: Whole
    score: Whole
    capacity: Whole
    application: Whole
    link: list[Whole]
    simple: Whole

    def __len__(self) -> int:
        return len(self.group)


def atoms_of(case: Case, groups: Groups, partners: Partners) -> Atoms:
    free = groups.order[selectable(case, partners)[groups.order]]
    links = [_shared(value[free]) for value in partners.value]
    kept = _ahead(groups.group[free], links)
    free, links = free[kept], [_shared(link[kept]) for link in links]
    alone = np.zeros(len(free), dtype=bool)
    for link in links:
        alone |= link >= 0
    simple, single = free[~alone], free[alone]
    first, count = _steps(groups.group[simple], case.applications.score[simple])
    told = np.concatenate((simple[first], single))
    none = np.full(len(first), -1, dtype=np.int64)
    return Atoms(
        group=groups.group[told],
        score=case.applications.score[told],
        capacity=np.concatenate((count, np.ones(len(single), dtype=np.int64))),
        application=np.concatenate((none, single)),
        link=[np.concatenate((none, link[alone])) for link in links],
        simple=simple,
    )


def singly(groups: Groups, applications: Whole, link: list[Whole]) -> Atoms:
    """A column for each application, none left out."""
    ones, none = np.ones_like(applications), np.zeros(0, dtype=np.int64)
    return Atoms(groups.group[applications], 0 * ones, ones, applications, link, none)


def _shared(values: Whole) -> Whole:
    """Keep only values that at least two have."""
    counts = np.bincount(values[values >= 0], minlength=1)
    return np.where((values >= 0) & (counts[values] > 1), values, -1)


def _ahead(group: Whole, links: list[Whole]) -> Flags:
    """Leave out those with the group and partners of one that stands ahead."""
    kept = np.ones(len(group), dtype=bool)
    alone = np.zeros(len(group), dtype=bool)
    for link in links:
        alone |= link >= 0
    places = np.flatnonzero(alone)
    if len(places):
        keys = np.stack([group[places], *(link[places] for link in links)])
        _, first = np.unique(keys, axis=1, return_index=True)
        kept[places] = False
        kept[places[first]] = True
    return kept


def _steps(group: Whole, score: Whole) -> tuple[Whole, Whole]:
    """Where each run of one group and score begins, and how long it is."""
    if not len(group):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    begins = np.concatenate(([True], (np.diff(group) != 0) | (np.diff(score) != 0)))
    first = np.flatnonzero(begins)
    return first, np.diff(np.concatenate((first, [len(group)])))


def chosen_of(atoms: Atoms, groups: Groups, counts: Whole) -> Whole:
    """Name the applications of a whole solution: in each group the first that many."""
    single = atoms.application[(atoms.application >= 0) & (counts > 0)]
    counted = atoms.application < 0
    taken = np.zeros(groups.count, dtype=np.int64)
    np.add.at(taken, atoms.group[counted], counts[counted])
    group = groups.group[atoms.simple]
    begin = np.searchsorted(group, np.arange(groups.count))
    rank = np.arange(len(group)) - begin[group]
    return np.concatenate((atoms.simple[rank < taken[group]], single))
