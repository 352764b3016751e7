"""The kinds of decisions that rooms declare, and the machine that each of them runs on."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from pulih.common.errors import Message
from pulih.people.models import User
from pulih.people.permissions import Permission

from . import registry
from .models import Decision
from .post_kinds import PostKind
from .post_kinds import register as register_post
from .states import Machine, Move, State


@dataclass(frozen=True)
class Consequence:
    """One thing that a decision would do, in numbers: `Changed lines`, `38`."""

    label: Message
    value: Message


@dataclass(frozen=True)
class DecisionKind:
    """label: what is decided, within a sentence, such as “adopting the plan”.

    consequences: what it would do to a subject now; may refuse where it cannot be proposed.
    apply: does it, in the decision's transaction and under the name of who decided; may refuse.
    describe: names subjects, as for a machine. working_days: how long a decision may take.
    """

    key: str
    label: Message
    propose: Permission
    decide: Permission
    decider: PostKind
    consequences: Callable[[int, User], list[Consequence]]
    apply: Callable[[Decision, User], None]
    describe: registry.Describe
    working_days: int = 5


WAITING = Message("menunggu orang kedua", "waits for a second person")
KINDS: dict[str, DecisionKind] = {}


def register(kind: DecisionKind) -> None:
    """Declare a kind, with the post that decides and the machine of its decisions, at start."""
    KINDS[kind.key] = kind
    register_post(kind.decider)
    registry.register(machine_of(kind), lambda person, ids: _described(kind, person, ids))


def machine_of(kind: DecisionKind) -> Machine:
    return Machine(
        f"decision_{kind.key}",
        Message(f"usul {kind.label.id}", f"proposal for {kind.label.en}"),
        states=(
            State("open", WAITING, tone="warn"),
            State("approved", Message("disetujui", "approved"), final=True, tone="good"),
            State("refused", Message("ditolak", "refused"), final=True, tone="bad"),
            State("withdrawn", Message("ditarik", "withdrawn"), final=True),
        ),
        moves=(
            Move("approve", Message("Setujui", "Approve"), ("open",), "approved", kind.decide),
            Move(
                "refuse", Message("Tolak", "Refuse"), ("open",), "refused", kind.decide,
                needs_reason=True,
            ),
            Move(
                "withdraw", Message("Tarik", "Withdraw"), ("open",), "withdrawn", kind.propose,
                needs_reason=True,
            ),
        ),
        start="open",
    )  # fmt: skip


def _described(
    kind: DecisionKind, person: User, ids: Collection[int]
) -> Mapping[int, registry.Described]:
    """Name decisions by their subjects."""
    rows = Decision.objects.filter(pk__in=ids).values_list("pk", "subject_id")
    subject_of = dict(rows)
    named = kind.describe(person, set(subject_of.values()))
    return {key: named[subject] for key, subject in subject_of.items() if subject in named}
