"""What a POK sheet may state of a line: never what documents moved, never more than the law."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from pulih.budget.rules.amounts import Amounts
from pulih.budget.rules.sheet_against_ledger import NAMES, to_post

EVERY = frozenset(NAMES.values())
part = st.integers(0, 1_000)
lawful = st.builds(
    lambda paid, owed, blocked, free: Amounts(
        paid + owed + blocked + free, blocked, paid + owed, paid
    ),
    part, part, part, part,
)  # fmt: skip
names = st.sets(st.sampled_from(sorted(EVERY)))


def silent(stated, said):
    """Return amounts as a sheet with these columns states them: it says nothing of the others."""
    values = {name: getattr(stated, name) if name in said else 0 for name in EVERY}
    if "committed" not in said:
        values["committed"] = values["realised"]
    return Amounts(stated.ceiling, **values)


@given(lawful, lawful, names, names)
@example(Amounts(9, 0, 0, 0), Amounts(9, 0, 5, 5), {"committed"}, {"realised"})
@example(Amounts(9, 0, 9, 9), Amounts(9, 0, 5, 0), {"realised"}, {"committed"})
def test_documents_stand_and_nothing_is_paid_that_is_not_committed(stated, ours, said, documented):
    become, against = to_post(silent(stated, said), said, ours, documented)
    assert become.ceiling == stated.ceiling
    assert 0 <= become.realised <= become.committed
    for name in documented:
        assert getattr(become, name) == getattr(ours, name)
    for name in EVERY - said - documented:
        assert getattr(become, name) >= getattr(ours, name)
    assert {one.name for one in against} <= said
    assert all(one.theirs != one.ours for one in against)


@given(lawful, lawful)
def test_a_line_without_documents_becomes_what_a_whole_sheet_states(stated, ours):
    assert to_post(stated, EVERY, ours, frozenset()) == (stated, [])


@given(lawful, names)
def test_a_sheet_that_says_what_the_ledger_says_is_told_nothing(ours, documented):
    assume(documented)
    assert to_post(ours, EVERY, ours, documented) == (ours, [])
