"""Two of an office choose who gets a place: each step once, seen by both, told why."""

import re
from time import time_ns

from playwright.sync_api import expect

from tests.browser.quick_axe import Axe
from tests.browser.test_attendance import PHONE
from tests.browser.trainings import new_training, post

HEADS = "Nama\tNIK\tJK\tDesa\tNilai\tRumah tangga"
ASKING = ((90, "A"), (80, "A"), (50, ""), (50, ""), (10, ""))  # Points, household.
REASONS = (
    "terpilih menurut skor",
    "serumah dengan yang terpilih",
    ("terpilih menurut undian", "di garis, kalah undian"),
    ("terpilih menurut undian", "di garis, kalah undian"),
    "di bawah garis",
)


def activity_with_two_places(page):
    activity = new_training(page, "Bimtek uji pemilihan")
    regency = page.locator("#SiteForm_regency option", has_text="Kab. Indramayu")
    post(page, f"{activity}sites/", name="Balai", regency=regency.get_attribute("value"))
    page.goto(activity)
    site = page.locator("#CohortForm_site option", has_text="Balai").get_attribute("value")
    post(page, f"{activity}cohorts/", site=site, name="Angkatan 1", places="2")
    return activity


def add_applicants(page):
    """Paste a list of people of whom no other journey has heard: a seat is had once a year."""
    now = time_ns() // 10**6
    born, first = f"{now % 28 + 1:02}0{now // 28 % 9 + 1}87", now // 252 % 9_990
    numbers = [f"321215{born}{first + at:04}" for at in range(1, 6)]
    lines = [
        f"Pelamar {at}\t{nik}\tL\tEretan\t{points}\t{household}"
        for at, (nik, (points, household)) in enumerate(zip(numbers, ASKING, strict=True), 1)
    ]
    page.locator("summary", has_text="Tempelkan daftar").click()
    form = page.locator("form[action$='/applicants/']")
    form.get_by_label("Kabupaten/kota").select_option(label="Kab. Indramayu")
    form.get_by_label("Daftar orang").fill("\n".join([HEADS, *lines]))
    form.get_by_role("button", name="Tempelkan daftar").click()
    expect(page.get_by_text("5 pendaftar ditambahkan")).to_be_visible()


def waive_what_nobody_knows(page):
    """Waive every open check for all, one after the other, as the page offers them."""
    opener = page.locator("summary", has_text="Kecualikan semua")
    while opener.count():
        opener.click()
        page.get_by_label("Mengapa boleh lolos?").fill("dikenal di desa")
        page.get_by_role("button", name="Kecualikan semua").click()
        expect(page.get_by_text("dikecualikan bagi 5 orang")).to_be_visible()


def fits_a_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    assert Axe().run(page).violations_count == 0


def draw(page, seed, first, second):
    page.get_by_label("Benih").fill(seed)
    page.get_by_label("Saksi pertama: nama dan jabatan").fill(first)
    page.get_by_label("Saksi kedua: nama dan jabatan").fill(second)
    page.get_by_role("button", name="Simpan benih").click()


def test_two_members_choose_and_read_why_and_claim_the_seats(visit):
    one, other = visit("jabar", **PHONE), visit("perencana", **PHONE)
    activity = activity_with_two_places(one)
    one.goto(f"{activity}checks/")
    add_applicants(one)
    one.get_by_role("button", name="Periksa pendaftar").click()
    expect(one.get_by_text("Dukcapil belum menjawab tentang NIK ini").first).to_be_visible()
    expect(one.locator("summary", has_text="Kecualikan semua")).to_have_count(0)  # Who ran it.
    fits_a_phone(one)
    other.goto(f"{activity}checks/")
    waive_what_nobody_knows(other)
    expect(other.get_by_text("Tidak ada yang tertahan.")).to_be_visible()

    one.goto(f"{activity}selection/")
    one.get_by_role("button", name="Terbitkan kriteria").click()
    other.goto(f"{activity}selection/")
    one.get_by_role("button", name="Kunci daftar").click()
    expect(one.get_by_label("Benih")).to_be_visible()
    other.get_by_role("button", name="Kunci daftar").click()  # Of a page that is behind.
    expect(other.locator(".note.bad")).to_contain_text("sudah dikunci")
    draw(one, "46-13-07-28-02", "Camat Kandanghaur", "camat  kandanghaur")
    expect(one.get_by_text("Dua saksi adalah dua orang.")).to_be_visible()
    draw(one, "46-13-07-28-02", "Camat Kandanghaur", "Kepala Desa Eretan")
    expect(one.get_by_text("Camat Kandanghaur; Kepala Desa Eretan")).to_be_visible()
    draw(other, "1", "Sekcam", "Kepala Dusun")
    expect(other.get_by_text("satu kali")).to_be_visible()
    expect(other.get_by_text("46-13-07-28-02", exact=True)).to_be_visible()

    other.get_by_role("button", name="Pilih menurut skor dan undian").click()
    expect(other.locator(".titlerow p")).to_contain_text("2 dari 5 pendaftar terpilih")
    fits_a_phone(other)
    rows = other.locator("#near tbody tr")
    for at, said in enumerate(REASONS):
        row = rows.filter(has_text=f"Pelamar {at + 1}")
        expect(row).to_contain_text(re.compile("|".join([said] if isinstance(said, str) else said)))
    expect(rows.filter(has_text="terpilih menurut undian")).to_have_count(1)
    other.get_by_role("link", name="Pelamar 2", exact=True).click()
    expect(other.locator("main")).to_contain_text("serumah dengan yang terpilih")

    one.goto(f"{activity}selection/")
    one.get_by_label("Nomor SK penetapan peserta").fill(f"SK-{time_ns() % 10**9}")
    one.get_by_label("Tanggal SK").fill("2020-11-01")
    one.get_by_role("button", name="Tetapkan kursi").click()
    expect(one.locator("main")).to_contain_text("mendahului pemilihan")  # Of the day after.
    one.get_by_label("Tanggal SK").fill("2020-11-02")
    one.get_by_role("button", name="Tetapkan kursi").click()
    expect(one.get_by_text("2 kursi ditetapkan")).to_be_visible()
    fits_a_phone(one)
    one.get_by_role("link", name="Ke angkatan dan SK untuk ditandatangani").click()
    expect(one.locator("main")).to_contain_text("2 dari 2 kursi terisi")


def test_who_only_reads_the_choice_is_offered_no_step(visit):
    office = visit("jabar")
    activity = activity_with_two_places(office)
    page = visit("auditor", **PHONE)
    for part in ("checks/", "selection/"):
        page.goto(f"{activity}{part}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main form[method=post]")).to_have_count(0)
        fits_a_phone(page)
