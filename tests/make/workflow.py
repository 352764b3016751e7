"""Machines for tests: a small one with a way back, and random ones."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow import registry
from pulih.workflow.models import Mail, PostHolder
from pulih.workflow.post_holders import post_of
from pulih.workflow.post_kinds import PostKind, register
from pulih.workflow.registry import Described
from pulih.workflow.states import Machine, Move, State

DECIDER = PostKind("test_decider", Message("penguji", "tester"), Permission.ADOPT_PLAN)
OFFICE = PostKind("test_office", Message("dinas", "office"), Permission.REVISE_BUDGET)
for kind in (DECIDER, OFFICE):
    register(kind)


def words(text):
    return Message(text, text)


PAPER = Machine(
    "test_paper",
    Message("surat", "paper"),
    states=(
        State("draft", Message("draf", "draft")),
        State("sent", Message("diajukan", "sent")),
        State("accepted", Message("diterima", "accepted"), final=True, tone="good"),
    ),
    moves=(
        Move("send", Message("Ajukan", "Send"), ("draft",), "sent", "revise_budget"),
        Move(
            "return",
            Message("Kembalikan", "Return"),
            ("sent",),
            "draft",
            "approve_revisions",
            needs_reason=True,
        ),
        Move(
            "accept",
            Message("Terima", "Accept"),
            ("sent",),
            "accepted",
            "approve_revisions",
            for_holder=True,
        ),
    ),
    start="draft",
)


def describe(person, ids):
    return {key: Described(f"Surat {key}", f"/test/{key}/") for key in ids}


registry.register(PAPER, describe)


@st.composite
def machines(draw):
    """Any machine: up to six states, each reached, each with a way out unless it is final."""
    count = draw(st.integers(1, 6))
    keys = [f"s{number}" for number in range(count)]
    final = draw(st.sets(st.sampled_from(keys[1:]))) if count > 1 else set()
    moves = []

    def add(sources, target):
        moves.append(
            Move(
                f"m{len(moves)}",
                words(f"Langkah {len(moves)}"),
                tuple(sources),
                target,
                draw(st.sampled_from(["revise_budget", "approve_revisions", "adopt_plan"])),
                needs_reason=draw(st.booleans()),
                for_holder=draw(st.booleans()),
                names_person=draw(st.booleans()),
            )
        )

    for number, key in enumerate(keys[1:], 1):
        before = [one for one in keys[:number] if one not in final]
        add([draw(st.sampled_from(before))], key)
    for key in keys:
        if key not in final and not any(key in move.sources for move in moves):
            add([key], draw(st.sampled_from(keys)))
    machine = Machine(
        f"test_{draw(st.integers(0, 10**9))}",
        words("benda"),
        tuple(State(key, words(key.upper()), final=key in final) for key in keys),
        tuple(moves),
        "s0",
    )
    registry.register(machine, describe)
    return machine


def unsure_mail(person):
    """Make a mail that may not have arrived."""
    at = datetime(2020, 6, 15, tzinfo=UTC)
    return Mail.objects.create(
        person=person,
        address=person.email,
        subject="Surat 1",
        body="-",
        state="unsure",
        made_at=at,
        not_before=at,
    )


def holder(person):
    """Let a person hold the post of an office in her own area."""
    return PostHolder.objects.create(
        post=post_of(OFFICE.key, person.home), person=person, since=date(2020, 1, 1)
    )
