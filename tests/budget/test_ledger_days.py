"""The law of a line holds at the end of every day, not only on today's balances."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget import actions, reconcile
from pulih.budget.actions import Document, Movement
from pulih.budget.models import Entry
from pulih.common.errors import Refusal
from tests.examples import examples
from tests.make import budget as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)
KEYS = ("3038.001.051.A.521211", "3038.001.051.A.522151")
NAMES = {"ceiling": 0, "block": 1, "commitment": 2, "realisation": 3}


def raising(line, rupiah, on):
    return Document(
        "revision", f"R{rupiah}", line.unit, 2020, on, [Movement(line.pk, "ceiling", rupiah)]
    )


def test_money_that_comes_in_december_pays_no_contract_of_june():
    line = make.line(ceiling=1_000)
    actions.post_many([raising(line, 5_000, date(2020, 12, 31))], by=make.system())
    with pytest.raises(Refusal, match=r"15 Jun 2020"):
        ledger.contract(line, 1_001, effective_on=date(2020, 6, 15))
    ledger.contract(line, 1_000, effective_on=date(2020, 6, 15))
    assert list(reconcile.messages()) == []


def test_a_cut_dated_before_a_contract_is_refused_with_the_contracts_day():
    line = make.line(ceiling=1_000)
    ledger.contract(line, 900, effective_on=date(2020, 6, 15))
    later, cut = raising(line, 500, date(2020, 12, 1)), raising(line, -200, date(2020, 5, 1))
    answers = actions.post_many([later, cut], by=make.system())
    assert [one.is_new for one in answers] == [True, False]
    assert "15 Jun 2020" in answers[1].refusal.en


documents = st.lists(
    st.tuples(
        st.integers(0, 9),  # The day.
        st.lists(
            st.tuples(st.integers(0, 1), st.sampled_from(list(NAMES)),
                      st.integers(-400, 400).filter(bool)),
            min_size=1, max_size=3,
        ),
    ),
    min_size=1, max_size=10,
)  # fmt: skip


def is_lawful(movements):
    """The plain reference: all amounts at the end of each day."""
    for last in range(10):
        ceiling, blocked, committed, realised = (
            sum(rupiah for day, kind, rupiah in movements if day <= last and kind == name)
            for name in NAMES
        )
        if not (0 <= realised <= committed <= 1_000 + ceiling - blocked and blocked >= 0):
            return False
    return True


def expected(listed):
    held, answers = ([], []), []
    for day, moves in listed:
        tried = [list(each) for each in held]
        for at, kind, rupiah in moves:
            tried[at].append((day, kind, rupiah))
        answers.append(all(is_lawful(each) for each in tried))
        held = tuple(tried) if answers[-1] else held
    return answers


def made(lines, listed):
    return [
        Document(
            "correction", f"{n + 1}", lines[0].unit, 2020, FIRST + timedelta(days=30 + day),
            [Movement(lines[at].pk, kind, rupiah) for at, kind, rupiah in moves],
        )
        for n, (day, moves) in enumerate(listed)
    ]  # fmt: skip


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_alone_and_in_a_list_a_document_is_judged_on_every_day(listed):
    listed = [(day, [m for m in moves if sum_of(moves, m) != 0]) for day, moves in listed]
    listed = [(day, moves) for day, moves in listed if moves]
    with transaction.atomic():
        alone = [make.line(make.unit("Bali", "220001"), key, ceiling=1_000) for key in KEYS]
        together = [make.line(make.unit("Aceh", "060001"), key, ceiling=1_000) for key in KEYS]
        one_by_one = [
            actions.post_many([one], by=make.system())[0].is_new for one in made(alone, listed)
        ]
        answers = actions.post_many(made(together, listed), by=make.system())
        in_a_list = [one.is_new for one in answers]
        assert one_by_one == in_a_list == expected(listed)
        assert list(reconcile.messages()) == []
        transaction.set_rollback(True)


def sum_of(moves, one):
    return sum(rupiah for at, kind, rupiah in moves if (at, kind) == one[:2])


def test_a_line_never_learns_a_document_before_the_one_it_learned_last():
    line = make.line(ceiling=1_000)
    for _number in range(3):
        ledger.contract(line, 100, effective_on=date(2020, 6, 1))
    moments = Entry.objects.filter(line=line).order_by("sequence")
    learned = list(moments.values_list("recorded_at", flat=True))
    assert learned == sorted(learned)
