"""A firm is found by half a name; its page says how badly it was hit and how that is known."""

import re

import pytest
from playwright.sync_api import expect


def open_first_firm(page):
    page.goto("/enterprises/")
    page.locator("#rows tbody a").first.click()
    expect(page.get_by_role("heading", name="Data yang dipakai")).to_be_visible()


def open_firm_with_number(page):
    """Open the first firm of the list that has an identity number; not every list brought one."""
    page.goto("/enterprises/")
    for link in page.locator("#rows td.nm a").all():
        found = page.request.get(link.get_attribute("href")).text()
        if 'id="nik"' in found and "••" in found:
            link.click()
            return expect(page.locator("#nik")).to_be_visible()
    raise AssertionError("no firm on the first page has an identity number")


def test_half_a_name_finds_a_firm_while_typing(visit):
    page = visit("jabar")
    page.goto("/desk/")
    page.keyboard.press("/")
    find = page.locator("[data-search]")
    expect(find).to_be_focused()
    find.fill("konv")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pencarian di semua bagian")
    page.locator("section", has=page.get_by_role("heading", name="IKM")).get_by_role(
        "link", name="Buka daftarnya"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("IKM")
    expect(page.locator("#rows tbody tr").first).to_contain_text(re.compile("konv", re.IGNORECASE))

    typed = page.get_by_label("Cari dengan sebagian nama")
    typed.fill("zzqx")
    expect(page.get_by_text("“zzqx”")).to_be_visible()
    typed.fill("bat")
    expect(page.locator("#rows tbody tr").first).to_contain_text(re.compile("bat", re.IGNORECASE))
    expect(page).to_have_url(re.compile("q=bat"))


def test_a_firm_shows_its_severity_term_by_term_and_its_sources(visit):
    page = visit("jabar")
    open_first_firm(page)
    expect(page.locator("#impact .term.sum")).to_be_visible()
    shown = page.locator("#impact .term > span:last-child").all_inner_texts()
    *points, total = [float(points.strip().replace(",", ".")) for points in shown]
    assert sum(points) == pytest.approx(total, abs=0.2)  # The terms add up to what is shown.
    expect(page.locator("#impact .score .v")).to_have_text(f"{total:.1f}".replace(".", ","))

    page.get_by_role("link", name="Baris sumber").click()
    expect(page.locator(".card .kv").first).to_contain_text("produk")
    page.locator(".card header a").first.click()
    expect(page.get_by_role("heading", name="Berkas ini", exact=True)).to_be_visible()


def test_an_identity_number_stays_cut_and_opening_it_is_recorded(visit):
    page = visit("jabar")
    open_firm_with_number(page)
    number = page.locator("#nik")
    expect(number).to_have_text(re.compile(r"\d{4}•+\d{4}"))
    assert not re.search(r"\b\d{16}\b", page.content())

    page.get_by_label("Alasan membuka").select_option("card")
    page.get_by_role("button", name="Buka (dicatat)").click()
    expect(number).to_have_text(re.compile(r"\d{16}"))
    expect(number).to_contain_text("tercatat")


def test_a_planner_cannot_open_an_identity_number(visit):
    page = visit("perencana")
    open_firm_with_number(page)
    expect(page.locator("#nik")).to_have_text(re.compile("•"))
    expect(page.get_by_role("button", name="Buka (dicatat)")).to_have_count(0)
