"""What is signed is not yet off the books: steps in their order, whose turn it is, how long."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pulih.common.errors import Refusal
from pulih.delivery.actions import handovers
from pulih.documents.lookups import all_in_force, in_force
from pulih.grants import actions
from pulih.grants.documents.steps import TITLES, values
from pulih.grants.models import GrantCase, GrantPaper
from pulih.grants.papers import DEED, KIND_OF_STEP, KINDS
from pulih.grants.reads import lying
from pulih.grants.rules.ageing import BANDS, NAMES, UP_TO, Lying, band, table
from pulih.grants.rules.steps import (
    HOLDERS,
    MANAGER,
    USER,
    approver_of,
    limit_on,
    steps,
    unit_value,
)
from pulih.grants.states import GRANT, KEYS
from pulih.web import facts
from pulih.workflow import reads as workflow
from tests.html import squeezed
from tests.make import delivery as make_delivery
from tests.make import grants as make
from tests.people import cast

rupiah = st.integers(0, 10**13)


@given(rupiah, st.integers(1, 10**7))
def test_a_fraction_over_the_limit_is_over_it(value, quantity):
    day = date(2020, 7, 1)
    each = unit_value(value, quantity)
    assert (each - 1) * quantity < value <= each * quantity or value == each == 0
    is_small = value <= limit_on(day).unit_rupiah * quantity
    assert approver_of(each, day) == (USER if is_small else MANAGER)


def test_every_step_says_who_holds_it_and_where_it_comes_from():
    assert [one.key for one in steps()] == list(KEYS)
    for one in steps():
        assert {one.held_by(USER), one.held_by(MANAGER)} <= set(HOLDERS)
        assert one.source
        assert one.working_days > 0


goods = st.lists(
    st.builds(
        Lying, st.sampled_from(["A", "B"]), st.sampled_from([USER, MANAGER]),
        st.integers(0, 2_000), st.integers(0, 10**10),
    )
)  # fmt: skip


@given(goods)
def test_each_rupiah_lies_in_one_band_of_one_office(several):
    for by in ("office", "approver"):
        rows = table(several, by)
        assert sum(row.total for row in rows) == sum(one.value for one in several)
        assert sum(sum(row.counts) for row in rows) == len(several)
        assert [row.total for row in rows] == sorted((row.total for row in rows), reverse=True)
        assert all(len(row.cells) == BANDS for row in rows)


def test_the_last_day_of_a_band_is_in_it():
    for place, days in enumerate(UP_TO):
        assert (band(days), band(days + 1)) == (place, place + 1)
        assert NAMES[place].endswith(f"–{days}")
        assert NAMES[place + 1].startswith((f"{days + 1}–", f"> {days}"))


pytestmark = pytest.mark.django_db


def refused(act, *arguments, said, **named):
    with override("en"), pytest.raises(Refusal, match=said), transaction.atomic():
        act(*arguments, **named)


def state(case):
    return workflow.last_step(GRANT, case.pk).to_state


def test_a_case_is_worth_what_arrived():
    case = make.case(make.received(480, value=1_000_001))
    assert case.value == 1_000_001 * 480 // 500
    assert case.unit_value == -(-case.value // 480)
    assert (case.approver, state(case)) == (USER, "willingness")


def test_only_what_arrived_is_granted_and_once():
    item = make_delivery.stocked(make_delivery.activity())
    waiting = make_delivery.handover(item)
    refused(make.case, waiting, said="nobody has confirmed")
    handovers.confirm(
        waiting, received=0, received_on=make_delivery.LAST, came_back=0, reason="Hilang",
        name="Sri", post="Staf", place="Gudang", by=cast.provincial_officer(), now=make.NOW,
        today=make_delivery.LAST,
    )  # fmt: skip
    refused(make.case, waiting, said="nobody has confirmed")
    case = make.case(make.received(number="BAST-2"))
    refused(make.case, case.handover, said="has its grant already")
    with pytest.raises(PermissionDenied):
        make.case(make.received(number="BAST-3"), by=cast.provincial_officer("Bali"))
    assert GrantCase.objects.count() == 1


def test_from_willingness_to_the_report_each_step_has_its_paper_and_holder():
    case, posts = make.case(), []
    for step in KEYS:
        duty = workflow.open_duty(GRANT, case.pk)
        posts.append(duty.post.key)
        make.take(case, step)
    assert posts == ["grants_office"] * 3 + ["grants_ministry"] + ["grants_office"] * 4
    assert state(case) == "closed"
    assert workflow.open_duty(GRANT, case.pk) is None
    assert [one.step for one in case.papers.order_by("pk")] == list(KEYS)
    assert in_force(DEED, case.pk).number == "deed-1"
    assert lying(cast.provincial_officer(), make.DAY) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        GrantPaper.objects.update(number="lain")


def test_a_step_out_of_turn_or_of_a_wrong_day_is_refused():
    case = make.case()
    refused(make.take, case, "deed", said="cannot be taken")
    refused(make.take, case, "willingness", dated=make.DAY + timedelta(1), said="lies ahead")
    make.take(case, "willingness", dated=date(2020, 6, 1))
    refused(make.take, case, "team", dated=date(2020, 5, 31), said="before that of the step")
    with pytest.raises(PermissionDenied):
        make.take(case, "team", by=cast.auditor())
    refused(make.take, case, "team", seen=1, said="Meanwhile")
    assert state(case) == "team"
    assert case.papers.count() == 1


def test_every_step_has_its_paper_with_a_code_once_it_is_taken():
    case = make.case()
    assert values(case, "team")["number"].endswith("(rancangan)")
    for step in KEYS:
        make.take(case, step)
    assert all_in_force(KINDS, case.pk)[0][0] == "Surat kesediaan penerima"
    for step in TITLES:
        said = values(case, step)
        assert said["number"].startswith(f"{step}-1, ")
        assert said["seal"]["code"] == in_force(KIND_OF_STEP[step], case.pk).written
        assert str(case.value) in str(said["tables"][0]["rows"])
    assert "deed-1" in str(values(case, "final_bast")["text"])
    assert "final_bast-1" in str(values(case, "report")["tables"])
    assert "KPKNL" in str(values(case, "report")["clauses"])


@pytest.mark.parametrize(("each", "approver"), [(100_000_000, "Pengguna"), (100_000_001, "KPKNL")])
def test_the_application_goes_to_whom_the_value_of_a_unit_says(each, approver):
    case = make.case(make.received(value=each * 500))
    assert approver in values(case, "application")["clauses"][0][1]
    assert approver in values(case, "approval")["signs"][0].post


def move(case, key, reason):
    actions.move(case, key, reason=reason, seen=None, by=cast.provincial_officer(), now=make.NOW)


def test_an_application_that_comes_back_is_sent_again_and_both_papers_stay():
    case = make.case()
    for step in KEYS[:3]:
        make.take(case, step)
    refused(move, case, "send_back", "", said="Write the reason")
    move(case, "send_back", "Nilai tidak cocok")
    assert state(case) == "application"
    make.take(case, "application", number="application-2")
    assert [one.number for one in case.papers.filter(step="application").order_by("pk")] == [
        "application-1", "application-2",
    ]  # fmt: skip


def test_a_stopped_grant_leaves_its_goods_on_the_books():
    case = make.case()
    move(case, "stop", "Penerima menolak")
    assert state(case) == "stopped"
    assert [one.value for one in lying(cast.provincial_officer(), make.DAY)] == [case.value]


def test_goods_without_a_case_lie_on_the_books_from_the_day_they_arrived():
    make.received()
    (one,) = lying(cast.provincial_officer(), make_delivery.LAST + timedelta(100))
    assert (one.office, one.days, one.value) == ("Jawa Barat", 100, 1_000_000)
    assert lying(cast.provincial_officer("Bali"), make.DAY) == []


@pytest.fixture
def go(client, monkeypatch):
    monkeypatch.setitem(facts._tellers, "activity_day", lambda _request: make.DAY)
    client.force_login(cast.provincial_officer())

    def ask(name, /, *arguments, **typed):
        address = reverse(f"grants:{name}", args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    return ask


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_from_the_bast_to_the_deed_on_pages(go):
    handover = make.received()
    page = text(go("list"))
    assert "1</b> serah terima menunggu" in page
    assert squeezed(page).count('<td class="num">1</td><td class="num">1,0</td>') == 2
    assert "Rp1.000.000" in text(go("ageing"))
    assert "Mulai hibah" in text(go("of-handover", handover.pk))
    assert go("open", handover.pk, now="1").status_code == 303
    case = GrantCase.objects.get()
    assert "sudah punya hibah" in text(go("open", handover.pk, now="1"))
    assert go("of-handover", handover.pk).status_code == 303
    page = text(go("case", case.pk))
    assert "giliran <b>penerima" in page
    assert "PMK 83/2016" in page
    typed = {"step": "willingness", "dated": "2020-07-01", "seen": "1"}
    assert go("take", case.pk, number="", **typed).context["form"].errors
    assert go("take", case.pk, number="S-1", **typed).status_code == 303
    page = text(go("case", case.pk))
    assert "S-1" in page
    assert "giliran <b>dinas" in page
    row = squeezed(text(go("list")))
    assert "1 dari 8" in row
    assert row.count('class="f-real"') == 1
    assert "hari kerja lagi" in row
    assert "Tulis alasan" in text(go("move", case.pk, move="stop", reason=""))
    assert go("paper", case.pk).content.startswith(b"%PDF")
    assert go("step-paper", case.pk, "willingness").content.startswith(b"%PDF")
    assert go("step-paper", case.pk, "deed").content.startswith(b"%PDF")
    for step, words in (("willingness", "bersedia menerima hibah"), ("deed", "Pasal 3. Status")):
        book = load_workbook(BytesIO(go("step-workbook", case.pk, step).content))
        cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
        assert any(words in cell for cell in cells)
        assert any("BAST-1" in cell for cell in cells)
    assert go("step-paper", case.pk, "nothing").status_code == 404
    assert go("move", case.pk, move="stop", reason="Ditolak", seen="2").status_code == 303
    assert "Ditolak" in text(go("case", case.pk))
    assert "style=" not in page


def test_all_grants_of_an_office_begin_at_once(go):
    make.received()
    make.received(number="BAST-2")
    assert go("open-all", now="1").status_code == 303
    assert GrantCase.objects.count() == 2
    assert "BAST-2" in text(go("list"))
