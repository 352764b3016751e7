"""A lawful answer with what it is worth in the three stages."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pulih.matching import worth
from pulih.matching.draft import Draft, Key, parts_of
from pulih.matching.greedy import is_lawful
from pulih.matching.grid import Grid
from pulih.matching.model import Sender, Way, sender_of
from pulih.matching.plan import Parts
from pulih.matching.ways import ALONE

SLACK = Fraction(1, 10**9)  # The contract's relative slack on "its best".


@dataclass(frozen=True)
class Answer:
    """Lots by part; made from drafts that kept every rule."""

    grid: Grid
    lots: Mapping[Key, int]

    @cached_property
    def parts(self) -> Parts:
        return parts_of(self.grid, self.lots)

    @cached_property
    def fill(self) -> Fraction:
        return worth.fill(self.grid.case, self.parts)

    @cached_property
    def work(self) -> Fraction:
        return worth.work(self.grid.case, self.parts)

    @cached_property
    def cost(self) -> int:
        return worth.cost(self.grid.case, self.parts)


@dataclass(frozen=True, slots=True)
class Kept:
    """What later stages must keep of the earlier ones."""

    fill: Fraction = Fraction(0)
    work: Fraction = Fraction(0)

    def by(self, answer: Answer) -> bool:
        fill, work = self.fill * (1 - SLACK), self.work * (1 - SLACK)
        return (not fill or answer.fill >= fill) and (not work or answer.work >= work)


def add_lawfully(draft: Draft, lots: Mapping[Key, int], ways: Mapping[Key, Way]) -> None:
    """Add parts to a draft as far as every rule allows: what is too much or too small is dropped.

    Solvers round; a part that misses a rule by a hair loses a lot instead.
    """
    senders: dict[Sender, list[Key]] = {}
    for key in sorted(lots):
        senders.setdefault(sender_of(draft.grid, key), []).append(key)
    for (place, group, firm), keys in senders.items():
        if not draft.may_open(place, group, firm):
            continue
        added = []
        for key in keys:
            count = min(lots[key], draft.room(place, key[2], ways[key].latest))
            if count > 0 and (group != ALONE or count >= ways[key].least):
                draft.add(key, count)
                added.append(key)
        if group != ALONE and not is_lawful(draft, place, group):
            for key in added:
                draft.add(key, -draft.lots[key])
