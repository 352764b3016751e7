"""A contract is written, one officer asks for its payment, another orders it."""

import re
from itertools import count
from time import time_ns

import pytest
from playwright.sync_api import expect

LINE = "9201.001.001.051.A.521211"
numbers = count(1)


@pytest.fixture(scope="module")
def memory():
    """What one journey leaves to the next: the address of the payment request."""
    return {}


def number(kind):
    """Return a number that no document of this installation has."""
    return f"{kind}-{time_ns() % 10**9}-{next(numbers)}"


def open_line(page):
    page.goto(f"/budget/lines/?q={LINE}&year=2020")
    page.get_by_role("table").get_by_role("link", name=LINE).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(LINE)


def test_the_commitment_officer_signs_a_contract_and_asks_for_its_payment(visit, memory):
    page = visit("jabar_ppk")
    open_line(page)
    page.get_by_role("link", name="Catat komitmen").click()
    expect(page.get_by_text(re.compile(r"Paling banyak Rp[\d.]+"))).to_be_visible()
    page.get_by_label("Jumlah, rupiah").press_sequentially("999000000000")
    expect(page.get_by_label("Jumlah, rupiah")).to_have_value("999.000.000.000")
    page.get_by_label("Nomor dokumen").fill(number("SPK"))
    page.get_by_label("Dengan siapa").fill("UD Peragaan")
    page.get_by_role("button", name="Bukukan dokumen").click()
    expect(page.locator(".note.bad")).to_contain_text(LINE)  # Which line, and by how much.
    expect(page.get_by_label("Dengan siapa")).to_have_value("UD Peragaan")

    page.get_by_label("Jumlah, rupiah").fill("1000000")
    page.get_by_role("button", name="Bukukan dokumen").click()
    expect(page.locator(".titlerow p")).to_contain_text("Rp1.000.000")
    page.get_by_role("link", name="Minta pembayaran (SPP)").click()
    page.get_by_label("Nomor dokumen").fill(number("SPP"))
    page.get_by_role("button", name="Bukukan dokumen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("SPP")
    expect(page.get_by_role("link", name="Periksa dan terbitkan SPM")).to_have_count(0)
    memory["request"] = page.url
    page.get_by_role("link", name="Perjalanan SPP").click()
    page.get_by_role("link", name="Sebutkan dokumen").click()
    page.get_by_label("Nomor dokumen").first.fill("BA-1")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".note.bad")).to_contain_text("Isi nomor dan tanggal")
    page.get_by_label("Bertanggal").first.fill("2020-06-15")
    for reason in page.get_by_label("Alasan tidak ada").all()[1:]:
        reason.fill("Peragaan")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#supporting")).to_contain_text("BA-1")


def test_another_officer_orders_it(visit, memory):
    page = visit("jabar_ppspm")
    page.goto(memory["request"])
    page.get_by_role("link", name="Periksa dan terbitkan SPM").click()
    page.get_by_label("Nomor SPM").fill(number("SPM"))
    page.get_by_role("button", name="Terbitkan SPM").click()
    expect(page.locator(".note.bad")).to_contain_text("Belum dicentang")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Terbitkan SPM").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("SPM")
    memory["order"] = page.url
    chain = page.locator("section", has_text="Rantai dokumen").last
    expect(chain.get_by_role("listitem")).to_have_count(3)


def test_the_treasurer_pays_it_and_the_kpa_and_an_auditor_read_it(visit, memory):
    page = visit("jabar_bendahara")
    page.goto(memory["order"])
    page.get_by_role("link", name="Catat SP2D").click()
    page.get_by_label("Nomor dokumen").fill(number("2030"))
    page.get_by_role("button", name="Bukukan dokumen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("SP2D")
    paid = page.url
    for reader in ("jabar", "auditor"):
        page = visit(reader)
        page.goto(paid)
        chain = page.locator("section", has_text="Rantai dokumen").last
        expect(chain.get_by_role("listitem")).to_have_count(4)
        expect(page.get_by_role("link", name="Catat pengembalian")).to_have_count(0)
    page.goto("/budget/requests/?state=paid")
    expect(page.get_by_role("row", name="UD Peragaan").first).to_contain_text("dibayar")
    page.goto("/budget/taxes/?state=late")
    page.locator("tbody a").first.click()
    expect(page.locator(".titlerow p")).to_contain_text("lewat batas setor")
    expect(page.locator("#proof")).to_have_count(0)  # An auditor reads.


def test_two_days_are_asked_and_go_along(visit):
    page = visit("jabar")
    page.goto("/budget/")
    page.locator(".asof > summary").click()
    page.get_by_label("Tampilkan angka anggaran per").fill("2020-05-01")
    page.get_by_label("sebagaimana diketahui per").fill("2020-05-04")
    page.get_by_role("button", name="Tampilkan", exact=True).click()
    expect(page.locator(".asof.other")).to_contain_text("4 Mei 2020")
    page.get_by_role("link", name="Jawa Barat", exact=True).click()
    expect(page).to_have_url(re.compile("per=2020-05-01.*diketahui=2020-05-04"))
    expect(page.locator(".then")).to_contain_text("4 Mei 2020")


def test_the_curve_has_its_table(visit):
    page = visit("perencana")
    page.goto("/budget/")
    expect(page.locator("[data-chart] svg")).to_be_visible()
    page.get_by_text("Sebagai tabel").click()
    expect(page.get_by_role("rowheader", name="Kenyataan")).to_be_visible()
