"""The planner cuts the ceiling by a third, reads why, exports the matrix and adopts it."""

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect

CUT = "16.600.000.000"
SOLVED = 300_000  # Milliseconds: half a minute of solving, and the demo's own plan before it.
PDF_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(scope="module")
def browser_memory():
    """What one journey leaves to the next: the address of the solved scenario."""
    return {}


def fill_in(page, title, ceiling):
    page.goto("/scenarios/new/")
    page.get_by_label("Judul").fill(title)
    page.get_by_label("Pagu baru, rupiah").fill(ceiling)


def test_a_ceiling_below_what_is_committed_is_refused_with_lines_and_amount(visit):
    page = visit("perencana")
    fill_in(page, "Terlalu dalam", "6.900.000.000")
    typed = page.locator("#ceiling-word")
    expect(typed).to_contain_text("Pagu baru Rp6.900.000.000 lebih kecil")  # While she types.

    page.get_by_role("button", name="Simpan draf").click()
    refusal = page.locator(".errors")
    expect(refusal).to_contain_text(re.compile(r"sudah terikat.*: kurang Rp[\d.]+\."))
    by_key = re.compile(r"\d{4}\.\d{3}\.\d{3}\.\S+ \([A-Z][^)]+\) Rp[\d.]+")
    expect(refusal).to_contain_text(by_key)  # The heaviest lines, each by its key.
    expect(page.get_by_label("Judul")).to_have_value("Terlalu dalam")  # Nothing typed is lost.
    page.goto("/scenarios/")
    expect(page.get_by_text("Terlalu dalam")).to_have_count(0)


def test_a_cut_by_a_third_is_solved_in_the_background_and_says_why(visit, browser_memory):
    page = visit("perencana")
    fill_in(page, "Potong sepertiga, Mei", CUT)
    page.locator("summary", has_text="toleransi, dan waktu").click()
    page.get_by_label("Batas waktu").select_option(index=0)
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("Belum dihitung")).to_be_visible()

    page.get_by_role("button", name="Hitung").click()
    expect(page.get_by_text("Halaman boleh ditutup.")).to_be_visible()
    expect(page.get_by_role("link", name="Matriks")).to_be_visible(timeout=SOLVED)
    browser_memory["plan"] = page.url.split("?")[0]
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_visible()
    expect(page.locator(".titlerow p")).to_contain_text("24,90 → 16,60 miliar")
    total = page.locator("#provinces tr.sum")
    expect(total).to_contain_text("16.600,0")

    page.locator("#provinces").get_by_role("link", name="Jawa Barat").click()
    why = page.locator("#why")
    expect(why).to_contain_text("Mengapa Jawa Barat")
    expect(why).to_contain_text(re.compile(r"bobotnya ke-\d+ dari 34"))
    expect(why).to_contain_text(re.compile(r"Rp[\d,.]+ juta sudah terikat"))


def test_two_plans_are_compared(visit, browser_memory):
    page = visit("perencana")
    page.goto("/scenarios/compare/")
    choices = page.get_by_label("Rencana 1").locator("option")
    expect(choices).not_to_have_count(1)
    page.get_by_label("Rencana 1").select_option(index=1)
    page.get_by_label("Rencana 2").select_option(index=2)
    page.locator("form.card button").click()
    expect(page.locator("main p").first).to_contain_text("provinsi")
    expect(page.locator("tr.sum")).to_contain_text("Indonesia")


def test_the_matrix_agrees_on_page_sheet_and_paper(visit, browser_memory):
    page = visit("perencana")
    page.goto(browser_memory["plan"])
    page.get_by_role("link", name="Matriks").click()
    shown = page.locator("tr.sum td.num").all_inner_texts()
    before, after, *_ = [int(re.sub(r"\D", "", cell)) for cell in shown]
    assert (before, after) == (24_900_000_000, 16_600_000_000)
    units = page.locator("tbody tr:not(.sum)").count()
    assert units == 34

    file = BytesIO(page.request.get(f"{page.url}?format=xlsx").body())
    book = openpyxl.load_workbook(file, data_only=True)
    numbers = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert {before, after} <= numbers
    assert len(book.sheetnames) >= units

    paper = page.request.get(f"{page.url}?format=pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert len(PDF_PAGE.findall(paper.body())) >= units

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("XLSX Dinas.*Jawa Barat")).click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_plan_is_proven_further_in_the_background_and_stopped(visit, browser_memory):
    page = visit("perencana")
    page.goto(browser_memory["plan"])
    proof = page.locator("#proof")
    expect(proof).to_contain_text("v1")
    proof.get_by_role("button", name="Buktikan lebih jauh").click()
    expect(page.get_by_text("Halaman boleh ditutup.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Melanjutkan dari rencana v1")
    going = page.url
    page.get_by_role("button", name="Hentikan dan simpan yang lebih baik").click()
    # What was better by then is a plan; else the draft says that nothing was, or is just a draft.
    over = re.compile("Seberapa jauh terbukti|tidak ada yang lebih baik|Belum dihitung")
    expect(page.locator("main")).to_contain_text(over, timeout=SOLVED)
    page.goto(browser_memory["plan"])
    expect(page.locator("#proof")).to_contain_text("v1")  # It stands as it was.
    assert page.url != going


def give_reasons(page):
    """Write on the plan's sheet why it breaks each rule of composition that it breaks."""
    page.get_by_role("link", name="Lembar", exact=True).click()
    composition = page.locator("#composition")
    broken = composition.locator("form").count()
    assert broken
    for place in range(broken):
        form = composition.locator("form").nth(place)
        form.get_by_role("textbox").fill(f"Alasan ke-{place + 1}")
        form.get_by_role("button", name="Simpan alasan").click()
        expect(composition).to_contain_text(f"Alasan ke-{place + 1}")


def test_a_plan_is_adopted_once_as_34_draft_revisions(visit, browser_memory):
    page = visit("perencana")
    page.goto(browser_memory["plan"])
    asked = page.locator("#decision")
    expect(asked).to_contain_text("aturan susunan tanpa alasan tertulis")
    give_reasons(page)
    page.goto(browser_memory["plan"])
    expect(asked).to_contain_text("Celah yang belum terbukti")
    asked.get_by_label("Alasan").fill("Pagu dipotong sepertiga")
    asked.get_by_role("button", name="Usulkan kepada orang kedua").click()
    expect(page.get_by_text("Orang lain yang memutuskan").first).to_be_visible()
    expect(page.get_by_role("button", name="Setujui")).to_have_count(0)

    page = visit("perencana_kedua")
    page.goto(browser_memory["plan"])
    csrf = page.locator("#decision [name=csrfmiddlewaretoken]").input_value()
    page.get_by_role("button", name="Setujui").click()
    expect(page.get_by_text("34 draf revisi dibuat").first).to_be_visible()
    expect(page.locator("#decision")).to_have_count(0)

    address = f"{browser_memory['plan']}adopt/decide/"
    headers = {"Referer": page.url}
    page.request.post(address, form={"csrfmiddlewaretoken": csrf, "approve": "on"}, headers=headers)
    page.goto("/budget/revisions/?state=draft")  # The year's story has drafts of its own.
    adopted = page.locator("main tbody tr", has_text="dari skenario yang ditetapkan")
    expect(adopted).to_have_count(34)
