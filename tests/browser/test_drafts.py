"""A draft saves itself while its office types: nothing is lost, and a failure is said."""

from playwright.sync_api import expect

from tests.browser import papers

ANOTHER = "Pesanan penjahit berhenti sejak Maret."
ADDED = {"text": "Alat tulis", "account": "521211", "factors": "2 paket", "unit_cost": "100000"}


def new_draft(visit):
    page = visit("kalsel")
    page.goto("/proposals/new/")
    page.get_by_label("Putaran").select_option(index=1)
    page.get_by_label("Langkah").select_option(label="Bimtek masker kain")
    page.get_by_label("Judul").fill(f"Bimtek ketikan {papers.NEW}")
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/edit/")
    row = {"text": "Honor narasumber", "account": "522151", "factors": "1 OJ"}
    new = page.locator("#part-rows form[action$='/parts/rows/']")
    for name, value in (row | {"unit_cost": "900000"}).items():
        new.locator(f"[name={name}]").fill(value)
    new.get_by_role("button", name="Tambah baris").click()
    expect(page.locator("form#row-1")).to_be_visible()
    return page


def saves(page, where):
    """Wait, after what is typed within, for the answer to what saves itself."""
    return page.expect_response(lambda one: where in one.url and one.request.method == "POST")


def test_what_is_typed_while_the_page_saves_stays_and_is_saved(visit):
    page = new_draft(visit)
    row = page.locator("form#row-1")
    new = page.locator("#part-rows form[action$='/parts/rows/']")
    new.locator("[name=text]").fill("Sewa ruang")  # Half a row, not added yet.
    row.locator("summary").click()
    with saves(page, "/parts/rows/"):
        row.locator("[name=reason]").fill("Tarif setempat")
        row.locator("[name=text]").focus()
        for _letter in range(12):  # Until the answer is there, and after it.
            page.keyboard.press("End")
            page.keyboard.type("!", delay=80)
    expect(row.locator("[name=text]")).to_have_value("Honor narasumber" + "!" * 12)
    expect(new.locator("[name=text]")).to_have_value("Sewa ruang")
    expect(row.locator("[name=reason]")).to_be_visible()  # Still open.
    with saves(page, "/parts/rows/"):
        page.keyboard.press("Tab")
    page.reload()
    expect(row.locator("[name=text]")).to_have_value("Honor narasumber" + "!" * 12)
    expect(row.locator("[name=reason]")).to_have_value("Tarif setempat")


def test_what_could_not_be_saved_is_said_and_sent_again(visit):
    page = new_draft(visit)
    said = page.locator("[data-says-unsaved]")
    expect(said).to_be_hidden()
    page.context.set_offline(True)
    page.locator("[name=background]").fill(ANOTHER)
    page.keyboard.press("Tab")
    expect(said).to_contain_text("Belum tersimpan")
    with saves(page, "/sections/"):
        page.context.set_offline(False)
    expect(said).to_be_hidden()
    page.reload()
    expect(page.locator("[name=background]")).to_have_value(ANOTHER)


def test_an_answer_that_is_late_leaves_no_older_sums_beside_the_draft(visit):
    page = new_draft(visit)
    held = []
    page.route("**/sections/", lambda route: held.append((route, route.fetch())))
    page.locator("[name=background]").fill(ANOTHER)
    page.keyboard.press("Tab")
    page.wait_for_timeout(1_000)
    row = page.locator("form#row-1")
    row.locator("[name=unit_cost]").fill("850000")
    new = page.locator("#part-rows form[action$='/parts/rows/']")
    for name, value in ADDED.items():
        new.locator(f"[name={name}]").fill(value)
    new.get_by_role("button", name="Tambah baris").click()
    page.wait_for_timeout(1_000)
    (route, answer), *_none = held
    route.fulfill(response=answer)
    expect(page.locator("form#row-2")).to_be_visible()
    expect(page.locator("#verdict")).to_contain_text("1.050.000")
    page.reload()
    expect(page.locator("#verdict")).to_contain_text("1.050.000")
    expect(page.locator("[name=background]")).to_have_value(ANOTHER)
