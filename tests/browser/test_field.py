"""The page of the field outlives an update, a second tab and a phone without room."""

import re

from playwright.sync_api import expect

from tests.browser.test_attendance import KEEPS_THE_PAGE, PHONE, new_class

# What the version before left on the phone: its page, and scripts under names of its own.
AS_THE_VERSION_BEFORE = """async () => {
    const worker = JSON.parse(document.getElementById("addresses").textContent).worker;
    const [name] = (await caches.keys()).filter((one) => one.startsWith("pulih-field-delivery-"));
    const [now, before] = [await caches.open(name), await caches.open("pulih-field-delivery-0")];
    const hashed = /(field\\w*)\\.[0-9a-f]{12}\\.js/g;
    const former = (text) => text.replaceAll(hashed, "$1.000000000000.js");
    for (const request of await now.keys()) {
        const kept = await now.match(request);
        const { status, headers } = kept;
        const text = former(await kept.text());
        await before.put(former(request.url), new Response(text, { status, headers }));
    }
    await caches.delete(name);
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    return worker;
}"""
UPDATES = """async (worker) => {
    const registered = await navigator.serviceWorker.register(worker);
    while (registered.active?.state !== "activated") await new Promise((on) => setTimeout(on, 50));
}"""
# A browser without room undoes the whole transaction.
FULL = """() => {
    const put = window.put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (what) {
        return this.name === "acts" ? this.transaction.abort() : put.call(this, what);
    };
}"""
NOT_FULL = "() => { IDBObjectStore.prototype.put = window.put; }"


def opened_class(visit):
    """Open the page of a new class on a phone, which keeps it."""
    cohort = new_class(visit("jabar"))
    page = visit("jabar", **PHONE)
    page.goto(f"/delivery/field/class/{cohort.rstrip('/').rpartition('/')[2]}/")
    expect(page.locator("#people li")).to_have_count(3)
    page.evaluate(KEEPS_THE_PAGE)
    return page


def press(page, who, what="Hadir"):
    page.get_by_role("button", name=f"{who}: {what}", exact=True).click()


def test_an_update_that_asks_who_it_is_leaves_page_and_presses(visit):
    page = opened_class(visit)
    field = page.url
    page.context.set_offline(True)
    press(page, "Peserta 1")
    expect(page.locator("#waiting")).to_have_text("1")
    worker = page.evaluate(AS_THE_VERSION_BEFORE)

    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto("/accounts/login/")
    page.evaluate(UPDATES, worker)
    page.context.set_offline(True)
    page.goto(field)
    expect(page.locator("#people li")).to_have_count(3)
    expect(page.locator("#waiting")).to_have_text("1")
    expect(page.locator("#people li").nth(0)).to_contain_text("menunggu jaringan")


def test_two_tabs_press_under_different_numbers_and_show_the_same(visit):
    page = opened_class(visit)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#people li")).to_have_count(3)
    page.context.set_offline(True)
    press(page, "Peserta 1")
    expect(other.locator("#waiting")).to_have_text("1")
    press(other, "Peserta 2", "Tidak hadir")
    press(page, "Peserta 3")
    for tab in (page, other):
        expect(tab.locator("#waiting")).to_have_text("3")
        expect(tab.locator("#n-present")).to_have_text("2")
        expect(tab.locator("#n-absent")).to_have_text("1")
    page.context.set_offline(False)
    for tab in (page, other):
        expect(tab.locator("#queue")).to_contain_text("Semua sudah di server")
        expect(tab.locator("#people")).not_to_contain_text("berbeda")
    key = re.search(r"/class/(\d+)/", page.url)[1]
    page.goto(f"/delivery/attendance/?cohort={key}")
    expect(page.locator("#rows")).to_contain_text("3 baris")


def test_a_phone_without_room_says_so_and_takes_the_press_once_there_is_some(visit):
    page = opened_class(visit)
    page.context.set_offline(True)
    page.evaluate(FULL)
    press(page, "Peserta 1")
    expect(page.locator("#queue")).to_contain_text("Ponsel penuh")
    expect(page.locator("#n-present")).to_have_text("0")
    page.evaluate(NOT_FULL)
    press(page, "Peserta 1")
    expect(page.locator("#n-present")).to_have_text("1")
    expect(page.locator("#queue")).to_contain_text("Tanpa jaringan")
