"""Everything is in reach of the keyboard alone, and forms work without any script."""

from playwright.sync_api import expect

from tests.browser import papers


def test_the_first_tab_leads_past_the_menu(visit):
    page = visit("perencana")
    page.goto("/inbox/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_keys_walk_the_menu_the_rows_and_the_help(visit):
    page = visit("perencana")
    # At rest: on a busy machine a key was lost while the page still asked for more.
    page.goto("/enterprises/", wait_until="networkidle")
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Pintasan")
    expect(help_).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()

    # On a busy machine the focus is still on the box of the closed dialog when the next key comes.
    help_box = page.locator("#keys input[type=checkbox]")
    help_box.dispatch_event("keydown", {"key": "j", "bubbles": True})
    expect(page.locator("#rows tbody tr:nth-child(1) a")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#rows tbody tr:nth-child(2) a")).to_be_focused()

    page.keyboard.press("/")
    page.keyboard.type("jk?")  # Inside a field they are letters.
    expect(page.locator("[data-search]")).to_have_value("jk?")

    # In one step: what was typed is still being looked for, and may move what has the focus.
    page.locator("#menu").get_by_role("link", name="Dampak").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dampak")


def test_a_question_before_a_change_closes_with_escape_and_changes_nothing(visit):
    page = visit("perencana")
    page.goto("/enterprises/linking/")
    opener = page.get_by_role("button", name="Padankan ulang seluruh daftar")
    opener.focus()
    page.keyboard.press("Enter")
    question = page.get_by_role("dialog")
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(opener).to_be_focused()
    page.reload()
    expect(opener).to_be_visible()


def test_without_a_script_a_file_is_sent_and_a_list_is_filtered(visit, tmp_path):
    page = visit("perencana", java_script_enabled=False)
    page.goto("/inbox/")
    list_ = papers.text(tmp_path / "tanpa-skrip.csv", *papers.firms("Tempe", 2, start=90))
    page.set_input_files("input[type=file]", str(list_))
    page.get_by_label("Pengirim", exact=True).select_option(label="Jawa Barat")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tanpa-skrip.csv")

    page.goto("/enterprises/")
    page.get_by_label("Cari dengan sebagian nama").fill("konv")
    page.get_by_role("button", name="Saring", exact=True).click()
    expect(page.locator("#rows tbody tr").first).to_contain_text("onv")

    page.goto("/desk/")
    page.locator("summary[aria-label^='Definisi dan sumber']").first.click()
    expect(page.locator("details.why[open]")).to_contain_text("Sumber")
