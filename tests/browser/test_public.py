"""Strangers on the public pages: a journalist, a citizen with a phone, a program."""

import csv
import io

import pytest
from playwright.sync_api import expect

from tests.browser.quick_axe import Axe

pytestmark = pytest.mark.usefixtures("site_stands")  # Two answers are held against each other.
PHONE = {"width": 360, "height": 740}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Tables and what scrolls within a page, where a part lies beyond the right edge.
CUT = """() => [...document.querySelectorAll(".scroll, table")].filter(
  (one) => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > innerWidth
).length"""
PAGES = (
    "/",
    "/places/",
    "/places/63/",
    "/places/6371/",
    "/measures/",
    "/asked/",
    "/money/",
    "/figures/",
    "/figures/affected_firms/",
    "/figures/help_paid/",
    "/goods/",
    "/money/019119/",
    "/measures/ppe_training/",
    "/releases/",
    "/calendar/",
    "/data/",
    "/about/",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_public_page_is_accessible_and_narrow_enough_in_both_languages(visit, path):
    page = visit(java_script_enabled=True)
    for address in (path, f"/en{path}"):
        answer = page.goto(address)
        assert answer.status == 200
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.set_viewport_size(PHONE)
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(CUT) == 0
    assert page.context.cookies() == []


def test_a_journalist_follows_a_figure_to_its_rows_and_takes_the_data_away(visit):
    page = visit(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dari janji ke tangan penerima")
    shown = page.locator("[data-cell='affected_firms|2020|63|all|']").first
    value = shown.get_attribute("value")
    shown.click()
    expect(page.locator("tr:target")).to_contain_text("Kalimantan Selatan")
    expect(page.get_by_text("Bukan jumlah IKM di Indonesia")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    with open(download.value.path(), encoding="utf-8") as file:
        rows = {row["cell"]: row for row in csv.DictReader(file)}
    assert rows["affected_firms|2020|63|all|"]["value"] == value
    regencies = [
        row
        for row in rows.values()
        if (row["measure"], row["dimension"]) == ("affected_firms", "all")
        and row["area"].startswith("63")
        and row["area_level"] == "regency"
    ]
    assert len(regencies) >= 13


def test_a_citizen_finds_a_regency_on_a_phone(visit):
    page = visit(viewport=PHONE)
    page.goto("/places/")
    page.get_by_text("Kalimantan Selatan", exact=True).click()
    page.get_by_role("link", name="Kab. Banjar", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kab. Banjar")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kab. Banjar")
    page.get_by_role("link", name="Kalimantan Selatan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kalimantan Selatan")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("banjar", "Kab. Banjar"),
        ("bandnug", "Kab. Bandung"),
        ("kota banjarmasn", "Kota Banjarmasin"),
        ("Jogja", "DI Yogyakarta"),
        ("soerabaja", "Kota Surabaya"),
        ("kabupaten ogan ilir", "Kab. Ogan Ilir"),
        ("kalimantan selatan", "Kalimantan Selatan"),
        ("kalsel", "Kalimantan Selatan"),
        ("south kalimantan", "Kalimantan Selatan"),
    ],
)
def test_a_place_is_found_by_its_name_though_it_is_mistyped(visit, typed, first):
    page = visit(viewport=PHONE, java_script_enabled=True)
    page.goto("/places/")
    box = page.get_by_role("searchbox")
    box.fill(typed)
    answer = page.locator(".answers a").first
    expect(answer).to_have_text(first)
    assert Axe().run(page).violations_count == 0
    where = answer.get_attribute("href")
    box.press("Enter")
    page.wait_for_url(f"**{where}")


def test_what_no_place_is_called_is_said_and_the_list_stands(visit):
    page = visit(java_script_enabled=True)
    page.goto("/en/places/?find=xqxqxq")
    expect(page.get_by_role("status")).to_have_text("No place has such a name.")
    plain = visit(java_script_enabled=False)
    plain.goto("/places/")
    expect(plain.get_by_text("Kalimantan Selatan", exact=True)).to_be_visible()
    expect(plain.get_by_role("searchbox")).to_have_count(0)


def test_a_program_reads_the_same_cells_by_filter(visit):
    page = visit()
    answer = page.request.get("/api/open/v1/cells?measure=affected_firms&area=63&format=csv")
    assert answer.status == 200
    (row, *_others) = csv.DictReader(io.StringIO(answer.text()))
    assert row["area_name"] == "Kalimantan Selatan"


def test_from_91_people_and_950_suits_to_what_the_treasury_paid(visit):
    page = visit()

    def rows(file):
        return list(csv.DictReader(io.StringIO(page.request.get(f"/data/latest/{file}").text())))

    cells = {row["cell"]: row["value"] for row in rows("cells.csv")}
    assert cells["people_in_training|2020|63|programme|ppe_training"] == "91"
    assert cells["goods_received|2020|63|good|Baju hazmat (potong)"] == "950"
    payments = [row for row in rows("fiscal/payments.csv") if row["province"] == "63"]
    paid = sum(int(row["rupiah"]) for row in payments)
    assert str(paid) == cells["budget_realised|2020|63|all|"]
    page.goto("/places/63/")
    expect(page.locator("data[value='950']").first).to_be_visible()


def test_a_reader_follows_a_correction_to_the_old_figures_and_a_withdrawal_to_its_reason(visit):
    """What the scenario corrected late, and what it took away; figures of both languages."""
    page = visit(viewport=PHONE)
    page.goto("/en/releases/")
    page.get_by_role("link", name="Corrects release 2020-07-15.1").click()
    expect(page.locator(":target")).to_contain_text("2020-07-15.1")
    old, new = (page.request.get(f"/data/r/2020-07-15.{n}/budget.csv").text() for n in ("1", "2"))
    cells = [{row["cell"]: row for row in csv.DictReader(io.StringIO(one))} for one in (old, new)]
    revised = [name for name, row in cells[1].items() if row["marker"] == "[r]"]
    assert revised
    for name in revised:
        assert cells[0][name]["value"] != cells[1][name]["value"], name
    page.goto("/figures/budget_realised/")
    row = page.locator("tr", has=page.get_by_role("link", name="Maluku Utara", exact=True))
    expect(row).to_contain_text("[r]")
    expect(page.locator("#history + table")).to_contain_text("2020-07-15.1")
    page.goto("/releases/")
    gone = page.get_by_role("region", name="Ditarik")
    expect(gone).to_contain_text("2020-06-30.1")
    number = gone.locator("b").first.inner_text()
    answer = page.goto(f"/data/r/{number}/")
    assert answer.status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text("Rilis ini ditarik")
    page.get_by_role("link", name="other releases").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_table_is_sorted_and_narrowed_down_and_its_link_opens_the_very_view(visit):
    page = visit(java_script_enabled=True)
    page.goto("/asked/")
    table = page.locator("table.list").first
    everything = table.locator("tbody tr").count()
    page.get_by_label("Saring").first.fill("kalimantan")
    table.get_by_role("button", name="Usulan diajukan").click()
    shown = table.locator("tbody tr:visible")
    assert 0 < shown.count() < everything
    first = shown.first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV tampilan ini").first.click()
    with open(download.value.path(), encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == shown.count() + 1
    other = visit(java_script_enabled=True)
    other.goto(page.get_by_role("link", name="Tautan ke tampilan ini").first.get_attribute("href"))
    again = other.locator("table.list").first.locator("tbody tr:visible")
    assert again.first.inner_text() == first
    assert again.count() == shown.count()
