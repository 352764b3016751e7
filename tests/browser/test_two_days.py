"""A hall has no network for two days: what was pressed there comes once, on the third."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.quick_axe import Axe
from tests.browser.test_attendance import KEEPS_THE_PAGE, PHONE, new_class
from tests.browser.test_by_link import ADDRESS, LISTS_KEPT
from tests.browser.test_field import press
from tests.browser.trainings import post

LATER = {"day": "2020-11-01", "starts_at": "08:00", "lesson_hours": "8", "subject": "Pengenalan"}


def class_of_two_days(office):
    """Return the address of a class with one session on each of two days."""
    cohort = new_class(office)
    post(office, f"{cohort}sessions/", **LATER)
    return cohort


def link_to(office, cohort, holder):
    office.goto(f"{cohort}attendance/")
    office.locator("summary", has_text="Beri tautan").click()
    office.get_by_label("Siapa yang diberi tautan").fill(holder)
    office.get_by_role("button", name="Beri tautan").click()
    expect(office.get_by_text(ADDRESS).first).to_be_visible()
    return ADDRESS.search(office.locator("main").inner_text())[0]


def opened_on(context, days_ago, address):
    """Open a page on a phone whose clock stands so many days before today."""
    page = context.new_page()
    page.clock.set_fixed_time(datetime.now(UTC) - timedelta(days=days_ago))
    page.goto(address)
    expect(page.locator("#people li")).to_have_count(3)
    return page


def choose_session(page, day):
    option = page.locator("#sessions option", has_text=f"{day} Nov 2020")
    page.locator("#sessions").select_option(option.get_attribute("value"))


def mark(page, day, **said):
    choose_session(page, day)
    for number, what in said.items():
        press(page, f"Peserta {number.removeprefix('n')}", what)


def lines(page, cohort):
    """Return how many presses of a class the office has."""
    page.goto(f"/delivery/attendance/?cohort={cohort.rstrip('/').rpartition('/')[2]}")
    return page.locator("#rows")


def test_two_days_without_network_come_once_though_the_link_ended_meanwhile(visit):
    office = visit("jabar")
    cohort = class_of_two_days(office)
    address = link_to(office, cohort, "Bu Rina, pelatih")
    phone = visit("", **PHONE)
    phone.goto(address)
    expect(phone.locator("#people li")).to_have_count(3)
    phone.evaluate(KEEPS_THE_PAGE)
    field, context = phone.url, phone.context
    phone.close()

    context.set_offline(True)
    page = opened_on(context, 2, field)
    mark(page, 1, n1="Hadir", n2="Tidak hadir", n3="Hadir")
    expect(page.locator("#waiting")).to_have_text("3")
    page.close()
    page = opened_on(context, 1, field)
    expect(page.locator("#waiting")).to_have_text("3")
    mark(page, 2, n1="Hadir", n2="Hadir")
    expect(page.locator("#waiting")).to_have_text("5")
    page.close()

    office.goto(f"{cohort}attendance/")
    office.locator("input[name=reason]").fill("ponsel lain")
    office.get_by_role("button", name="Akhiri tautan").click()
    expect(office.get_by_text("ponsel lain")).to_be_visible()
    expect(lines(office, cohort)).not_to_contain_text("Peserta")
    again = link_to(office, cohort, "Bu Rina, pelatih")

    context.set_offline(False)
    page = context.new_page()
    page.goto(again)
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    assert page.evaluate(LISTS_KEPT) == 1  # The names of the ended link are gone.
    choose_session(page, 1)
    expect(page.locator("#n-absent")).to_have_text("1")
    choose_session(page, 2)
    expect(page.locator("#n-present")).to_have_text("2")
    assert Axe().run(page).violations_count == 0
    expect(lines(office, cohort)).to_contain_text("5 baris")
    old = context.new_page()
    old.goto(field)
    expect(old.locator("#queue")).to_contain_text("Tautan ini sudah berakhir")
    expect(old.locator("#queue")).not_to_contain_text("belum terkirim")
    page.reload()
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    expect(lines(office, cohort)).to_contain_text("5 baris")  # Sent once.


def test_two_days_without_network_come_once_after_a_new_sign_in_and_are_seen_to_be_late(visit):
    cohort = class_of_two_days(visit("jabar"))
    key = cohort.rstrip("/").rpartition("/")[2]
    page = visit("jabar", **PHONE)
    page.goto(f"/delivery/field/class/{key}/")
    expect(page.locator("#people li")).to_have_count(3)
    page.evaluate(KEEPS_THE_PAGE)
    field, context = page.url, page.context
    page.close()
    cookies = context.cookies()

    context.set_offline(True)
    for days_ago, day in ((2, 1), (1, 2)):
        page = opened_on(context, days_ago, field)
        mark(page, day, n1="Hadir", n2="Tidak hadir")
        expect(page.locator("#waiting")).to_have_text(str(2 * day))
        page.close()

    context.clear_cookies()
    context.set_offline(False)
    page = context.new_page()
    page.goto(field)
    expect(page.locator("input[name=login]")).to_be_visible()
    context.add_cookies(cookies)
    page.goto(field)
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    rows = lines(visit("jabar"), cohort)
    expect(rows).to_contain_text("4 baris")
    pressed = datetime.now(UTC) - timedelta(days=2)
    expect(rows).to_contain_text(re.compile(rf"\b{pressed.day} \w+ {pressed.year}"))
