"""Two data stewards: one makes a release, the other publishes it and, for a leak, takes it away."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.quick_axe import Axe
from tests.meanwhile import until

pytestmark = pytest.mark.usefixtures("site_changes")
PHONE = {"width": 360, "height": 740}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COUNTED = 300_000  # Milliseconds: a worker counts, checks and writes the site.
DAY = "2020-07-31"
WHY_EN = "A person's name stood in one cell (test)."
WHY = "Sebuah nama orang terbaca dalam satu sel (uji)."


@pytest.fixture(scope="module")
def browser_memory():
    """What one step leaves to the next: the address of the release, its number."""
    return {}


def stand(page):
    """Hold a page against axe and a phone, in both languages."""
    for language in ("EN", "ID"):
        page.locator(".lang").get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("lang", language.lower())
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    desk = page.viewport_size
    page.set_viewport_size(PHONE)
    assert page.evaluate(OVERFLOW) <= 0
    page.set_viewport_size(desk)


def test_a_steward_makes_a_release_that_is_counted_protected_and_checked(visit, browser_memory):
    page = visit("walidata")
    page.goto("/desk/releases/")
    page.get_by_role("link", name="Buat rilis").click()
    stand(page)
    expect(page.get_by_label("Data per")).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    page.get_by_label("Data per").fill(DAY)
    page.get_by_label("Menghitung baru").select_option("money")
    page.get_by_role("button", name="Hitung dan samarkan").click()
    check = page.get_by_role("button", name="Periksa", exact=True)
    expect(check).to_be_visible(timeout=COUNTED)
    expect(page.locator("main")).to_contain_text("disamarkan")
    stand(page)
    browser_memory["desk"] = page.url.split("?")[0]
    browser_memory["number"] = re.search(r"2020-07-31\.\d+", page.title())[0]

    check.click()
    expect(page.get_by_role("button", name="Terbitkan", exact=True)).to_be_visible(timeout=COUNTED)
    expect(page.locator("main")).to_contain_text("diperiksa")
    unseen = page.request.get(f"/data/r/{browser_memory['number']}/manifest.json")
    assert unseen.status == 404


def test_another_steward_publishes_it_and_everybody_reads_it(visit, browser_memory):
    page, number = visit("walidata_kedua"), browser_memory["number"]
    page.goto(browser_memory["desk"])
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    withdraw = page.get_by_role("button", name="Tarik rilis", exact=True)
    expect(withdraw).to_be_visible(timeout=COUNTED)
    stand(page)

    reader = visit(viewport=PHONE)
    reader.goto("/releases/")
    expect(reader.get_by_role("heading", name=number)).to_be_visible()
    manifest = reader.request.get(f"/data/r/{number}/manifest.json").json()
    assert manifest["release"] == number
    assert reader.request.get("/data/latest/manifest.json").json() == manifest
    assert reader.context.cookies() == []


def test_a_withdrawn_release_is_gone_with_its_reason_and_keeps_its_hash(visit, browser_memory):
    page, number = visit("walidata_kedua"), browser_memory["number"]
    page.goto(browser_memory["desk"])
    page.get_by_label(re.compile("^Mengapa rilis ditarik")).fill(WHY)
    page.get_by_label(re.compile("^Alasan yang sama dalam bahasa Inggris")).fill(WHY_EN)
    # What leaks is gone before the answer comes; the worker writes the pages that say so.
    page.get_by_role("button", name="Tarik rilis", exact=True).click(timeout=COUNTED)
    expect(page.locator("main")).to_contain_text("ditarik", timeout=COUNTED)
    stand(page)

    reader = visit(viewport=PHONE)
    assert reader.request.get(f"/data/r/{number}/manifest.json").status == 410
    reader.goto("/")
    until(lambda: WHY in reader.request.get("/releases/").text(), COUNTED / 1_000)
    for address in ("", "/en"):
        reader.goto(f"{address}/releases/")
        told = reader.locator("main")
        expect(told).to_contain_text(number)
        expect(told).to_contain_text(WHY_EN if address else WHY)
        expect(told).to_contain_text(re.compile("[0-9a-f]{64}"))
    gone = reader.goto(f"/data/r/{number}/cells.csv")
    assert gone.status == 410
    expect(reader.get_by_text(f"{WHY} / {WHY_EN}")).to_be_visible()
    assert Axe().run(reader).violations_count == 0
    assert reader.evaluate(OVERFLOW) <= 0
    assert reader.request.get("/data/latest/manifest.json").json()["release"] != number
