"""An officer offers work by a link, a maker accepts on a phone, a hospital counts what came."""

import re

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}}
FEWER = {"good": "590", "refused": "10", "reason": "Jahitan terbuka"}


def row_of(page, state):
    """Open the list of orders in one state and return the first."""
    page.goto(f"/market/orders/?state={state}")
    return page.locator("#rows tbody tr").first


def test_a_maker_answers_an_offer_on_a_phone_and_sends_it(visit):
    officer = visit("jabar")
    row_of(officer, "offered").locator("a").first.click()
    officer.wait_for_url(re.compile(r"/market/orders/\d+/$"))
    order = officer.url
    officer.get_by_role("button", name="Buat alamat").click()
    address = officer.locator("p.mono").inner_text()

    maker = visit("", **PHONE)  # Without an account.
    maker.goto(address)
    maker.get_by_role("button", name="Saya sanggup").click()
    expect(maker.locator("main")).to_contain_text("Tunggu sampai pemesan memastikan")
    officer.goto(order)
    officer.get_by_role("button", name="Pastikan pesanan").click()
    maker.reload()
    maker.get_by_role("button", name="Semuanya sudah dikirim").click()
    expect(maker.locator("body")).to_contain_text("dikirim")
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    assert maker.evaluate(overflow) <= 0

    officer.goto(order)
    expect(officer.locator(".hist")).to_contain_text("disanggupi")
    expect(officer.locator(".hist")).to_contain_text("dikirim")


def test_a_hospital_says_how_many_were_good_and_why_others_were_refused(visit):
    page = visit("indramayu", **PHONE)
    page.goto("/market/orders/?state=sent&q=Rumah+sakit")
    page.locator("#rows tbody tr a").first.click()
    page.wait_for_url(re.compile(r"/market/orders/\d+/$"))
    for name, value in {**FEWER, "reason": ""}.items():
        page.locator(f"input[name={name}]").first.fill(value)
    page.get_by_role("button", name="Simpan penerimaan").click()
    expect(page.locator("main")).to_contain_text("sebab barang ditolak")
    for name, value in FEWER.items():
        page.locator(f"input[name={name}]").first.fill(value)
    page.get_by_role("button", name="Simpan penerimaan").click()
    expect(page.locator("main")).to_contain_text("baik 590, ditolak 10")


def test_a_need_says_by_itself_what_holds_it_back(visit):
    page = visit("jabar")
    page.goto("/market/?q=Dinas+kesehatan")
    page.locator("#rows tbody tr a").first.click()
    expect(page.locator("main")).to_contain_text("34")
    expect(page.locator("main")).to_contain_text("sertifikat")
    expect(page.get_by_text("Hitung; perlu beberapa detik.")).to_have_count(0)
