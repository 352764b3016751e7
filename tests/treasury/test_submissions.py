"""A payment request goes from the PPK to the PPSPM to the treasurer; what is wrong goes back."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pulih.budget import actions as budget
from pulih.budget.models import BudgetLine, Posting
from pulih.common.errors import Refusal
from pulih.common.periods import WIB
from pulih.people.scope import speaking_for
from pulih.treasury import actions, jobs
from pulih.treasury.actions.submission_steps import newest
from pulih.treasury.models import Difference, DifferenceKind, Examination, Submission
from pulih.treasury.rules import checklist
from pulih.treasury.states import PAYMENT
from pulih.workflow import reads as workflow
from pulih.workflow.clock import playing_at
from tests.make import budget as make
from tests.make import inbox, ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = ledger.DAY
RUPIAH = 2_000_000  # Of so little the rule withholds nothing.


@made_once
def line():
    return make.line(ceiling=100_000_000)


@made_once
def officers(line):
    return {post: ledger.officer(line, post) for post in ("ppk", "ppspm", "treasurer")}


@made_once
def request_(line, officers):
    """A request of a contract, made by the PPK, with its papers."""
    contract = ledger.contract(line, 2 * RUPIAH, by=officers["ppk"], party="CV Sagu")
    asked = ledger.asked(
        line, RUPIAH, by=officers["ppk"], commitment=contract, party="CV Sagu", method="LS"
    )
    ledger.papers_named(asked)
    return asked


def state(request):
    submission = newest(request)
    return workflow.last_step(PAYMENT, submission.pk).to_state if submission else None


def whose(request):
    duty = workflow.open_duty(PAYMENT, newest(request).pk)
    return duty.person if duty else None


def pay(order, by, **values):
    with speaking_for(by):
        return ledger.paid(
            order.entries.get().line, RUPIAH, by=by, refers_to=order, method="LS", **values
        )


def test_a_request_passes_three_hands_and_an_auditor_reads_each_step(line, officers, request_):
    assert (state(request_), whose(request_)) == ("examined", officers["ppspm"])
    order = ledger.examined(request_, officers["ppspm"])
    assert (state(request_), whose(request_)) == ("ordered", officers["treasurer"])
    pay(order, officers["treasurer"])
    assert (state(request_), whose(request_)) == ("paid", None)
    line.refresh_from_db()
    assert (line.committed, line.realised) == (2 * RUPIAH, RUPIAH)
    with speaking_for(cast.auditor()):
        steps = workflow.history(PAYMENT, newest(request_).pk)
        assert [one.by for one in steps] == list(officers.values())


def test_a_request_that_went_back_is_not_ordered_until_it_comes_again(officers, request_):
    ppspm = officers["ppspm"]
    actions.send_back(request_, reason="Kuitansi belum dibubuhi tanggal", ticked=["sum"], by=ppspm)
    assert (state(request_), whose(request_)) == ("returned", officers["ppk"])
    assert "papers" in Examination.objects.get().missing
    with pytest.raises(Refusal, match="sent back to the PPK"):
        ledger.examined(request_, ppspm)
    actions.submit_again(request_, reason="Tanggal dilengkapi", by=officers["ppk"])
    ledger.examined(request_, ppspm)
    assert state(request_) == "ordered"


def test_an_order_wants_the_whole_checklist(officers, request_):
    with pytest.raises(Refusal, match=r"Not ticked: .*signed by the PPK"):
        ledger.examined(request_, officers["ppspm"], ticked=["papers"])
    with pytest.raises(Refusal, match="was not examined"):
        budget.order_payment(request_, number="1", effective_on=DAY, by=officers["ppspm"])
    assert not Posting.objects.filter(document_kind="spm").exists()
    assert not Examination.objects.exists()


@pytest.mark.parametrize("post", ["ppk", "treasurer"])
def test_only_the_order_officer_sends_back_and_orders(officers, request_, post):
    with pytest.raises(Refusal, match="Only the payment order officer"):
        actions.send_back(request_, reason="Tidak lengkap", by=officers[post])
    with pytest.raises(Refusal, match="not recorded as payment order officer"):
        ledger.examined(request_, officers[post])


def test_sending_back_says_why_and_submitting_again_is_the_makers(officers, request_):
    with pytest.raises(Refusal, match="Write the reason"):
        actions.send_back(request_, reason=" ", by=officers["ppspm"])
    actions.send_back(request_, reason="Rekening salah", by=officers["ppspm"])
    with pytest.raises(Refusal, match="Only the commitment officer"):
        actions.submit_again(request_, reason="Sudah", by=officers["ppspm"])


def test_what_is_reversed_goes_the_way_back(officers, request_):
    order = ledger.examined(request_, officers["ppspm"])
    payment = pay(order, officers["treasurer"])
    planner = cast.planner()
    ledger.reversed_by(payment, by=planner)
    assert (state(request_), whose(request_)) == ("ordered", officers["treasurer"])
    assert newest(request_).turn == 2
    ledger.reversed_by(order, by=planner)
    assert (state(request_), whose(request_)) == ("examined", officers["ppspm"])
    ledger.reversed_by(request_, by=planner)
    assert (state(request_), whose(request_)) == ("withdrawn", None)
    with pytest.raises(Refusal, match="bukan permintaan pembayaran yang dapat diperiksa"):
        ledger.examined(Posting.objects.get(pk=request_.pk), officers["ppspm"])


def test_a_successor_inherits_what_waits(line, officers, request_):
    held = line.unit.appointments.get(post="ppspm")
    budget.end_appointment(held, on=date(2020, 6, 1), by=make.system())
    assert whose(request_) is None  # It lies with the post of the area.
    successor = ledger.officer(line, "ppspm", "ppspm-baru")
    assert whose(request_) == successor


def test_pulih_itself_asks_nobody(line):
    asked = ledger.asked(line, RUPIAH, method="GUP")
    ledger.paid(line, RUPIAH, refers_to=ledger.ordered(asked), method="GUP")
    assert not Submission.objects.exists()


def test_a_request_from_before_ways_were_kept_begins_with_its_examination(line, officers):
    asked = ledger.asked(line, RUPIAH, method="GUP")
    ledger.examined(asked, officers["ppspm"])
    assert state(asked) == "ordered"


def listed(order_number, by, gross=RUPIAH, note="Catatan"):
    heads = ("Kode Satker", "No SPM", "No SP2D", "Tgl SP2D", "Kode", "Jenis SPM", "Bruto", note)
    row = ("029999", order_number, "200231301000777", "16/06/2020", "3038.001.051.A.521211", "LS",
           str(gross), "")  # fmt: skip
    return inbox.read(row, heads=heads, kind="treasury", by=by, as_of=date(2020, 6, 30))


def test_a_list_pays_the_order_that_it_names(line, officers, request_):
    order = ledger.examined(request_, officers["ppspm"], number="00012A")
    treasurer = officers["treasurer"]
    with speaking_for(treasurer):
        batch = listed("0001 2A", treasurer)
        difference = Difference.objects.get(last_seen__batch=batch)
        assert difference.kind == DifferenceKind.MISSING_HERE
        actions.post_difference(difference, by=treasurer)
        payment = Posting.objects.get(document_kind="sp2d")
        assert (payment.refers_to_id, payment.settles_id) == (order.pk, order.settles_id)
        assert state(request_) == "paid"
        again = listed("0001 2A", treasurer, note="Ket")
        assert not Difference.objects.filter(last_seen__batch=again).in_force().exists()
    assert BudgetLine.objects.get(pk=line.pk).realised == RUPIAH


@pytest.mark.parametrize(
    ("number", "gross", "said"),
    [("00099", RUPIAH, "tidak dikenal buku besar"), ("00012A", RUPIAH - 1, "masih diperintahkan")],
)
def test_a_list_with_an_unknown_order_or_another_sum_is_a_difference(
    officers, request_, number, gross, said
):
    ledger.examined(request_, officers["ppspm"], number="00012A")
    treasurer = officers["treasurer"]
    with speaking_for(treasurer):
        batch = listed(number, treasurer, gross)
        difference = Difference.objects.get(last_seen__batch=batch)
        assert difference.kind == DifferenceKind.ORDER
        assert said in difference.why_indonesian
        with pytest.raises(Refusal):
            actions.post_difference(difference, by=treasurer)
    assert state(request_) == "ordered"


def test_the_page_asks_whose_turn_it_is(client, settings, officers, request_):
    address = reverse("treasury:request", args=[request_.pk])
    form = reverse("treasury:examine", args=[request_.pk])
    for post, may in (("ppspm", True), ("ppk", False), ("treasurer", False)):
        client.force_login(officers[post])
        page = client.get(address).content.decode()
        assert (f'action="{form}"' in page) is may
    client.force_login(officers["ppspm"])
    page = client.get(address).content.decode()
    assert 'value="00001"' in page  # The next number of the unit and year.
    back = reverse("treasury:send-back", args=[request_.pk])
    assert client.post(back, {"reason": ""}).status_code == 200
    stale = client.post(back, {"reason": "Salah rekening", "seen": 9}).content.decode()
    assert "Sementara itu" in stale
    assert client.post(back, {"reason": "Salah rekening", "seen": 1}).status_code == 303
    client.force_login(officers["ppk"])
    assert "Salah rekening" in client.get(address).content.decode()
    again = reverse("treasury:submit-again", args=[request_.pk])
    assert client.post(again, {"reason": "Rekening diperbaiki", "seen": 2}).status_code == 303
    client.force_login(officers["ppspm"])
    typed = {"ticked": ledger.TICKED, "number": "00007", "effective_on": DAY.isoformat()}
    assert client.post(form, typed | {"ticked": ["sum"]}).status_code == 200
    assert client.post(form, typed).status_code == 303
    rows = client.get(reverse("treasury:requests"), {"year": 2020}).content.decode()
    assert "menunggu SP2D" in rows
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "waiting for the SP2D" in client.get(reverse("treasury:requests")).content.decode()


def test_programs_examine_send_back_and_submit_again(client, officers, request_):
    url = f"/api/v1/budget/requests/{request_.pk}"
    client.force_login(officers["ppspm"])
    post = {"content_type": "application/json"}
    assert client.post(f"{url}/send-back", {"reason": ""}, **post).status_code == 422
    assert client.post(f"{url}/send-back", {"reason": "Belum lengkap"}, **post).json()["is_done"]
    client.force_login(officers["ppk"])
    assert client.post(f"{url}/submit-again", {"reason": "Sudah"}, **post).json()["is_done"]
    client.force_login(officers["ppspm"])
    typed = {"ticked": [], "number": "1", "effective_on": DAY.isoformat()}
    assert client.post(f"{url}/examine", typed, **post).status_code == 409
    ordered = client.post(f"{url}/examine", typed | {"ticked": ledger.TICKED}, **post)
    assert ordered.json()["is_new"]
    (row,) = client.get("/api/v1/budget/requests").json()["rows"]
    assert (row["rupiah"], row["state"]) == (RUPIAH, "menunggu SP2D")
    assert date.fromisoformat(row["until"]) > date(2020, 6, 15)


def test_each_way_of_paying_has_its_questions():
    for method in ("LS", "UP", "TUP", "GUP", "PTUP", "NIHIL"):
        assert {"papers", "signature"} <= {one.key for one in checklist.items_on(DAY, method)}
        assert checklist.examination_days(DAY, method)
    assert checklist.items_on(date(1999, 1, 1), "LS") == []
    assert checklist.examination_days(date(1999, 1, 1), "LS") is None


def test_who_examines_is_told_what_the_imprest_allows(client, line, officers):
    with speaking_for(officers["treasurer"]):
        inbox.read(
            ("029999", "Januari 2020", "100000000", "30000000"),
            heads=("Kode Satker", "Bulan", "UP", "Digunakan"),
            kind="treasury", by=officers["treasurer"], as_of=date(2020, 6, 30),
        )  # fmt: skip
    asked = ledger.asked(line, 50_000_001, method="GUP", party="Bendahara")
    small = ledger.asked(line, 1_000, method="LS")
    client.force_login(officers["ppspm"])
    page, other = (
        client.get(reverse("treasury:request", args=[one.pk])).content.decode()
        for one in (asked, small)
    )
    assert "paling banyak Rp50.000.000" in page
    assert "UP baru digunakan Rp30.000.000 (30%)" in page
    assert "dari UP" not in other


def test_a_request_whose_payment_was_taken_back_counts_once(client, officers, request_):
    order = ledger.examined(request_, officers["ppspm"])
    ledger.reversed_by(pay(order, officers["treasurer"]), by=cast.planner())
    client.force_login(officers["ppspm"])
    (row,) = client.get("/api/v1/budget/requests").json()["rows"]
    assert (row["rupiah"], row["state"]) == (RUPIAH, "menunggu SP2D")
    assert client.get("/api/v1/budget/requests?state=paid").json()["rows"] == []


def test_an_officer_appointed_until_a_day_acts_until_then(client, line, officers, request_):
    ppspm, today = officers["ppspm"], timezone.localdate()
    held = line.unit.appointments.get(post="ppspm")
    budget.end_appointment(held, on=today + timedelta(days=30), by=make.system())
    client.force_login(ppspm)
    address = reverse("treasury:request", args=[request_.pk])
    assert 'id="examine"' in client.get(address).content.decode()
    actions.send_back(request_, reason="Rekening salah", by=ppspm)
    assert state(request_) == "returned"


def test_who_is_appointed_from_a_later_day_acts_from_then(line, officers, request_):
    today = timezone.localdate()
    line.unit.appointments.filter(post="ppspm").update(valid_to=today + timedelta(days=30))
    later = ledger.officer(line, "ppspm", "nanti", valid_from=today + timedelta(days=30))
    with pytest.raises(Refusal, match="Only the payment order officer"):
        actions.send_back(request_, reason="Rekening salah", by=later)


def test_a_successor_inherits_on_the_day_that_was_named_before(line, officers, request_):
    held, change = line.unit.appointments.get(post="ppspm"), date(2020, 7, 1)
    with playing_at(datetime(2020, 6, 20, 9, tzinfo=WIB)):
        budget.end_appointment(held, on=change, by=make.system())
        successor = ledger.officer(line, "ppspm", "ppspm-baru", valid_from=change)
        jobs.hand_over(0)
        assert whose(request_) == officers["ppspm"]
    with playing_at(datetime(2020, 7, 1, 0, 30, tzinfo=WIB)):
        jobs.hand_over(0)
        jobs.hand_over(0)
    assert whose(request_) == successor
    steps = workflow.history(PAYMENT, newest(request_).pk)
    assert [one.move for one in steps].count("hand_over") == 1


def test_what_was_ticked_on_the_page_is_kept_as_a_request_goes_back(client, officers, request_):
    client.force_login(officers["ppspm"])
    page = client.get(reverse("treasury:request", args=[request_.pk])).content.decode()
    back = reverse("treasury:send-back", args=[request_.pk])
    (form,) = [one for one in re.findall("<form.*?</form>", page, re.DOTALL) if back in one]
    assert form.count('name="ticked"') == len(ledger.TICKED)
    typed = {"ticked": ["sum"], "number": "00017", "effective_on": DAY.isoformat(), "seen": 1}
    refused = client.post(back, typed | {"reason": " "}).content.decode()
    assert 'value="00017"' in refused
    assert re.search(r'value="sum"[^>]*checked', refused)
    assert client.post(back, typed | {"reason": "Rekening salah"}).status_code == 303
    examination = Examination.objects.get()
    assert (examination.ticked, "sum" in examination.missing) == (["sum"], False)
