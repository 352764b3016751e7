"""A province drops its cost plan on a phone, is answered, and its money stands in the ledger."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import papers
from tests.browser.quick_axe import Axe
from tests.browser.test_pages import OVERFLOW

PHONE = {"viewport": {"width": 360, "height": 740}}
RAB = ("Uraian", "Akun", "Perhitungan", "Harga Satuan (Rp)", "Jumlah (Rp)")
TRAINER = ("Honor narasumber", "522151", "1 OJ", 900_000, 900_000)
MACHINES = ("Mesin jahit", "532111", "5 unit", 3_500_000, 17_500_000)
TITLE = f"Bimtek masker kain {papers.NEW}"
REASON = "Tarif setempat lebih rendah; bagian lain disetujui utuh."
SECTIONS = ("legal_basis", "background", "beneficiaries", "method", "stages")
NUMBERS = {"days": "2", "lesson_hours": "8", "classes": "1", "class_size": "2"}
DAYS = {"starts_on": "2020-07-06", "ends_on": "2020-07-07"}


@pytest.fixture(scope="module")
def memory():
    """What one journey leaves to the next: the address of the proposal."""
    return {}


def fits(page):
    assert page.evaluate(OVERFLOW) <= 0, page.url


def is_well_made(page):
    page.wait_for_load_state("networkidle")  # What comes by itself is there.
    fits(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def drop(page, path, *rows):
    sheet = papers.workbook(path, *rows, heads=RAB)
    page.get_by_label("Lembar RAB").set_input_files(sheet)
    page.get_by_role("button", name="Baca berkas").click()


def fill(part, values):
    for name, value in values.items():
        part.locator(f"[name={name}]").fill(value)


def test_an_office_drops_its_sheet_on_a_phone_mends_what_is_marked_and_sends(
    visit, memory, tmp_path
):
    page = visit("kalsel", **PHONE)
    page.goto("/proposals/new/")
    page.get_by_label("Putaran").select_option(index=1)
    page.get_by_label("Langkah").select_option(label="Bimtek masker kain")
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/edit/")
    memory["proposal"] = page.url.removesuffix("edit/")
    fits(page)

    drop(page, tmp_path / "rab.xlsx", TRAINER, (*MACHINES[:4], 17_000_000))
    expect(page.locator("#part-rows .note.bad")).to_contain_text("Sel E3")  # Not 5 × 3,500,000.
    drop(page, tmp_path / "rab.xlsx", TRAINER, MACHINES)
    rows = page.locator("#part-rows form[id^=row-]")
    expect(rows).to_have_count(2)
    expect(page.locator("form#row-2")).to_contain_text("hanya untuk kegiatan nonfisik")
    page.locator("form#row-2 [name=unit_cost]").press("End")
    page.keyboard.type("0")  # Still being typed.
    expect(page.locator("form#row-2")).to_contain_text("Rp175.000.000")
    expect(rows).to_have_count(2)
    is_well_made(page)
    page.locator("form#row-2").get_by_role("button", name="Hapus").click()
    expect(rows).to_have_count(1)

    words = page.locator("#part-sections")
    fill(words, dict.fromkeys(SECTIONS, "Penjahit kehilangan pesanan.") | DAYS | NUMBERS)
    words.locator("[name=mode]").select_option(index=1)
    words.locator("[name=profiles]").first.check()
    place = page.locator("#part-places form").last
    place.locator("[name=regency]").select_option(index=1)
    place.locator("[name=people]").fill("2")
    place.get_by_role("button", name="Tambah tempat").click()
    expect(page.locator("#verdict")).to_contain_text("tidak ada halangan")
    page.get_by_role("link", name="Lihat utuh").click()
    page.get_by_role("button", name="Ajukan", exact=True).click()
    expect(page.locator(".titlerow")).to_contain_text("diajukan")
    fits(page)


def test_a_verifier_two_reviewers_and_a_decider_answer_it(visit, memory):
    page = visit("verifikator")
    page.goto(f"{memory['proposal']}verify/")
    fits(page)
    for one in page.locator("select[name^=answer_]").all():
        one.select_option("yes")
    page.get_by_role("button", name="Nyatakan terverifikasi").click()
    page.goto(f"{memory['proposal']}assign/")
    for one in page.locator("[name=reviewers]").all():
        one.check()
    page.get_by_role("button", name="Tunjuk penilai").click()
    expect(page.locator(".titlerow")).to_contain_text("dinilai")
    for who in ("penilai_a", "penilai_b"):
        page = visit(who)
        page.goto(f"{memory['proposal']}review/")
        page.get_by_role("button", name="Tidak ada benturan").click()
        fits(page)
        for one in page.locator("[name^=points_]").all():
            one.fill(str(int(one.get_attribute("max")) * 8 // 10))
        page.get_by_role("button", name="Kirim nilai").click()
        page.wait_for_load_state()
    page = visit("pemutus")
    page.goto(f"{memory['proposal']}decide/")
    fits(page)
    page.locator("[name=outcome]").select_option("partly_approved")
    page.locator("[name=reason]").fill(REASON)
    page.locator("[name=cost_1]").fill("800000")
    page.locator("[name=why_1]").fill("Tarif setempat.")
    page.get_by_role("button", name="Putuskan").click()
    expect(page.locator(".titlerow")).to_contain_text("disetujui sebagian")
    page.get_by_role("link", name="Cadangkan dana").click()
    fits(page)
    page.locator("[name=number]").fill(f"KEP-{papers.NEW}")
    page.get_by_role("button", name="Cadangkan dana").click()
    expect(page.locator(".titlerow")).to_contain_text("dana dicadangkan")


def test_the_office_prints_the_answer_with_its_reason(visit, memory):
    page = visit("kalsel", **PHONE)
    page.goto(memory["proposal"])
    expect(page.locator(".titlerow")).to_contain_text("disetujui Rp800.000")
    expect(page.get_by_text(REASON).first).to_be_visible()
    is_well_made(page)
    letter = page.request.get(page.get_by_role("link", name="Surat jawaban").get_attribute("href"))
    assert letter.headers["content-type"] == "application/pdf"
    assert letter.body().startswith(b"%PDF-")


def test_an_auditor_comes_from_the_board_to_the_posting(visit, memory):
    page = visit("auditor")
    page.goto("/proposals/board/?per=2020-06-15")
    expect(page.get_by_role("row", name=re.compile("Kalimantan Selatan"))).to_be_visible()
    page.get_by_role("link", name="Kalimantan Selatan").click()
    page.get_by_role("row", name=re.compile(TITLE)).get_by_role("link").first.click()
    money = page.locator("section", has=page.get_by_role("heading", name="Dana", exact=True))
    expect(money).to_contain_text("Rp800.000 dicadangkan pada 1 baris POK.")
    is_well_made(page)
    money.get_by_role("link", name=f"KEP-{papers.NEW}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"KEP-{papers.NEW}")


def test_a_regency_hands_in_an_idea_and_reads_what_its_province_made_of_it(visit):
    page = visit("indramayu", **PHONE)
    page.goto("/proposals/ideas/new/")
    fits(page)
    page.get_by_label("Putaran").select_option(index=1)
    fill(page, {"title": TITLE, "need": "Penjahit kehilangan pesanan.", "people": "30"})
    page.get_by_role("button", name="Kirim gagasan").click()
    page.wait_for_url(re.compile(r"/ideas/\d+/$"))
    idea = page.url
    page = visit("jabar")
    page.goto(idea)
    taking = page.locator("form[action$='/take-up/']")
    fill(taking, {"people": "20", "reason": "Dua puluh tempat yang cukup dananya."})
    taking.locator("[name=measure]").select_option(label="Bimtek masker kain")
    page.get_by_role("button", name="Angkat").click()
    page.wait_for_url("**/edit/")  # A draft of its own.
    page = visit("indramayu", **PHONE)
    page.goto(idea)
    expect(page.get_by_text("Dua puluh tempat").first).to_be_visible()
    fits(page)


def test_an_attachment_of_300_mb_is_refused_before_it_is_sent_and_what_was_typed_stays(
    visit, tmp_path
):
    large = tmp_path / "besar.pdf"
    with large.open("wb") as file:
        file.truncate(300 * 2**20)
    page = visit("kalsel", **PHONE)
    page.goto("/proposals/new/")
    page.get_by_label("Putaran").select_option(index=1)
    page.get_by_label("Langkah").select_option(label="Bimtek masker kain")
    page.get_by_label("Judul").fill(f"Lampiran besar {papers.NEW}")
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/edit/")
    page.locator("#part-sections [name=title]").fill("Judul yang diketik")
    sent = []
    page.on("request", lambda one: sent.append(one.url) if "/files/" in one.url else None)
    files = page.locator("#part-files")
    files.locator("input[type=file]").set_input_files(large)
    files.get_by_role("button", name="Lampirkan").click()
    words = files.locator("input[type=file]").evaluate("input => input.validationMessage")
    assert words == "Berkas ini lebih dari 20 MB dan tidak dapat dilampirkan."
    assert page.locator("#part-sections [name=title]").input_value() == "Judul yang diketik"
    assert sent == []
