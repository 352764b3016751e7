"""Lists whose cells need their neighbours are read right, or told of at the very cell."""

from datetime import date
from pathlib import Path

import pytest

from pulih.intake import Intake, read
from tests.intake import nasty_files, nasty_sheets
from tests.intake.nasty_truths import Either, Told
from tests.make import intake as make

ON = date(2020, 6, 30)
CASES = [
    pytest.param(case, ending, id=f"{group}: {name} {ending}")
    for group, cases in nasty_sheets.ALL.items()
    for name, case in cases.items()
    for ending in (("xlsx",) if case.merged else ("csv", "xlsx"))
]


@pytest.mark.parametrize(("case", "ending"), CASES)
def test_a_list_is_read_right_or_told_of(
    tmp_path: Path, case: nasty_sheets.Case, ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        make.write(case.rows, path)
    else:
        make.write_xlsx({"Data": case.rows}, path, merged=case.merged)
    one = read(path, on=ON)
    for cell, wanted in case.wanted.items():
        judge(one, cell, wanted)
    if case.clean:
        assert one.rows["verdict"].to_list() == ["accepted"] * one.rows.height
        assert one.problems.filter(one.problems["row"] > one.rows["row"].min()).is_empty()


@pytest.mark.parametrize("name", nasty_files.FILES)
def test_a_csv_is_read_right_or_told_of(tmp_path: Path, name: str) -> None:
    content, cells = nasty_files.FILES[name]
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    one = read(path, on=ON)
    for cell, wanted in cells.items():
        judge(one, cell, wanted)


def judge(one: Intake, cell: str, wanted: object) -> None:
    row = one.rows.filter(one.rows["row"] == int(cell[1:])).row(0, named=True)
    names = [name for _, name in next(iter(one.headings.values()))]
    name = names[ord(cell[0]) - ord("A")]
    assert name is not None, f"the column of {cell} was not recognised: {one.headings}"
    value = row[name]
    problems = one.problems.filter(one.problems["cell"] == cell)["rule"].to_list()
    if isinstance(wanted, Told):
        assert problems, f"{cell}: {value!r} without a word"
        assert not wanted.values or value in wanted.values, (cell, value, problems)
    elif isinstance(wanted, Either):
        assert value == wanted.value, (cell, problems)
    else:
        assert (value, problems) == (wanted, []), cell
