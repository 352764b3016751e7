"""A sampled person is visited where there is no network, by the link of who goes there."""

import re

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}}


def link_of_a_check(page):
    """Give a link to the places of a check that nobody visited yet; return its address."""
    page.goto("/sampling/")
    page.get_by_role("link", name="Uji petik kursi").click()
    page.wait_for_url(re.compile(r"/sampling/\d+/$"))
    form = page.locator("form[action$='/links/']")
    form.get_by_label("Yang berkunjung").fill("Rahmat")
    form.get_by_role("button").click()
    return page.locator("code", has_text="/l/").inner_text()


def test_a_visit_without_network_reaches_the_office(visit):
    address = link_of_a_check(visit("perencana"))
    page = visit("", **PHONE)
    page.goto(address)
    page.get_by_role("link", name="Kunjungi tanpa jaringan").click()
    rows = page.locator("#units li")
    expect(rows.first).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(rows.first).to_contain_text("belum dikunjungi")

    page.context.set_offline(True)
    rows.first.get_by_role("button").click()
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.locator(".visit .bad")).to_contain_text("Pilih yang ditemukan")
    page.get_by_label("Yang ditemukan").select_option("not_found")
    page.get_by_label("Yang dilihat atau dikatakan").fill("Rumah kosong")
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(rows.first).to_contain_text("menunggu jaringan")
    page.reload()
    expect(rows.first).to_contain_text("menunggu jaringan")

    page.context.set_offline(False)
    expect(rows.first).to_contain_text("diterima server")
