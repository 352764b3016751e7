"""Who has no account opens a link on a phone: a participant reads, a receiver counts and signs."""

import re

from playwright.sync_api import expect

from tests.browser.quick_axe import Axe
from tests.browser.test_attendance import (
    KEEPS_THE_PAGE,
    PHONE,
    draw_signature,
    name_the_receiver,
    new_class,
    sent_goods,
)

ADDRESS = re.compile(r"http://\S+/l/[\w-]+")
LISTS_KEPT = """() => new Promise((done) => {
    indexedDB.open("pulih-field").onsuccess = (event) => {
        const lists = event.target.result.transaction(["lists"]).objectStore("lists");
        lists.count().onsuccess = (count) => done(count.target.result);
    };
})"""


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


def test_a_trainer_without_account_marks_a_class_with_the_network_cut(visit):
    office = visit("jabar")
    cohort = new_class(office)
    office.goto(f"{cohort}attendance/")
    office.locator("summary", has_text="Beri tautan").click()
    office.get_by_label("Siapa yang diberi tautan").fill("Bu Rina, pelatih")
    office.get_by_role("button", name="Beri tautan").click()
    expect(office.get_by_text(ADDRESS).first).to_be_visible()
    (address,) = ADDRESS.findall(office.locator("main").inner_text())

    page = visit("", **PHONE)
    page.goto(address)
    expect(page.locator("#people li")).to_have_count(3)
    expect(page.locator("#holder")).to_contain_text("Bu Rina, pelatih")
    assert Axe().run(page).violations_count == 0
    page.evaluate(KEEPS_THE_PAGE)
    field = page.url
    page.context.set_offline(True)
    page.reload()
    for who, what in (("Peserta 1", "Hadir"), ("Peserta 2", "Tidak hadir")):
        page.get_by_role("button", name=f"{who}: {what}", exact=True).click()
    expect(page.locator("#waiting")).to_have_text("2")
    page.context.set_offline(False)
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    page.goto(cohort)  # The class itself asks for an account.
    expect(page.locator("input[name=login]")).to_be_visible()

    office.goto(f"{cohort}attendance/")
    expect(office.locator("tbody tr").nth(0)).to_contain_text("✓")
    office.locator("input[name=reason]").fill("kelas selesai")
    office.get_by_role("button", name="Akhiri tautan").click()
    expect(office.get_by_text("kelas selesai")).to_be_visible()
    page.goto(field)
    expect(page.locator("#queue")).to_contain_text("Nama peserta dihapus dari ponsel ini")
    expect(page.locator("#people li")).to_have_count(0)
    assert page.evaluate(LISTS_KEPT) == 0
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Tautan ini tidak dapat dibuka")
