"""CSV as it comes: loose quotation marks, bare carriage returns, stray bytes, longer rows."""

from pathlib import Path

import pytest

from pulih.common.errors import Refusal
from pulih.intake import read

HEAD = b"No;Nama Usaha;Pemilik\n"
MANY = b"".join(b"%d;X;A\n" % number for number in range(60_000))


@pytest.mark.parametrize(
    ("content", "names", "last_row"),
    [
        (HEAD + b'1;UD "Maju" Jaya;A\n3;D;E\n', ['UD "Maju" Jaya', "D"], 3),
        (HEAD + b'1;"UD\nMaju";A\n\n3;D;E\n', ["UD Maju", "D"], 4),
        (HEAD + b'1;X;A\n2;"UD B;C\n3;D;E\n', ["X", '"UD B', "D"], 4),
        (b"sep=;\n" + HEAD + b"1;X;A\n", ["X"], 3),
        (HEAD.replace(b"\n", b"\r") + b"1;X;A\r2;Y;B\r", ["X", "Y"], 3),
        (HEAD.replace(b"\n", b"\r\n") + b"1;X;A\r\n\r\n2;Y;B\r\n", ["X", "Y"], 4),
        (b"\xef\xbb\xbf" + HEAD + b"1;Caf\xc3\xa9;A\n", ["Café"], 2),
        (b"Nama Usaha\nA\nB\n", ["A", "B"], 3),
    ],
)
def test_an_odd_csv_is_read_record_by_record(
    tmp_path: Path, content: bytes, names: list[str], last_row: int
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    rows = read(path).rows
    assert rows["business_name"].to_list() == names
    assert rows["row"].max() == last_row


@pytest.mark.parametrize("tail", [b"9;Caf\xe9;B\n", b"9;Caf\xc3\xa9;B;c;d;e;f;g;h;i;j\n"])
def test_what_stands_far_down_is_not_lost(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HEAD + MANY + tail)
    rows = read(path).rows
    assert rows["business_name"][-1] == "Café"
    assert rows["row"].max() == 60_002
    assert rows.height == 60_001


@pytest.mark.parametrize(
    "content",
    [
        ",".join(f"c{number}" for number in range(70_000)) + "\nNama\n",  # Wider than is looked at.
        "Nama Usaha,Pemilik\n" + "Tahu,Siti\n" * 40_000 + "x," * 70_000 + "\n",
    ],
)
def test_a_row_of_far_too_many_cells_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(Refusal, match="more than 200 columns"):
        read(path)
