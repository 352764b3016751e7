"""The five amounts: their law, their differences, their splitting."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules.amounts import KINDS, Amounts, Sheet, split, stated, total, unlawful
from pulih.common.errors import Message

money = st.integers(0, 10**13)
maybe = st.none() | st.integers(-(10**9), 10**13)


@st.composite
def lawful(draw):
    realised, committed, bound, usable, ceiling = sorted(draw(money) for _ in range(5))
    return Amounts(ceiling, ceiling - usable, committed, realised, bound - committed)


@given(lawful(), lawful())
def test_the_difference_of_two_states_leads_from_one_to_the_other(before, wanted):
    wanted = replace(wanted, reserved=before.reserved)  # No sheet speaks of what is reserved.
    assert before.after(before.entries_to(wanted)) == wanted
    assert (before.entries_to(wanted) == []) == (before == wanted)


@given(lawful())
def test_what_is_free_is_what_no_block_commitment_or_promise_holds(amounts):
    assert amounts.is_lawful
    assert amounts.free >= 0
    held = amounts.unpaid + amounts.realised + amounts.blocked + amounts.reserved
    assert amounts.free + held == amounts.ceiling


@given(st.builds(Sheet, maybe, maybe, maybe, maybe))
def test_what_a_row_says_is_lawful_or_has_a_sentence_that_says_why_not(row):
    result = stated(row)
    if isinstance(result, Message):
        assert row.ceiling is None
    elif not result.is_lawful:
        assert unlawful(result).id
        assert unlawful(result).en


def test_without_a_commitment_what_is_paid_is_committed():
    assert stated(Sheet(100, None, None, 40)) == Amounts(100, 0, 40, 40)


def test_a_refusal_says_what_exceeds_what_by_how_much():
    assert unlawful(Amounts(100, 20, 90, 0)).en == (
        "The commitment Rp90 is above the ceiling less the block, Rp80, by Rp10."
    )
    assert (
        unlawful(Amounts(100, 0, 30, 50)).id
        == "Realisasi Rp50 melebihi komitmen Rp30 sebesar Rp20."
    )
    assert unlawful(Amounts(100, -5, 0, 0)).en == "The block becomes negative, −Rp5."
    assert unlawful(Amounts(100, 0, 0, -5)).id == "Realisasi menjadi negatif, −Rp5."
    assert unlawful(Amounts(100, 20, 50, 0, 31)).id == (
        "Komitmen dan dana yang dicadangkan Rp81 melebihi pagu dikurangi blokir Rp80 sebesar Rp1."
    )


@given(st.lists(lawful(), max_size=6))
def test_the_total_of_lawful_lines_is_lawful(lines):
    assert total(lines).is_lawful


@given(money, st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 100), min_size=1))
def test_a_split_adds_up_and_stays_within_a_rupiah_of_its_share(amount, shares):
    parts = split(amount, shares)
    assert sum(parts.values()) == amount
    whole = sum(shares.values())
    assert all(abs(parts[code] * whole - amount * shares[code]) < whole for code in shares)
    assert parts == split(amount, dict(reversed(shares.items())))


def test_the_kinds_of_amounts_are_five():
    assert KINDS == ("ceiling", "block", "commitment", "realisation", "reservation")
