"""Lists that a web application exports as a page named `.xls`: read as its tables are laid out."""

from datetime import date
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from pulih.common.errors import Refusal
from pulih.intake import Intake, read, web_tables

ROWS = """
<tr><th>No</th><th>Nama Usaha</th><th>Pemilik</th><th>NIK</th><th>Jml TK</th></tr>
<tr><td>1</td><td>Kue &amp; Roti Ani</td><td>Ani</td><td>3271054404850001</td><td>4</td></tr>
<tr><td>2</td><td>Tahu Pong</td><td>Budi</td><td>3271051206790004</td><td>3</td></tr>
"""
TABLE = f"<table border=1>{ROWS}</table>"
PAGE = f"<html><head><meta charset='utf-8'><title>Ekspor</title></head><body>{TABLE}</body></html>"


def taken(folder: Path, content: str | bytes, name: str = "ekspor.xls") -> Intake:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, on=date(2020, 9, 30))


TEXT_CELL = "<TD STYLE='mso-number-format:\"\\@\"'>"
TITLE = "<table><tr><td colspan=5>DAFTAR IKM</td></tr></table>"
PAGES = {
    "a page": PAGE.encode(),
    "a mark and blank lines": b"\xef\xbb\xbf\r\n" + PAGE.encode(),
    "UTF-16": PAGE.replace("utf-8", "utf-16").encode("utf-16"),
    "a table alone": TABLE.encode(),
    "XHTML": b"<?xml version='1.0'?><!DOCTYPE html>" + PAGE.encode(),
    "a warning first": b"<br />\n<b>Warning</b>: Undefined variable\n" + PAGE.encode(),
    "no end tags": PAGE.replace("</td>", "").replace("</tr>", "").encode(),
    "capitals and styles": PAGE.replace("<tr>", "<TR>").replace("<td>", TEXT_CELL).encode(),
    "a table of the title": f"<html>{TITLE}{TABLE}</html>".encode(),
    "a table in a table": f"<table><tr><td>{TABLE}</td></tr></table>".encode(),
}


@pytest.mark.parametrize("content", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("name", ["ekspor.xls", "ekspor.csv"])
def test_a_page_is_read_as_its_table(tmp_path: Path, content: bytes, name: str) -> None:
    rows = taken(tmp_path, content, name).rows
    assert rows["business_name"].to_list() == ["Kue & Roti Ani", "Tahu Pong"]
    assert rows["nik"].to_list() == ["3271054404850001", "3271051206790004"]
    assert rows["workers"].to_list() == [4, 3]


def test_a_page_packed_as_mht_is_read(tmp_path: Path) -> None:
    message = MIMEMultipart("related")
    message.attach(MIMEText(PAGE, "html", "utf-8"))
    message.attach(MIMEText("td { color: black }", "css"))
    rows = taken(tmp_path, message.as_bytes()).rows
    assert rows["nik"].to_list() == ["3271054404850001", "3271051206790004"]


def test_cells_span_columns_and_rows(tmp_path: Path) -> None:
    heads = (
        "<tr><td rowspan=2>No</td><td rowspan='2'>Nama Usaha</td><td rowspan=2>Kecamatan</td>"
        "<td colspan=2>Tenaga Kerja</td></tr><tr><td>L</td><td>P</td></tr>"
    )
    body = (
        "<tr><td>1</td><td>Kue Ani</td><td rowspan=2>Cawas</td><td>1</td><td>3</td></tr>"
        "<tr><td>2</td><td>Tahu Pong</td><td>2</td><td>0</td></tr>"
    )
    rows = taken(tmp_path, f"<table>{heads}{body}</table>").rows
    assert rows["workers_male"].to_list() == [1, 2]
    assert rows["workers_female"].to_list() == [3, 0]
    assert rows["district"].to_list() == ["Cawas", "Cawas"]
    assert rows["row"].to_list() == [3, 4]


def test_the_text_above_a_table_is_its_title(tmp_path: Path) -> None:
    page = f"<body><h3>DAFTAR IKM KABUPATEN BANTAENG</h3><p>Tahun 2019</p>{TABLE}</body>"
    rows = taken(tmp_path, f"<html>{page}</html>").rows
    assert rows["regency_code"].unique().to_list() == ["7303"]
    assert rows["row"].to_list() == [4, 5]


def test_the_number_behind_what_is_shown_is_taken(tmp_path: Path) -> None:
    heads = "<tr><td>Nama Usaha</td><td>Pemilik</td><td>Omzet</td></tr>"
    body = (
        '<tr><td>Kue</td><td>Ani</td><td x:num="5250000.0">5.250</td></tr>'
        '<tr><td>Tahu</td><td>Budi</td><td sdval="4E+6">4,00</td></tr>'
    )
    rows = taken(tmp_path, f"<table>{heads}{body}</table>").rows
    assert rows["turnover"].to_list() == [5_250_000, 4_000_000]


def test_lines_within_a_cell_are_kept_and_code_is_not(tmp_path: Path) -> None:
    heads = "<tr><td>Nama<br>Usaha</td><td>Alamat</td></tr><!-- <tr><td>x</td></tr> -->"
    body = "<tr><td>Kue Ani&nbsp;</td><td><p>Jl. A 1</p><p>RT&nbsp;2</p></td></tr>"
    script = "<script>if (a < b) { document.write('<td>x</td>') }</script>"
    rows = taken(tmp_path, f"<html>{script}<table>{heads}{body}</table></html>").rows
    assert rows.select("business_name", "address").rows() == [("Kue Ani", "Jl. A 1 RT 2")]


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><body><h1>504 Gateway Time-out</h1></body></html>",
        b"<html><frameset><frame src='sheet001.htm'></frameset></html>",
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Sesi berakhir</p>",
    ],
)
def test_a_page_without_a_table_is_refused_as_one(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refusal, match="is not a spreadsheet but a web page"):
        taken(tmp_path, content)


def test_a_row_of_very_many_cells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="more than 200 columns"):
        taken(tmp_path, "<table><tr>" + "<td>a</td>" * 300 + "</tr></table>")


def test_endless_spans_end_with_their_table(tmp_path: Path) -> None:
    tall = ROWS.replace("<th>No</th>", "<th rowspan=999999 colspan=1>No</th>", 1)
    path = tmp_path / "a.xls"
    path.write_text(f"<table>{tall}</table>")
    assert web_tables.read(path).merged == (((0, 0), (2, 0)),)
