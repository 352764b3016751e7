"""Sheets to sign by hand: one code each, for those who run the class, of whoever sits in it."""

import io
from datetime import date, time, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.urls import reverse

from pulih.common.errors import Refusal
from pulih.delivery.actions import activities, goods, rosters
from pulih.delivery.actions.sheets import prepare
from pulih.delivery.documents.sheets import values
from pulih.delivery.models import Activity, Selection
from pulih.delivery.reads.sheets import KINDS, sheet_or_404, sheets_of, sheets_of_goods
from pulih.documents.kinds import page_of
from pulih.documents.models import PaperCode
from pulih.people.scope import speaking_for
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
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


def test_a_decree_bears_its_day_and_the_regulation_that_held_on_it(cohort):
    decreed(cohort, "SK-1/2020")
    by, activity = cast.provincial_officer(), cohort.activity
    found = values(sheet_or_404(by, "decree", activity.pk))
    assert found["number"] == "SK-1/2020, Senin, 22 Juni 2020"
    assert dict(found["clauses"])["Mengingat"].startswith("PP 7/2008;")
    Activity.objects.filter(pk=activity.pk).update(decree_on=date(2022, 5, 9))
    found = values(sheet_or_404(by, "decree", activity.pk))
    assert dict(found["clauses"])["Mengingat"].startswith("PP 19/2022;")


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
    assert [one.key for one in sheets_of(cohort)] == [
        "invitation", "schedule", "attendance", "attendance", "receipts",
    ]  # fmt: skip
    assert [bool(one.paper) for one in sheets_of(cohort)] == [False, False, True, False, False]
    page = page_of(PaperCode.objects.get())
    assert page == reverse("delivery:attendance", args=[cohort.pk])


def test_whoever_sits_there_stands_on_it_with_the_ends_of_a_nik_alone(cohort):
    by, gone = cast.provincial_officer(), cohort.participants.get(number=2)
    rosters.leave(cohort, number=2, left_on=make.FIRST, reason="Sakit", by=by)
    decreed(cohort, "SK-1/2020")
    rows = values(sheet_or_404(by, "decree", cohort.activity_id))["tables"][0]["rows"]
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


def test_a_regency_prepares_the_decree_of_its_own_activity(cohort):
    by = cast.regency_officer()
    with speaking_for(by):
        own = make.activity(by, make.areas.regency("Kab. Indramayu"), decree_number="SK-3",
                            decree_on=make.FIRST)  # fmt: skip
        make.seated(make.cohort(of=own, by=by), 2, 50, by=by)
        paper = prepared("decree", own.pk, by)
    assert paper.regency == own.regency


def test_a_schedule_says_what_is_taught_when_and_by_whom_and_changes_its_version(cohort):
    by = cast.provincial_officer()
    make.session(cohort, make.LAST, hours=4)
    make.session(cohort)
    activities.add_trainer(cohort, name="Rahmat", role="trainer", institution="BLK", by=by)
    first = prepared("schedule", cohort.pk)
    found = values(sheet_or_404(by, "schedule", cohort.pk))
    lessons, trainers = found["tables"]
    assert [(row[1], row[2], row[3]) for row in lessons["rows"]] == [
        ("Senin, 22 Juni 2020", "08.00 WIB", 8), ("Kamis, 25 Juni 2020", "08.00 WIB", 4),
    ]  # fmt: skip
    assert lessons["foot"][3] == 12
    assert trainers["rows"] == [["1", "Rahmat", "Instruktur", "BLK"]]
    make.session(cohort, make.LAST, at=14)
    assert not sheet_or_404(by, "schedule", cohort.pk).is_current
    assert prepared("schedule", cohort.pk).version == first.version + 1


def test_an_invitation_names_day_place_and_people_and_waits_for_sessions(cohort):
    with pytest.raises(Refusal, match="sesi"):
        prepared("invitation", cohort.pk)
    make.session(cohort)
    make.session(cohort, make.LAST)
    prepared("invitation", cohort.pk)
    found = values(sheet_or_404(cast.provincial_officer(), "invitation", cohort.pk))
    said = dict(found["clauses"])
    assert said["Hari, tanggal"] == "Senin, 22 Juni 2020 sampai Kamis, 25 Juni 2020"
    assert said["Waktu"].startswith("mulai 08.00 WIB")
    assert "Balai latihan" in said["Tempat"]
    assert len(found["tables"][0]["rows"]) == 3


