"""The market of 2020: Jakarta's masks, South Kalimantan's trainees, a hospital and its tailors."""

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from pulih.areas.models import Area
from pulih.delivery.actions import goods
from pulih.inbox import actions as inbox
from pulih.inbox.models import SourceRecord
from pulih.market import readiness, reads
from pulih.market.models import Need, Order, OrderStep, Run
from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.scenarios.covid_2020 import made, makers, market
from pulih.scenarios.covid_2020.market import capacities_of
from pulih.scenarios.covid_2020.people import CAST, add_people
from tests.make import delivery as make_delivery

SEED = 2020
DAY = date(2020, 6, 15)


@pytest.fixture(scope="module")
def planner(django_db_setup, django_db_blocker, tmp_path_factory):
    """Let the market's story happen once for this module, and forget it afterwards."""
    folder = tmp_path_factory.mktemp("market")
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder / "media"
    with django_db_blocker.unblock(), transaction.atomic(), speaking_as_system():
        people = add_people({one.username: "rahasia" for one in CAST})
        deliver(folder, people["perencana"])
        market.live_through(lambda done, total: None, by=people["perencana"])
        yield people["perencana"]
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = before


def deliver(folder, by):
    with speaking_for(by):
        for one in makers.write_lists(folder, SEED):
            office = Area.objects.get(pk=one.office_id)
            with one.path.open("rb") as file:
                batch = inbox.deliver(
                    file, name=one.path.name, kind=one.kind, office=office, by=by, as_of=one.as_of
                )
            inbox.read(batch.pk)


def run(title):
    return Run.objects.get(title__startswith=title)


def test_jakartas_1526_makers_make_1042044_a_week_and_are_short_by_915912(planner):
    makers_there = capacities_of("jakarta")
    assert makers_there.count() == 1_526
    assert makers_there.aggregate(n=Sum("per_week"))["n"] == 6 * 173_674 == 1_042_044
    need = Need.objects.get(quantity=3_000_000)
    assert (need.ordered, need.missing, need.received) == (2_084_088, 915_912, 2_084_088)
    unmet = run("Masker kain Jakarta").explanation["unmet"][0]
    assert (unmet["missing"], unmet["holds"]) == (915_912, "weeks")
    assert date.fromisoformat(unmet["day"]) > need.due


def test_of_50_firms_asked_44_can_and_34_fall_at_the_certificate(planner):
    able = capacities_of("asked")
    assert able.count() == 44
    assert SourceRecord.objects.filter(batch=able.first().batch).count() == 50
    need = Need.objects.get(product__code="medical_mask")
    gates = [one.gate for one in reads.gated(need, planner, DAY)]
    assert gates.count("certificate") == 34 == round(0.775 * 44)
    assert gates.count("able") == 10


def test_south_kalimantans_91_and_65_fill_what_its_13_regencies_ask(planner):
    assert capacities_of("suits").count() == 91
    assert capacities_of("masks").count() == 65
    matched = run("Hazmat dan masker")
    asked = Need.objects.filter(orders__run=matched).distinct()
    assert asked.count() == 26
    sums = dict(asked.order_by().values_list("product__code").annotate(n=Sum("quantity")))
    assert sums == {"hazmat_suit": 950, "cloth_mask": 6_034}
    assert matched.explanation["unmet"] == []
    assert {one.state for one in asked} == {"ordered"}


def test_each_bast_of_the_suits_is_the_receipt_of_one_regencys_order(planner):
    office = User.objects.get(username="kalsel")
    ordered = run("Hazmat dan masker").orders.filter(need__product__code="hazmat_suit")
    with transaction.atomic():
        activity = make_delivery.activity(office, ordered[0].province, ends_on=date(2020, 7, 2))
        for one in ordered:
            make_delivery.site(activity, one.regency.name, office)
        suits = goods.add_item(activity, name="Baju hazmat", unit="potong", standard="", by=office)
        goods.move(suits, kind="bought", quantity=950, value=1, payment="1", day=DAY, by=office,
                   today=DAY)  # fmt: skip
        story = {
            "made": 962, "scrapped": [12, ""], "sent_on": date(2020, 7, 10), "bast": "HAZMAT",
            "receivers": "gugus_tugas", "orders": "hazmat_suit",
        }  # fmt: skip
        with speaking_for(office):
            made.send_goods(story, activity, suits, by=office)
        assert activity.handovers.count() == ordered.count() == 13
        for one in ordered.all():  # Again: what was read before is as it was.
            receipt = one.receipts.get()
            assert (one.state, receipt.good, receipt.refused) == ("received", one.quantity, 0)
            assert one.handovers.get().number == receipt.bast == one.bast
            assert one.need.received == one.need.quantity
        transaction.set_rollback(True)


def test_eleven_tailors_send_a_hospitals_600_suits_through_their_cooperative(planner):
    order = run("600 baju hazmat").orders.get()
    assert (order.quantity, order.sent, order.state) == (600, 600, "sent")
    assert order.group is not None
    assert sorted(order.parts.values_list("quantity", flat=True))[-1] == 60
    assert order.parts.count() == 11 - 1  # 60 each: ten of them are enough.


def test_offers_wait_for_their_makers_one_was_declined_and_moments_are_those_of_2020(planner):
    offered = run("Masker untuk puskesmas").orders
    assert offered.filter(state="declined").count() == 2  # One of them for a smaller one.
    assert offered.get(state="accepted").quantity == 300
    assert offered.filter(state="offered").count() == offered.count() - 3 > 0
    assert {one.at.year for one in OrderStep.objects.all()} == {2020}
    assert Order.objects.filter(answer_until__year__gt=2020).count() == 0
    assert Need.objects.filter(state="open", due__gt=DAY).count() >= 2


def test_offers_that_nobody_answered_lapsed_and_their_need_is_open_again(planner):
    lapsed = run("Baju hazmat untuk puskesmas desa").orders
    assert {one.state for one in lapsed.all()} == {"lapsed"}
    assert {one.need.state for one in lapsed.all()} == {"open"}


def test_the_story_told_again_changes_nothing(planner):
    before = (Run.objects.count(), Need.objects.count(), Order.objects.count())
    market.live_through(lambda done, total: None, by=planner)
    assert (Run.objects.count(), Need.objects.count(), Order.objects.count()) == before
    assert User.objects.filter(username="perencana").exists()


def test_of_forty_asked_in_wonosobo_ten_told_nothing_and_that_is_no_no(planner):
    found = readiness.readiness_of(readiness.asked_firms(planner), DAY)
    assert len(found) == 40
    counts = {one.answer.term.key: one for one in readiness.counts(found)}
    told = {key: (counts[key].yes, counts[key].no, counts[key].untold)
            for key in ("nib", "pirt", "halal")}  # fmt: skip
    assert told == {"nib": (25, 5, 10), "pirt": (21, 9, 10), "halal": (23, 7, 10)}
    shares = {key: round(100 * counts[key].share) for key in ("nib", "pirt")}
    assert shares == {"nib": 83, "pirt": 70}
    assert (counts["quantity"].yes, counts["quantity"].untold) == (40, 0)  # Known, not asked.
    assert sum(one.lifts for one in counts.values()) > 0
