"""What other rooms say of two enterprises becoming one, and what they do once it happened.

A room registers in its `apps.py`. A guard is asked before a merge and may refuse it or flag it; a
follower is told afterwards which enterprises a merge, a split or the undoing of one concerned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pulih.common.errors import Message

from .models import Enterprise


@dataclass(frozen=True)
class Objection:
    """What speaks against a merge. refuses: it must not be; else people are only told."""

    refuses: bool
    message: Message


Guard = Callable[[Enterprise, Enterprise], Objection | None]
Follower = Callable[[Sequence[int]], object]

_guards: list[Guard] = []
_flags: list[Guard] = []
_followers: list[Follower] = []


def register_guard(guard: Guard) -> None:
    """Let `guard(kept, merged)` be asked before every merge."""
    if guard not in _guards:
        _guards.append(guard)


def register_follower(follow: Follower) -> None:
    """Let `follow(enterprise_ids)` be told after every merge and split, and their undoing."""
    if follow not in _followers:
        _followers.append(follow)


def register_flag(flag: Guard) -> None:
    """Let `flag(kept, merged)` tell people what to know before a merge; it never refuses.

    Runs, which tell nobody, do not ask it.
    """
    if flag not in _flags:
        _flags.append(flag)


def has_guards() -> bool:
    """Tell whether any room may refuse at all."""
    return bool(_guards)


def refuses(kept: Enterprise, merged: Enterprise) -> bool:
    """Tell whether any room refuses a merge."""
    return any(said.refuses for guard in _guards if (said := guard(kept, merged)))


def objections(kept: Enterprise, merged: Enterprise) -> list[Objection]:
    """Return what the rooms say against a merge, those that refuse it first."""
    said = [guard(kept, merged) for guard in (*_guards, *_flags)]
    return sorted((one for one in said if one), key=lambda one: not one.refuses)


def follow(enterprise_ids: Sequence[int]) -> None:
    """Tell the rooms whom a merge, a split or the undoing of one concerned."""
    for follower in _followers:
        follower(enterprise_ids)
