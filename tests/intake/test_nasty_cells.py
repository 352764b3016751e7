"""Every way that offices fill a cell: read exactly, or told of at that very cell."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import Intake, read
from tests.intake.nasty_cells import COLUMNS
from tests.intake.nasty_truths import Either, Told
from tests.make import intake as make

ON = date(2020, 6, 30)
CASES = [
    (column, text, wanted)
    for column, (_, _, cases) in COLUMNS.items()
    for text, wanted in cases.items()
]


@pytest.mark.parametrize(("column", "text", "wanted"), CASES)
def test_a_cell_is_read_exactly_or_told_of(
    tmp_path: Path, column: str, text: str, wanted: object
) -> None:
    heading, ordinary, _ = COLUMNS[column]
    rows: list[list[make.Cell]] = [["Nama Usaha", "Nama Pemilik", heading]]
    rows += [[f"UD Contoh {n}", f"Siti {n}", ordinary] for n in range(1, 5)]
    rows.insert(3, ["UD Uji", "Budi", text])
    one = read(make.write(rows, tmp_path / "a.csv"), kind="firms", on=ON)
    judge(one, column, "C4", wanted)


def judge(one: Intake, column: str, cell: str, wanted: object) -> None:
    row = one.rows.filter(one.rows["row"] == int(cell[1:])).row(0, named=True)
    value = (row[column], row.get("capacity_unit")) if column == "capacity" else row[column]
    problems = one.problems.filter(one.problems["cell"] == cell)["rule"].to_list()
    if isinstance(wanted, Told):
        assert problems, f"{value!r} without a word"
        assert not wanted.values or value in wanted.values, (value, problems)
    elif isinstance(wanted, Either):
        assert value == wanted.value, problems
    else:
        assert (value, problems) == (wanted, [])
