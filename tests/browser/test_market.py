"""An officer offers work by a link, a maker accepts on a phone, a hospital counts what came."""

import re

from playwright.sync_api import expect

from tests.browser import papers
from tests.browser.quick_axe import Axe

PHONE = {"viewport": {"width": 360, "height": 740}}
SOLVED = 120_000  # Milliseconds for the worker to take a match or a file up and finish.
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


def test_what_a_maker_declines_on_a_phone_is_found_again_without_it(visit):
    officer = visit("jabar")
    row_of(officer, "offered").locator("a").first.click()
    officer.wait_for_url(re.compile(r"/market/orders/\d+/$"))
    declining = (
        officer.locator("h1").inner_text().splitlines()[0].removesuffix("ditawarkan").strip()
    )
    need = officer.get_by_role("link", name="Kebutuhannya").get_attribute("href")
    officer.get_by_role("button", name="Buat alamat").click()
    maker = visit("", **PHONE)
    maker.goto(officer.locator("p.mono").inner_text())
    assert Axe().run(maker).violations_count == 0
    maker.locator("#reason").fill("Mesin rusak")
    maker.get_by_role("button", name="Saya tidak sanggup").click()
    expect(maker.locator("main")).to_contain_text("ditolak")

    officer.goto("/market/runs/new/")
    officer.locator("[name=title]").fill("Sisa yang ditolak")
    officer.locator("[name=product]").select_option("cloth_mask")
    officer.locator("[name=area]").select_option(label="Kab. Indramayu")
    officer.get_by_role("button", name="Cocokkan", exact=True).click()
    expect(officer.get_by_role("heading", name="Seberapa jauh terbukti")).to_be_visible(
        timeout=SOLVED
    )
    expect(officer.locator("main")).to_contain_text("Kab. Indramayu · Masker kain")
    run = officer.url
    officer.goto(run + need.removeprefix("/market/"))  # Why these makers, of this need.
    row = officer.locator("tbody tr", has_text=declining)
    expect(row).to_contain_text("memegang atau menolak pesanannya")
    assert Axe().run(officer).violations_count == 0


def test_an_auditor_reads_why_each_maker_was_chosen_and_changes_nothing(visit):
    page = visit("auditor")
    page.goto("/market/runs/?state=adopted")
    page.locator("#rows tbody tr a").first.click()
    page.get_by_role("link", name="Mengapa pembuat ini").first.click()
    expect(page.locator("main")).to_contain_text("mendapat pekerjaan")
    page.locator("tbody tr a").first.click()  # The same of one firm.
    expect(page.locator("main")).to_contain_text("mendapat pekerjaan")
    assert Axe().run(page).violations_count == 0
    page.goto("/market/orders/")
    page.locator("#rows tbody tr a").first.click()
    page.wait_for_url(re.compile(r"/market/orders/\d+/$"))
    expect(page.locator("main form[method=post]")).to_have_count(0)
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()  # Of signing out.
    typed = {"csrfmiddlewaretoken": token, "reason": "Batal"}
    refused = page.request.post(page.url + "cancel/", form=typed)
    assert (refused.status, "CSRF" in refused.text()) == (403, False)
    assert page.goto("/market/runs/new/").status == 403


def test_a_need_says_by_itself_what_holds_it_back(visit):
    page = visit("jabar")
    page.goto("/market/?q=Dinas+kesehatan")
    page.locator("#rows tbody tr a").first.click()
    expect(page.locator("main")).to_contain_text("34")
    expect(page.locator("main")).to_contain_text("sertifikat")
    expect(page.get_by_text("Hitung; perlu beberapa detik.")).to_have_count(0)


def test_a_planner_matches_reads_why_and_offers(visit):
    page = visit("jabar")
    page.goto("/market/runs/new/")
    page.locator("[name=title]").fill("Uji peramban")
    page.get_by_role("button", name="Cocokkan", exact=True).click()
    offer = page.get_by_role("button", name="Tawarkan")
    expect(offer).to_be_visible(timeout=SOLVED)  # The page follows the work by itself.
    expect(page.locator("main")).to_contain_text("Yang tidak terpenuhi, dan sebabnya")
    expect(page.locator("main")).to_contain_text("tanpa sertifikat yang diterima")
    expect(page.locator("body")).to_contain_text("IKM terbesar")
    offer.click()
    page.locator("dialog[open]").get_by_role("button", name="Tawarkan").click()
    expect(page.locator("main")).to_contain_text("ditawarkan")


def test_a_regency_officer_finds_what_a_list_could_not_say_in_its_own_words(visit, tmp_path):
    page = visit("indramayu")
    heads = (*papers.HEADS, "Kapasitas Produksi", "Satuan")
    rows = [
        (*row, capacity, unit)
        for row, (capacity, unit) in zip(
            papers.firms("Masker kain Peramban", 2, start=70),
            (("500", "lembar/hari"), ("5000000", "lembar/hari")),
            strict=True,
        )
    ]
    page.goto("/inbox/")
    page.set_input_files(
        "input[type=file]", papers.workbook(tmp_path / "k.xlsx", *rows, heads=heads)
    )
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("2 baris dibaca.")).to_be_visible(timeout=SOLVED)
    page.goto("/market/capacities/unread/")
    expect(page.locator("#rows")).to_contain_text("5000000 lembar/hari")
    expect(page.locator("#rows")).to_contain_text("Maksud Anda per tahun?")


def test_a_hospital_without_an_account_states_a_need_on_its_phone(visit):
    office = visit("indramayu")
    office.goto("/market/buyers/new/")
    office.locator("[name=name]").fill("Puskesmas Peramban")
    office.locator("[name=kind]").select_option("health_facility")
    office.locator("[name=regency]").select_option(label="Kab. Indramayu")
    office.get_by_role("button", name="Simpan pemesan").click()
    office.locator("form[action$='verify/'] button").click()
    office.get_by_role("button", name="Buat alamat").click()
    address = office.locator("p.mono").inner_text()

    buyer = visit("", **PHONE)
    buyer.goto(address)
    buyer.locator("[name=product]").select_option(label="Masker kain")
    buyer.locator("[name=quantity]").fill("400")
    buyer.locator("[name=due]").fill("2020-07-06")
    buyer.get_by_role("button", name="Minta").click()
    expect(buyer.locator("main")).to_contain_text("400 lembar Masker kain")
    expect(buyer.locator("main")).to_contain_text("terbuka")
    assert Axe().run(buyer).violations_count == 0
