"""What rooms say of two enterprises becoming one, and what they do once it happened.

A room registers in its `apps.py`. A guard is asked before a merge and may refuse it or flag it; a
follower is told afterwards which enterprises a merge, a split or the undoing of one concerned.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from pulih.common.errors import Message
from pulih.people.scope import speaking_as_system

from .models import Enterprise


@dataclass(frozen=True)
class Objection:
    """What speaks against a merge. refuses: it must not be; else people are only told."""

    refuses: bool
    message: Message


@dataclass(frozen=True)
class Judge:
    """Says of two groups of enterprises why they should not be one.

    concerned: those about whom the room knows anything. It is asked about groups that hold one of
    them each, and hears of these alone: a run joins groups of many thousands.
    """

    concerned: Collection[int]
    objection: Callable[[Collection[int], Collection[int]], Objection | None]

    def says(self, ours: Collection[int], theirs: Collection[int]) -> Objection | None:
        """Return what speaks against joining two groups."""
        here = [one for one in ours if one in self.concerned]
        there = [one for one in theirs if one in self.concerned]
        return self.objection(here, there) if here and there else None


Guard = Callable[[Collection[int] | None], Judge]
Flag = Callable[[Enterprise, Enterprise], Objection | None]
Follower = Callable[[Sequence[int]], object]

_guards: list[Guard] = []
_flags: list[Flag] = []
_followers: list[Follower] = []


def register_guard(guard: Guard) -> None:
    """Let `guard(ids)` be asked before every merge, and once by every run.

    It reads what the room knows of these enterprises, without ids of all, and returns its judge.
    """
    if guard not in _guards:
        _guards.append(guard)


def register_follower(follow: Follower) -> None:
    """Let `follow(enterprise_ids)` be told after every merge and split, and their undoing."""
    if follow not in _followers:
        _followers.append(follow)


def register_flag(flag: Flag) -> None:
    """Let `flag(kept, merged)` tell people what to know before a merge; it never refuses.

    Runs, which tell nobody, do not ask it.
    """
    if flag not in _flags:
        _flags.append(flag)


def judges(ids: Collection[int] | None = None) -> list[Judge]:
    """Return who judges these enterprises, or all, for the rooms."""
    return [guard(ids) for guard in _guards]


def objections(kept: Enterprise, merged: Enterprise) -> list[Objection]:
    """Return what the rooms say against a merge, those that refuse it first.

    kept, merged: each stands for itself. What offices elsewhere know of them is heard of too.
    """
    with speaking_as_system():
        ours, theirs = _members(kept), _members(merged)
        said = [judge.says(ours, theirs) for judge in judges([*ours, *theirs])]
    said += [flag(kept, merged) for flag in _flags]
    return sorted((one for one in said if one), key=lambda one: not one.refuses)


def objections_to(first: Enterprise, second: Enterprise) -> list[Objection]:
    """Return what the rooms say against joining whom these stand for; nothing if they are one."""
    keys = sorted({one.merged_into_id or one.pk for one in (first, second)})
    with speaking_as_system():
        tops = Enterprise.objects.in_bulk(keys)
    return objections(*(tops[key] for key in keys)) if len(keys) == 2 else []


def follow(enterprise_ids: Sequence[int]) -> None:
    """Tell the rooms whom a merge, a split or the undoing of one concerned."""
    for follower in _followers:
        follower(enterprise_ids)


def _members(top: Enterprise) -> list[int]:
    rows = Enterprise.objects.filter(Q(pk=top.pk) | Q(merged_into=top)).order_by("id")
    return list(rows.values_list("pk", flat=True))
