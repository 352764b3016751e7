"""A multi-year contract commits in each year at most what the newest letter of the day gives it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from pulih.budget import actions, reconcile
from pulih.budget.models import BudgetLine, ContractYear, Posting
from pulih.budget.reads.contract_years import plan_of, years_of
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from tests.make import budget as make
from tests.make import ledger
from tests.meanwhile import after
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
JUNE, JANUARY = date(2020, 6, 15), date(2021, 1, 4)
KEYS = ("3038.001.051.A.521211", "3038.001.051.A.522151")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@made_once
def lines():
    """Two lines of 2020, one of 2021."""
    return [
        *(make.line(key=key, ceiling=10_000) for key in KEYS),
        make.line(ceiling=10_000, fiscal_year=2021),
    ]


def letter(line, years, on=date(2020, 1, 2), number="K-7", **values):
    usual = {"letter": "S-7/MK.2/2020", "office": "Menteri Keuangan", "by": make.system()}
    return actions.record_contract_years(
        line.unit, number, years, effective_on=on, **{**usual, **values}
    )


def contract(line, rupiah, **values):
    return ledger.contract(line, rupiah, **{"number": "K-7", "effective_on": JUNE, **values})


def committed(*lines):
    return [BudgetLine.objects.get(pk=one.pk).committed for one in lines]


def test_a_year_commits_no_more_than_its_letter_and_only_of_this_contract(lines):
    one, other, _after = lines
    letter(one, {2020: 500, 2021: 700})
    with pytest.raises(Refusal, match="FY 2020 would have Rp501 committed, Rp1 above the Rp500"):
        contract(one, 501)
    first = contract(one, 300, number="k – 7")
    with pytest.raises(Refusal, match="Rp501"):
        contract(other, 201, number="ADD-1", addendum_to=first)
    contract(other, 200, number="ADD-1", addendum_to=first)
    contract(other, 900, number="K-8")
    assert committed(one, other) == [300, 1_100]
    assert list(reconcile.messages()) == []


def test_what_is_paid_of_a_year_never_passes_it(lines):
    one, *_rest = lines
    letter(one, {2020: 500, 2021: 700})
    first = contract(one, 500)
    ledger.asked(one, 500, commitment=first, method="LS")
    with pytest.raises(Refusal, match="holds Rp500"):
        ledger.asked(one, 1, commitment=first, method="LS")


def test_the_next_year_carries_the_next_part_under_the_same_number(lines):
    one, _other, later = lines
    letter(one, {2020: 500, 2021: 700})
    first = contract(one, 500, party="CV Sagu")
    ppk = ledger.officer(one, "ppk")
    with speaking_for(ppk):
        posted = actions.commit_part(first, later, effective_on=JANUARY, by=ppk)
        again = actions.commit_part(first, later, effective_on=JANUARY, by=ppk)
    assert (posted.is_new, again) == (True, (posted.posting_id, False))
    part = Posting.objects.get(pk=posted.posting_id)
    assert (part.document_number, part.fiscal_year, part.party) == ("K-7", 2021, "CV Sagu")
    years = years_of(one.unit, plan_of(one.unit, "k - 7"))
    assert [(y.year, y.limit, y.committed, y.left, y.contract) for y in years] == [
        (2020, 500, 500, 0, first), (2021, 700, 700, 0, part)
    ]  # fmt: skip


def test_a_part_needs_its_letter_and_money_on_its_line(lines):
    one, _other, later = lines
    first = contract(one, 500)
    with pytest.raises(Refusal, match="No letter gives this contract an amount in 2021"):
        actions.commit_part(first, later, effective_on=JANUARY, by=make.system())
    letter(one, {2020: 500, 2021: 10_001})
    with pytest.raises(Refusal, match="only Rp10,000 is free; the part of 2021 is Rp10,001"):
        actions.commit_part(first, later, effective_on=JANUARY, by=make.system())
    with pytest.raises(Refusal, match="a line of the same unit and of 2021"):
        actions.commit_part(first, one, effective_on=JANUARY, by=make.system())
    assert committed(later) == [0]


def test_a_letter_moves_what_is_left_into_the_next_year_from_its_day_on(lines):
    one, _other, later = lines
    letter(one, {2020: 500, 2021: 700})
    first = contract(one, 500)
    ledger.asked(one, 400, commitment=first, method="LS")
    moved = {"number": "ADD-9", "effective_on": JANUARY, "by": make.system()}
    with pytest.raises(Refusal, match="let it take effect on 1 January 2021"):
        letter(one, {2020: 400, 2021: 800}, on=date(2020, 12, 20), letter="S-8")
    letter(one, {2020: 400, 2021: 800}, on=date(2021, 1, 1), letter="S-8")
    actions.carry_over(first, later, 100, **moved)
    assert committed(one, later) == [400, 100]
    more = {"addendum_to": Posting.objects.get(document_number="K-7", fiscal_year=2021),
            "number": "ADD-10", "effective_on": JANUARY}  # fmt: skip
    with pytest.raises(Refusal, match="Rp801"):
        contract(later, 701, **more)
    contract(later, 700, **more)
    assert list(reconcile.messages()) == []


def test_nothing_is_carried_into_a_year_that_no_letter_names(lines):
    one, _other, later = lines
    letter(one, {2019: 100, 2020: 500}, on=date(2019, 1, 2))
    first = contract(one, 500)
    with pytest.raises(Refusal, match="No letter gives this contract an amount in 2021"):
        actions.carry_over(first, later, 1, number="A", effective_on=JANUARY, by=make.system())


def test_each_day_is_judged_by_the_letter_that_holds_on_it(lines):
    one, other, _after = lines
    letter(one, {2020: 200, 2021: 700})
    letter(one, {2020: 900, 2021: 0}, on=date(2020, 7, 1), letter="S-8")
    with pytest.raises(Refusal, match="on 15 Jun 2020 FY 2020 would have Rp201"):
        contract(one, 201)
    first = contract(one, 200)
    july = {"addendum_to": first, "number": "ADD-1", "effective_on": date(2020, 7, 1)}
    contract(other, 700, **july)
    with pytest.raises(Refusal, match="A new one cannot take effect before it"):
        letter(one, {2020: 900, 2021: 1}, letter="S-9")


def test_the_same_letter_again_is_the_same(lines):
    one, *_rest = lines
    first = letter(one, {2020: 200, 2021: 700})
    assert letter(one, {2021: 700, 2020: 200}, number="k-7") == first
    assert letter(one, {2020: 300, 2021: 700}, letter="S-8").edition == 2
    assert ContractYear.objects.count() == 4


def test_a_correction_of_a_lowering_addendum_is_judged_too(lines):
    one, *_rest = lines
    letter(one, {2020: 500, 2021: 700})
    first = contract(one, 500)
    less = contract(one, -300, number="ADD-1", addendum_to=first)
    contract(one, 200, number="ADD-2", addendum_to=first)
    with pytest.raises(Refusal, match="Rp700 committed, Rp200 above"):
        ledger.reversed_by(less)


def test_a_list_and_a_lot_are_judged_row_by_row(lines):
    one, other, _after = lines
    letter(one, {2020: 500, 2021: 700})
    listed = [
        actions.Document(
            kind="commitment", number=number, unit=one.unit, fiscal_year=2020,
            effective_on=JUNE, movements=[actions.Movement(line.pk, "commitment", rupiah)],
        )
        for number, line, rupiah in (("K-1", one, 300), ("K-7", other, 501), ("K-2", other, 200))
    ]  # fmt: skip
    answers = actions.post_many(listed, by=make.system())
    assert [one.is_new for one in answers] == [True, False, True]
    assert "Rp1 above the Rp500 of its letter" in answers[1].refusal.en
    assert committed(one, other) == [300, 200]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_check_finds_what_was_committed_past_the_letter(lines):
    one, *_rest = lines
    contract(one, 501)
    letter(one, {2020: 501, 2021: 1})
    with ledger.as_owner(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE budget_contractyear DISABLE TRIGGER USER")
            cursor.execute("UPDATE budget_contractyear SET rupiah = 500 WHERE fiscal_year = 2020")
        found = [one.en for one in reconcile.messages()]
        transaction.set_rollback(True)
    assert found == [
        "Commitment K-7, unit 029999: in a year 501 was committed, and by its letter only 500 "
        "might be."
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_commit_at_one_moment_on_two_lines_do_not_pass_it_together(lines):
    one, other, _after = lines
    letter(one, {2020: 600, 2021: 1})
    first = contract(one, 100)
    with pytest.raises(Refusal, match="Rp800 committed, Rp200 above"):
        after(
            lambda: contract(one, 400, number="ADD-1", addendum_to=first),
            lambda: contract(other, 300, number="ADD-2", addendum_to=first),
        )
    assert committed(one, other) == [500, 0]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_letter_first", [True, False])
def test_a_letter_and_a_contract_of_one_moment_see_each_other(lines, is_letter_first):
    one, *_rest = lines
    both = [lambda: letter(one, {2020: 400, 2021: 1}), lambda: contract(one, 401)]
    with pytest.raises(Refusal, match="Rp401"):
        after(*(both if is_letter_first else both[::-1]))
    assert (committed(one), ContractYear.objects.count()) == (
        ([0], 2) if is_letter_first else ([401], 0)
    )


def test_only_who_records_decisions_of_offices_above_writes_a_letter(lines):
    one, *_rest = lines
    ppk = ledger.officer(one, "ppk")
    with speaking_for(ppk):
        with pytest.raises(PermissionDenied):
            letter(one, {2020: 1, 2021: 1}, by=ppk)
        with pytest.raises(DatabaseError, match="recorded by the ministry"), transaction.atomic():
            ContractYear.objects.create(
                unit=one.unit, province=one.province, contract_number="K-7", fiscal_year=2020,
                rupiah=9, effective_on=JUNE, letter="Memo", office="PPK", by=ppk,
            )  # fmt: skip
    planner = cast.planner()
    with speaking_for(planner):
        letter(one, {2020: 1, 2021: 1}, by=planner)
    assert {row.by for row in ContractYear.objects.all()} == {planner}


@pytest.mark.parametrize(
    ("years", "values", "words"),
    [
        ({2020: 5}, {}, "two to 10 years"),
        ({2020: 5, 2022: 5}, {}, "in a row"),
        ({2004: 5, 2005: 5}, {}, "no known fiscal years"),
        ({2020: 0, 2021: 0}, {}, "above it"),
        ({2020: -1, 2021: 2}, {}, "below zero"),
        ({2020: 1, 2021: 2}, {"letter": " "}, "Name the contract, the letter"),
        ({2020: 1, 2021: 2}, {"number": " - "}, "Name the contract, the letter"),
    ],
)
def test_letters_that_say_too_little_or_too_much_are_refused(lines, years, values, words):
    with pytest.raises(Refusal, match=words):
        letter(lines[0], years, **values)
    assert not ContractYear.objects.exists()
