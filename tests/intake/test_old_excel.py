"""Old Excel (`.xls`) as programs write it that cannot compute: every cell without a value is told.

`books/never_computed.xls` was written by Python's xlwt: D4 an error; E3, E4 and E5 formulas.
"""

import random
import struct
from pathlib import Path

import pytest

from pulih.intake import Intake, read, unstored_xls

BOOK = Path(__file__).parent / "books" / "never_computed.xls"
BLANK = struct.pack("<Q", 0xFFFF000000000003)
FORMULAS = {"E3", "E4", "E5"}


def with_results(folder: Path, results: list[bytes], flags: int) -> Path:
    """Write the book again, with other results of its formulas, in their order."""
    content = BOOK.read_bytes()
    for result in results:
        at = content.index(BLANK)
        content = content[:at] + result + struct.pack("<H", flags) + content[at + 10 :]
    path = folder / "a.xls"
    path.write_bytes(content)
    return path


def told(one: Intake) -> dict[str, str]:
    return {cell: rule for cell, rule in one.problems.select("cell", "rule").iter_rows() if cell}


def test_formulas_that_were_never_computed_and_errors_are_told_at_their_cells() -> None:
    one = read(BOOK, kind="firms")
    found = told(one)
    assert {cell for cell, rule in found.items() if rule == "no_stored_value"} == FORMULAS
    assert found["D4"] == "error_cell"
    assert one.rows["turnover"].to_list() == [5_000_000, None, None, None]
    assert one.rows["workers"].to_list() == [3, 4, None, 2]


@pytest.mark.parametrize("flags", [2, 3])
def test_zeros_that_wish_to_be_computed_are_no_values(tmp_path: Path, flags: int) -> None:
    one = read(with_results(tmp_path, [bytes(8)] * 3, flags), kind="firms")
    assert {cell for cell, rule in told(one).items() if rule == "no_stored_value"} == FORMULAS
    assert one.rows["turnover"].to_list() == [5_000_000, None, None, None]


def test_results_that_excel_computed_are_taken_and_its_empty_text_is_one(tmp_path: Path) -> None:
    numbers = [struct.pack("<d", number) for number in (4_000_000, 9_000_000)]
    one = read(with_results(tmp_path, [*numbers, BLANK], 0), kind="firms")
    assert "no_stored_value" not in told(one).values()
    assert one.rows["turnover"].to_list() == [5_000_000, 4_000_000, 9_000_000, None]


def test_a_zero_among_results_that_were_computed_is_a_value(tmp_path: Path) -> None:
    numbers = [struct.pack("<d", number) for number in (0, 5_000_000, 0)]
    one = read(with_results(tmp_path, numbers, 2), kind="firms")
    assert "no_stored_value" not in told(one).values()
    assert one.rows["turnover"].to_list() == [5_000_000, 0, 5_000_000, 0]


def test_an_error_that_a_formula_came_to_is_told(tmp_path: Path) -> None:
    error = struct.pack("<BBBBBBH", 2, 0, 0x17, 0, 0, 0, 0xFFFF)
    number = struct.pack("<d", 5_000_000)
    one = read(with_results(tmp_path, [error, number, number], 0), kind="firms")
    assert told(one)["E3"] == "error_cell"


def test_no_damage_of_a_book_stops_the_look_for_its_formulas(tmp_path: Path) -> None:
    content, path, chance = BOOK.read_bytes(), tmp_path / "a.xls", random.Random(8)
    for _ in range(300):
        broken = bytearray(content[: chance.randrange(8, len(content))])
        for _ in range(chance.randrange(20)):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        path.write_bytes(bytes(broken))
        assert len(unstored_xls.found(path, "IKM")) <= len(content)
