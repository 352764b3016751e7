"""A passkey from the first to the last day: added, named, used, cancelled, removed. On a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import papers
from tests.browser.quick_axe import Axe
from tests.browser.signing_in import added_person, change_password, enter

PHONE = {"width": 360, "height": 760}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PASSWORD = "Papeda-2020-Ternate"


@pytest.fixture
def page(visit, house):
    """A phone at an address with a name: browsers allow no passkey at one of digits."""
    return visit(base_url=house.url.replace("127.0.0.1", "localhost"), viewport=PHONE)


def plug_in(page):
    """Give the browser a device that answers by itself; return how to speak to it."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    added = wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return wire, {"authenticatorId": added["authenticatorId"]}


def sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def is_narrow_enough(page):
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_passkey_is_added_used_renamed_and_removed(visit, page):
    username, first = added_person(visit, f"kunci-{papers.NEW}")
    enter(page, username, first)
    change_password(page, first, PASSWORD)
    wire, device = plug_in(page)

    page.goto("/accounts/2fa/")
    assert is_narrow_enough(page)
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Konfirmasi").click()
    page.locator("input[name=name]").fill("Ponsel saya")
    assert is_narrow_enough(page)
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.wait_for_url(re.compile("recovery-codes"))
    expect(page.get_by_text("Kunci sandi ditambahkan.")).to_be_visible()

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Tambah kunci sandi").click()
    expect(page.get_by_role("alert")).to_contain_text("sudah menyimpan kunci sandi akun Anda")

    sign_out(page)
    enter(page, username, PASSWORD)
    assert is_narrow_enough(page)
    assert Axe().run(page).violations_count == 0
    [kept] = wire.send("WebAuthn.getCredentials", device)["credentials"]
    wire.send("WebAuthn.clearCredentials", device)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page.get_by_role("alert")).to_contain_text("Tidak ada yang berubah")
    wire.send("WebAuthn.addCredential", {**device, "credential": kept})
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/enterprises/")
    assert page.locator("#rows").count() == 1

    page.goto("/accounts/2fa/webauthn/")
    assert is_narrow_enough(page)
    page.get_by_role("link", name="Ganti nama").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Konfirmasi").click()
    page.locator("input[name=name]").fill("Ponsel lama")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("cell", name="Ponsel lama")).to_be_visible()
    page.get_by_role("link", name="Hapus").click()
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_text("Kunci sandi dihapus.")).to_be_visible()

    sign_out(page)
    enter(page, username, PASSWORD)
    page.wait_for_url(lambda url: "/accounts/" not in url)
