"""What a participant is owed, exactly, and what stands in the way: by property."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.delivery.rules.completion import FAILED, OPEN, PASSED
from pulih.delivery.rules.payments import (
    Basis,
    ParticipantFacts,
    Pay,
    Rule,
    amount,
    digest,
    obstacles,
    pays,
    rule_on,
    rules,
)
from pulih.treasury.rules import taxes
from pulih.treasury.rules.taxes import Payee

RULE = rule_on(date(2020, 6, 22))
rates, days = st.integers(1, 10**9), st.integers(0, 60)
facts = st.builds(
    ParticipantFacts, days, st.sampled_from([PASSED, FAILED, OPEN]), st.booleans(), st.booleans(),
    st.booleans(), st.lists(st.just("deceased"), max_size=2), st.sampled_from(["", "DN-1"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "units", "cost", "found"),
    [
        ([65, 4], ["orang", "hari"], 110_000, Pay(Basis.DAY, 110_000)),
        ([13, 5, 4], ["kab", "org", "hari"], 110_000, Pay(Basis.DAY, 110_000)),
        ([260], ["OH"], 110_000, Pay(Basis.DAY, 110_000)),
        ([20], ["OK"], 150_000, Pay(Basis.ONCE, 150_000)),
        ([20, 2], ["orang", "PP"], 150_000, Pay(Basis.ONCE, 300_000)),
        ([32], ["OJ"], 900_000, None),
        ([13], ["paket"], 4_250_000, None),
        ([5], [""], 1, None),
    ],
)
def test_a_row_of_the_plan_says_what_it_pays_one_participant(counts, units, cost, found):
    assert pays(counts, units, cost) == found


@given(days, rates, st.sampled_from(Basis), st.sampled_from(Payee))
def test_an_amount_is_exact_and_its_tax_is_that_of_the_treasurers_rule(n, rate, basis, payee):
    rule, on = Rule(date(2000, 1, 1), frozenset(), True, payee, "", False), date(2020, 6, 22)
    found = amount(n, Pay(basis, rate), rule, "521213", on)
    assert found.gross == rate * (n if basis is Basis.DAY else min(n, 1))
    said = taxes.suggest(payee, {"521213": found.gross}, on, has_number=False)
    assert found.tax == sum(one.rupiah for one in said)
    assert found.net + found.tax == found.gross


def test_participants_are_not_taxed():
    assert amount(4, Pay(Basis.DAY, 110_000), RULE, "521219", date(2020, 6, 22)).tax == 0


@given(facts, st.booleans())
def test_nobody_is_paid_for_what_is_not_known(one, only_completed):
    may = not obstacles(one, replace(RULE, only_completed=only_completed))
    assert may == (
        one.days > 0 and one.has_seat and not one.is_provisional and one.is_checked
        and not one.blocking and not one.listed_in
        and (one.outcome == PASSED or not only_completed)
    )  # fmt: skip


def test_the_days_of_who_left_early_are_paid_unless_the_rule_asks_for_completion():
    early, strict = (
        ParticipantFacts(1, FAILED, True, False, True),
        replace(RULE, only_completed=True),
    )
    assert (obstacles(early, RULE), obstacles(early, strict)) == ([], ["not_completed"])


@given(st.lists(st.tuples(st.integers(), st.text()), min_size=2, max_size=5, unique=True))
def test_a_digest_tells_every_other_list_apart(lines):
    assert digest("x", lines) == digest("x", list(lines))
    assert digest("x", lines) != digest("x", lines[::-1])
    assert digest("x", lines) != digest("x", lines[:-1])


def test_every_rule_has_accounts_and_a_source():
    assert all(rule.accounts and rule.source for rule in rules())
