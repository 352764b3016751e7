"""PNBP is paid up to what the treasury's newest letter allows on each day; loans have a rate."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from pulih.budget import actions, reconcile
from pulih.budget.models import BudgetLine, FundTerm
from pulih.budget.reads.funds import funds_of
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system, speaking_for
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 15)
KEYS = ("3038.001.051.A.521211", "3038.001.051.A.522151")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@made_once
def lines():
    return [make.line(key=key, ceiling=10_000, fund_source="PNP") for key in KEYS]


def letter(line, maximum, on=JUNE, **values):
    usual = {"fund_source": "PNP", "letter": "S-1/WPB.13/2020", "office": "Kanwil DJPb",
             "deposited": 1_000_000, "by": make.system()}  # fmt: skip
    return actions.record_fund_term(
        line.unit, 2020, maximum=maximum, effective_on=on, **{**usual, **values}
    )


def paid(line, rupiah, on=JUNE, **values):
    return ledger.paid(line, rupiah, effective_on=on, method="UP", **values)


def realised(*lines):
    return [BudgetLine.objects.get(pk=one.pk).realised for one in lines]


def test_nothing_is_paid_from_pnbp_before_a_letter(lines):
    one, _other = lines
    with pytest.raises(Refusal, match="No maximum of PNBP"):
        paid(one, 1)
    letter(one, 500)
    paid(one, 1)
    with pytest.raises(Refusal, match="No maximum of PNBP"):
        paid(one, 1, on=date(2020, 6, 14))
    paid(make.line(key="3038.001.052.A.521211", ceiling=10), 1, on=date(2020, 6, 14))


def test_all_lines_of_the_fund_share_one_maximum_and_what_came_back_frees_it(lines):
    one, other = lines
    letter(one, 500)
    first = paid(one, 300)
    paid(other, 200)
    with pytest.raises(Refusal, match="Rp501, Rp1 above the maximum of Rp500"):
        paid(other, 1)
    ledger.returned(first, amounts={one.pk: 50})
    paid(other, 50)
    assert realised(one, other) == [250, 250]


def test_each_day_is_judged_by_the_letter_that_holds_on_it(lines):
    one, other = lines
    july = date(2020, 7, 1)
    letter(one, 200)
    letter(one, 900, on=july, letter="S-2")
    paid(one, 800, on=july)
    with pytest.raises(Refusal, match="On 1 Jul 2020 payments from PNBP would come to Rp901"):
        paid(other, 101, on=july)
    with pytest.raises(Refusal, match="On 15 Jun 2020 payments from PNBP would come to Rp201"):
        paid(other, 201)
    paid(other, 100)
    with pytest.raises(Refusal, match="On 1 Jul 2020 payments from PNBP would come to Rp901"):
        paid(other, 1)


def test_a_letter_of_less_than_was_paid_is_refused_and_the_newest_counts(lines):
    one, _other = lines
    letter(one, 500)
    paid(one, 300)
    with pytest.raises(Refusal, match="above the maximum of Rp299"):
        letter(one, 299, letter="S-2")
    letter(one, 300, letter="S-2")
    with pytest.raises(Refusal, match="maximum of Rp300"):
        paid(one, 1)
    (fund,) = funds_of(one.unit, 2020, JUNE)
    assert (fund.code, fund.left, fund.term.letter) == ("PNP", 0, "S-2")


def test_an_order_is_judged_as_what_it_will_pay(lines):
    one, _other = lines
    letter(one, 10)
    request = ledger.asked(one, 11, method="LS")
    with pytest.raises(Refusal, match="maximum of Rp10"):
        ledger.ordered(request)


def test_a_return_that_is_taken_back_spends_again(lines):
    one, other = lines
    letter(one, 500)
    payment = paid(one, 500)
    back = ledger.returned(payment)
    paid(other, 500)
    with pytest.raises(Refusal, match="Rp1,000"):
        ledger.reversed_by(back)


def test_a_list_of_the_treasury_is_judged_row_by_row(lines):
    one, other = lines
    letter(one, 500)
    listed = [
        actions.Document(
            kind="sp2d", number=str(number), unit=one.unit, fiscal_year=2020, effective_on=JUNE,
            movements=[
                actions.Movement(line.pk, kind, rupiah) for kind in ("commitment", "realisation")
            ],
        )
        for number, line, rupiah in ((1, one, 300), (2, other, 201), (3, other, 200))
    ]  # fmt: skip
    answers = actions.post_many(listed, by=make.system())
    assert [one.is_new for one in answers] == [True, False, True]
    assert "above the maximum of Rp500" in answers[1].refusal.en
    assert realised(one, other) == [300, 200]


def test_the_check_asks_all_days_also_what_opened_the_year(lines):
    letter(lines[0], 100, on=date(2020, 1, 2))
    assert list(reconcile.messages()) == []
    make.line(key="3038.001.053.A.521211", ceiling=900, committed=300, realised=300,
              fund_source="PNP")  # fmt: skip
    (found,) = reconcile.messages()
    assert found.en == "Unit 029999: on 2020-01-02 300 was paid from PNBP, and only 100 might be."


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_pay_at_one_moment_from_two_lines_do_not_pass_it_together(lines):
    letter(lines[0], 500)

    def pay(number):
        try:
            with speaking_as_system() as by:
                paid(lines[number % 2], 100, number=f"SP2D-{number}", by=by)
        except Refusal as refusal:
            return refusal.message.en
        else:
            return "paid"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(pay, range(16)))
    assert answers.count("paid") == 5
    assert all("above the maximum of Rp500" in one for one in answers if one != "paid")
    assert sum(realised(*lines)) == 500


def test_only_who_records_decisions_of_offices_above_writes_a_letter(lines):
    one, _other = lines
    kpa = ledger.officer(one, "kpa")
    with speaking_for(kpa):
        with pytest.raises(PermissionDenied):
            letter(one, 500, by=kpa)
        with pytest.raises(DatabaseError, match="recorded by the ministry"), transaction.atomic():
            FundTerm.objects.create(
                unit=one.unit, province=one.province, fiscal_year=2020, fund_source="PNP",
                effective_on=JUNE, letter="Memo", office="KPA", maximum=9, deposited=9, by=kpa,
            )  # fmt: skip
    planner = cast.planner()
    with speaking_for(planner):
        letter(one, 500, by=planner)
    assert FundTerm.objects.get().by == planner


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"maximum": 1_000_001}, "than was deposited"),
        ({"maximum": None}, "what was deposited"),
        ({"letter": " "}, "Name the letter"),
        ({"fund_source": "RM"}, "Only PNBP"),
        ({"fund_source": "PLN"}, "give the currency"),
        ({"on": date(2021, 1, 1)}, "2020"),
    ],
)
def test_terms_that_say_too_little_or_too_much_are_refused(lines, values, words):
    with pytest.raises(Refusal, match=words):
        letter(lines[0], values.pop("maximum", 1), **values)


def test_a_loan_counts_in_its_currency_at_the_rate_of_the_day():
    line = make.line(ceiling=28_345_000, fund_source="PLN")
    rate = {"fund_source": "PLN", "currency": "USD", "register": "1LN0001"}
    letter(line, None, on=date(2020, 1, 2), rate=Decimal("13895"), **rate)
    letter(line, None, rate=Decimal("14172.5"), **rate)
    (fund,) = funds_of(line.unit, 2020, JUNE)
    assert (fund.ceiling_in_currency, fund.left) == (Decimal("2000.00"), None)
    (before,) = funds_of(line.unit, 2020, date(2020, 3, 1))
    assert before.term.rate == 13895
    paid(line, 1)  # Nobody's maximum.


def test_the_page_shows_the_funds_and_takes_a_letter(client, lines):
    one, _other = lines
    address = reverse("budget:funds", args=[one.unit_id, 2020])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(ledger.officer(one, "kpa"))
    page = client.get(address).content.decode()
    assert "Nothing may be paid from PNBP yet" in page
    assert "Record a letter" not in page
    typed = {"fund_source": "PNP", "letter": "S-9", "office": "Kanwil DJPb", "deposited": "900",
             "maximum": "901", "effective_on": "2020-06-15"}  # fmt: skip
    assert client.post(address, typed).status_code == 403
    client.force_login(cast.planner())
    assert "than was deposited" in client.post(address, typed).content.decode()
    assert client.post(address, typed | {"maximum": "800"}).status_code == 303
    page = client.get(address, {"per": "2020-06-15"}).content.decode()
    assert "Rp800 may be paid, of Rp900 deposited" in page
    assert client.get(reverse("budget:funds", args=[one.unit_id, 99999])).status_code == 404
