"""Other people: each sees her own part, and only the planner moves anything."""

import re

from playwright.sync_api import expect

from tests.browser import papers
from tests.browser.signing_in import added_person, change_password, enter


def test_a_regency_officer_sees_her_regency_and_no_budget(visit):
    page = visit("indramayu")
    page.goto("/enterprises/")
    places = page.locator("#rows tbody td:nth-child(3)").all_inner_texts()
    assert set(places) == {"Kab. Indramayu"}
    menu = page.locator("#menu")
    expect(menu.get_by_role("link", name="Anggaran")).to_have_count(0)
    expect(menu.get_by_role("link", name="Skenario")).to_have_count(0)
    assert page.goto("/budget/").status == 403
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_another_areas_firm_does_not_exist(visit):
    planner = visit("perencana")
    planner.goto("/enterprises/?q=&province=")
    elsewhere = planner.locator("#rows tbody tr", has_not_text="Indramayu").first.locator("a").first
    address = elsewhere.get_attribute("href")
    officer = visit("indramayu")
    assert officer.goto(address).status == 404


def test_an_auditor_reads_everything_and_writes_nothing(visit):
    page = visit("auditor")
    for address in ("/inbox/", "/enterprises/", "/impact/", "/budget/", "/scenarios/"):
        assert page.goto(address).status == 200
        writing = page.get_by_role("button", name=re.compile("Kirim|Hitung|Tetapkan"))
        expect(writing).to_have_count(0)
    expect(page.get_by_role("link", name="Buat skenario")).to_have_count(0)
    assert page.goto("/scenarios/new/").status == 403
    csrf = page.goto("/inbox/") and page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post("/inbox/deliver/", form={"csrfmiddlewaretoken": csrf})
    assert answer.status == 403


def test_an_administrator_adds_a_person_who_can_sign_in_and_out(visit):
    page = visit()
    username, first = added_person(visit, f"penyuluh-{papers.NEW}")
    enter(page, username, first)
    change_password(page, first, "Papeda-2020-Ternate")
    me = page.locator(".me-menu summary")
    expect(me).to_have_attribute("aria-label", re.compile("Sri Penyuluh"))

    me.click()
    page.get_by_role("button", name="Keluar").click()
    page.goto("/enterprises/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk ke Pulih")
