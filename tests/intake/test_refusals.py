"""Whatever cannot be read ends in one clear sentence in both languages, and writes nothing."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pulih.common.errors import Refusal
from pulih.intake import limits, read
from pulih.intake.command import run
from tests.make import intake as make

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8


def photo(path: Path) -> Path:
    path.write_bytes(PHOTO)
    return path


def locked(path: Path) -> Path:
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900))
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    return path


def halved(path: Path) -> Path:
    make.write([["Nama Usaha"], ["A"]], path)
    path.write_bytes(path.read_bytes()[:900])
    return path


def word(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def no_headings(path: Path) -> Path:
    return make.write([["x", "y"], ["1", "2"], ["3", "4"]], path)


def headings_only(path: Path) -> Path:
    return make.write([["Nama Usaha", "NIK"]], path)


def nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def too_wide(path: Path) -> Path:
    row: list[make.Cell] = [f"Kolom {number}" for number in range(limits.COLUMNS + 5)]
    return make.write([["Nama Usaha", *row], ["A", *row]], path)


def missing(path: Path) -> Path:
    return path


CASES: list[tuple[Callable[[Path], Path], str]] = [
    (photo, "not a spreadsheet but a photo"),
    (locked, "protected by a password"),
    (bomb, "grows more than 100 times"),
    (halved, "damaged"),
    (word, "a Word document"),
    (no_headings, "no row of column headings"),
    (headings_only, "no rows under them"),
    (nothing, "is empty"),
    (too_wide, "more than 200 columns"),
    (missing, "does not exist"),
]


@pytest.mark.parametrize(("spoil", "says"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_file_that_cannot_be_read_is_refused_in_both_languages(
    tmp_path: Path, spoil: Callable[[Path], Path], says: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read(spoil(tmp_path / "daftar.xlsx"))
    assert says in refused.value.message.en
    assert "daftar.xlsx" in refused.value.message.id
    assert refused.value.message.id != refused.value.message.en


@pytest.mark.parametrize("spoil", [photo, locked, bomb, no_headings, nothing, missing])
def test_the_command_answers_2_and_writes_nothing(
    tmp_path: Path, spoil: Callable[[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = spoil(tmp_path / "daftar.xlsx")
    out, problems = tmp_path / "rows.parquet", tmp_path / "problems.parquet"
    assert run([str(path), "--out", str(out), "--problems", str(problems), "--json"]) == 2
    assert not out.exists()
    assert not problems.exists()
    printed = capsys.readouterr()
    assert '"message_id"' in printed.out
    assert "Traceback" not in printed.err


def test_a_photo_named_csv_is_no_list_either(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="photo"):
        read(photo(tmp_path / "daftar.csv"))


def test_a_workbook_named_csv_is_read_by_what_it_is(tmp_path: Path) -> None:
    made = make.write([["Nama Usaha", "NIK"], ["A", None]], tmp_path / "a.xlsx")
    assert read(made.rename(tmp_path / "a.csv")).summary["rows"] == 1
