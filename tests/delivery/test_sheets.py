"""Sheets to sign by hand: one code each, for those who run the class, of whoever sits in it."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions import activities, rosters
from pulih.delivery.actions.sheets import prepare
from pulih.delivery.documents.sheets import values
from pulih.delivery.reads.sheets import sheet_or_404, sheets_of
from pulih.documents.kinds import page_of
from pulih.documents.models import PaperCode
from pulih.people.scope import speaking_for
from tests.make import delivery as make
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    made = make.cohort()
    make.seated(made, 3)
    return made


def prepared(key, subject, by=None):
    by = by or cast.provincial_officer()
    return prepare(sheet_or_404(by, key, subject), by=by, today=make.LAST)


def decreed(cohort, number):
    of = {"decree_number": number, "decree_on": make.FIRST}
    activities.save_activity(cohort.activity, by=cast.provincial_officer(), **of)
    return prepared("decree", cohort.activity_id)


def test_a_sheet_keeps_its_code_however_often_it_is_printed(cohort):
    first = prepared("receipts", cohort.pk)
    with speaking_for(cast.regency_officer()):
        assert prepared("receipts", cohort.pk, cast.regency_officer()) == first
    assert (first.number, first.dated) == (f"Bimtek masker kain, {cohort.name}", make.LAST)
    assert page_of(first) == reverse("delivery:cohort", args=[cohort.pk])


def test_a_decree_of_another_number_is_another_version_and_the_first_is_found_again(cohort):
    first, second = decreed(cohort, "SK-1/2020"), decreed(cohort, "SK-2/2020")
    first.refresh_from_db()
    assert (first.state, first.version, second.version) == ("replaced", 1, 2)
    assert page_of(first) == page_of(second)


def test_a_decree_is_not_printed_under_the_code_of_its_former_number(cohort, client):
    decreed(cohort, "SK-1/2020")
    of = {"decree_number": "SK-2/2020", "decree_on": make.FIRST}
    activities.save_activity(cohort.activity, by=cast.provincial_officer(), **of)
    client.force_login(cast.provincial_officer())
    address = reverse("delivery:sheet", args=["decree", cohort.activity_id])
    assert client.get(address).status_code == 404


def test_a_day_has_one_attendance_list_whatever_its_sessions(cohort):
    by, morning = cast.provincial_officer(), make.session(cohort)
    noon = activities.add_session(
        cohort, day=morning.day, starts_at=time(14), lesson_hours=2, subject="Pola", video="",
        by=by,
    )  # fmt: skip
    activities.add_session(
        cohort, day=morning.day + timedelta(1), starts_at=time(8), lesson_hours=2, subject="Pola",
        video="", by=by,
    )  # fmt: skip
    assert prepared("attendance", noon.pk) == prepared("attendance", morning.pk)
    assert [one.key for one in sheets_of(cohort)] == ["attendance", "attendance", "receipts"]
    assert [bool(one.paper) for one in sheets_of(cohort)] == [True, False, False]
    page = page_of(PaperCode.objects.get())
    assert page == reverse("delivery:attendance", args=[cohort.pk])


def test_whoever_sits_there_stands_on_it_with_the_ends_of_a_nik_alone(cohort):
    by, gone = cast.provincial_officer(), cohort.participants.get(number=2)
    rosters.leave(cohort, number=2, left_on=make.FIRST, reason="Sakit", by=by)
    decreed(cohort, "SK-1/2020")
    rows = values(sheet_or_404(by, "decree", cohort.activity_id))["rows"]
    assert [row[0] for row in rows] == ["1", "2"]
    assert gone.person.name not in [row[1] for row in rows]
    for one in cohort.participants.seated():
        assert one.person.nik.whole not in str(rows)


def test_a_sheet_of_nobody_or_of_no_decree_is_refused(cohort):
    with pytest.raises(Refusal, match="nomor dan tanggal SK"):
        prepared("decree", cohort.activity_id)
    empty = make.cohort(regency="Kota Bandung")
    with pytest.raises(Refusal, match="Belum ada peserta"):
        prepared("receipts", empty.pk)
    assert not PaperCode.objects.exists()


def test_only_who_runs_the_class_prepares_its_sheet(cohort):
    with pytest.raises(Http404):
        prepared("receipts", cohort.pk, cast.provincial_officer("Bali"))
    sheet = sheet_or_404(cast.provincial_officer(), "receipts", cohort.pk)
    with pytest.raises(PermissionDenied):
        prepare(sheet, by=cast.auditor(), today=make.LAST)


def test_an_office_prints_a_sheet_from_its_page(client, cohort):
    client.force_login(cast.provincial_officer())
    session = make.session(cohort)
    sheet, ready = (
        reverse(f"delivery:{name}", args=["attendance", session.pk])
        for name in ("sheet", "prepare-sheet")
    )
    assert client.get(sheet).status_code == 404
    assert ready in client.get(reverse("delivery:cohort", args=[cohort.pk])).content.decode()
    assert client.post(ready).headers["Location"] == sheet
    assert client.get(sheet).content.startswith(b"%PDF")
    unknown = reverse("delivery:prepare-sheet", args=["poem", session.pk])
    assert client.post(unknown).status_code == 404
    decree = reverse("delivery:prepare-sheet", args=["decree", cohort.activity_id])
    back = client.post(decree, follow=True)
    assert "Isi dahulu nomor dan tanggal SK" in back.content.decode()
