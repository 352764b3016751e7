"""Taxes go from the SPP to the proof of payment: stated, changed with a reason, paid in, late."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.common.periods import WIB
from pulih.people.scope import speaking_for
from pulih.treasury import actions
from pulih.treasury.models import Deduction, TaxProof, Withholding
from pulih.treasury.reads import taxes as reads
from pulih.workflow.clock import playing_at
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY, NTPN = ledger.DAY, "1A2B3C4D5E6F7G8H"
GROSS, PPH, PPN = 11_000_000, 150_000, 1_000_000


@made_once
def line():
    return make.line(ceiling=100_000_000)


@made_once
def officers(line):
    return {post: ledger.officer(line, post) for post in ("ppk", "ppspm", "treasurer")}


@made_once
def direct(line, officers):
    contract = ledger.contract(line, GROSS, by=officers["ppk"], party="CV Sagu")
    return ledger.asked(
        line, GROSS, by=officers["ppk"], commitment=contract, party="CV Sagu", method="LS"
    )


@made_once
def refill(line, officers):
    return ledger.asked(line, GROSS, by=officers["ppk"], method="GUP", party="Bendahara")


def one(request, tax="pph22"):
    related = ("withholding__unit__province", "withholding__request")
    return Deduction.objects.select_related(*related).get(
        withholding__request=request, withholding__in=Withholding.objects.in_force(), tax=tax
    )


def proven(deduction, by, **values):
    with speaking_for(by):
        return actions.record_proof(deduction, by=by, **{"ntpn": NTPN, "paid_on": DAY, **values})


def at_the_end(row):
    Withholding.objects.create(**row)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def states(client, **asked):
    rows = client.get("/api/v1/budget/taxes", asked).json()["rows"]
    return {(row["tax"], row["state"]) for row in rows}


def test_net_is_gross_less_what_the_rule_withholds(direct, officers):
    stated = ledger.taxed(direct, officers["ppk"])
    assert (stated.gross, stated.withheld, stated.net) == (GROSS, PPH + PPN, GROSS - PPH - PPN)
    assert (stated.way, stated.withheld_on) == ("order", DAY)
    assert {row.tax for row in reads.of_request(direct)} == {"pph22", "ppn"}


def test_a_change_by_hand_wants_a_reason_and_keeps_what_stood(direct, officers):
    ppk = officers["ppk"]
    ledger.taxed(direct, ppk)
    with pytest.raises(Refusal, match=r"Menurut aturan: .*Rp150"):
        ledger.taxed(direct, ppk, amounts={"ppn": PPN})
    assert Withholding.objects.count() == 1
    ledger.taxed(direct, ppk, amounts={"ppn": PPN}, reason="Surat keterangan bebas")
    assert [row.edition for row in reads.editions(direct)] == [2, 1]
    assert [row.tax for row in reads.of_request(direct)] == ["ppn"]
    every = reads.of_request(direct, with_left_out=True)
    assert [(row.tax, row.suggested, row.rupiah) for row in every] == [
        ("pph22", PPH, 0), ("ppn", PPN, PPN),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"amounts": {"ppn": GROSS + 1}, "reason": "x"}, "tidak di antara 0"),
        ({"amounts": {"ppn": -1}, "reason": "x"}, "tidak di antara 0"),
        ({"amounts": {"ppn": GROSS, "fine": 1}, "reason": "x"}, "sedangkan tagihannya"),
        ({"amounts": {"pajak_lain": 1}}, "bukan pajak yang dikenal"),
        ({"withheld_on": date(2020, 6, 14)}, "sama dengan tanggal SPP"),
        ({"is_cash": True}, "tidak ada yang dibayar tunai"),
        ({"seen": 3}, "Sementara itu"),
    ],
)
def test_what_cannot_be_withheld_is_refused_in_one_sentence(direct, officers, values, said):
    with pytest.raises(Refusal, match=said):
        ledger.taxed(direct, officers["ppk"], **values)
    assert not Withholding.objects.exists()


def test_only_the_commitment_officer_states_until_the_order_and_again_after_its_reversal(
    direct, officers
):
    for post in ("ppspm", "treasurer"):
        with pytest.raises(Refusal, match=r"Hanya Pejabat Pembuat Komitmen \(PPK\)"):
            ledger.taxed(direct, officers[post])
    ledger.taxed(direct, officers["ppk"])
    order = ledger.examined(direct, officers["ppspm"])
    with pytest.raises(Refusal, match="SPM sudah terbit"):
        ledger.taxed(direct, officers["ppk"])
    ledger.reversed_by(order, by=cast.planner())
    ledger.taxed(direct, officers["ppk"])
    ledger.reversed_by(direct, by=cast.planner())
    assert not Deduction.objects.in_force().exists()
    direct.refresh_from_db()
    with pytest.raises(Refusal, match="bukan permintaan pembayaran"):
        ledger.taxed(type(direct).objects.get(pk=direct.pk), officers["ppk"])


def test_no_spm_is_issued_while_nobody_has_stated_what_the_rule_withholds(line, direct, officers):
    with pytest.raises(Refusal, match="nobody has stated it"):
        ledger.examined(direct, officers["ppspm"], taxes=0)
    ledger.taxed(direct, officers["ppk"], amounts={}, reason="Surat keterangan bebas")
    ledger.examined(direct, officers["ppspm"])
    small = ledger.asked(line, 2_000_000, by=officers["ppk"], method="GUP", party="Bendahara")
    ledger.examined(small, officers["ppspm"])  # The rule withholds nothing of it.


@pytest.mark.parametrize(
    ("party", "payee"),
    [("UD Sagu", "body"), ("Toko Maju", "body"), ("Sdr. Budi", "person"), ("CV Sagu", "vat_body")],
)
def test_a_sole_trader_is_taxed_as_a_firm_and_a_person_as_one(line, officers, party, payee):
    contract = ledger.contract(line, 10, by=officers["ppk"], party=party)
    asked = ledger.asked(line, 10, by=officers["ppk"], commitment=contract, party=party)
    assert reads.usual_payee(asked) == payee


def test_what_nobody_withholds_is_shown_with_the_reason_and_has_no_proof(client, direct, officers):
    ledger.taxed(direct, officers["ppk"], amounts={"ppn": PPN}, reason="Surat keterangan bebas")
    left_out = one(direct)
    client.force_login(officers["treasurer"])
    shown = client.get(reverse("treasury:tax", args=[left_out.pk])).content.decode()
    assert "tidak dipotong" in shown
    assert "Surat keterangan bebas" in shown
    assert 'id="proof"' not in shown
    with pytest.raises(Refusal, match="tidak ada yang disetor"):
        proven(left_out, officers["treasurer"])


def test_an_order_examines_the_taxes_that_stand(direct, officers):
    ledger.taxed(direct, officers["ppk"])
    with pytest.raises(Refusal, match="dinyatakan ulang"):
        ledger.examined(direct, officers["ppspm"], taxes=0)
    ledger.examined(direct, officers["ppspm"], taxes=1)


@pytest.mark.parametrize("method", ["UP", "TUP"])
def test_nothing_is_withheld_from_cash_that_pays_nobody_yet(line, officers, method):
    asked = ledger.asked(line, GROSS, by=officers["ppk"], method=method, party="Bendahara")
    with pytest.raises(Refusal, match="belum membayar siapa pun"):
        ledger.taxed(asked, officers["ppk"], amounts={"ppn": 1}, reason="x")
    assert ledger.taxed(asked, officers["ppk"]).withheld == 0


def test_what_the_treasury_cuts_is_paid_in_with_the_sp2d(line, client, direct, officers):
    ledger.taxed(direct, officers["ppk"])
    client.force_login(cast.auditor())
    assert {state for _tax, state in states(client)} == {"menunggu SP2D"}
    with pytest.raises(Refusal, match="Catat SP2D lebih dahulu"):
        proven(one(direct), officers["treasurer"])
    order = ledger.examined(direct, officers["ppspm"])
    with speaking_for(officers["treasurer"]):
        ledger.paid(line, GROSS, by=officers["treasurer"], refers_to=order, method="LS")
    assert {state for _tax, state in states(client)} == {"sudah disetor"}
    assert proven(one(direct), officers["treasurer"]).ntpn == NTPN


def test_what_the_treasurer_withheld_is_due_then_late_then_paid_in(client, refill, officers):
    treasurer = officers["treasurer"]
    ledger.taxed(refill, officers["ppk"], withheld_on=date(2020, 6, 8), is_cash=True)
    client.force_login(treasurer)
    with playing_at(datetime(2020, 6, 15, 9, tzinfo=WIB)):
        assert states(client, state="late") == set()
        assert {state for _tax, state in states(client, state="due")} == {"belum disetor"}
        assert reads.late_for(treasurer).count() == 0
    with playing_at(datetime(2020, 6, 16, 9, tzinfo=WIB)):
        assert {state for _tax, state in states(client, state="late")} == {"lewat batas setor"}
        assert [reads.late_for(officers[post]).count() for post in officers] == [0, 0, 2]
        proven(one(refill), treasurer, ntpn="1a2b 3c4d.5e6f-7g8h")
        assert reads.late_for(treasurer).count() == 1
        assert states(client, state="paid_in") == {("PPh Pasal 22", "sudah disetor")}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ntpn": "12345"}, "16 huruf dan angka; “12345” ada 5"),
        ({"paid_on": date(2020, 6, 7)}, "disetor sejak itu sampai hari ini"),
        ({"paid_on": date(2099, 1, 1)}, "disetor sejak itu sampai hari ini"),
    ],
)
def test_a_proof_that_cannot_be_is_refused(refill, officers, values, said):
    ledger.taxed(refill, officers["ppk"], withheld_on=date(2020, 6, 8))
    with pytest.raises(Refusal, match=said):
        proven(one(refill), officers["treasurer"], **values)


def test_a_receipt_number_is_that_of_one_tax_and_one_unit(line, refill, officers):
    treasurer = officers["treasurer"]
    ledger.taxed(refill, officers["ppk"])
    with pytest.raises(Refusal, match="Hanya Bendahara"):
        proven(one(refill), officers["ppk"])
    proven(one(refill), treasurer)
    with pytest.raises(Refusal, match="untuk pajak ini sudah dicatat"):
        proven(one(refill), treasurer)
    with pytest.raises(Refusal, match="pajak lain atau satker lain"):
        proven(one(refill, "ppn"), treasurer)
    again = ledger.asked(line, GROSS, by=officers["ppk"], method="GUP", party="Bendahara")
    ledger.taxed(again, officers["ppk"])
    proven(one(again), treasurer)  # One receipt may pay the same tax of two requests.
    with pytest.raises(Refusal, match="Bendahara menariknya"):
        ledger.taxed(refill, officers["ppk"])
    with speaking_for(treasurer):
        with pytest.raises(Refusal, match="Tulis alasan"):
            actions.withdraw_proof(one(refill), reason=" ", by=treasurer)
        actions.withdraw_proof(one(refill), reason="Salah baca", by=treasurer)
        with pytest.raises(Refusal, match="tidak ada yang ditarik"):
            actions.withdraw_proof(one(refill), reason="Salah", by=treasurer)
    stale = one(refill)
    ledger.taxed(refill, officers["ppk"])
    with pytest.raises(Refusal, match="tidak berlaku lagi"):
        proven(stale, treasurer)
    assert proven(one(refill), treasurer, ntpn="ABCDEFGH12345678")


def test_the_database_keeps_what_a_program_forgets(direct, officers):
    stated = ledger.taxed(direct, officers["ppk"])
    row = Withholding.objects.filter(pk=stated.pk).values().get() | {"id": None}
    wrong = (
        {"edition": 2},  # Withheld, but no deduction says of what.
        {"edition": 3, "withheld": 0, "net": GROSS},  # The second is missing.
        {"edition": 2, "withheld": 0, "net": GROSS - 1},
        {"edition": 2, "gross": GROSS + 1, "withheld": 0, "net": GROSS + 1},
    )
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            at_the_end(row | values)
    for values in ({"ntpn": "short"}, {"ntpn": NTPN, "is_void": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TaxProof.objects.create(
                deduction=stated.deductions.first(), province_id=stated.province_id, paid_on=DAY,
                by=officers["treasurer"], **values,
            )  # fmt: skip


def test_the_pages_take_it_from_the_payee_to_the_proof(client, refill, officers):
    page = reverse("treasury:request", args=[refill.pk])
    form = reverse("treasury:state-taxes", args=[refill.pk])
    client.force_login(officers["ppspm"])
    seen = client.get(page).content.decode()
    assert "Belum ada yang menyatakan" in seen
    assert form not in seen
    client.force_login(officers["ppk"])
    assert form in client.get(page).content.decode()
    assert 'value="1.000.000"' in client.get(form).content.decode()
    typed = {"payee": "body", "has_number": "on", "withheld_on": "2020-06-08", "is_cash": "on"}
    worked_out = client.post(form, typed | {"work_out": "1"}).content.decode()
    assert 'value="165.000"' in worked_out  # No VAT: the base is the whole bill.
    assert not Withholding.objects.exists()
    said = client.post(form, typed | {"work_out": "1", "reason": "Sebagian bebas"})
    assert 'value="Sebagian bebas"' in said.content.decode()
    wrong = client.post(form, typed | {"work_out": "1", "withheld_on": "31/02/2020"})
    assert 'value="31/02/2020"' in wrong.content.decode()
    assert "aria-invalid" in wrong.content.decode()
    refused = client.post(form, typed | {"pph22": "100.000", "seen": "0"}).content.decode()
    assert "Tulis alasan" in refused
    assert 'value="100.000"' in refused
    said = {"pph22": "100.000", "reason": "Sebagian bebas", "seen": "0"}
    assert client.post(form, typed | said).status_code == 303
    shown = client.get(page).content.decode()
    assert "Sebagian bebas" in shown
    assert "Rp10.900.000" in shown
    client.force_login(officers["treasurer"])
    address = reverse("treasury:tax", args=[one(refill).pk])
    assert 'id="proof"' in client.get(address).content.decode()
    bad = client.post(address, {"ntpn": "123", "paid_on": "2020-06-09"}).content.decode()
    assert "16 huruf dan angka" in bad
    assert client.post(address, {"ntpn": NTPN, "paid_on": "2020-06-09"}).status_code == 303
    withdraw = reverse("treasury:withdraw-proof", args=[one(refill).pk])
    assert client.post(withdraw, {"reason": ""}).status_code == 200
    assert client.post(withdraw, {"reason": "Salah baca"}).status_code == 303
    assert "Salah baca" in client.get(address).content.decode()
    assert client.get(reverse("treasury:late-taxes")).url.endswith("?state=late")


def test_a_program_is_told_what_does_not_fit_a_direct_payment(client, direct, officers):
    client.force_login(officers["ppk"])
    url = f"/api/v1/budget/requests/{direct.pk}/taxes"
    typed = {"payee": "vat_body", "has_number": True, "amounts": {"pph22": PPH, "ppn": PPN}}
    for wrong in ({"withheld_on": "2020-06-14"}, {"is_cash": True}):
        assert client.post(url, typed | wrong, content_type="application/json").status_code == 409
    assert not Withholding.objects.exists()


def test_programs_state_and_prove_and_the_lists_show_it(client, refill, officers):
    client.force_login(officers["ppk"])
    post = {"content_type": "application/json"}
    url = f"/api/v1/budget/requests/{refill.pk}/taxes"
    typed = {"payee": "body", "has_number": True, "amounts": {"pph22": 165_000}}
    assert client.post(url, typed | {"payee": "martian"}, **post).status_code == 422
    assert client.post(url, typed | {"amounts": {"pph22": 1}}, **post).status_code == 409
    assert client.post(url, typed, **post).json()["net"] == GROSS - 165_000
    (row,) = client.get("/api/v1/budget/requests").json()["rows"]
    assert (row["withheld"], row["net"]) == (165_000, GROSS - 165_000)
    client.force_login(officers["treasurer"])
    (row,) = client.get("/api/v1/budget/taxes", {"unit": refill.unit_id}).json()["rows"]
    assert (row["rupiah"], row["map"], row["base"]) == (165_000, "411122", GROSS)
    proof = f"/api/v1/budget/taxes/{row['id']}"
    typed = {"ntpn": NTPN, "paid_on": DAY.isoformat()}
    assert client.post(f"{proof}/proof", typed, **post).json()["is_done"]
    assert client.post(f"{proof}/proof", typed, **post).status_code == 409
    assert client.post(f"{proof}/withdraw", {"reason": "Salah"}, **post).json()["is_done"]
    file = client.get(reverse("treasury:taxes"), {"format": "csv"})
    assert b"411122" in b"".join(file.streaming_content if file.streaming else [file.content])
