"""Doubtful pairs are answered by keys, taken back, and brought before a third person."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import papers

LINKED = 180_000  # Milliseconds for the worker to read a small file and link what it brought.
OWNERS = ("Roswita Damanhuri", "Kartolo Wiryawan", "Marlinda Sihaloho")


@pytest.fixture(scope="module", autouse=True)
def doubtful(browser, browser_context_args, signed_in, tmp_path_factory):
    """Send a list of three owners with two firms each, or one: the same trade, other names."""
    rows = [
        [f"{name} {n}", owner, "", *papers.WEST_JAVA, "Baju", workers, papers.NEW]
        for n, owner in enumerate(OWNERS)
        for name, workers in (("Sinar Abadi", 9), ("Karya Mandiri", 2))
    ]
    file = papers.text(tmp_path_factory.mktemp("doubles") / "kembar.csv", *rows)
    context = browser.new_context(**browser_context_args, storage_state=signed_in("jabar"))
    page = context.new_page()
    page.goto("/inbox/")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url(re.compile(r"/inbox/\d+/$"))
    expect(page.get_by_text("baris dibaca.")).to_be_visible(timeout=LINKED)
    page.goto(page.url.replace("/inbox/", "/enterprises/links/"))
    expect(page.get_by_role("heading", name="Pemadanan ini")).to_be_visible(timeout=LINKED)
    context.close()


def open_first_pair(page):
    page.goto("/enterprises/reviews/")
    page.get_by_role("link", name="Mulai meninjau").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("satu IKM?")


def waiting(page):
    """Return how many pairs the sentence under the title says are waiting."""
    text = page.locator(".titlerow p").inner_text()
    return int(re.search(r"([\d.]+) pasangan menunggu", text)[1].replace(".", ""))


def test_a_pair_shows_evidence_that_adds_up_and_no_answer_is_chosen(visit):
    page = visit("perencana")
    open_first_pair(page)
    shown = page.locator(".wf .num").all_inner_texts()
    *bits, total = [float(text.strip().replace("−", "-").replace(",", ".")) for text in shown]
    assert sum(bits) == pytest.approx(total, abs=0.35)  # Each is rounded to a tenth.
    expect(page.locator(".decide .btn-primary")).to_have_count(0)
    expect(page.locator(".decide button")).to_have_count(3)
    assert not re.search(r"\b\d{16}\b", page.content())


def test_keys_step_answer_and_take_back(visit):
    page = visit("perencana")
    open_first_pair(page)
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)

    before = waiting(page)
    page.locator("#note").fill("123 ju")  # Inside a field they are letters.
    expect(page).to_have_url(first)
    page.locator("h1").click()
    page.keyboard.press("2")
    page.wait_for_url(lambda url: url != first)
    assert waiting(page) == before - 1
    expect(page.get_by_text("dua IKM.")).to_be_visible()

    page.keyboard.press("u")
    page.wait_for_url(first)
    expect(page.get_by_text("Jawaban Anda dibatalkan")).to_be_visible()
    assert waiting(page) == before


def test_two_who_disagree_are_named_to_the_third(visit):
    officer, planner = visit("jabar"), visit("perencana")
    open_first_pair(officer)
    pair = officer.url
    officer.locator("#note").fill("Ditelepon: satu orang.")
    officer.get_by_role("button", name="Satu IKM").click()
    officer.wait_for_url(lambda url: url != pair)

    planner.goto(pair)
    planner.get_by_role("button", name="Dua IKM").click()
    planner.wait_for_url(lambda url: url != pair)
    planner.goto(pair)
    expect(planner.get_by_text("Dua peninjau berbeda pendapat")).to_be_visible()
    expect(planner.get_by_text("Ditelepon: satu orang.")).to_be_visible()

    for page in (planner, officer):  # As it was, for the other journeys.
        page.goto(pair)
        page.get_by_role("button", name="Batalkan jawaban saya").click()
        expect(page.get_by_text("Jawaban Anda dibatalkan")).to_be_visible()


def test_without_a_script_a_pair_is_answered_and_taken_back(visit):
    page = visit("perencana", java_script_enabled=False)
    open_first_pair(page)
    first = page.url
    page.get_by_role("button", name="Belum pasti").click()
    page.wait_for_url(lambda url: url != first)
    page.get_by_role("button", name="Batalkan terakhir").click()
    expect(page).to_have_url(first)
