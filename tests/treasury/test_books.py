"""The treasurer's books are read from the chain; a filed month stays whatever comes later."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from pulih.common.errors import Message, Refusal
from pulih.common.money import grouped
from pulih.common.periods import WIB
from pulih.documents.models import PaperCode
from pulih.people.scope import speaking_for
from pulih.treasury import actions, reconcile
from pulih.treasury.documents.books import account_values, book_values, workbook
from pulih.treasury.models import CashMove, FiledMonth
from pulih.treasury.reads.books import books_of
from pulih.treasury.rules import taxes
from pulih.treasury.rules.books import BOOKS
from pulih.workflow.clock import playing_at
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
UP, BILL, TAXES = 100_000_000, 11_000_000, 1_150_000
JANUARY, FEBRUARY, APRIL = date(2020, 1, 20), date(2020, 2, 10), date(2020, 4, 7)


@made_once
def line():
    return make.line(ceiling=1_000_000_000)


@made_once
def treasurer(line):
    return ledger.officer(line, "treasurer")


@made_once
def spent(line):
    """An imprest of January, and a bill of February paid in cash with its taxes withheld."""
    ledger.paid(line, UP, method="UP", effective_on=JANUARY)
    asked = ledger.asked(line, BILL, method="GUP", party="Bendahara", effective_on=FEBRUARY)
    ledger.taxed(asked, make.system(), is_cash=True)
    return asked


def sums(line, month):
    found = books_of(line.unit, 2020)[month - 1].sums
    return {name: found[name].closing for name in ("held", *BOOKS)}


def filed(line, by, *months, year=2020):
    with speaking_for(by):
        return [actions.file_month(line.unit, year, month, by=by) for month in months]


def proven(deduction, by, paid_on):
    number = f"{deduction.tax:0<16}".upper().replace("_", "0")
    with speaking_for(by):
        return actions.record_proof(deduction, ntpn=number, paid_on=paid_on, by=by)


def test_the_books_follow_imprest_bill_taxes_cash_and_refill(line, treasurer, spent):
    assert sums(line, 1) == {
        "held": UP,
        "bank": UP,
        "cash": 0,
        "imprest": UP,
        "tax": 0,
        "direct": 0,
    }
    with speaking_for(treasurer):
        actions.move_cash(
            line.unit, kind="withdrawal", rupiah=20_000_000, day=FEBRUARY, number="CEK 1",
            by=treasurer,
        )  # fmt: skip
    net = BILL - TAXES
    assert sums(line, 2) == {
        "held": UP - net, "bank": UP - 20_000_000, "cash": 20_000_000 - net,
        "imprest": UP - BILL, "tax": TAXES, "direct": 0,
    }  # fmt: skip
    for row in spent.withholdings.get().deductions.all():
        proven(row, treasurer, FEBRUARY)
    assert (sums(line, 2)["tax"], sums(line, 2)["held"]) == (0, UP - BILL)
    order = ledger.ordered(spent, effective_on=FEBRUARY)
    ledger.paid(line, BILL, refers_to=order, method="GUP", effective_on=date(2020, 3, 2))
    assert sums(line, 3)["imprest"] == UP
    assert books_of(line.unit, 2021)[0].sums["held"].opening == UP


def test_a_direct_payment_through_the_treasurer_is_held_until_it_is_handed_on(line, treasurer):
    ppk, party = ledger.officer(line, "ppk"), "Bendahara Pengeluaran"
    asked = ledger.asked(line, BILL, by=ppk, method="LS", party=party, effective_on=FEBRUARY,
                         commitment=ledger.contract(line, BILL, effective_on=JANUARY))  # fmt: skip
    ledger.taxed(asked, ppk, payee="servant_3", amounts={"pph21": 550_000}, reason="Daftar honor")
    order, net = ledger.ordered(asked, effective_on=FEBRUARY), BILL - 550_000
    more = {"refers_to": order, "method": "LS", "party": party, "effective_on": FEBRUARY}
    payment = ledger.paid(line, BILL, **more)
    ledger.paid(line, 700, method="LS", party="CV Sagu", effective_on=FEBRUARY)
    assert sums(line, 2) == {
        "held": net, "bank": net, "cash": 0, "imprest": 0, "tax": 0, "direct": net,
    }  # fmt: skip
    filed(line, treasurer, 1, 2)
    with speaking_for(treasurer):
        usual = {"day": date(2020, 3, 2), "number": "TRF 1", "by": treasurer}
        with pytest.raises(Refusal, match="hanya ada Rp0"):
            actions.move_cash(line.unit, kind="paid_cash", rupiah=1, **usual)
        with pytest.raises(Refusal, match="hanya ada"):
            actions.move_cash(line.unit, kind="paid_bank", rupiah=net + 1, **usual)
        actions.move_cash(line.unit, kind="paid_bank", rupiah=net, **usual)
        # It came back to the treasurer, or was typed wrong: before it can be returned it is there.
        actions.move_cash(line.unit, kind="back_cash", rupiah=1_000, **usual)
        assert (sums(line, 3)["direct"], sums(line, 3)["cash"]) == (1_000, 1_000)
        actions.move_cash(line.unit, kind="paid_cash", rupiah=1_000, **usual)
        actions.move_cash(line.unit, kind="back_bank", rupiah=1_000, **usual)
    ledger.returned(payment, amounts={line.pk: 1_000}, effective_on=APRIL)
    assert (sums(line, 3)["direct"], sums(line, 4)["held"]) == (1_000, 0)


def test_a_filed_direct_payment_stays_when_it_is_reversed_and_taxed_anew(line, treasurer):
    ppk, party = ledger.officer(line, "ppk"), "BENDAHARA"
    asked = ledger.asked(line, BILL, by=ppk, method="LS", party=party, effective_on=FEBRUARY,
                         commitment=ledger.contract(line, BILL, effective_on=JANUARY))  # fmt: skip
    ledger.taxed(asked, ppk)
    order = ledger.ordered(asked, effective_on=FEBRUARY)
    more = {"method": "LS", "party": party, "effective_on": FEBRUARY}
    payment = ledger.paid(line, BILL, refers_to=order, **more)
    filed(line, treasurer, 1, 2)
    ledger.reversed_by(payment, effective_on=FEBRUARY)
    ledger.reversed_by(order, effective_on=FEBRUARY)
    ledger.taxed(asked, ppk, amounts={}, reason="Surat keterangan bebas")
    assert all(actions.still_reproduces(one) for one in FiledMonth.objects.all())
    assert (sums(line, 2)["direct"], sums(line, 3)["direct"]) == (BILL - TAXES, 0)


def test_a_filed_month_stays_and_what_comes_later_is_named_in_the_next(line, treasurer, spent):
    (january, february) = filed(line, treasurer, 1, 2)
    before = sums(line, 2)
    assert january.sums["held"] == [0, UP, 0]
    assert february.sums["held"] == [UP, 0, BILL - TAXES]
    ledger.taxed(spent, make.system(), amounts={}, reason="Surat keterangan bebas")
    ledger.reversed_by(spent, by=make.system(), effective_on=FEBRUARY)
    assert sums(line, 2) == before
    march = books_of(line.unit, 2020)[2]
    assert march.sums["held"].opening == before["held"]
    assert {row.day for row in march.late} == {FEBRUARY}
    assert march.sums["imprest"].closing == UP
    assert march.sums["tax"].closing == 0
    assert all(actions.still_reproduces(one) for one in (january, february))
    said = account_values(line.unit, 2020, march, None)
    assert said["tables"][1]["title"].startswith("Diketahui setelah")
    assert PaperCode.objects.filter(kind="treasury.account").count() == 2


def test_what_comes_after_a_year_was_closed_is_booked_in_the_next(line, treasurer, spent):
    filed(line, treasurer, *range(1, 13))
    with pytest.raises(Refusal, match="2021 adalah bulan 1"):
        filed(line, treasurer, 2, year=2021)
    filed(line, treasurer, 1, year=2021)
    paid = [row.rupiah for row in spent.withholdings.get().deductions.all()]
    for row in spent.withholdings.get().deductions.all():
        proven(row, treasurer, date(2020, 12, 30))
    assert list(reconcile.differences()) == []
    february = books_of(line.unit, 2021)[1]
    assert [-row.tax for row in february.late] == paid
    assert february.sums["tax"].closing == 0


def test_the_first_month_filed_leaves_earlier_years_as_they_are(line, treasurer, spent):
    (january,) = filed(line, treasurer, 1, year=2021)
    assert january.sums["tax"] == [TAXES, 0, 0]
    proven(spent.withholdings.get().deductions.first(), treasurer, date(2020, 12, 30))
    assert actions.still_reproduces(january)
    with pytest.raises(Refusal, match="2021 adalah bulan 2"):
        filed(line, treasurer, 1)


def test_a_year_opens_with_the_one_before_where_only_a_tax_was_paid_in(line, treasurer, spent):
    for row in spent.withholdings.get().deductions.all():
        proven(row, treasurer, date(2021, 1, 8))
    assert books_of(line.unit, 2022)[0].sums["held"].opening == UP - BILL


def test_what_is_filed_does_not_hang_on_what_a_tax_is_called(line, treasurer, spent, monkeypatch):
    proven(spent.withholdings.get().deductions.first(), treasurer, FEBRUARY)
    filed(line, treasurer, 1, 2)
    names = {key: replace(tax, words=Message("X", "X")) for key, tax in taxes.taxes().items()}
    monkeypatch.setattr(taxes, "taxes", lambda: names)
    assert any("X" in row.words for row in books_of(line.unit, 2020)[1].rows)
    assert all(actions.still_reproduces(one) for one in FiledMonth.objects.all())


def test_what_is_filed_is_the_same_in_every_language(line, treasurer):
    imprest = ledger.paid(line, UP, method="UP", effective_on=JANUARY)
    ledger.returned(imprest, amounts={line.pk: 1_000}, effective_on=JANUARY)
    (january,) = filed(line, treasurer, 1)
    with translation.override("en"):
        assert actions.still_reproduces(january)


def test_an_ntpn_of_a_reversed_spp_is_withdrawn_before_it_counts_for_the_next(
    line, treasurer, spent, client
):
    first = spent.withholdings.get().deductions.first()
    proven(first, treasurer, FEBRUARY)
    ledger.reversed_by(spent, by=make.system(), effective_on=FEBRUARY)
    again = ledger.asked(line, BILL, method="GUP", party="Bendahara", effective_on=FEBRUARY)
    ledger.taxed(again, make.system(), is_cash=True)
    proven(again.withholdings.get().deductions.get(tax=first.tax), treasurer, FEBRUARY)
    client.force_login(treasurer)
    page = reverse("treasury:tax", args=[first.pk])
    assert 'id="withdraw"' in client.get(page).content.decode()
    withdraw = reverse("treasury:withdraw-proof", args=[first.pk])
    assert client.post(withdraw, {"reason": "SPP diganti"}).status_code == 303
    assert sums(line, 2)["tax"] == TAXES - first.rupiah
    assert 'id="withdraw"' not in client.get(page).content.decode()


def test_a_change_before_filing_leaves_no_trace(line, spent):
    ledger.taxed(spent, make.system(), amounts={}, reason="Surat keterangan bebas")
    rows = books_of(line.unit, 2020)[1].rows
    assert [(row.imprest, row.tax, row.cash, row.bank) for row in rows] == [(-BILL, 0, 0, -BILL)]


def test_months_are_filed_in_order_by_the_treasurer_once_they_are_over(line, treasurer, spent):
    with pytest.raises(Refusal, match="berurutan"):
        filed(line, treasurer, 2)
    ppk = ledger.officer(line, "ppk")
    with pytest.raises(Refusal, match="Hanya Bendahara"):
        filed(line, ppk, 1)
    filed(line, treasurer, 1)
    with pytest.raises(Refusal, match="berurutan"):
        filed(line, treasurer, 1)
    with playing_at(datetime(2020, 2, 20, tzinfo=WIB)), pytest.raises(Refusal, match="berakhir"):
        filed(line, treasurer, 2)
    assert FiledMonth.objects.count() == 1


def test_a_month_locks_lines_before_its_books_as_a_list_that_is_requested_does(line, treasurer):
    with CaptureQueriesContext(connection) as done:
        filed(line, treasurer, 1)
    queries = [one["sql"] for one in done]
    lines = next(i for i, sql in enumerate(queries) if "FOR NO KEY UPDATE" in sql)
    books = next(i for i, sql in enumerate(queries) if "treasury.books" in sql)
    assert lines < books


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"rupiah": UP + 1}, "hanya ada Rp100.000.000"),
        ({"kind": "deposit"}, "hanya ada Rp0"),
        ({"day": date(2099, 1, 1)}, "di masa depan"),
    ],
)
def test_cash_that_is_not_there_is_refused(line, treasurer, values, said):
    ledger.paid(line, UP, method="UP", effective_on=JANUARY)
    usual = {"kind": "withdrawal", "rupiah": 1, "day": JANUARY, "number": "CEK 1"}
    with speaking_for(treasurer), pytest.raises(Refusal, match=said):
        actions.move_cash(line.unit, by=treasurer, **usual | values)
    assert not CashMove.objects.exists()


def test_december_with_an_imprest_that_is_left_warns(client, line, spent):
    client.force_login(cast.auditor())
    for month, is_warned in ((11, False), (12, True)):
        page = client.get(reverse("treasury:book", args=[line.unit_id, 2020, month]))
        assert ("nihil pada akhir tahun" in page.content.decode()) == is_warned


def test_an_imprest_that_charges_no_line_is_received_and_goes_back(line, treasurer):
    usual = {"day": JANUARY, "by": treasurer}
    with speaking_for(treasurer):
        actions.move_cash(line.unit, kind="up_in", rupiah=UP, number="SP2D 1", **usual)
        with pytest.raises(Refusal, match=r"hanya ada Rp100\.000\.000"):
            actions.move_cash(line.unit, kind="up_out", rupiah=UP + 1, number="SSBP 1", **usual)
        actions.move_cash(line.unit, kind="up_out", rupiah=UP - 1, number="SSBP 1", **usual)
    assert (sums(line, 1)["bank"], sums(line, 1)["imprest"]) == (1, 1)


def test_what_came_back_and_a_refill_without_an_spp_are_booked(line):
    imprest = ledger.paid(line, UP, method="UP", effective_on=JANUARY)
    ledger.returned(imprest, amounts={line.pk: 1_000}, effective_on=FEBRUARY)
    ledger.paid(line, 500, method="GUP", effective_on=APRIL)
    ledger.paid(line, 700, method="LS", effective_on=APRIL)
    assert (sums(line, 2)["imprest"], sums(line, 4)["bank"]) == (UP - 1_000, UP - 1_000)
    assert books_of(line.unit, 2020)[3].sums["imprest"].spent == 500


def test_the_pages_show_move_file_and_print(client, line, treasurer, spent):
    year = reverse("treasury:books", args=[line.unit_id, 2020])
    client.force_login(cast.auditor())
    assert 'id="cash"' not in client.get(year).content.decode()
    client.force_login(treasurer)
    assert 'id="cash"' in client.get(year).content.decode()
    cash = reverse("treasury:move-cash", args=[line.unit_id, 2020])
    typed = {"kind": "withdrawal", "rupiah": "20.000.000", "day": "2020-02-10", "number": "CEK 1"}
    assert "hanya ada" in client.post(cash, typed | {"kind": "deposit"}).content.decode()
    assert client.post(cash, typed).status_code == 303
    month = reverse("treasury:book", args=[line.unit_id, 2020, 2])
    assert "Buku bendahara Feb 2020" in client.get(month).content.decode()
    assert "CEK 1" in client.get(month).content.decode()
    file = reverse("treasury:file-month", args=[line.unit_id, 2020, 1])
    assert client.post(file).status_code == 303
    assert "dilaporkan" in client.get(year).content.decode()
    for form, start in (("pdf", b"%PDF-"), ("book", b"%PDF-"), ("xlsx", b"PK")):
        address = reverse("treasury:book-file", args=[line.unit_id, 2020, 1, form])
        assert client.get(address).content.startswith(start)
    for wrong in ([line.unit_id, 2020, 13], [line.unit_id, 1999, 1], [999_999, 2020, 1]):
        assert client.get(reverse("treasury:book", args=wrong)).status_code == 404
    for number in (0, 1999, 10_000, 10**14):  # Of no year that Python or a book knows.
        wrong = reverse("treasury:file-month", args=[line.unit_id, number, 1])
        assert client.post(wrong).status_code == 404
    assert workbook(line.unit, 2020, books_of(line.unit, 2020)[1], None).startswith(b"PK")


def test_the_book_on_paper_adds_up_to_what_is_left(line, treasurer, spent):
    february = books_of(line.unit, 2020)[1]
    values = book_values(line.unit, 2020, february, None)
    (table,) = values["tables"]
    assert table["rows"][0][5] == grouped(february.sums["held"].opening)
    assert table["rows"][-1][5] == table["foot"][5] == grouped(february.sums["held"].closing)
    assert {len(row) for row in (*table["rows"], table["foot"], table["heads"])} == {11}
    assert ["Bulan", "Februari 2020"] in values["about"]
    assert "".join(one["above"] for one in values["signs"]).endswith(", 29 Februari 2020")


def test_programs_read_move_and_file_the_books(client, line, treasurer, spent):
    books = f"/api/v1/budget/books/{line.unit_id}"
    client.force_login(cast.auditor())
    months = client.get(f"{books}/2020").json()
    assert [one["sums"]["held"]["closing"] for one in months[:2]] == [UP, UP - BILL + TAXES]
    assert client.post(f"{books}/2020/1/file").status_code == 403
    client.force_login(treasurer)
    typed = {"kind": "withdrawal", "rupiah": UP + 1, "day": "2020-02-10", "number": "CEK 1"}
    post = {"content_type": "application/json"}
    assert client.post(f"{books}/cash", typed, **post).status_code == 409  # Not all of it is there.
    assert client.post(f"{books}/cash", typed | {"kind": "gift"}, **post).status_code == 422
    assert client.post(f"{books}/cash", typed | {"rupiah": 20_000_000}, **post).json()["id"]
    assert client.post(f"{books}/2020/1/file").json()["id"]
    assert client.post(f"{books}/2020/1/file").status_code == 409
    (january,) = [one for one in client.get(f"{books}/2020").json() if one["filed_at"]]
    assert client.get(january["files"]["pdf"]).content.startswith(b"%PDF-")
    february = client.get(f"{books}/2020/2").json()
    assert {row["code"].split()[0] for row in february["rows"]} == {"spp", "withdrawal"}
    assert february["is_same"]
    for wrong in ("2020/13", "1999/1"):
        assert client.get(f"{books}/{wrong}").status_code == 422
    assert client.get("/api/v1/budget/books/999999/2020").status_code == 404


def test_the_book_as_a_workbook_adds_up(line, spent):
    for month in books_of(line.unit, 2020)[:2]:
        file = BytesIO(workbook(line.unit, 2020, month, None))
        *_, last = load_workbook(file, data_only=True).active.iter_rows(values_only=True)
        held = month.sums["held"]
        closing = [month.sums[name].closing for name in BOOKS]
        assert list(last[3:]) == [held.received, held.spent, held.closing, *closing]


def test_pulih_check_finds_a_filed_month_that_is_another_today(line, treasurer, spent):
    filed(line, treasurer, 1)
    assert list(reconcile.differences()) == []
    FiledMonth.objects.create(
        unit=line.unit, province_id=line.province_id, fiscal_year=2020, month=2, sums={},
        digest="0" * 64, by=treasurer,
    )  # fmt: skip
    (said,) = reconcile.differences()
    assert "029999: month 2020-02" in said
    assert reconcile.verified() == {reconcile.MONTHS: 2}


def test_pulih_check_reads_the_books_of_a_year_once(line, treasurer, spent):
    asked = []
    for months in ([1], [2, 3, 4]):
        filed(line, treasurer, *months)
        with CaptureQueriesContext(connection) as done:
            assert list(reconcile.differences()) == []
        asked.append(len(done))
    assert asked[0] == asked[1]
