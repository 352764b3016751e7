"""The pages of reports: the journey, what they refuse, who is a stranger, what they export."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from pulih.budget.models import Posting
from pulih.monitoring.models import ActivityTarget, Filing, QuarterNote, QuarterProgress
from pulih.monitoring.reads import facts_of
from tests.html import squeezed
from tests.make import budget
from tests.make import monitoring as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
PART = {"programme": "", "activity": "3038", "output": "001"}
TARGET = {
    **PART, "name": "Bimtek masker", "indicator": "IKM dilatih", "measured_in": "IKM",
    "volume": "40", "planned_1": "100.000", "planned_2": "500.000", "planned_3": "700.000",
    "planned_4": "900.000", "physical_1": "10", "physical_2": "50,5", "physical_3": "70",
    "physical_4": "100",
}  # fmt: skip
QUARTER = {
    **{f"o0-{name}": value for name, value in PART.items()},
    "o0-volume": "4", "o0-physical": "10,5", "o0-remark": "", "n0-programme": "",
    "n0-activity": "3038", "n0-obstacle": "PSBB", "n0-follow_up": "Daring", "n0-helper": "Kominfo",
}  # fmt: skip
SIGNATORY = {**make.KPA, "valid_from": "2020-01-01"}


@made_once
def unit():
    of = budget.unit()
    budget.line(of, ceiling=1_000_000_000, committed=200_000_000, realised=123_456_789)
    return of


def visitor(person=None) -> Client:
    client = Client()
    client.force_login(person or cast.provincial_officer())
    return client


def page(name, *arguments, **query) -> str:
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"monitoring:{name}", args=arguments) + (f"?{words}" if words else "")


def read(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_from_target_to_filing_everything_is_typed_once(unit):
    officer = visitor()
    quarter = page("quarter", unit.pk, 2020, 1)
    assert "Belum dapat dilaporkan" in officer.get(quarter).content.decode()
    assert officer.post(page("save-target", unit.pk, 2020), TARGET).status_code == 303
    assert ActivityTarget.objects.get().planned_4 == 900_000_000
    assert officer.post(page("save-quarter", unit.pk, 2020, 1), QUARTER).status_code == 303
    assert officer.post(page("save-signatory", unit.pk, 2020), SIGNATORY).status_code == 303
    heading = {"programme": "", "activity": "3038", "name": "Pengembangan IKM"}
    assert officer.post(page("save-heading", unit.pk, 2020), heading).status_code == 303
    general = {"dipa_number": "SP DIPA-019", "dipa_date": "2019-11-12"}
    assert officer.post(page("save-general", unit.pk, 2020), general).status_code == 303
    preview = officer.get(page("report", unit.pk, 2020, 1, "B")).content.decode()
    for words in ("123.457", "10,50", "PSBB", "SP DIPA-019", "Pengembangan IKM", "ribu Rp"):
        assert words in preview
    answer = officer.post(page("file", unit.pk, 2020, 1, "C"))
    filing = Filing.objects.get()
    assert answer.url == page("filing", filing.pk)
    shown = officer.get(answer.url).content.decode()
    assert filing.sha256 in shown
    assert "style=" not in shown
    assert "versi 1" in officer.get(quarter).content.decode()
    first = officer.get(page("filing", filing.pk, format="pdf")).content
    QuarterProgress.objects.update(physical=40)
    assert officer.get(page("filing", filing.pk, format="pdf")).content == first


def test_figures_in_another_unit_are_marked_and_what_was_typed_stays(unit):
    officer = visitor()
    wrong = TARGET | {"planned_4": "900.000.000"}
    answer = officer.post(page("save-target", unit.pk, 2020), wrong).content.decode()
    assert "Maksud Anda 900.000?" in answer
    assert 'value="900.000.000"' in answer
    assert not ActivityTarget.objects.exists()
    officer.post(page("save-target", unit.pk, 2020), TARGET)
    slip = QUARTER | {"o0-physical": "1050"}
    answer = officer.post(page("save-quarter", unit.pk, 2020, 1), slip).content.decode()
    assert "Maksud Anda 10,50?" in answer
    assert "PSBB" in answer
    assert not QuarterProgress.objects.exists()
    assert not QuarterNote.objects.exists()


def test_the_target_of_an_output_that_the_unit_does_not_have_is_not_kept(unit):
    for output in ("", "%s' OR 1=1 --", "9" * 40):
        answer = visitor().post(page("save-target", unit.pk, 2020), TARGET | {"output": output})
        assert "satker tidak memiliki keluaran itu" in answer.content.decode()
    assert not ActivityTarget.objects.exists()


def test_a_plan_that_falls_is_marked_where_it_falls_and_the_top_says_so(unit):
    wrong = TARGET | {"planned_2": "50.000"}
    answer = visitor().post(page("save-target", unit.pk, 2020), wrong)
    shown = answer.content.decode()
    assert "Belum ada yang disimpan" in shown
    assert "pagu 1.000.000 ribu rupiah" in shown
    (form,) = [row.form for row in answer.context["rows"]]
    assert list(form.errors) == ["planned_2"]
    wrong = TARGET | {"planned_1": "dua", "volume": "1.000.000.000"}
    answer = visitor().post(page("save-target", unit.pk, 2020), wrong).content.decode()
    assert "Tulis ribu rupiah bulat" in answer
    assert "volume, bukan uang" in answer


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(unit):
    make.target(unit)
    officer, save = visitor(), page("save-quarter", unit.pk, 2020, 1)
    opened = officer.get(page("quarter", unit.pk, 2020, 1)).context["mark"]
    assert officer.post(save, QUARTER | {"seen": opened}).status_code == 303
    late = QUARTER | {"o0-physical": "9", "seen": opened}
    answer = officer.post(save, late)
    assert "Orang lain sudah menyimpan" in answer.content.decode()
    assert str(QuarterProgress.objects.get().physical) == "10.50"
    assert 'value="9"' in answer.content.decode()  # What was typed stays, to be compared.
    assert officer.post(save, late | {"seen": answer.context["mark"]}).status_code == 303
    assert QuarterProgress.objects.get().physical == 9


def test_a_report_that_is_not_complete_is_not_filed_and_the_page_says_why(unit):
    officer = visitor()
    answer = officer.post(page("file", unit.pk, 2020, 1, "C"), follow=True)
    assert "Belum dapat dilaporkan" in answer.content.decode()
    assert not Filing.objects.exists()
    assert officer.post(page("save-signatory", unit.pk, 2020), SIGNATORY | {"nip": "12"}).context


def test_a_report_says_who_will_sign_it(unit):
    make.signatories(unit)
    for form, name in (("A", "Bagus Santika"), ("C", "Ratna Wulandari")):
        shown = visitor().get(page("report", unit.pk, 2020, 1, form)).content.decode()
        assert f"Akan ditandatangani oleh {name}" in shown


def test_who_is_appointed_signs_the_report_unless_another_is_named(unit):
    held = budget.appointment(unit, "kpa", nip="19700101 199503 2 001")
    shown = visitor().get(page("report", unit.pk, 2020, 1, "C")).content.decode()
    assert f"Akan ditandatangani oleh {held.person}" in shown
    assert facts_of(unit, 2020, 1).signer("kpa").nip == "197001011995032001"


def test_filing_again_without_a_change_says_that_nothing_new_was_filed(unit):
    make.progress(make.target(unit))
    make.signatories(unit)
    officer, address = visitor(), page("file", unit.pk, 2020, 1, "C")
    officer.post(address)
    again = officer.post(address, follow=True).content.decode()
    assert "Tidak ada yang berubah sejak versi 1" in again
    assert Filing.objects.count() == 1
    shown = officer.get(page("report", unit.pk, 2020, 1, "C")).content.decode()
    assert 'name="reason"' in shown
    assert "Alasan koreksi (boleh kosong)" not in shown


def test_a_unit_without_a_budget_has_no_paper_to_take(unit):
    officer = visitor()
    for form in ("A", "B", "C", "managerial", "accountability"):
        shown = officer.get(page("report", unit.pk, 2021, 1, form)).content.decode()
        assert "Belum ada dokumen anggaran yang berlaku" in shown
        assert "format=pdf" not in shown
        answer = officer.get(page("report", unit.pk, 2021, 1, form, format="pdf"))
        assert answer["Content-Type"].startswith("text/html")


def test_the_board_shows_who_is_late_and_exports_what_it_shows(unit):
    make.signatories(unit)
    papua = budget.unit("Papua", "259999")
    budget.line(papua, ceiling=1_000_000_000)
    planner = visitor(cast.planner())
    asked = {"year": 2020, "quarter": 1, "per": "2020-06-15"}
    shown = planner.get(page("board", **asked)).content.decode()
    assert "terlambat" in shown
    assert "WIT" in shown
    assert "Ratna Wulandari" in shown
    assert "pasal 75" in shown
    assert squeezed(shown).count("penyaluran dapat ditunda</div>") == 4
    table = read(planner.get(page("board", **asked, only="late", format="csv"))).decode()
    rows = list(csv.reader(io.StringIO(table)))
    head = next(place for place, row in enumerate(rows) if row and row[0] == "Provinsi")
    assert len(rows[head + 1 : -1]) == 4  # Form C and the consolidation, of two provinces.
    assert {row[6] for row in rows[head + 1 : -1]} == {"2020-04-07", "2020-04-21"}
    own = visitor().get(page("board", **asked)).content.decode()
    assert "Papua" not in own


def test_a_layout_nobody_confirmed_is_one_plain_line_in_the_readers_language(unit):
    officer, address = visitor(), page("report", unit.pk, 2020, 1, "C")
    shown = officer.get(address).content.decode()
    assert "belum dikonfirmasi kementerian" in shown
    assert "verified" not in shown
    assert "REPORT-04" not in shown
    officer.cookies["pulih_language"] = "en"
    shown = officer.get(address).content.decode()
    assert "has not confirmed the layout of this form" in shown
    assert "1 output has no target" in shown


def test_every_page_that_is_typed_on_names_its_unit_outside_the_crumbs(unit):
    for name in ("targets", "office"):
        shown = visitor().get(page(name, unit.pk, 2020)).content.decode()
        assert f"<b>{unit.name}.</b>" in shown
    assert (
        f"<b>{unit.name}.</b>" in visitor().get(page("quarter", unit.pk, 2020, 1)).content.decode()
    )


def test_a_volume_is_shown_with_the_decimals_it_has(unit):
    make.progress(make.target(unit, volume="40.50"), volume="12.25")
    shown = visitor(cast.auditor()).get(page("quarter", unit.pk, 2020, 1)).content.decode()
    assert "12,25" in shown
    assert "target 40,5 IKM" in shown


def test_another_provinces_reports_do_not_exist(unit):
    make.target(unit)
    stranger = visitor(cast.provincial_officer("Bali"))
    for address in (
        page("quarter", unit.pk, 2020, 1),
        page("targets", unit.pk, 2020),
        page("office", unit.pk, 2020),
        page("report", unit.pk, 2020, 1, "C"),
        page("consolidation", unit.province_id, 2020, 1),
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.post(page("file", unit.pk, 2020, 1, "C")).status_code == 404
    assert visitor(cast.regency_officer()).get(page("board")).status_code == 403


def test_an_auditor_reads_and_downloads_and_writes_nothing(unit):
    auditor = visitor(cast.auditor())
    assert auditor.get(page("quarter", unit.pk, 2020, 1)).status_code == 200
    shown = auditor.get(page("targets", unit.pk, 2020)).content.decode()
    assert page("save-target", unit.pk, 2020) not in shown
    shown = auditor.get(page("office", unit.pk, 2020)).content.decode()
    assert Posting.objects.get(document_kind="dipa").document_number in shown
    make.target(unit)
    shown = auditor.get(page("targets", unit.pk, 2020)).content.decode()
    assert "500.000" in shown
    assert "70,00" in shown
    book = auditor.get(page("report", unit.pk, 2020, 1, "A", format="xlsx"))
    assert book.content.startswith(b"PK")
    assert auditor.post(page("save-target", unit.pk, 2020), TARGET).status_code == 403
    assert auditor.post(page("file", unit.pk, 2020, 1, "C")).status_code == 403


def test_addresses_that_mean_nothing_are_not_there(unit):
    officer = visitor()
    for address in (
        page("report", unit.pk, 2020, 1, "D"),
        page("quarter", unit.pk, 1999, 1),
        f"/monitoring/units/{unit.pk}/2020/5/",
        page("filing", 999_999),
    ):
        assert officer.get(address).status_code == 404


def test_a_page_can_be_seen_as_known_on_an_earlier_day(unit):
    before_it_was_posted = page("report", unit.pk, 2020, 1, "C", diketahui="2020-01-01")
    assert "123.457" not in visitor().get(before_it_was_posted).content.decode()
    assert "123.457" in visitor().get(page("report", unit.pk, 2020, 1, "C")).content.decode()


def test_a_look_back_is_not_what_would_be_filed_and_offers_no_filing(unit):
    make.progress(make.target(unit))
    make.signatories(unit)
    file = page("file", unit.pk, 2020, 1, "C")
    assert file in visitor().get(page("report", unit.pk, 2020, 1, "C")).content.decode()
    for query in ({"per": "2020-04-05"}, {"diketahui": "2020-06-01"}):
        shown = visitor().get(page("report", unit.pk, 2020, 1, "C", **query)).content.decode()
        assert file not in shown
        assert "Inilah yang akan dilaporkan" not in shown
        assert "bukan yang akan dilaporkan" in shown


def test_the_consolidation_waits_for_every_unit_and_is_filed(unit):
    officer = visitor()
    address = page("consolidation", unit.province_id, 2020, 1)
    assert "belum" in officer.get(address).content.decode()
    make.progress(make.target(unit))
    make.signatories(unit)
    officer.post(page("file", unit.pk, 2020, 1, "C"))
    assert officer.post(page("file-consolidation", unit.province_id, 2020, 1)).status_code == 303
    filing = Filing.objects.get(form="consolidation")
    assert officer.get(page("filing", filing.pk)).status_code == 200
    dispatch = filing.dispatches.first()
    sent = {"letter_number": "1", "sent_on": "2020-04-20", "receipt_number": "", "received_on": ""}
    assert officer.post(page("dispatch", dispatch.pk), sent).status_code == 303
    dispatch.refresh_from_db()
    assert str(dispatch.sent_on) == "2020-04-20"
    for field, wrong, words in (
        ("received_on", "31/02/2020", "Diterima"),
        ("letter_number", "9" * 81, "Nomor surat pengantar"),
    ):
        told = officer.post(page("dispatch", dispatch.pk), {**sent, field: wrong}, follow=True)
        assert words in str(list(told.context["messages"])[-1])
        assert wrong in told.content.decode()  # What was typed stands in its field again.
    dispatch.refresh_from_db()
    assert (dispatch.received_on, dispatch.letter_number) == (None, "1")


def test_a_correction_replaces_its_version_and_outdates_the_consolidation(unit):
    officer, address = visitor(), page("consolidation", unit.province_id, 2020, 1)
    make.progress(make.target(unit))
    make.signatories(unit)
    officer.post(page("file", unit.pk, 2020, 1, "C"))
    officer.post(page("file-consolidation", unit.province_id, 2020, 1))
    assert "mengoreksi Formulir C" not in officer.get(address).content.decode()
    QuarterProgress.objects.update(physical=40)
    officer.post(page("file", unit.pk, 2020, 1, "C"), {"reason": "salah ketik"})
    assert "mengoreksi Formulir C sejak versi 1" in officer.get(address).content.decode()
    first, second = Filing.objects.filter(form="C").order_by("version")
    assert "digantikan versi 2" in officer.get(page("filing", first.pk)).content.decode()
    assert "digantikan" not in officer.get(page("filing", second.pk)).content.decode()


def test_programs_ask_type_and_file_the_same(unit):
    make.target(unit)
    make.signatories(unit)
    officer, base = visitor(), f"/api/v1/monitoring/units/{unit.pk}/2020/1"
    told = officer.get(base).json()
    assert (told["ceiling_thousand"], told["realised_thousand"]) == (1_000_000, 123_457)
    assert "realisasi fisik" in told["missing"]
    body = {"progress": [{**PART, "volume": "4", "physical": "10"}]}
    saved = officer.post(f"{base}/progress", body, content_type="application/json").json()
    assert saved["missing"] == ""
    wrong = {"progress": [{**PART, "physical": "900"}]}
    assert officer.post(f"{base}/progress", wrong, "application/json").status_code == 422
    filed = officer.post(f"{base}/file", {"form": "C"}, "application/json").json()
    assert filed["version"] == 1
    assert officer.get(f"/api/v1/monitoring/filings/{filed['id']}").json() == filed
    duties = officer.get("/api/v1/monitoring/board?year=2020&quarter=1").json()
    assert {duty["form"] for duty in duties} == {"C", "consolidation"}
    stranger = visitor(cast.provincial_officer("Bali"))
    assert stranger.get(base).status_code == 404
    assert visitor(cast.auditor()).post(f"{base}/file", {}, "application/json").status_code in (
        403,
        422,
    )
