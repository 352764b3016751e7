"""A machine allows what its table says and nothing else, and refuses a table that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.workflow.states import Machine, Move, State
from tests.make.workflow import PAPER, machines, words


def machine(states, moves, start="a"):
    return Machine(
        "test",
        words("benda"),
        tuple(State(key, words(key), final=key in "xyz") for key in states),
        tuple(Move(f"{a}{b}", words(f"{a}{b}"), (a,), b, "plan") for a, b in moves),
        start,
    )


@given(machines(), st.data())
def test_a_move_is_allowed_exactly_where_its_sources_say(one, data):
    state = data.draw(st.sampled_from([state.key for state in one.states]))
    for move in one.moves:
        if state in move.sources:
            assert one.move(state, move.key) is move
            assert move in one.allowed(state)
        else:
            with pytest.raises(Refusal):
                one.move(state, move.key)


@given(machines())
def test_nothing_leads_out_of_a_final_state_and_something_out_of_every_other(one):
    for state in one.states:
        assert bool(one.allowed(state.key)) != state.final


@pytest.mark.parametrize(
    ("states", "moves", "start", "fault"),
    [
        ("ax", ["ax"], "b", "it starts in b, which is no state"),
        ("ax", ["ab"], "a", "ab names b, which is no state"),
        ("abx", ["ax"], "a", "no way leads to b"),
        ("abx", ["ax", "ab"], "a", "no way leads out of b, and it is not final"),
        ("ax", ["ax", "xa"], "a", "xa leads out of x, which is final"),
        ("aax", ["ax"], "a", "two states have one key"),
        ("ax", ["ax", "ax"], "a", "two moves have one key"),
    ],
)
def test_a_wrong_table_is_refused_at_its_making(states, moves, start, fault):
    with pytest.raises(ValueError, match=fault):
        machine(states, moves, start)


@pytest.mark.parametrize(
    ("state", "move", "english", "indonesian"),
    [
        (
            "sent",
            "send",
            "This paper is “sent”, so the step “Send” cannot be taken. What can be done: Return, "
            "Accept. Nothing was saved.",
            "Status surat ini “diajukan”, sehingga langkah “Ajukan” tidak dapat diambil. Yang "
            "dapat dilakukan: Kembalikan, Terima. Belum ada yang disimpan.",
        ),
        (
            "accepted",
            "fly",
            "This paper is “accepted”, so that step cannot be taken. No step is left. Nothing was "
            "saved.",
            "Status surat ini “diterima”, sehingga langkah itu tidak dapat diambil. Tidak ada "
            "langkah lagi. Belum ada yang disimpan.",
        ),
    ],
)
def test_the_refusal_names_the_state_and_what_can_be_done(state, move, english, indonesian):
    with pytest.raises(Refusal) as refused:
        PAPER.move(state, move)
    assert (refused.value.message.en, refused.value.message.id) == (english, indonesian)
