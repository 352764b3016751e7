"""A unit drafts a revision; the office that must decide does so by its letter; it takes effect."""

import re
from time import time_ns

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}}
MOVED = 1_000_000
TITLE = f"Geser antar output {time_ns() % 10**9}"
LETTER = f"S-{time_ns() % 10**9}/WPB.13/2020"


@pytest.fixture(scope="module")
def memory():
    """What one journey leaves to the next: the address of the revision."""
    return {}


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def number(text):
    return int(re.sub(r"\D", "", text) or 0)


def free_lines(page):
    """Return key, ceiling and the input of each line that could give what is moved."""
    found = []
    for row in page.locator("#draft tr:has(input[name^=after_])").all():
        key = row.locator(".mono").inner_text()
        ceiling, held = (number(row.locator("td.num").nth(at).inner_text()) for at in (0, 1))
        is_open = row.locator(".tag").count() == 0 and not key.rpartition(".")[2].startswith("51")
        if is_open and ceiling - held > 2 * MOVED:
            found.append((key, ceiling, row.locator("input[name^=after_]")))
    return found


def between_outputs(lines):
    """Return two lines of one account and activity that stand in different outputs."""
    for one in lines:
        for other in lines:
            here, there = (each[0].split(".") for each in (one, other))
            if here[-1][:2] == there[-1][:2] and here[0] == there[0] and here[1] != there[1]:
                return one, other
    raise AssertionError("no two outputs of one activity hold free money")


def test_a_unit_drafts_a_revision_and_is_told_who_decides_it(visit, memory):
    page = visit("jabar")
    page.goto("/budget/revisions/")
    page.locator("a[href$='/revise/']").click()
    page.get_by_label("Judul").fill(TITLE)
    page.get_by_label("Volume output").select_option("kept")
    giving, taking = between_outputs(free_lines(page))
    giving[2].fill(str(giving[1] - MOVED))
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.locator(".note.bad").first).to_be_visible()  # It adds up to less than it says.
    taking[2].fill(str(taking[1] + MOVED))
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.locator(".titlerow p")).to_contain_text("Kanwil DJPb")
    memory["revision"] = page.url
    page.get_by_label("Nomor surat").fill("510/UJI/2020")
    page.get_by_label("Tanggal surat").fill("2020-06-12")
    page.get_by_role("button", name=re.compile("^Ajukan ke")).click()
    expect(page.get_by_role("button", name="Catat persetujuan")).to_have_count(0)


def test_the_office_decides_by_its_letter_and_it_takes_effect_on_a_phone(visit, memory):
    page = visit("perencana", **PHONE)
    page.goto(memory["revision"])
    assert fits(page)
    offices = page.get_by_label("Disetujui oleh").locator("option").all_inner_texts()
    assert not [one for one in offices if one.startswith("KPA")]  # The Kanwil or one above it.
    page.get_by_label("Nomor surat").fill(LETTER)
    page.get_by_label("Tanggal surat").fill("2020-06-13")
    page.get_by_role("button", name="Catat persetujuan").click()
    page.get_by_label("Berlaku pada").fill("2020-06-15")
    page.get_by_role("button", name="Berlakukan").click()
    expect(page.locator(".titlerow p")).to_contain_text("berlaku sejak 15 Jun 2020")
    assert fits(page)


def test_an_auditor_reads_the_steps_and_prints_the_matrix(visit, memory):
    page = visit("auditor")
    page.goto(memory["revision"])
    expect(page.get_by_text(LETTER).first).to_be_visible()
    for name, begins in (("PDF", b"%PDF-"), ("Matriks XLSX", b"PK")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        with open(waiting.value.path(), "rb") as file:
            assert file.read(5).startswith(begins)
    page.get_by_role("link", name=re.compile("^Jurnal revisi")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(LETTER)
