"""No sheet, however strange, brings intake down: rows, or one clear refusal."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.intake import annotate, read
from tests.examples import examples
from tests.make import intake as make

WORDS = (
    "Nama Usaha", "NIK", "Nama Pemilik", "No HP", "Investasi (Rp.000)", "Kab/Kota", "Kode Kab",
    "Provinsi", "JUMLAH", "Mengetahui", "Kepala Dinas", "Kab. Bandung", "3204", "1", "2", "3",
    "Kode", "Pagu", "Realisasi", "Akun", "3038.001.051.A.521211", "521211", "051", "A", "3038",
    "Tenaga Kerja", "L", "P", "KECAMATAN X", "-", "", "Rp 2 jt", "15/06/2020", "3,2E+15", "Bulan",
)  # fmt: skip
CELLS = st.one_of(st.sampled_from(WORDS), st.text(max_size=6), st.none(), st.integers(-5, 10**16))
ROWS = st.lists(st.lists(CELLS, max_size=7), min_size=1, max_size=12)
SLOW = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@SLOW
@given(rows=ROWS, ending=st.sampled_from(["csv", "xlsx"]), kind=st.sampled_from(["auto", "budget"]))
def test_any_table_gives_rows_or_a_refusal(
    tmp_path: Path, rows: list[list[make.Cell]], ending: str, kind: str
) -> None:
    printable = [[_printable(cell) for cell in row] for row in rows]
    path = make.write([["Nama Usaha", "Akun", "Pagu"], *printable], tmp_path / f"a.{ending}")
    try:
        taken = read(path, kind=kind)
    except Refusal:
        return
    counts = taken.summary
    assert counts["accepted"] + counts["corrected"] + counts["rejected"] == taken.rows.height
    annotate(path, taken, tmp_path / "b.xlsx")


@SLOW
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    try:
        read(path)
    except Refusal:
        return


def _printable(cell: make.Cell) -> make.Cell:
    """Leave out what no spreadsheet program would store."""
    if isinstance(cell, str):
        return "".join(one for one in cell if one.isprintable())
    return cell
