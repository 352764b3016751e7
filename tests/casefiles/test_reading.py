"""A declared table against what a folder holds."""

from dataclasses import dataclass

import pytest

from pulih.casefiles.cells import code, maybe_whole
from pulih.casefiles.reading import NO_COMMAS, records_of, sheets_in, silent, values_of
from pulih.casefiles.settings import read_settings
from pulih.casefiles.tables import Table


@dataclass(frozen=True, order=True)
class Seat:
    person: str
    cost: int | None


SEATS = Table(
    "seats", Seat, {"person": code, "cost": maybe_whole}, ("person",), optional=frozenset({"cost"})
)


def read(folder, text):
    (folder / "seats.csv").write_text(text)
    return records_of(sheets_in(folder, [SEATS]), [SEATS], silent)


def test_a_column_that_may_be_missing_reads_as_blank(tmp_path):
    records, faults = read(tmp_path, "person\nB\nA\n")
    assert faults == []
    assert values_of(SEATS, records["seats"]) == (Seat("A", None), Seat("B", None))


def test_a_character_that_no_text_holds_is_a_fault_of_the_file(tmp_path):
    _, [fault] = read(tmp_path, "person\nA\0B\n")
    assert (fault.table, fault.row) == ("seats", 2)


def test_a_column_that_must_be_there_is_a_fault_of_the_header(tmp_path):
    _, faults = read(tmp_path, "cost\n1\n")
    assert [(fault.row, fault.column) for fault in faults] == [(1, "person")]


def test_settings_with_a_number_of_five_thousand_digits_are_one_fault(tmp_path):
    (tmp_path / "case.toml").write_text(f"ceiling = {'9' * 5000}\n")
    raw, faults = read_settings(tmp_path)
    assert raw is None
    assert len(faults) == 1


@pytest.mark.parametrize("sign", [";", "\t"])
def test_columns_that_no_comma_separates_are_one_fault(sign, tmp_path):
    _, faults = read(tmp_path, f"person{sign}cost\nA{sign}1\n")
    assert [fault.message for fault in faults] == [NO_COMMAS]
