"""A receiver's count that was wrong: the first one stays, and goods, order and paper follow."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.delivery import reconcile
from pulih.delivery.actions import handovers
from pulih.delivery.actions.recounts import correct_count
from pulih.delivery.documents.bast import values
from pulih.delivery.models import CountCorrection, Handover, Move, Stock
from pulih.delivery.papers import HANDOVER
from pulih.delivery.purposes import COUNT
from pulih.delivery.reads.field import count_list
from pulih.delivery.reads.goods import of_activity
from pulih.documents.lookups import in_force
from pulih.grants import actions as grants
from pulih.grants.rules.steps import steps
from tests.examples import examples
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY, NOW = make.LAST, datetime(2020, 6, 25, 5, tzinfo=UTC)


@made_once
def item():
    return make.stocked(make.activity(), 1_000, 2_000_001)


def counted(item, received=480, came_back=5, sent=500, **values):
    return handovers.confirm(
        make.handover(item, sent, **values),
        received=received, received_on=DAY, came_back=came_back,
        reason="Dus basah" if received < sent else "", name="Sri", post="Gudang", place="Posko",
        by=cast.provincial_officer(), now=NOW, today=DAY,
    )  # fmt: skip


def corrected(handover, received, came_back=0, **changes):
    usual = {
        "reason": "Dus basah" if received < handover.sent else "", "why": "Satu dus terlewat",
        "name": "Sri", "post": "Gudang", "by": cast.provincial_officer(), "now": NOW, "today": DAY,
    }  # fmt: skip
    return correct_count(handover, received=received, came_back=came_back, **{**usual, **changes})


def netted(item):
    [standing] = of_activity(item.activity)
    return {kind: standing.by_kind[kind] for kind in ("received", "came_back", "lost_on_way")}


def test_a_correction_keeps_the_first_count_and_goods_and_paper_follow(item):
    handover = counted(item)
    first = in_force(HANDOVER, handover.pk)
    made = corrected(handover, 495, 5)
    assert (made.received_before, made.came_back_before, made.received) == (480, 5, 495)
    now = Handover.objects.get(pk=handover.pk)
    assert (now.received, now.came_back, now.difference_reason) == (495, 5, "Dus basah")
    assert netted(item) == {"received": 495, "came_back": 5, "lost_on_way": 0}
    assert in_force(HANDOVER, handover.pk).version == first.version + 1
    assert "dihitung 495, semula 480. Sebab: Satu dus terlewat" in values(now)["corrections"][0]
    assert list(reconcile.differences()) == []


def test_nothing_is_missing_any_more(item):
    handover = counted(item)
    corrected(handover, 500)
    now = Handover.objects.get(pk=handover.pk)
    assert (now.received, now.came_back, now.difference_reason) == (500, 0, "")
    assert netted(item) == {"received": 500, "came_back": 0, "lost_on_way": 0}


def test_what_came_back_and_left_again_is_not_undone(item):
    handover = counted(item, received=400, came_back=100)
    make.handover(item, 600, number="BAST-2")
    with pytest.raises(Refusal, match=r"100 potong of Masker kain asked for, 0 in store"):
        corrected(handover, 500)
    assert not CountCorrection.objects.exists()


@pytest.mark.parametrize(
    ("said", "received", "came_back", "changes"),
    [
        ("counts that hold already", 480, 5, {}),
        ("501 counted, 500 sent", 501, 0, {}),
        ("needs a reason", 490, 0, {"reason": ""}),
        ("21 came back, but only 20", 480, 21, {}),
    ],
)
def test_a_wrong_correction_is_refused(item, said, received, came_back, changes):
    handover = counted(item)
    with pytest.raises(Refusal, match=said):
        corrected(handover, received, came_back, **changes)


def test_nothing_is_corrected_before_the_count_nor_by_others(item):
    with pytest.raises(Refusal, match="Nothing was counted yet"):
        corrected(make.handover(item), 500)
    handover = Handover.objects.get()
    for person in (cast.provincial_officer("Bali"), cast.auditor()):
        with pytest.raises(PermissionDenied):
            corrected(handover, 500, by=person)


def test_a_grant_stands_on_its_count_until_it_is_stopped_and_begins_again(item):
    handover, by = counted(item), cast.provincial_officer()
    case = grants.open_case(handover, by=by, now=NOW, today=DAY)
    with pytest.raises(
        Refusal, match=r"A grant stands on this count \(waits for: .* Stop the grant"
    ):
        corrected(handover, 500)
    grants.move(case, "stop", reason="Hitungan salah", seen=None, by=by, now=NOW)
    corrected(handover, 500)
    again = grants.open_case(handover, by=by, now=NOW, today=DAY)
    assert (case.value, again.value) == (handover.value * 480 // 500, handover.value)
    with pytest.raises(Refusal, match="has its grant already"):
        grants.open_case(handover, by=by, now=NOW, today=DAY)


def test_goods_that_are_off_the_books_are_not_counted_anew(item):
    handover, by = counted(item), cast.provincial_officer()
    case = grants.open_case(handover, by=by, now=NOW, today=DAY)
    for one in steps():
        grants.take(case, step=one.key, number="1", dated=DAY, note="", by=by, now=NOW, today=DAY)
    with pytest.raises(Refusal, match="off the books by this count, and their grant is closed"):
        corrected(handover, 500)


def test_both_sides_see_the_correction(item, client):
    handover = counted(item)
    client.force_login(cast.provincial_officer())
    page = reverse("delivery:handover", args=[handover.pk])
    assert "Hitungannya salah?" in client.get(page).text
    typed = {"received": 490, "came_back": 0, "reason": "Dus basah", "why": "Salah hitung",
             "name": "Sri", "post": "Gudang"}  # fmt: skip
    send = reverse("delivery:correct-count", args=[handover.pk])
    refused = client.post(send, {**typed, "reason": ""}).text
    assert "Selisih 10 perlu sebab" in refused
    assert client.post(send, typed).status_code == 303
    assert "Semula 480, setelah dihitung ulang 490 potong" in client.get(page).text
    link, _address = make.given_link(COUNT, handover.pk, handover.province)
    [said] = count_list(Handover.objects.get(pk=handover.pk), NOW, link)["corrections"]
    assert "490 instead of 480, because Salah hitung; agreed by Sri, Gudang" in said


def test_corrected_counts_and_goods_nobody_signed_for_are_found_in_the_list(item, client):
    first = counted(item)
    corrected(first, 490)
    make.handover(item, 100, number="BAST-2", name="", post="", place="")
    counted(item, received=5, came_back=0, sent=5, number="BAST-3")
    client.force_login(cast.provincial_officer())

    def listed(**asked):
        page = client.get(reverse("delivery:handovers"), asked)
        return [row.number for row, _cells in page.context["list"].lines]

    assert listed(corrected="on") == ["BAST-1"]
    assert listed(unsigned="on") == ["BAST-2"]
    # First who has not answered, then what differs, whatever came later.
    assert listed() == ["BAST-2", "BAST-1", "BAST-3"]


def test_a_correction_stays_as_it_was_written(item):
    corrected(counted(item), 500)
    with pytest.raises(DatabaseError), transaction.atomic():
        CountCorrection.objects.update(why="lain")


def test_the_check_finds_a_count_that_its_moves_do_not_bear(item):
    handover = counted(item)
    Handover.objects.filter(pk=handover.pk).update(received=481, came_back=4)
    [said] = reconcile.differences()
    assert said == (
        f"hand-over {handover.pk}: received, came back, lost (481, 4, 15), by its moves "
        "(480, 5, 15)"
    )


counts = st.tuples(st.integers(0, 50), st.integers(0, 50)).filter(lambda one: sum(one) <= 50)


@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
@given(st.lists(counts, min_size=2, max_size=5), st.integers(0, 999_999))
def test_however_often_it_is_corrected_goods_and_rupiah_add_up(db, steps, value):
    with transaction.atomic():
        item = make.stocked(make.activity(), 80, value + 1)
        [received, came_back], *later = steps
        handover = counted(item, received, came_back, sent=50)
        for one in later:
            if one != (handover.received, handover.came_back):
                corrected(handover, *one)
                handover.refresh_from_db()
        received, came_back = handover.received, handover.came_back
        assert netted(item) == {
            "received": received, "came_back": came_back, "lost_on_way": 50 - received - came_back,
        }  # fmt: skip
        assert sum(one.quantity for one in Stock.objects.filter(item=item)) == 30 + came_back
        there = sum(one.value for one in Stock.objects.filter(item=item))
        gone = sum(
            one.value * (1 if not one.to_spot else -1)
            for one in Move.objects.filter(item=item).exclude(kind="bought")
            if not (one.from_spot and one.to_spot)
        )
        assert there + gone == value + 1
        assert list(reconcile.differences()) == []
        transaction.set_rollback(True)
