"""The planner sends files of her own and gets them back with marks."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser import papers

READ = 120_000  # Milliseconds for the worker to take a small file up and read it.


def send(page, *files, office="Jawa Barat"):
    page.goto("/inbox/")
    page.set_input_files("input[type=file]", [str(file) for file in files])
    page.get_by_label("Pengirim", exact=True).select_option(label=office)
    page.get_by_role("button", name="Kirim", exact=True).click()


def counts(page):
    """Return accepted, corrected, rejected, and what the sentence says was read."""
    sum_of_all = page.get_by_text("baris dibaca.").inner_text()
    shown = [int(cell.inner_text().replace(".", "")) for cell in page.locator(".counts .v").all()]
    return shown, int(sum_of_all.split()[0].replace(".", ""))


def test_a_planner_sends_several_files_and_gets_counts_that_add_up(visit, tmp_path):
    page = visit("perencana")
    table = papers.text(tmp_path / "anyaman.csv", *papers.firms("Anyaman Pandan", 5))
    broken = [
        "Konveksi Cacat",
        "Siti",
        "3.2E+15",
        *papers.WEST_JAVA,
        "Konveksi",
        "empat",
        papers.NEW,
    ]
    book = papers.workbook(
        tmp_path / "konveksi-sendiri.xlsx", *papers.firms("Konveksi Melati", 6, start=20), broken
    )
    send(page, table, book)
    for file in (table, book):
        row = page.locator("#rows tr", has=page.get_by_role("link", name=file.name)).first
        expect(row.get_by_text("selesai")).to_be_visible(timeout=READ)  # The list follows.

    page.locator("#rows").get_by_role("link", name=book.name).first.click()
    shown, read = counts(page)
    assert sum(shown) == read == 7
    expect(page.locator("#piece")).to_contain_text("Ubah kolom C menjadi Teks")

    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh berkas bertanda").click()
    assert download.value.suggested_filename == "konveksi-sendiri.checked.xlsx"
    marked = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    cell = marked["Daftar IKM"]["C8"]
    assert cell.value == "3.2E+15"  # Her own value stands.
    assert cell.comment is not None
    assert "16 angka" in cell.comment.text
    assert len(marked.sheetnames) == 2  # And a sheet lists every problem.


def test_a_column_that_was_not_recognised_is_corrected_once_and_remembered(visit, tmp_path):
    page = visit("perencana")
    heads = (*papers.HEADS[:-1], f"Sebutan {papers.NEW}")
    rows = papers.firms("Kerupuk Udang", 4, start=40)
    book = papers.workbook(tmp_path / "kerupuk.xlsx", *rows, heads=heads)
    send(page, book)
    meaning = page.get_by_label(f"Arti Sebutan {papers.NEW}")
    expect(meaning).to_have_value("", timeout=READ)

    meaning.select_option("village")
    page.get_by_role("button", name="Baca ulang dengan arti ini").click()
    expect(page.get_by_text("4 baris dibaca.")).to_be_visible(timeout=READ)
    expect(page.get_by_label(f"Arti Sebutan {papers.NEW}")).to_have_value("village")

    later = papers.workbook(
        tmp_path / "kerupuk-juni.xlsx", *papers.firms("Kerupuk Ikan", 3, start=50), heads=heads
    )
    send(page, later)
    expect(page.get_by_label(f"Arti Sebutan {papers.NEW}")).to_have_value("village", timeout=READ)


def test_while_a_file_is_read_the_page_says_how_far_and_opens_the_result_itself(visit, tmp_path):
    page = visit("perencana")
    send(page, papers.text(tmp_path / "genteng.csv", *papers.firms("Genteng", 900, start=1000)))
    expect(page.get_by_text("900 baris dibaca.")).to_be_visible(timeout=READ)
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_visible()
    shown, read = counts(page)
    assert sum(shown) == read == 900


REFUSALS = {
    "photo": ("bukan lembar kerja melainkan foto", "Tidak ada yang disimpan."),
    "no heading": ("tidak ada baris judul kolom yang dikenali", "Tidak ada yang disimpan."),
    "another province": (
        "Daftar ini tampaknya milik Jawa Timur, bukan Jawa Barat",
        "Tidak ada yang disimpan.",
    ),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_bad_input_is_refused_in_one_clear_sentence(visit, tmp_path, kind):
    page = visit("perencana")
    sent = {
        "photo": lambda: papers.photo(tmp_path / "foto.xlsx"),
        "no heading": lambda: papers.workbook(
            tmp_path / "angka.xlsx", (1, 2, 3), (4, 5, 6), heads=("a", "b", papers.NEW)
        ),
        "another province": lambda: papers.workbook(
            tmp_path / "jatim.xlsx", *papers.firms("Batik Arum", 7, papers.EAST_JAVA, start=60)
        ),
    }[kind]()
    send(page, sent)
    sentence, nothing = REFUSALS[kind]
    note = page.locator(".note")
    expect(note).to_have_count(1, timeout=READ)
    expect(note).to_contain_text(sentence)
    expect(page.get_by_text(nothing)).to_be_visible()
    assert "Traceback" not in page.content()


def test_the_same_file_twice_is_told_and_its_good_neighbour_is_taken(visit, tmp_path):
    page = visit("perencana")
    once = papers.text(tmp_path / "sapu.csv", *papers.firms("Sapu Ijuk", 3, start=70))
    send(page, once)
    expect(page.get_by_text("3 baris dibaca.")).to_be_visible(timeout=READ)

    other = papers.text(tmp_path / "sapu-lidi.csv", *papers.firms("Sapu Lidi", 2, start=80))
    send(page, once, other)
    expect(page.locator(".note")).to_contain_text("sapu.csv: Berkas ini sudah diterima pada")
    expect(page.get_by_text("2 baris dibaca.")).to_be_visible(timeout=READ)
