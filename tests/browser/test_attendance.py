"""Attendance is taken on a phone whose network is cut in the middle, and nothing is lost."""

import re

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}}
PEOPLE = "\n".join(f"Peserta {n}\t321215510187{n:04}\tP\tEretan" for n in range(1, 4))


def post(page, address, **typed):
    """Send a form as its page would; return the address that it leads to."""
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    answer = page.request.post(address, form={**typed, "csrfmiddlewaretoken": token})
    assert answer.ok, answer.status
    return answer.url


def new_class(page):
    """Make a training of three days that holds the scenario's day, with one class and a session."""
    page.goto("/delivery/new/")
    page.get_by_label("Judul").fill("Bimtek uji jaringan")
    page.locator("select[name=area]").select_option(label="Jawa Barat")
    page.locator("select[name=measure]").select_option(index=1)
    page.locator("input[name=starts_on]").fill("2020-11-01")
    page.locator("input[name=ends_on]").fill("2020-11-03")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(re.compile(r"/delivery/\d+/$"))
    activity = page.url
    regency = page.locator("#SiteForm_regency option", has_text="Kab. Indramayu")
    post(page, f"{activity}sites/", name="Balai", regency=regency.get_attribute("value"))
    page.goto(activity)
    site = page.locator("#CohortForm_site option", has_text="Balai").get_attribute("value")
    cohort = post(page, f"{activity}cohorts/", site=site, name="Angkatan 1", places="5")
    lesson = {"day": "2020-11-02", "starts_at": "08:00", "lesson_hours": "8", "subject": "Pola"}
    post(page, f"{cohort}sessions/", **lesson)
    post(page, f"{cohort}roster/", people=PEOPLE)
    return cohort


def test_a_hall_without_network_loses_no_mark(visit):
    cohort = new_class(visit("jabar"))
    page = visit("jabar", **PHONE)
    key = cohort.rstrip("/").rpartition("/")[2]
    page.goto(f"/delivery/field/class/{key}/")
    rows = page.locator("#people li")
    expect(rows).to_have_count(3)
    expect(page.locator("#n-unrecorded")).to_have_text("3")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # From here on the phone keeps the page.
    expect(rows).to_have_count(3)

    page.context.set_offline(True)
    rows.nth(0).get_by_role("button", name="Peserta 1: Hadir").click()
    expect(page.locator("#queue")).to_contain_text("Tanpa jaringan")
    expect(page.locator("#waiting")).to_have_text("1")
    page.reload()
    expect(rows.nth(0)).to_contain_text("menunggu jaringan")
    rows.nth(1).get_by_role("button", name="Peserta 2: Tidak hadir").click()
    rows.nth(1).get_by_role("button", name="Sakit").click()
    expect(page.locator("#waiting")).to_have_text("3")

    page.context.set_offline(False)  # Nothing is pressed and nothing is loaded anew.
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    expect(rows.nth(0)).to_contain_text("diterima server")
    rows.nth(1).get_by_role("button", name="Peserta 2: Hadir").click()
    rows.nth(1).get_by_role("button", name="Datang terlambat").click()
    expect(page.locator("#n-present")).to_have_text("2")
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")

    page.goto(f"{cohort}attendance/")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("✓")
    expect(page.locator("tbody tr").nth(2)).to_contain_text("○")
    page.goto(f"/delivery/attendance/?cohort={key}")
    expect(page.locator("#rows")).to_contain_text("4 baris")
