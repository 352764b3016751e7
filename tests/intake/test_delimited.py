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


@pytest.mark.parametrize("line", [b"1;" + b"a" * 5_000_000, b"1,2," * 2_000_000, b'1;"a' * 900_000])
def test_an_endless_line_is_refused_at_once(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HEAD + MANY[:1_000].rpartition(b"\n")[0] + b"\n" + line)
    row = path.read_bytes().count(b"\n") + 1
    with pytest.raises(Refusal, match=f"line {row} is longer than any row"):
        read(path)


def test_blanks_that_nobody_sees_are_plain_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nama Usaha;Pemilik\nKue\u00a0Ani;\u200bSiti\u2009 Am\u00adinah\u200b\n")
    assert read(path).rows.select("business_name", "owner_name").rows() == [
        ("Kue Ani", "Siti Aminah")
    ]
