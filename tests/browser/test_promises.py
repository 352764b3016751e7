"""A planner whose plan breaks promises reads which, by name and rupiah, before it is decided."""

import re

from playwright.sync_api import expect

from tests.browser.quick_axe import Axe

DEEP = "16.600.000.000"  # A third less; much of it is committed already.
SOLVED = 300_000  # Milliseconds.
PHONE = {"width": 360, "height": 740}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def rupiah(text):
    return int(re.sub(r"\D", "", re.search(r"Rp[\d.]+", text)[0]))


def test_a_plan_that_breaks_promises_names_them_before_it_is_adopted(visit):
    page = visit("perencana")
    page.goto("/scenarios/new/")
    page.get_by_label("Judul").fill("Potong sampai janji")
    page.get_by_label("Pagu baru, rupiah").fill(DEEP)
    page.locator("summary", has_text="toleransi, dan waktu").click()
    page.get_by_label("Batas waktu").select_option(index=0)
    page.get_by_role("button", name="Simpan draf").click()
    page.get_by_role("button", name="Hitung").click()
    expect(page.get_by_role("link", name="Matriks")).to_be_visible(timeout=SOLVED)

    expect(page.locator("#decision")).to_contain_text("Tetapkan rencana ini")
    said = page.get_by_text(re.compile(r"melanggar \d+ janji"))
    expect(said).to_be_visible()
    number = int(re.search(r"melanggar (\d+) janji", said.inner_text())[1])
    named = page.locator("section.card", has_text="Janji yang dilanggarnya").locator("li")
    assert named.count() == number > 0
    taken = named.locator(".n.nw").all_inner_texts()
    assert sum(int(re.sub(r"\D", "", one)) for one in taken) == rupiah(said.inner_text())
    assert Axe().run(page).violations_count == 0
    page.set_viewport_size(PHONE)
    assert page.evaluate(OVERFLOW) <= 0

    number_of_first = re.search(r"\d{2}-2020-\d{3}", named.first.inner_text())[0]
    named.first.get_by_role("link").click()  # The line on which the money stands, and for whom.
    expect(page.locator("main")).to_contain_text(number_of_first)
    page.go_back()
    page.locator(".lang").get_by_role("button", name="EN").click()
    expect(page.get_by_text(re.compile(r"It breaks \d+ promises? to"))).to_be_visible()
