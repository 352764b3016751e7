"""What rooms that stand on decided rows ask before other rows take their place: they may refuse."""

from collections.abc import Callable

from .models import Proposal

Guard = Callable[[Proposal], None]

_guards: dict[str, Guard] = {}


def register(room: str, guard: Guard) -> None:
    """guard: gets the proposal, locked, whose money is to be amended. May refuse."""
    _guards[room] = guard


def ask(proposal: Proposal) -> None:
    for guard in _guards.values():
        guard(proposal)
