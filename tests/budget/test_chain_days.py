"""What a document gives out lies within what it holds on every day, not only in the sum."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget import actions, reconcile
from pulih.common.errors import Refusal
from tests.examples import examples
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once

pytestmark = pytest.mark.django_db
FIRST = date(2020, 2, 1)
AFTER = 10  # Days that a history of the property has.
MARCH, JUNE, SEPTEMBER, DECEMBER = (date(2020, month, 15) for month in (3, 6, 9, 12))


@made_once
def line():
    """A line with so much committed by another contract that its own law never binds."""
    found = make.line(ceiling=10_000)
    ledger.contract(found, 5_000, effective_on=FIRST)
    return found


@made_once
def signed(line):
    """A contract of March that an addendum of December raises from 100 to 150."""
    made = ledger.contract(line, 100, effective_on=MARCH, number="SPK-X")
    ledger.contract(line, 50, effective_on=DECEMBER, addendum_to=made)
    return made


def test_an_addendum_of_december_pays_nothing_in_june(line, signed):
    for attempt in (
        lambda on: ledger.paid(line, 150, refers_to=signed, effective_on=on),
        lambda on: ledger.asked(line, 150, commitment=signed, effective_on=on),
    ):
        with translation.override("en"), pytest.raises(Refusal, match="SPK-X on 15 Jun 2020 holds"):
            attempt(JUNE)
    ledger.asked(line, 150, commitment=signed, effective_on=DECEMBER)
    assert list(reconcile.messages()) == []


def test_no_addendum_lowers_a_contract_before_what_was_paid_of_it(line, signed):
    ledger.paid(line, 100, refers_to=signed, effective_on=JUNE)
    with translation.override("en"), pytest.raises(Refusal, match="on 15 Jun 2020 holds Rp50 "):
        ledger.contract(line, -50, effective_on=date(2020, 6, 1), addendum_to=signed)
    ledger.contract(line, -50, effective_on=DECEMBER, addendum_to=signed)


def test_what_comes_back_in_september_is_not_paid_again_in_june(line, signed):
    payment = ledger.paid(line, 100, refers_to=signed, effective_on=MARCH)
    ledger.returned(payment, effective_on=SEPTEMBER)
    with pytest.raises(Refusal):
        ledger.paid(line, 100, refers_to=signed, effective_on=JUNE)
    ledger.paid(line, 100, refers_to=signed, effective_on=SEPTEMBER)


def test_a_request_is_not_taken_back_before_its_order_was(line, signed):
    """An order that fell in September stood in June, on a request that would be gone."""
    request = ledger.asked(line, 100, commitment=signed, effective_on=MARCH)
    order = ledger.ordered(request, effective_on=MARCH)
    ledger.reversed_by(order, effective_on=SEPTEMBER)
    with pytest.raises(Refusal):
        ledger.reversed_by(request, effective_on=JUNE)
    ledger.reversed_by(request, effective_on=SEPTEMBER)


def test_a_block_is_not_released_again_for_days_before_it_came_back(line):
    letter = {"rupiah": 100, "office": "DJA", "reason": "Telaah", "by": make.system()}
    actions.block(line, number="B-1", effective_on=MARCH, **letter)
    block = ledger.document("B-1")
    actions.release(line, number="L-1", effective_on=MARCH, blocked_by=block, **letter)
    ledger.reversed_by(ledger.document("L-1"), effective_on=SEPTEMBER)
    with pytest.raises(Refusal):
        actions.release(line, number="L-2", effective_on=JUNE, blocked_by=block, **letter)
    actions.release(line, number="L-2", effective_on=SEPTEMBER, blocked_by=block, **letter)


@pytest.mark.django_db(transaction=True)
def test_the_check_finds_a_chain_that_was_over_on_a_day(line):
    """As a ledger may hold it that was written before chains were judged by days."""
    signed = ledger.contract(line, 100, effective_on=MARCH, number="SPK-X")
    ledger.paid(line, 80, refers_to=signed, effective_on=JUNE)
    late = "UPDATE budget_entry SET effective_on = %s WHERE posting_id = %s"
    with ledger.as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE budget_entry DISABLE TRIGGER USER")
        cursor.execute(late, [DECEMBER, signed.pk])
        said = [one.en for one in reconcile.messages()]
        transaction.set_rollback(True)
    assert "SPK-X, line 3038.001.051.A.521211, 2020-06-15: it held 0, and 80 was taken" in str(said)


steps = st.lists(
    st.tuples(
        st.sampled_from(["raise", "lower", "pay", "ask", "return", "reverse"]),
        st.integers(0, 8), st.integers(1, 120), st.integers(0, 5),
    ),
    min_size=3, max_size=12,
)  # fmt: skip


@settings(
    max_examples=examples(40),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(steps)
def test_a_contract_is_judged_like_a_slow_reading_of_all_its_days(line, given_steps):
    """committed, paid and asked: what each accepted document adds, by its day."""
    with transaction.atomic():
        signed = ledger.contract(line, 100, effective_on=FIRST)
        book = [(0, 100, 0, 0)]
        made = []
        for kind, day, rupiah, which in given_steps:
            wanted, parent, first_day = meant(kind, day, rupiah, which, made)
            if wanted is None:
                continue
            is_right = day >= first_day and lawful([*book, (day, *wanted)], day)
            if kind == "reverse":
                is_right = is_right and not any(one["parent"] is parent for one in made)
            posting = tried(kind, line, rupiah, FIRST + timedelta(days=day), signed, parent)
            assert (posting is not None) == is_right, (kind, day, rupiah, book)
            if posting is not None:
                book.append((day, *wanted))
                if kind == "reverse":
                    made.remove(parent)
                else:
                    made.append({"kind": kind, "posting": posting, "day": day, "adds": wanted,
                                 "parent": parent, "back": kind == "return"})  # fmt: skip
        transaction.set_rollback(True)


def meant(kind, day, rupiah, which, made):
    """Return what a step adds (committed, paid, asked), its parent and its first day."""
    plain = {"raise": (rupiah, 0, 0), "lower": (-rupiah, 0, 0), "ask": (0, 0, rupiah),
             "pay": (0, rupiah, rupiah)}  # fmt: skip
    if kind in plain:
        return plain[kind], None, 0
    fitting = [one for one in made if kind == "reverse" or one["kind"] == "pay"]
    if not fitting:
        return None, None, 0
    parent = fitting[which % len(fitting)]
    if kind == "reverse":
        return tuple(-one for one in parent["adds"]), parent, parent["day"]
    back = sum(one["adds"][1] for one in made if one["parent"] is parent)
    if rupiah > parent["adds"][1] + back:
        return (0, -rupiah, 10**9), parent, parent["day"]  # More than was paid: never right.
    return (0, -rupiah, -rupiah), parent, parent["day"]


def lawful(book, first):
    for day in range(first, AFTER):
        sums = [sum(one[n] for one in book if one[0] <= day) for n in (1, 2, 3)]
        if max(sums[1:]) > sums[0]:
            return False
    return True


def tried(kind, line, rupiah, on, signed, parent):
    acts = {
        "raise": lambda: ledger.contract(line, rupiah, effective_on=on, addendum_to=signed),
        "lower": lambda: ledger.contract(line, -rupiah, effective_on=on, addendum_to=signed),
        "pay": lambda: ledger.paid(line, rupiah, effective_on=on, refers_to=signed),
        "ask": lambda: ledger.asked(line, rupiah, effective_on=on, commitment=signed),
        "return": lambda: ledger.returned(
            parent["posting"], amounts={line.pk: rupiah}, effective_on=on
        ),
        "reverse": lambda: ledger.reversed_by(parent["posting"], effective_on=on),
    }
    try:
        with transaction.atomic():
            return acts[kind]()
    except Refusal:
        return None
