"""Lists saved as XML Spreadsheet 2003 under the name `.xls`: read as any other workbook."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.intake import Intake, read
from pulih.intake.workbook import open_book
from tests.examples import examples

HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)
WORDS = '<Cell><Data ss:Type="String">{}</Data></Cell>'
NUMBER = '<Cell><Data ss:Type="Number">{}</Data></Cell>'
HEADINGS = "".join(map(WORDS.format, ["No", "Nama Usaha", "Pemilik", "NIK", "Jml TK"]))


def row(*cells: str, about: str = "") -> str:
    return f"<Row{about}>{''.join(cells)}</Row>"


def firm(number: int, name: str, workers: int, about: str = "") -> str:
    nik = WORDS.format(f"327105440485000{number}")
    names = [WORDS.format(name), WORDS.format(f"Pemilik {number}")]
    return row(NUMBER.format(number), *names, nik, NUMBER.format(workers), about=about)


def sheet(*rows: str, name: str = "Data", after: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{"".join(rows)}</Table>{after}</Worksheet>'


def book(*sheets: str) -> str:
    return f"{HEAD}{''.join(sheets)}</Workbook>"


LIST = sheet(row(HEADINGS), firm(1, "Kue &amp; Roti Ani", 4), firm(2, "Tahu Pong", 3))


def taken(folder: Path, content: str | bytes, name: str = "ekspor.xls") -> Intake:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, on=date(2020, 9, 30))


@pytest.mark.parametrize(
    "content",
    [
        book(LIST).encode(),
        b"\xef\xbb\xbf\r\n".rstrip() + book(LIST).encode(),
        book(LIST).replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16"),
        book(LIST).replace("<Row", "<ss:Row").replace("</Row", "</ss:Row").encode(),
    ],
    ids=["plain", "marked", "UTF-16", "prefixed"],
)
@pytest.mark.parametrize("name", ["ekspor.xls", "ekspor.xml", "ekspor.csv"])
def test_a_book_is_read_by_what_it_is(tmp_path: Path, content: bytes, name: str) -> None:
    rows = taken(tmp_path, content, name).rows
    assert rows["business_name"].to_list() == ["Kue & Roti Ani", "Tahu Pong"]
    assert rows["nik"].to_list() == ["3271054404850001", "3271054404850002"]
    assert rows["workers"].to_list() == [4, 3]


def test_rows_and_cells_that_are_left_out_keep_their_places(tmp_path: Path) -> None:
    title = row('<Cell ss:MergeAcross="4"><Data ss:Type="String">DAFTAR IKM</Data></Cell>')
    late = row('<Cell ss:Index="2"><Data ss:Type="String">Sate Ayu</Data></Cell>')
    place = ' ss:Index="4"'
    rows = taken(
        tmp_path, book(sheet(title, row(HEADINGS, about=place), firm(1, "Kue", 4), late))
    ).rows
    assert rows.select("row", "business_name", "workers").rows() == [
        (5, "Kue", 4), (6, "Sate Ayu", None),
    ]  # fmt: skip


def test_every_sheet_is_read_and_a_hidden_one_is_told(tmp_path: Path) -> None:
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    other = sheet(row(HEADINGS), firm(3, "Sate", 2), name="Lama", after=hidden)
    found = taken(tmp_path, book(LIST, other))
    assert found.rows["sheet"].to_list() == ["Data", "Data", "Lama"]
    assert "hidden_sheet" in found.problems["rule"].to_list()


def test_comments_are_no_values_and_days_are_days(tmp_path: Path) -> None:
    comment = '<Comment><ss:Data ss:Type="String">tanya lagi</ss:Data></Comment>'
    day = '<Cell><Data ss:Type="DateTime">2020-03-16T00:00:00.000</Data></Cell>'
    name = f'<Cell><Data ss:Type="String">Kue</Data>{comment}</Cell>'
    heads = map(WORDS.format, ["Nama Usaha", "Pemilik", "Tgl Tutup"])
    path = tmp_path / "a.xls"
    path.write_text(book(sheet(row(*heads), row(name, WORDS.format("Ani"), day))))
    (read_sheet,) = open_book(path).sheets()
    assert read_sheet.cells.row(1) == ("Kue", "Ani", "2020-03-16")


def test_a_formula_without_its_value_is_told_at_its_cell(tmp_path: Path) -> None:
    uncomputed = firm(1, "Kue", 4).replace(NUMBER.format(4), '<Cell ss:Formula="=RC[-1]*2"/>')
    problems = taken(tmp_path, book(sheet(row(HEADINGS), uncomputed))).problems
    assert ("E2", "no_stored_value") in problems.select("cell", "rule").rows()


BAD = {
    "cut off": (book(LIST)[:-200], "is damaged"),
    "an entity": (book(LIST).replace("<?mso", '<!DOCTYPE a [<!ENTITY b "c">]><?mso'), "is damaged"),
    "a row twice": (
        book(sheet(row(HEADINGS), firm(1, "Kue", 4), firm(2, "Tahu", 3, ' ss:Index="1"'))),
        "is damaged",
    ),
    "a far cell": (
        book(sheet(row(HEADINGS), firm(1, "Kue", 4, ' ss:Index="1048576"'), firm(2, "Tahu", 3),
                   row('<Cell ss:Index="190"><Data ss:Type="String">x</Data></Cell>'))),
        "far away from the list",
    ),
    "a row beyond all": (
        book(sheet(row(HEADINGS), firm(1, "Kue", 4, ' ss:Index="99999999"'))),
        "more than 2,000,000 rows",
    ),
    "no sheet": (HEAD + "</Workbook>", "no row of column headings"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "why"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        taken(tmp_path, content)


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1)
CELLS = st.none() | TEXTS | st.integers(-(10**14), 10**14) | st.floats(-1e9, 1e9).map(
    lambda value: round(value, 3)
)  # fmt: skip


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_cells_come_as_from_an_xlsx(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    folder = tmp_path_factory.mktemp("xml")
    work = openpyxl.Workbook()
    lines = []
    for at, cells in enumerate(rows, 1):
        written = []
        for column, value in enumerate(cells, 1):
            if value is None:
                continue
            work.active.cell(at, column, value).data_type = "s" if isinstance(value, str) else "n"
            kind = "String" if isinstance(value, str) else "Number"
            text = str(value).replace("&", "&amp;").replace("<", "&lt;")
            written.append(f'<Cell ss:Index="{column}"><Data ss:Type="{kind}">{text}</Data></Cell>')
        lines.append(row(*written))
    work.save(folder / "a.xlsx")
    (folder / "a.xls").write_text(book(sheet(*lines)))
    (one,), (other,) = (list(open_book(folder / name).sheets()) for name in ("a.xls", "a.xlsx"))
    assert _cells(one.cells.rows()) == _cells(other.cells.rows())


def _cells(rows: list[tuple[str | None, ...]]) -> list[list[str | None]]:
    """Leave out blank rows and columns at the end, which not every reader gives."""
    width = max((at + 1 for one in rows for at, cell in enumerate(one) if cell), default=0)
    filled = [list(one[:width]) for one in rows]
    while filled and not any(filled[-1]):
        filled.pop()
    return filled
