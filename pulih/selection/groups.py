"""Who counts alike: applications gathered into groups, and what each rule counts of them.

Two are alike when their cost is equal and they fulfil the same conditions: each quota's
`where`, each share's `of`, and its `of` and `where` together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from pulih.selection.case import Applications, Attribute, Case, Condition, Flags, Whole
from pulih.selection.draws import draws

Terms = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, eq=False)
class Groups:
    """group: of each application, from 0 in the order of the smallest application.

    cost: of each group; counted: the groups that each set of terms counts; order: all
    applications by group and, within it, by who stands ahead; digests: of the draw.
    """

    group: Whole
    cost: Whole
    counted: dict[Terms, Whole]
    order: Whole
    digests: npt.NDArray[np.uint64]

    @property
    def count(self) -> int:
        return len(self.cost)

    @cached_property
    def position(self) -> Whole:
        """The place of each application in `order`."""
        position = np.empty_like(self.order)
        position[self.order] = np.arange(len(self.order))
        return position

    @cached_property
    def start(self) -> Whole:
        """Where each group begins in `order`; one more at the end."""
        sizes = np.bincount(self.group, minlength=self.count)
        return np.concatenate(([0], np.cumsum(sizes)))


def groups_of(case: Case) -> Groups:
    """Gather once for each case; whoever asks again for the same one gets the same."""
    if case not in _known:
        _known[case] = _gathered(case)
    return _known[case]


_known: WeakKeyDictionary[Case, Groups] = WeakKeyDictionary()


def _gathered(case: Case) -> Groups:
    sets = terms_counted(case)
    kind, marks = _kinds(case.applications, sets)
    costs, cost = np.unique(case.applications.cost, return_inverse=True)
    key = kind * len(costs) + cost
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    ranks = np.empty(len(first), dtype=np.int64)
    ranks[np.argsort(first, kind="stable")] = np.arange(len(first))
    group, first = ranks[group], np.sort(first)
    kind_of_group = kind[first]
    digests = draws(case.settings.seed, case.applications.codes)
    return Groups(
        group=group,
        cost=case.applications.cost[first],
        counted={
            terms: np.flatnonzero(mark[kind_of_group])
            for terms, mark in zip(sets, marks, strict=True)
        },
        order=_order(group, case.applications.score, digests),
        digests=digests,
    )


def both(first: Condition, second: Condition) -> Terms:
    return first.terms + second.terms


def terms_counted(case: Case) -> list[Terms]:
    """List every set of terms that a rule counts, each once."""
    found: dict[Terms, None] = {}
    for quota in case.quotas:
        found[quota.where.terms] = None
    for share in case.shares:
        found[share.of.terms] = None
        found[both(share.of, share.where)] = None
    return list(found)


def _order(group: Whole, score: Whole, digests: npt.NDArray[np.uint64]) -> Whole:
    head = digests[:, 0]
    order = np.lexsort((head, -score, group))
    ties = (np.diff(group[order]) == 0) & (np.diff(score[order]) == 0) & (np.diff(head[order]) == 0)
    if ties.any():  # Two draws that share 64 bits: compare all of both.
        order = np.lexsort((*digests.T[::-1], -score, group))
    return order


def _kinds(applications: Applications, sets: Sequence[Terms]) -> tuple[Whole, list[Flags]]:
    """Give the kind of each application, and for each set of terms the kinds that fulfil it."""
    named: dict[str, set[str]] = {}
    for terms in sets:
        for column, values in terms:
            named.setdefault(column, set()).update(values)
    numbers = {name: _named(applications.attributes[name], named[name]) for name in sorted(named)}
    key = np.zeros(len(applications), dtype=np.int64)
    for number in numbers.values():
        joined = key * (int(number.max(initial=0)) + 2) + number
        key = np.unique(joined, return_inverse=True)[1]
    _, first, combination = np.unique(key, return_index=True, return_inverse=True)
    cells = {
        name: Attribute(applications.attributes[name].values, number[first])
        for name, number in numbers.items()
    }
    marks = [_fulfilled(terms, cells, len(first)) for terms in sets]
    kind, sample = _distinct(marks, len(first))
    return kind[combination], [mark[sample] for mark in marks]


def _named(attribute: Attribute, values: set[str]) -> Whole:
    """Number the rows, but -1 for every value that no condition names."""
    return np.where(attribute.is_one_of(values), attribute.number, -1)


def _fulfilled(terms: Terms, cells: Mapping[str, Attribute], count: int) -> Flags:
    mark = np.ones(count, dtype=bool)
    for column, values in terms:
        mark &= cells[column].is_one_of(values)
    return mark


def _distinct(marks: Sequence[Flags], count: int) -> tuple[Whole, Whole]:
    """Number the distinct ways of fulfilling; give each combination's and a sample of each."""
    packed = [np.packbits(marks[at : at + 8], axis=0)[0] for at in range(0, len(marks), 8)]
    if not packed:
        return np.zeros(count, dtype=np.int64), np.zeros(min(count, 1), dtype=np.int64)
    known: dict[bytes, int] = {}
    sample, kind = [], np.empty(count, dtype=np.int64)
    for place, ways in enumerate(np.stack(packed, axis=1)):
        name = ways.tobytes()
        if name not in known:
            known[name] = len(known)
            sample.append(place)
        kind[place] = known[name]
    return kind, np.array(sample, dtype=np.int64)
