"""Guessing passwords is stopped."""

import re

from playwright.sync_api import expect

from tests.browser import papers
from tests.browser.signing_in import added_person, enter

WAIT = re.compile(r"Terlalu banyak kata sandi yang salah\. Tunggu (\d+) detik")
LONG_ENOUGH = 8  # Seconds, in which the right password is tried.


def test_wrong_passwords_are_followed_by_longer_and_longer_waits(visit):
    page = visit()
    username, password = added_person(visit, f"pelupa-{papers.NEW}")
    waits = [0]
    while waits[-1] < LONG_ENOUGH:
        page.wait_for_timeout(waits[-1] * 1_000)  # As a person would.
        enter(page, username, "bukan sandinya")
        said = WAIT.search(page.locator("body").inner_text())
        waits.append(int(said[1]) if said else 0)
    enter(page, username, password)  # Even the right one.
    expect(page.locator("body")).to_contain_text(WAIT)


def test_one_persons_failures_do_not_lock_out_her_office(visit):
    page = visit()
    enter(page, f"orang-lain-{papers.NEW}", "salah ketik sekali")
    expect(page.locator(".note")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(WAIT)
