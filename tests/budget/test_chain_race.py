"""Two people at one contract at once: the second is judged by what the first has left.

Slow for a unit test (other connections and a database made again): nothing less proves it.
"""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from pulih.budget import actions, reconcile
from pulih.budget.actions import Document, Movement
from pulih.budget.models import BudgetLine, Entry
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system
from tests.make import budget as make
from tests.make import ledger
from tests.meanwhile import after, begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS, LINES = 25, 4


def test_a_contract_is_not_asked_for_twice_at_once():
    line = make.line(ceiling=1_000)
    signed = ledger.contract(line, 600)
    with pytest.raises(Refusal, match="200"):
        after(
            lambda: ledger.asked(line, 400, commitment=signed),
            lambda: ledger.asked(line, 400, commitment=signed),
        )
    assert sum(Entry.objects.filter(amount_kind="request").values_list("rupiah", flat=True)) == 400


@pytest.mark.parametrize("is_reversed_first", [True, False])
def test_no_addendum_follows_a_contract_that_is_just_reversed(is_reversed_first):
    line = make.line(ceiling=1_000)
    signed = ledger.contract(line, 600)
    both = [
        lambda: ledger.reversed_by(signed),
        lambda: ledger.contract(line, 50, addendum_to=signed),
    ]
    with pytest.raises(Refusal):
        after(*(both if is_reversed_first else both[::-1]))
    line.refresh_from_db()
    assert line.committed == (0 if is_reversed_first else 650)
    assert list(reconcile.messages()) == []


def test_who_waited_for_a_line_has_learned_after_who_was_first():
    line = make.line(ceiling=1_000)

    def contract():
        with speaking_as_system():
            return ledger.contract(line, 100, party="CV Kedua")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), speaking_as_system():
            BudgetLine.objects.select_for_update().get(pk=line.pk)
            answer = begun(pool, contract)
            assert not answer.done()
            first = ledger.contract(line, 100, party="CV Pertama")
        second = answer.result(60)
    assert first.recorded_at < second.recorded_at
    (older,), (newer,) = first.entries.all(), second.entries.all()
    assert older.sequence < newer.sequence
    assert older.recorded_at < newer.recorded_at


def test_by_hand_and_by_list_in_opposite_orders_nobody_meets_a_fault():
    unit = make.unit()
    lines = [make.line(unit, f"3038.001.05{n}.A.521211", ceiling=10**6) for n in range(LINES)]

    def movements(chance):
        return [Movement(one.pk, "commitment", 1) for one in chance.sample(lines, LINES)]

    def writer(name):
        chance, passed = random.Random(name), 0
        try:
            with speaking_as_system() as by:
                for turn in range(ROUNDS):
                    usual = {"unit": unit, "fiscal_year": 2020, "effective_on": ledger.DAY}
                    if name % 2:
                        actions.post(
                            kind="commitment", number=f"H-{name}-{turn}", by=by,
                            movements=movements(chance), **usual,
                        )  # fmt: skip
                        passed += 1
                    else:
                        papers = [
                            Document("commitment", f"L-{name}-{turn}-{n}",
                                     movements=movements(chance), **usual)
                            for n in range(3)
                        ]  # fmt: skip
                        passed += sum(one.is_new for one in actions.post_many(papers, by=by))
        finally:
            connection.close()
        return passed

    with ThreadPoolExecutor(6) as pool:
        passed = sum(pool.map(writer, range(6)))
    assert passed == 3 * ROUNDS + 3 * ROUNDS * 3
    for one in lines:
        one.refresh_from_db()
        assert one.committed == passed
    assert list(reconcile.messages()) == []
