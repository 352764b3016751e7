"""States of a subject as a table of allowed moves. Plain values: no database, no Django."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pulih.common.errors import Message, Refusal

START = ""  # The state before the first step.


@dataclass(frozen=True)
class State:
    """final: nothing can follow, so nobody has a duty any more. tone: as the tag of web/parts."""

    key: str
    label: Message
    final: bool = False
    tone: str = ""


@dataclass(frozen=True)
class Move:
    """sources: the states in which it may be made. permission: the key of `people.Permission`.

    for_holder: only who holds the open duty may make it. names_person: False where the step must
    not show who took it, such as a blind review; the audit record still holds the person.
    is_drawn: False where the room has a form of its own for it. follows: True where it follows from
    something else and nobody can ask for it.
    """

    key: str
    label: Message
    sources: tuple[str, ...]
    target: str
    permission: str
    needs_reason: bool = False
    for_holder: bool = False
    names_person: bool = True
    is_drawn: bool = True
    follows: bool = False


@dataclass(frozen=True)
class Machine:
    """The states and moves of one kind of subject, such as a proposal.

    key: names it in tables. subject: what one is called within a sentence. start: the first state.
    Raises ValueError when the table is wrong: an unknown state, one that no way leads to, a move
    out of a final state, or a state that is not final and that nothing leads out of.
    """

    key: str
    subject: Message
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    start: str

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise ValueError(f"Machine {self.key}: {'; '.join(faults)}.")

    def state(self, key: str) -> State:
        """Raises KeyError for a state that the machine does not have."""
        for one in self.states:
            if one.key == key:
                return one
        raise KeyError(key)

    def allowed(self, state: str) -> tuple[Move, ...]:
        """Return the moves that lead out of `state`, in the order of their declaration."""
        return tuple(move for move in self.moves if state in move.sources)

    def gives_up(self, move: Move) -> bool:
        """Whether a move ends the subject without its purpose, such as by throwing it away."""
        target = self.state(move.target)
        return target.final and target.tone != "good"

    def sources(self, key: str) -> tuple[str, ...]:
        """Return the states in which the move `key` may be made. Raises KeyError: no such move."""
        for move in self.moves:
            if move.key == key:
                return move.sources
        raise KeyError(key)

    def move(self, state: str, key: str) -> Move:
        """Return the move `key` out of `state`. Raises Refusal where it is not allowed."""
        for move in self.allowed(state):
            if move.key == key:
                return move
        raise Refusal(self._forbidden(state, key))

    def _forbidden(self, state: str, key: str) -> Message:
        wanted = next((move.label for move in self.moves if move.key == key), None)
        here, subject = self.state(state).label, self.subject
        ways = [move.label for move in self.allowed(state) if not move.follows]
        step_id = f"langkah “{wanted.id}”" if wanted else "langkah itu"
        step_en = f"the step “{wanted.en}”" if wanted else "that step"
        rest_id, rest_en = " Tidak ada langkah lagi.", " No step is left."
        if ways:
            rest_id = f" Yang dapat dilakukan: {', '.join(way.id for way in ways)}."
            rest_en = f" What can be done: {', '.join(way.en for way in ways)}."
        return Message(
            f"Status {subject.id} ini “{here.id}”, sehingga {step_id} tidak dapat diambil."
            f"{rest_id} Belum ada yang disimpan.",
            f"This {subject.en} is “{here.en}”, so {step_en} cannot be taken."
            f"{rest_en} Nothing was saved.",
        )


def _faults(machine: Machine) -> Iterator[str]:
    keys = [state.key for state in machine.states]
    known = set(keys)
    if len(known) < len(keys):
        yield "two states have one key"
    if len({move.key for move in machine.moves}) < len(machine.moves):
        yield "two moves have one key"
    if machine.start not in known:
        yield f"it starts in {machine.start}, which is no state"
    final = {state.key for state in machine.states if state.final}
    for move in machine.moves:
        for unknown in sorted({move.target, *move.sources} - known):
            yield f"{move.key} names {unknown}, which is no state"
        for state in sorted(final.intersection(move.sources)):
            yield f"{move.key} leads out of {state}, which is final"
    for state in sorted(known - _reached(machine)):
        yield f"no way leads to {state}"
    left = {source for move in machine.moves for source in move.sources}
    for state in sorted(known - final - left):
        yield f"no way leads out of {state}, and it is not final"


def _reached(machine: Machine) -> set[str]:
    reached, waiting = set(), [machine.start]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [move.target for move in machine.allowed(state)]
    return reached
