"""The grid and the texts of a workbook are weighed as a slow, plain count would weigh them."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.intake import weighing
from pulih.intake.cells import letters
from tests.examples import examples

CELLS = st.lists(
    st.tuples(
        st.one_of(st.integers(1, 60), st.integers(1, 1_048_576)),
        st.one_of(st.integers(0, 30), st.integers(0, 16_383)),
        st.sampled_from(["blank", "closed", "value"]),
    ),
    min_size=1,
    max_size=12,
)
WRITTEN = {"blank": "></c>", "closed": ' s="1"/>', "value": "><v>1</v></c>"}


def workbook(path: Path, sheet: str, strings: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", '<workbook><sheet name="Data" r:id="r1"/></workbook>')
        link = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", link)
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{sheet}</sheetData>")
    return path


@settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
@given(cells=CELLS)
def test_a_grid_is_refused_just_when_it_is_too_large(
    tmp_path: Path, cells: list[tuple[int, int, str]]
) -> None:
    sheet = "".join(f'<c r="{letters(c)}{r}"{WRITTEN[how]}' for r, c, how in cells)
    path = workbook(tmp_path / "a.xlsx", sheet)
    filled = [(row, column) for row, column, how in cells if how == "value"]
    rows = [row for row, _ in filled] or [0]
    columns = [column for _, column in filled] or [0]
    grid = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
    if grid <= weighing.GRID_CELLS:
        weighing.refuse_excess(path, "xlsx")
        return
    with pytest.raises(Refusal) as refused:
        weighing.refuse_excess(path, "xlsx")
    assert 'sheet "Data"' in refused.value.message.en
    places = {f"cell {letters(column)}{row} " for row, column in filled}
    assert any(place in refused.value.message.en for place in places)


@pytest.mark.parametrize(("length", "uses"), [(900_000, 400), (900_000, 700), (10, 9_000)])
def test_texts_are_weighed_by_their_uses(tmp_path: Path, length: int, uses: int) -> None:
    cell = '<c r="A1" t="s"><v>1</v></c>'
    strings = f"<sst><si><t>a</t></si><si><t>{'x' * length}</t></si></sst>"
    path = workbook(tmp_path / "a.xlsx", cell * uses, strings)
    if length * uses < weighing.TEXT_BYTES:
        weighing.refuse_excess(path, "xlsx")
        return
    with pytest.raises(Refusal, match="a very long text is repeated"):
        weighing.refuse_excess(path, "xlsx")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('<table:table-cell table:number-columns-repeated="16384"/>', None),
        (
            '<table:table-cell table:number-columns-repeated="16383"/>'
            '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>',
            "cell XFD1048577",
        ),
    ],
)
def test_repeated_cells_of_an_opendocument_book_weigh_only_if_filled(
    tmp_path: Path, row: str, says: str | None
) -> None:
    names = "office table text"
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in names.split()
    )
    content = (
        f'<office:document-content {spaces}><table:table table:name="A">'
        f'<table:table-row table:number-rows-repeated="1048576"/>'
        f"<table:table-row>{row}</table:table-row></table:table></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", content)
    if says is None:
        weighing.refuse_excess(tmp_path / "a.ods", "ods")
        return
    with pytest.raises(Refusal, match=says):
        weighing.refuse_excess(tmp_path / "a.ods", "ods")


def test_a_sheet_that_is_no_utf_8_is_weighed_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "")
    sheet = b'<sheetData>\xff<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></sheetData>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", sheet)
    with pytest.raises(Refusal, match="cell XFD1048576"):
        weighing.refuse_excess(path, "xlsx")