def test_a_stock_card_adds_up_to_what_lies_in_store(cohort):
    by, cloth = cast.provincial_officer(), make.stocked(cohort.activity, 100, 1_000_003)
    goods.move(cloth, kind="issued", quantity=30, day=make.FIRST, by=by, today=make.LAST)
    goods.move(cloth, kind="returned", quantity=4, day=make.LAST, by=by, today=make.LAST)
    first = prepared("stock-card", cloth.pk)
    store, elsewhere = values(sheet_or_404(by, "stock-card", cloth.pk))["tables"]
    assert [row[4:7] for row in store["rows"]] == [[100, "", 100], ["", 30, 70], [4, "", 74]]
    stocks = {one.spot: one for one in cloth.stocks.all()}
    assert store["foot"][4:] == [104, 30, 74, stocks["store"].value]
    assert elsewhere["rows"] == [["Pada angkatan", 26, stocks["workshop"].value]]
    assert stocks["store"].value + stocks["workshop"].value == 1_000_003
    goods.move(
        cloth, kind="lost", quantity=1, day=make.LAST, reason="basah", by=by, today=make.LAST
    )
    assert prepared("stock-card", cloth.pk).version == first.version + 1
    assert page_of(first) == reverse("delivery:goods", args=[cohort.activity_id])


def test_the_minutes_of_an_inspection_are_of_one_day_and_say_what_passed(cohort):
    by, masks = cast.provincial_officer(), make.item(cohort.activity, "Masker")
    goods.make_batch(masks, quantity=50, material=None, used=0, day=make.FIRST, session=None, by=by,
                     today=make.LAST)  # fmt: skip
    for kind, quantity, reason in (("passed", 40, ""), ("scrapped", 3, "jahitan lepas")):
        last = goods.move(masks, kind=kind, quantity=quantity, reason=reason, day=make.FIRST, by=by,
                          today=make.LAST)  # fmt: skip
    goods.move(masks, kind="passed", quantity=7, day=make.LAST, by=by, today=make.LAST)
    paper = prepared("inspection", last.pk)
    found = values(sheet_or_404(by, "inspection", last.pk))
    assert [row[1:5] for row in found["tables"][0]["rows"]] == [
        ["Lolos pemeriksaan", 40, 0, "–"], ["Afkir", 3, 0, "jahitan lepas"],
    ]  # fmt: skip
    assert "40 potong lolos dan 3 potong afkir" in found["text"][0]
    assert paper.dated == make.FIRST
    assert page_of(paper) == reverse("delivery:goods", args=[cohort.activity_id])
    keys = [one.key for one in sheets_of_goods(cohort.activity)]
    assert keys == ["stock-card", "inspection", "inspection"]


def test_what_never_moved_has_no_card_and_a_move_that_is_no_inspection_no_minutes(cohort):
    by, idle = cast.provincial_officer(), make.item(cohort.activity, "Benang")
    with pytest.raises(Refusal, match="belum"):
        prepared("stock-card", idle.pk)
    bought = make.stocked(cohort.activity).moves.get()
    with pytest.raises(Http404):
        sheet_or_404(by, "inspection", bought.pk)


def test_a_schedule_and_a_stock_card_are_taken_along_as_workbooks(client, cohort):
    client.force_login(cast.provincial_officer())
    make.session(cohort)
    cloth = make.stocked(cohort.activity, 100, 1_000_000)
    for key, subject in (("schedule", cohort.pk), ("stock-card", cloth.pk)):
        address = reverse("delivery:sheet-workbook", args=[key, subject])
        assert client.get(address).status_code == 404
        paper = prepared(key, subject)
        book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
        cells = [cell.value for row in book.active.iter_rows() for cell in row]
        assert any(paper.written in str(cell) for cell in cells)
        assert {"schedule": "Pola", "stock-card": 1_000_000}[key] in cells
    prepared("receipts", cohort.pk)
    receipts = reverse("delivery:sheet-workbook", args=["receipts", cohort.pk])
    assert client.get(receipts).status_code == 404


def further_decree(cohort):
    """Let a selection with a decree of its own have seated somebody; return its key."""
    made = make.drawn(cohort.activity)
    Selection.objects.filter(pk=made.pk).update(
        solved_at=F("drawn_at"), decreed_at=F("drawn_at"), decree_number="SK-2/2020",
        decreed_on=make.FIRST,
    )  # fmt: skip
    cohort.participants.filter(number=1).update(selection=made)
    return made.pk


def test_every_kind_of_sheet_prints(client, cohort):
    client.force_login(cast.provincial_officer())
    session, cloth = make.session(cohort), make.stocked(cohort.activity)
    made = goods.make_batch(cloth, quantity=5, material=None, used=0, day=make.FIRST, session=None,
                            by=cast.provincial_officer(), today=make.LAST)  # fmt: skip
    passed = goods.move(cloth, kind="passed", quantity=made.quantity, day=make.LAST,
                        by=cast.provincial_officer(), today=make.LAST)  # fmt: skip
    decreed(cohort, "SK-1/2020")
    subjects = {
        "decree": cohort.activity_id, "attendance": session.pk, "stock-card": cloth.pk,
        "inspection": passed.pk, "final-report": cohort.activity_id,
        "further-decree": further_decree(cohort),
    }  # fmt: skip
    for key in KINDS:
        subject = subjects.get(key, cohort.pk)
        client.post(reverse("delivery:prepare-sheet", args=[key, subject]))
        answer = client.get(reverse("delivery:sheet", args=[key, subject]))
        assert answer.content.startswith(b"%PDF"), key


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
