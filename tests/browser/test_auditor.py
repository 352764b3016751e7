"""An auditor follows money from an activity to what it paid, who got it and who wrote it down."""

import pytest
from playwright.sync_api import expect

from tests.browser.quick_axe import Axe
from tests.browser.test_attendance import PHONE

ACTIVITY = "Bimtek masker kain tiga lapis, 13 kabupaten/kota"
# Views of lists are one's own, and change nothing that others see.
WRITES = 'main form[method=post]:not([action="/views/new/"])'


@pytest.fixture
def page(visit):
    """An auditor's phone; whatever it sends is only ever asked for."""
    opened, sent = visit("auditor", **PHONE), []
    opened.on("request", lambda one: sent.append(f"{one.method} {one.url}"))
    yield opened
    assert [one for one in sent if not one.startswith("GET ")] == []


def reads(page, heading):
    """Expect a page under a heading: nothing to send, not wider than a phone, no fault for axe."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.wait_for_load_state("networkidle")  # Parts of other rooms come after the page.
    expect(page.locator(WRITES)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


def follow(page, name, heading):
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    reads(page, heading)


def open_the_money(page):
    page.goto("/delivery/")
    follow(page, ACTIVITY, ACTIVITY)
    follow(page, "Keuangan", "Uang kegiatan")


def test_allowances_lead_to_those_who_came_and_back_to_the_line(page):
    open_the_money(page)
    expect(page.locator(".titlerow p")).to_contain_text("Rp82.310.000 dibayar (SP2D)")
    follow(page, "DN-MASKER/2020", "Daftar nominatif DN-MASKER/2020")
    expect(page.locator(".titlerow p")).to_contain_text("62 orang, bruto Rp27.060.000")
    pack = page.locator("section", has_text="Kelengkapan sebelum SPP").last
    expect(pack).to_contain_text("Surat tugas penyelenggara")
    expect(pack).to_contain_text("Daftar hadir peserta")
    paid = page.get_by_role("row").filter(has_text="Angkatan 1").first
    expect(paid).to_contain_text("330.000")  # Three days of four.
    listed = page.url
    paid.get_by_role("link", name="Angkatan 1", exact=True).click()
    reads(page, "Kehadiran Angkatan 1")
    expect(page.get_by_role("row").nth(1).get_by_text("✓")).to_have_count(3)

    page.goto(listed)
    page.get_by_role("link", name="SP2D").click()
    reads(page, "SP2D")
    expect(page.locator("main")).to_contain_text("Daftar nominatif DN-MASKER/2020")
    page.locator("main").get_by_role("link", name="521219").first.click()
    reads(page, "521219")


def test_cloth_leads_to_masks_and_to_who_signed_for_them(page):
    open_the_money(page)
    page.get_by_role("link", name="SP2D").first.click()
    reads(page, "SP2D")
    page.get_by_role("link", name="BAST-01/MASKER/2020", exact=True).click()
    reads(page, "BAST-01/MASKER/2020")
    seen = page.locator("main")
    for said in (
        "Selisih 20: 20 kembali ke gudang", "Petugas penerima (peragaan), Pengelola barang",
        "Masker kain tiga lapis: 470 lembar · Kain sasirangan: 97 meter",
    ):  # fmt: skip
        expect(seen).to_contain_text(said)
    paper = page.get_by_role("link", name="BAST sebagai PDF").get_attribute("href")
    assert page.request.get(paper).body().startswith(b"%PDF")
    here = page.url
    page.get_by_role("link", name="Salinan bertanda tangan").click()
    reads(page, "Salinan bertanda tangan")
    page.goto(here)
    page.get_by_role("link", name="Yang dilakukan, oleh siapa").click()
    reads(page, "Catatan tindakan")
    expect(page.get_by_role("row").filter(has_text="Nur Basri")).not_to_have_count(0)


def test_checks_and_samples_are_read_and_nothing_is_written(page):
    page.goto("/delivery/")
    follow(page, ACTIVITY, ACTIVITY)
    follow(page, "Pendaftar dan pemeriksaan", "Pendaftar dan pemeriksaan")
    follow(page, "Sebelum pembayaran", "Pendaftar dan pemeriksaan")
    expect(page.locator("main")).to_contain_text("gagal NIK berbentuk benar: NIK tidak tercatat")

    page.goto("/sampling/")
    page.get_by_role("link", name="Uji petik barang").click()
    reads(page, "Uji petik barang yang diserahkan")
    expect(page.locator("main")).to_contain_text("di hadapan Inspektorat")
    follow(page, "Temuan", "Temuan")
    follow(page, "Gugus Tugas Kota Banjarmasin", "Gugus Tugas Kota Banjarmasin")
    expect(page.locator("main")).to_contain_text("462")
