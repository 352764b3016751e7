"""What is read beside a table: its measure at other times, and measures that it counts part of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pulih.disclosure.case import Case, Key, Release, Rule
from pulih.disclosure.structure import Spot, structure_of
from pulih.disclosure.views import View

Name = tuple[str, str]  # Measure and period.


@dataclass(frozen=True)
class Beside:
    """tables, views: of the same measure first, `same` of them. within: pairs of views, the last
    being the table itself. rests: those of them, of its release, whose small differences are
    hidden. new: views of that release. truths: what hidden numbers of the table, then of each
    view, are first thought to be.
    """

    tables: Sequence[tuple[Release, Name]]
    views: Sequence[View]
    same: int
    within: Sequence[tuple[int, int]]
    rests: frozenset[tuple[int, int]]
    new: frozenset[int]
    truths: Sequence[Mapping[Spot, int]]

    @property
    def is_later(self) -> bool:
        return len(self.new) <= len(self.views)


def beside(
    case: Case, name: Name, shown: Mapping[Key, int | None], known: dict[tuple[int, Name], View]
) -> Beside:
    """shown: what the release of the case shows in tables protected before, each whole.

    known: views of earlier calls, by the `id` of what their release shows; grows.
    """
    own = Release("", case.parents, shown)
    releases, related = (*case.earlier, own), family(case.rules, name[0])
    found = [(each, other) for each in releases for other in _names(each, name, related, case)]
    tables = sorted(found, key=lambda pair: pair[1][0] != name[0])
    whose = [*((id(release), of) for release, of in tables), (id(own), name)]
    truth = _truths(case, related)
    within = [
        (first, second)
        for first, (release, of) in enumerate(whose)
        for second, (other, outer) in enumerate(whose)
        if release == other and of[1] == outer[1] and outer[0] in case.rules[of[0]].within
    ]
    new = frozenset(at for at, (release, _) in enumerate(whose) if release == id(own))
    for release, of in tables:
        if (id(release.shown), of) not in known:
            known[id(release.shown), of] = view_of(release, of, case.rules[of[0]])
    have_rest = {at for at in new if case.rules[whose[at][1][0]].rest}
    return Beside(
        tables,
        [known[id(release.shown), of] for release, of in tables],
        sum(of[0] == name[0] for _, of in tables),
        within,
        frozenset(pair for pair in within if pair[0] in have_rest),
        new,
        [
            truth.get(of, truth.get((of[0], name[1]), {}))
            for of in (name, *(of for _, of in tables))
        ],
    )


def family(rules: Mapping[str, Rule], measure: str) -> set[str]:
    """The measure, and all that parts join it to."""
    found, waiting = set[str](), {measure}
    while waiting:
        one = waiting.pop()
        found.add(one)
        near = {each for each, rule in rules.items() if one in rule.within}
        waiting |= (near | rules[one].within) - found
    return found


def depth(rules: Mapping[str, Rule], measure: str) -> int:
    """How many measures lie around it: those outside are protected first."""
    return max((1 + depth(rules, each) for each in rules[measure].within), default=0)


def view_of(release: Release, name: Name, rule: Rule) -> View:
    keys = sorted(key for key in release.shown if key[:2] == name)
    spots = [Spot(*key[2:]) for key in keys]
    structure = structure_of(spots, release.parents, rule)
    return View(structure, tuple(release.shown[key] for key in keys), name[0])


def _names(release: Release, name: Name, related: set[str], case: Case) -> list[Name]:
    """The tables of a release that tell of one: a stock's are those of every period."""
    names: Iterable[Name] = {key[:2] for key in release.shown if key.measure in related}
    return sorted(each for each in names if case.rules[each[0]].stock or each[1] == name[1])


def _truths(case: Case, related: set[str]) -> Mapping[Name, Mapping[Spot, int]]:
    found: dict[Name, dict[Spot, int]] = {}
    for cell in case.cells:
        if cell.key.measure in related:
            found.setdefault(cell.key[:2], {})[Spot(*cell.key[2:])] = cell.value
    return found
