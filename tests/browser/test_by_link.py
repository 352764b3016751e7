"""Who has no account opens a link on a phone: a participant reads, a receiver counts and signs."""

import re

from playwright.sync_api import expect

from tests.browser.quick_axe import Axe
from tests.browser.test_attendance import (
    PHONE,
    draw_signature,
    name_the_receiver,
    new_class,
    sent_goods,
)

ADDRESS = re.compile(r"http://\S+/l/[\w-]+")


def test_a_participant_reads_what_is_recorded_and_nothing_of_others(visit):
    office = visit("jabar")
    cohort = new_class(office)
    office.goto(cohort)
    office.get_by_role("button", name="Beri tautan kepada semua peserta angkatan").click()
    expect(office.get_by_text(ADDRESS).first).to_be_visible()
    addresses = ADDRESS.findall(office.locator("main").inner_text())
    assert len(addresses) == 3

    page = visit("", **PHONE)
    page.goto(addresses[1])
    expect(page.get_by_role("heading", name="Pelatihan Anda")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Peserta 2")
    expect(page.locator("main")).not_to_contain_text("Peserta 1")
    expect(page.locator("main")).to_contain_text("gratis")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    assert Axe().run(page).violations_count == 0
    page.goto(cohort)  # The class itself asks for an account.
    expect(page.locator("input[name=login]")).to_be_visible()


def test_a_receiver_without_account_counts_and_signs_with_the_network_cut(visit):
    office = visit("jabar")
    key = sent_goods(office)
    office.goto(f"/delivery/handovers/{key}/")
    office.locator("summary", has_text="Beri tautan").click()
    office.get_by_label("Siapa yang diberi tautan").fill("Puskesmas Uji")
    office.get_by_role("button", name="Beri tautan").click()
    expect(office.get_by_text(ADDRESS).first).to_be_visible()
    (address,) = ADDRESS.findall(office.locator("main").inner_text())

    page = visit("", **PHONE)
    page.goto(address)
    expect(page.locator("#title")).to_have_text("10 potong Masker")
    expect(page.locator("#giver")).to_be_hidden()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("#title")).to_have_text("10 potong Masker")
    page.context.set_offline(True)
    page.get_by_label("Berapa yang Anda hitung?").fill("10")
    name_the_receiver(page)
    draw_signature(page)
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#state")).to_contain_text("menunggu jaringan")
    page.context.set_offline(False)
    expect(page.locator("#state")).to_contain_text("diterima server")

    office.goto(f"/delivery/handovers/{key}/")
    expect(office.locator("svg.ink")).to_be_visible()
    expect(office.get_by_text("Siti, Kepala gudang")).to_be_visible()
