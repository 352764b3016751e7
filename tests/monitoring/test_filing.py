"""Every way out of filing: fixed figures, kept papers, versions, ways, and exact reproduction."""

import hashlib
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.db.models import ProtectedError

from pulih.budget.actions import Movement, post
from pulih.budget.models import BudgetLine
from pulih.common.errors import Refusal
from pulih.monitoring import actions
from pulih.monitoring.board import board
from pulih.monitoring.models import Dispatch, Filing, Paper, QuarterProgress, Signatory
from pulih.monitoring.reconcile import differences
from pulih.people.scope import speaking_for
from pulih.references.models import Holiday
from tests.make import budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
IN_TIME = datetime(2020, 4, 7, 16, 0, tzinfo=UTC)  # 23:00 WIB of the fifth working day.
LATE = datetime(2020, 4, 9, 3, 0, tzinfo=UTC)


@made_once
def unit():
    return make.ready()


def file(unit, form="C", now=IN_TIME, by=None, quarter=1, **values):
    by = by or cast.provincial_officer(unit.province.name)
    return actions.file(unit, 2020, quarter, form, by=by, now=now, **values)


def pay(unit, rupiah=10_000_000, day=date(2020, 3, 30), number="SP2D susulan"):
    line = BudgetLine.objects.get(unit=unit)
    return post(
        kind="correction", number=number, unit=unit, fiscal_year=2020, effective_on=day,
        movements=[Movement(line.pk, "realisation", rupiah)], by=budget.system(),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["A", "B", "C", "managerial", "accountability"])
def test_a_report_is_filed_with_its_figures_papers_and_ways(unit, form):
    filing = file(unit, form)
    assert (filing.version, filing.as_of, filing.late_days) == (1, date(2020, 3, 31), 0)
    assert {one.kind for one in filing.papers.all()} == {"pdf", "xlsx"}
    assert bytes(filing.papers.get(kind="pdf").content).startswith(b"%PDF")
    assert actions.still_reproduces(filing) == []
    wanted = {"C": {"minister", "bappeda_province"}, "managerial": {"governor", "minister"}}
    assert {one.recipient for one in filing.dispatches.all()} == wanted.get(
        form, {"governor", "minister"} if form == "accountability" else set()
    )


def test_filing_the_same_again_is_the_same_filing(unit):
    assert file(unit).pk == file(unit, now=LATE).pk
    assert Paper.objects.count() == 2


def test_a_correction_needs_a_reason_and_becomes_a_new_version(unit):
    first = file(unit)
    pay(unit)
    with pytest.raises(Refusal, match=r"Version 1|Versi 1"):
        file(unit)
    second = file(unit, now=LATE, reason="SP2D susulan")
    assert (second.version, second.late_days) == (2, 0)  # The first version was in time.
    assert first.every[0].lines[0].realised + 10_000_000 == second.every[0].lines[0].realised
    assert actions.still_reproduces(first) == actions.still_reproduces(second) == []


def test_who_holds_the_post_on_the_day_of_filing_signs(unit):
    by = cast.provincial_officer()
    successor = make.KPA | {"name": "Sari Andini", "nip": "197601012000032001"}
    actions.name_signatory(unit, **successor, valid_from=date(2020, 8, 1), by=by)
    assert file(unit).every[0].signer("kpa").name == "Ratna Wulandari"
    pay(unit)
    later = file(unit, now=datetime(2020, 8, 3, 3, tzinfo=UTC), reason="SP2D susulan")
    assert later.every[0].signer("kpa").name == "Sari Andini"


def test_nobody_signs_before_being_in_post(unit):
    Signatory.objects.filter(role="kpa").update(valid_from=date(2020, 8, 1))
    with pytest.raises(Refusal) as refused:
        file(unit)
    assert "penanda tangan (KPA) belum diisi" in refused.value.message.id


def test_what_was_filed_stays_the_same_whatever_is_typed_or_posted_later(unit):
    filing = file(unit)
    papers = {one.kind: bytes(one.content) for one in filing.papers.all()}
    pay(unit)
    QuarterProgress.objects.update(physical=99)
    again = Filing.objects.get(pk=filing.pk)
    assert again.every == filing.every
    assert {one.kind: bytes(one.content) for one in again.papers.all()} == papers
    assert list(differences()) == []


