"""The page of an activity: how far it has come, and what keeps it from being closed."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.delivery.models import Person
from tests.make import areas
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
def activity():
    return make.payable(2)


def shown(client, activity, by=None):
    client.force_login(by or cast.provincial_officer())
    return client.get(reverse("delivery:activity", args=[activity.pk]))


def test_what_is_missing_names_who_holds_it_since_when_and_leads_there(client):
    cohort = make.cohort(3)
    activity = cohort.activity
    make.session(cohort)
    make.seated(cohort, 3)
    Person.objects.filter(seats__number=3).update(nik="", nik_key="")
    sent = make.handover(make.stocked(activity, 500), 480)
    page = shown(client, activity)
    gaps = {one.url: one for one in page.context["gaps"]}
    marks = gaps[reverse("delivery:attendance", args=[cohort.pk])]
    assert (marks.title, marks.since) == ("3 kehadiran belum dicatat", make.FIRST)
    answer = gaps[reverse("delivery:handover", args=[sent.pk])]
    assert (answer.holder, answer.since) == (sent.receiver_name, sent.sent_on)
    assert answer.due.is_late
    number = gaps[reverse("delivery:participants") + f"?activity={activity.pk}&provisional=on"]
    assert number.title == "1 peserta tanpa NIK"
    assert client.get(number.url).context["list"].page.total == 1
    text = page.content.decode()
    assert "Dipegang oleh Gugus Tugas Jawa Barat" in text
    assert "lewat" in text


def test_the_way_shows_each_station_and_stands_at_the_first_that_lacks(client, activity):
    stations = shown(client, activity).context["way"]
    assert [one.label for one in stations] == [
        "Uang disisihkan", "Peserta ditetapkan", "Pelatihan berjalan", "Dibayar",
        "Dipertanggungjawabkan",
    ]  # fmt: skip
    assert [one.state for one in stations] == ["done", "done", "done", "now", "ahead"]
    assert stations[2].who == "2 dari 2 selesai"


def test_a_nominative_list_says_how_far_its_money_is_and_which_papers_lack(client, activity):
    made = make.payment_list(activity)
    gaps = {one.url: one for one in shown(client, activity).context["gaps"]}
    gap = gaps[reverse("delivery:payment-list", args=[made.pk])]
    assert gap.detail.startswith("dibuat")
    assert "kurang" in gap.detail
    assert "disisihkan dan belum diikat" in " ".join(one.title for one in gaps.values())
    assert gaps["#papers"].title == "Laporan akhir bertanda tangan"


def test_an_activity_without_decree_waits_for_it_and_hides_money_from_who_sees_none(client):
    activity = make.activity(
        area=areas.regency(), starts_on=date(2099, 6, 1), ends_on=date(2099, 6, 2)
    )
    page = shown(client, activity, cast.regency_officer())
    assert [one.state for one in page.context["way"]] == ["now", "ahead", "ahead"]
    [gap] = page.context["gaps"]
    [read_only] = shown(client, activity, cast.auditor()).context["gaps"]
    assert (gap.url, read_only.url) == (reverse("delivery:edit", args=[activity.pk]), "")


def test_a_training_that_has_not_begun_is_not_called_complete(client):
    ahead = make.activity(
        starts_on=date(2099, 6, 1), ends_on=date(2099, 6, 2), decree_number="SK-1",
        decree_on=make.FIRST,
    )  # fmt: skip
    page = shown(client, ahead)
    assert page.context["gaps"] == []
    assert "Sampai hari ini tidak ada yang kurang" in page.content.decode()
    assert "lengkap" not in page.content.decode()
