"""Guessing passwords is stopped."""

import re

from playwright.sync_api import expect

from tests.browser import papers
from tests.browser.signing_in import added_person, enter

LOCKED = re.compile("terlalu banyak percobaan", re.IGNORECASE)
FAILURES = 5


def test_signing_in_locks_after_repeated_failures(visit):
    page = visit()
    username, password = added_person(visit, f"pelupa-{papers.NEW}")
    for _ in range(FAILURES):
        enter(page, username, "bukan sandinya")
    expect(page.locator("body")).to_contain_text(LOCKED)
    enter(page, username, password)  # Even the right one, for a while.
    expect(page.locator("body")).to_contain_text(LOCKED)


def test_one_persons_failures_do_not_lock_out_her_office(visit):
    page = visit()
    enter(page, f"orang-lain-{papers.NEW}", "salah ketik sekali")
    expect(page.locator(".note")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(LOCKED)