def test_figures_that_were_tampered_with_are_found(unit):
    filing = file(unit)
    filing.facts[0]["lines"][0]["realised"] += 1000
    assert actions.still_reproduces(filing) == ["figures", "money"]
    filing.sha256 = hashlib.sha256(b"").hexdigest()
    assert "figures" in actions.still_reproduces(filing)


def test_the_database_refuses_to_change_what_was_filed(unit):
    filing = file(unit)
    for rows in (Filing.objects.filter(pk=filing.pk), Paper.objects.filter(filing=filing)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(sha256="0" * 64)
        with pytest.raises((ProgrammingError, ProtectedError)), transaction.atomic():
            rows.delete()


def test_a_quarter_that_has_not_ended_cannot_be_filed_on_the_offices_own_clock():
    papua = make.ready(budget.unit("Papua", "259999"))
    almost = datetime(2020, 3, 31, 14, 30, tzinfo=UTC)  # 23:30 WIT, still the last day.
    with pytest.raises(Refusal, match="31 Mar 2020"):
        file(papua, now=almost)
    assert file(papua, now=datetime(2020, 3, 31, 15, 30, tzinfo=UTC)).version == 1  # 00:30 WIT


def test_half_past_eleven_in_papua_is_in_time_and_an_hour_later_is_late():
    one = make.ready(budget.unit("Papua", "259999"))
    assert file(one, now=datetime(2020, 4, 7, 14, 30, tzinfo=UTC)).late_days == 0  # 23:30 WIT
    other = make.ready(budget.unit("Maluku", "219999"))
    assert file(other, now=datetime(2020, 4, 7, 15, 30, tzinfo=UTC)).late_days == 1  # 00:30 WIT
    java = make.ready(budget.unit())
    assert file(java, now=datetime(2020, 4, 7, 15, 30, tzinfo=UTC)).late_days == 0  # 22:30 WIB


@pytest.mark.parametrize(
    ("province", "code", "midnight"),
    [("Jawa Barat", "029999", 17), ("Bali", "229999", 16), ("Papua", "259999", 15)],
)
def test_one_minute_before_midnight_is_in_time_and_one_after_is_late(province, code, midnight):
    """midnight: of the fifth working day on the office's own clock, in hours of UTC."""
    of = make.ready(budget.unit(province, code))
    end = datetime(2020, 4, 7, midnight, tzinfo=UTC)
    assert file(of, form="C", now=end - timedelta(minutes=1)).late_days == 0
    by = cast.provincial_officer(province)
    other = make.ready(budget.unit(province, code[:-1] + "8"))
    assert file(other, now=end + timedelta(minutes=1), by=by).late_days == 1
    found = {
        duty.unit: duty.status.state
        for duty in board(by, 2020, 1, end + timedelta(minutes=2))
        if duty.unit
    }
    assert found == {of: "on_time", other: "late"}


def test_a_holiday_more_moves_the_deadline(unit):
    Holiday.objects.create(
        day=date(2020, 4, 2),
        name_indonesian="Libur",
        name_en="Holiday",
        kind="national",
        source="uji",
    )
    filing = file(unit, now=datetime(2020, 4, 8, 3, tzinfo=UTC))
    assert (filing.due, filing.late_days) == (date(2020, 4, 8), 0)


def test_what_is_missing_is_refused_in_one_sentence(unit):
    QuarterProgress.objects.all().delete()
    with pytest.raises(Refusal) as refused:
        file(unit)
    assert "1 keluaran belum berisi realisasi fisik" in refused.value.message.id
    assert not Filing.objects.exists()


@pytest.mark.parametrize(
    "person",
    [
        cast.regency_officer,
        cast.auditor,
        cast.administrator,
        lambda: cast.provincial_officer("Bali"),
    ],
)
def test_who_may_not_file_is_refused(unit, person):
    with pytest.raises(PermissionDenied):
        file(unit, by=person())


def test_the_ways_of_a_filing_are_recorded_with_their_receipts(unit):
    dispatch = file(unit).dispatches.get(recipient="bappeda_province")
    by = cast.provincial_officer()
    values = {"letter_number": "090/1", "receipt_number": "TT-7", "now": LATE}
    for wrong, words in (
        (date(2020, 3, 31), r"before the quarter has ended, on 31 Mar 2020|berakhir, 31 Mar 2020"),
        (date(2020, 4, 10), r"not come yet|belum tiba"),
    ):
        with pytest.raises(Refusal, match=words):
            actions.record_dispatch(dispatch, **values, sent_on=wrong, received_on=None, by=by)
    with pytest.raises(Refusal, match=r"before it is sent|sebelum dikirim"):
        actions.record_dispatch(
            dispatch, **values, sent_on=date(2020, 4, 8), received_on=date(2020, 4, 7), by=by
        )
    actions.record_dispatch(
        dispatch, **values, sent_on=date(2020, 4, 7), received_on=date(2020, 4, 8), by=by
    )
    kept = Dispatch.objects.get(pk=dispatch.pk)
    assert (kept.receipt_number, kept.received_on) == ("TT-7", date(2020, 4, 8))
    with pytest.raises(PermissionDenied):
        actions.record_dispatch(
            dispatch, **values, sent_on=None, received_on=None, by=cast.auditor()
        )


def test_a_province_consolidates_what_its_units_filed():
    one, other = make.ready(), make.ready(budget.unit(code="029998"))
    province = one.province
    by = cast.provincial_officer()
    file(one)
    with pytest.raises(Refusal, match=r"Form C has not been filed|Formulir C belum dilaporkan"):
        actions.file_consolidation(province, 2020, 1, by=by, now=LATE)
    file(other)
    filing = actions.file_consolidation(province, 2020, 1, by=by, now=LATE)
    assert len(filing.every) == 2
    assert (filing.due, filing.late_days) == (date(2020, 4, 21), 0)
    assert {d.recipient for d in filing.dispatches.all()} == {
        "bappenas", "finance", "home_affairs",
    }  # fmt: skip
    pay(one)
    file(one, reason="SP2D susulan", now=LATE)
    assert actions.still_reproduces(filing) == []
    second = actions.file_consolidation(province, 2020, 1, by=by, now=LATE, reason="koreksi")
    assert second.version == 2


def test_the_workbook_that_was_kept_says_the_ledgers_figures(unit):
    content = bytes(file(unit).papers.get(kind="xlsx").content)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets
    (total,) = [row for row in sheet.values if row[0] == "Jumlah"]
    assert (total[4], total[7]) == (1_000_000, 123_457)
    heads = [str(cell) for row in sheet.values for cell in row if cell and "ribu Rp" in str(cell)]
    assert len(heads) == 4


def test_the_face_is_clean_and_the_metadata_say_what_is_not_verified(unit):
    papers = file(unit).papers
    book = openpyxl.load_workbook(io.BytesIO(bytes(papers.get(kind="xlsx").content)))
    assert "dari ingatan" in book.properties.description
    assert not any("ingatan" in str(cell) for sheet in book for row in sheet.values for cell in row)
    assert b"pdfuaid" in bytes(papers.get(kind="pdf").content)


def rows_of_a_stranger(person) -> int:
    with speaking_for(person), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM monitoring_filing) + (SELECT count(*) FROM "
            "monitoring_paper) + (SELECT count(*) FROM monitoring_dispatch) + (SELECT count(*) "
            "FROM monitoring_activitytarget) + (SELECT count(*) FROM monitoring_quarterprogress)"
        )
        return cursor.fetchone()[0]


def test_postgresql_hides_another_provinces_reports_and_shows_ones_own(unit):
    file(unit)
    assert rows_of_a_stranger(cast.provincial_officer("Bali")) == 0
    assert rows_of_a_stranger(cast.regency_officer()) == 0
    own = rows_of_a_stranger(cast.provincial_officer())
    assert own == rows_of_a_stranger(cast.auditor()) == rows_of_a_stranger(cast.planner()) > 0
    assert not Filing.objects.visible_to(cast.provincial_officer("Bali")).exists()
    assert not Filing.objects.visible_to(cast.regency_officer()).exists()
    assert Filing.objects.visible_to(cast.auditor()).exists()


def test_postgresql_refuses_rows_in_another_province(unit):
    for stranger in (cast.provincial_officer("Bali"), cast.auditor()):
        with (
            speaking_for(stranger),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            make.target(unit, "009")
