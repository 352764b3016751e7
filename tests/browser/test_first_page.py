"""The officers' first page, and the stranger who has none."""

from pathlib import Path

from playwright.sync_api import expect


def test_an_auditor_reads_where_the_country_stands(visit):
    page = visit("auditor", locale="en-GB")  # Indonesian all the same, until told otherwise.
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ringkasan nasional")
    expect(page.get_by_role("link", name="1.008.677")).to_be_visible()
    expect(page.locator("#provinces tr.sum")).to_contain_text("Indonesia")

    page.get_by_role("button", name="English, EN").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("National overview")
    expect(page.get_by_role("link", name="1,008,677")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    meaning = page.locator("summary[aria-label^='Definition and source']").first
    meaning.click()
    opened = page.locator("details.why[open] .pop")
    for word in ("Definition", "As of", "Source", "Coverage"):
        expect(opened.get_by_text(word, exact=True)).to_be_visible()
    expect(opened).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("details.why[open]")).to_have_count(0)
    expect(meaning).to_be_focused()

    with page.expect_download() as download:
        page.locator("#provinces").get_by_role("link", name="CSV").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "Jawa Barat" in table
    assert "Konveksi" not in table  # Aggregates only.


def test_a_stranger_is_asked_to_sign_in_for_all_else(visit):
    page = visit()
    page.goto("/enterprises/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk ke Pulih")
