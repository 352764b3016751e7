"""The final report: its figures are those that stand, and it says what is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions import certificates, goods
from pulih.delivery.actions.sheets import prepare
from pulih.delivery.documents.final_report import missing
from pulih.delivery.documents.sheets import pdf, values
from pulih.delivery.models import Activity
from pulih.delivery.reads.report import final_report
from pulih.delivery.reads.sheets import sheet_or_404, sheets_of_activity
from pulih.delivery.rules.costs import Reached, unit_costs
from pulih.documents.kinds import seen_with
from pulih.people.permissions import holds
from pulih.people.scope import speaking_for
from tests.delivery import paying
from tests.make import delivery as make
from tests.people import cast


def sheet(activity, by=None):
    return sheet_or_404(by or cast.provincial_officer(), "final-report", activity.pk)


def prepared(activity, today=make.LAST):
    return prepare(sheet(activity), by=cast.provincial_officer(), today=today)


def table(found, title):
    return next(one for one in found["tables"] if one["title"] == title)


@pytest.mark.django_db
def test_a_report_takes_people_goods_and_money_from_what_stands_and_names_what_does_not():
    activity = make.payable(5, absent=[(5, 1)])  # Half of the lesson hours: not enough.
    by, given = cast.provincial_officer(), make.payment_list(activity)
    paying.committed(activity)
    paying.requested(given)
    paying.paid(given)
    masks = make.item(activity, "Masker kain")
    goods.make_batch(masks, quantity=52, material=None, used=0, day=make.FIRST, session=None,
                     by=by, today=make.LAST)  # fmt: skip
    goods.move(masks, kind="passed", quantity=52, day=make.LAST, by=by, today=make.LAST)
    report = final_report(activity, by)
    prepared(activity)
    found = values(sheet(activity))
    assert table(found, "Peserta dan kehadiran")["foot"][2:] == [5, 5, "", 9, 4, 1, 0]
    assert table(found, "Barang")["rows"][0][2:9] == [52, 52, 0, 0, 0, 0, 52]
    paid = given.gross
    assert report.costs.paid_rupiah == paid == (4 * 2 + 1) * 110_000
    assert [(row[0], row[2]) for row in found["tables"][4]["rows"]] == [
        ("Peserta", paid // 5), ("JP seorang peserta (45 menit)", paid // (4 * 16 + 8)),
        ("Barang yang lolos pemeriksaan", paid // 52),
    ]  # fmt: skip
    said = missing(activity, report)
    assert "4 orang selesai tanpa sertifikat." in said
    assert "52 satuan barang masih pada kegiatan." in said
    assert not any("belum dicatat" in one or "daftar nominatif" in one for one in said)
    assert pdf(sheet(activity)).startswith(b"%PDF")


@pytest.mark.django_db
def test_what_came_in_of_goods_is_what_went_out_and_what_is_left():
    activity, by = make.activity(), cast.provincial_officer()
    moved = {"day": make.FIRST, "by": by, "today": make.LAST}
    cloth, masks = make.stocked(activity, 130, 1_000_000), make.item(activity, "Masker")
    goods.move(cloth, kind="issued", quantity=120, **moved)
    goods.make_batch(masks, quantity=50, material=cloth, used=110, session=None, **moved)
    goods.move(masks, kind="passed", quantity=40, **moved)
    goods.move(masks, kind="scrapped", quantity=3, reason="Sobek", **moved)
    goods.move(masks, kind="lost", quantity=2, reason="Basah", **moved)
    for one in final_report(activity, by).goods:
        assert one.bought + one.made == one.used + one.gone + one.received + one.left
    lost = next(one for one in final_report(activity, by).goods if one.name == "Masker")
    assert (lost.gone, lost.left) == (5, 45)


@pytest.mark.django_db
def test_other_figures_are_another_version_and_the_former_is_printed_no_more(client):
    cohort = make.cohort()
    make.seated(cohort, 3)
    make.session(cohort)
    first = prepared(cohort.activity)
    assert sheet(cohort.activity).is_current
    make.attended(cohort)
    assert not sheet(cohort.activity).is_current
    client.force_login(cast.provincial_officer())
    address = reverse("delivery:sheet", args=["final-report", cohort.activity_id])
    assert client.get(address).status_code == 404
    assert prepared(cohort.activity).version == first.version + 1
    assert client.get(address).content.startswith(b"%PDF")


@pytest.mark.django_db
def test_no_final_report_is_printed_before_the_last_day():
    activity = make.activity()
    with pytest.raises(Refusal, match="25 Jun 2020"):
        prepared(activity, make.LAST - timedelta(1))


@pytest.mark.django_db
def test_an_office_that_sees_no_budget_is_told_so_in_its_report():
    by = cast.regency_officer()
    with speaking_for(by):
        own = make.activity(by, make.areas.regency("Kab. Indramayu"))
        report = final_report(Activity.objects.get(pk=own.pk), by)
        assert report.money is None
        assert any("tidak tampil" in one for one in missing(own, report))
        assert pdf(sheet(own, by)).startswith(b"%PDF")


@pytest.mark.django_db
def test_a_regency_and_its_province_each_keep_a_report_of_their_own():
    regency, province = cast.regency_officer(), cast.provincial_officer()
    place = make.areas.regency("Kab. Indramayu")
    with speaking_for(regency):
        activity = make.activity(regency, place)
    made = {}
    for by in (regency, province):
        with speaking_for(by):
            made[by] = prepare(sheet(activity, by), by=by, today=make.LAST)
    assert made[regency].kind != made[province].kind
    for by in (regency, province):
        with speaking_for(by):
            held = sheet(activity, by)
            assert (held.paper, held.is_current) == (made[by], True)
            (shown,) = sheets_of_activity(activity, by)
            assert shown.paper == made[by]
            assert prepare(held, by=by, today=make.LAST) == made[by]
    assert made[province].kind not in seen_with(lambda allowed: holds(regency, allowed))
    assert made[regency].kind in seen_with(lambda allowed: holds(regency, allowed))


@pytest.mark.django_db
def test_certificates_are_no_longer_missing_once_issued():
    activity = make.payable(2)
    by = cast.provincial_officer()
    assert "2 orang selesai tanpa sertifikat." in missing(activity, final_report(activity, by))
    certificates.issue_all(
        activity.cohorts.get(), number="S", dated=make.LAST, by=by, today=make.LAST
    )
    assert not any("sertifikat" in one for one in missing(activity, final_report(activity, by)))


def test_what_cannot_be_divided_has_no_cost():
    assert unit_costs(None) == unit_costs(Reached(100, 0, 0, 0))
    found = unit_costs(Reached(1_000, 3, 7, 0))
    assert (found.person, found.hour, found.piece) == (333, 142, None)
