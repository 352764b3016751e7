"""Files that once ended the process that read them: each gives rows, or one refusal."""

import time
from pathlib import Path

import pytest

from pulih.common.errors import Refusal
from pulih.intake import in_child
from pulih.intake.command import run
from pulih.intake.intake import read
from pulih.intake.workbook import open_book

FOLDER = Path(__file__).parent / "broken"
SAYS = {
    "01_cell_XFD1048576.xlsx": "cell XFD1048576",
    "02_stray_blank_CV1048576.xlsx": "cell CV1048576",
    "03_shared_string_bomb.xlsx": "a very long text is repeated",
    "11_damaged_panic_a.xls": "is damaged",
    "12_damaged_panic_b.xls": "is damaged",
    "13_damaged_panic_c.xls": "is damaged",
    "14_damaged_xls_memory.xls": "GB of memory",
    "15_damaged_xlsb_memory.xlsb": "is damaged",
    "16_damaged_wrong_sentence.ods": "is damaged",
    "17_damaged_wrong_sentence.xlsb": "is damaged",
    "18_mutated_ref.xlsx": "cell XFD1048576",
}
READ = ("09_damaged_properties.xlsx", "10_damaged_zlib.ods", "19_xlsx_named.xls")


@pytest.mark.parametrize("name", SAYS)
def test_it_is_refused_with_its_reason_in_both_languages(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        in_child.read(FOLDER / name)
    message = refused.value.message
    assert SAYS[name] in message.en
    assert name in message.en
    assert name in message.id
    assert message.id != message.en


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_broken_is_read(name: str) -> None:
    assert in_child.read(FOLDER / name).summary["accepted"] == 5


def test_the_command_says_one_refusal_and_no_panic(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    places = ["--out", str(tmp_path / "r.csv"), "--problems", str(tmp_path / "p.csv")]
    assert run([str(FOLDER / "12_damaged_panic_b.xls"), *places]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 2  # One sentence in each language.
    assert not list(tmp_path.iterdir())


@pytest.mark.slow  # A million rows are opened, twice.
def test_a_million_blank_rows_below_a_list_cost_little_more_than_opening_them() -> None:
    path = FOLDER / "20_blank_rows_to_the_end.xlsx"
    spent = []
    for work in (lambda: list(open_book(path).sheets()), lambda: read(path)):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    opening, reading = spent
    assert reading < 3 * opening
