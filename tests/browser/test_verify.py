"""A citizen with a paper: the code, and the fingerprint, which the browser computes itself."""

import hashlib

from playwright.sync_api import expect

from tests.browser.quick_axe import Axe


def test_a_mistyped_code_and_a_file_that_stays_where_it_is(visit, tmp_path):
    paper = tmp_path / "laporan.pdf"
    paper.write_bytes(b"%PDF-1.7 uji")
    page = visit()
    page.goto("/verify/")
    page.get_by_label("13 huruf dan angka").fill("0000-0000-00001")
    page.get_by_role("button", name="Periksa kode").click()
    expect(page.get_by_text("Tidak ada dokumen dengan kode ini.")).to_be_visible()

    page.wait_for_load_state("networkidle")  # The icon of the page may still be on its way.
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_label("Pilih berkas").set_input_files(paper)
    expect(page.locator("#fingerprint")).to_have_text(hashlib.sha256(b"%PDF-1.7 uji").hexdigest())
    assert sent == []

    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).response["violations"] == []
