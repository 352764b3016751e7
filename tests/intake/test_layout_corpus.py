"""Every drawn sheet is read as it was kept, and nothing that was right has turned wrong."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from pulih.intake import Intake
from tests.intake import drawn
from tests.intake.layout_cases import Case, cases
from tests.intake.layout_results import Result, kept, results

LEAST_RIGHT = 0.95
HOLE = re.compile(r"\{(?:cell|letter|must|title|value)\}")
pytestmark = pytest.mark.slow  # Nearly 800 sheets.


class Looked(NamedTuple):
    """The corpus read once.

    drawn: what the drawing of each case shows wrongly; blank where it shows what the sheet holds.
    holes: sentences told with a hole left in them, such as `{title}`.
    """

    results: list[Result]
    drawn: dict[str, str]
    holes: list[str]


@pytest.fixture(scope="module")
def looked() -> Looked:
    faults: dict[str, str] = {}
    holes: list[str] = []

    def look(case: Case, form: str, path: Path, taken: Intake) -> None:
        sentences = taken.problems.select("message_id", "message_en").iter_rows()
        holes.extend(text for pair in sentences for text in pair if HOLE.search(text))
        if form == "merged" and not case.may_refuse:
            try:
                drawn.check(path, taken)
            except AssertionError as fault:
                faults[case.title] = str(fault) or "it is not so"
            else:
                faults[case.title] = ""

    return Looked(results(look), faults, holes)


@pytest.fixture(scope="module")
def found(looked: Looked) -> list[Result]:
    return looked.results


def test_nothing_that_was_right_turned_wrong(found: list[Result]) -> None:
    before = kept()
    worse = [
        one
        for one in found
        if (one.case, one.form) in before
        and any(
            now > then
            for now, then in zip(one.faults(), before[one.case, one.form].faults(), strict=True)
        )
    ]
    assert worse == []


def test_the_kept_results_are_those_of_the_whole_corpus(found: list[Result]) -> None:
    assert {(one.case, one.form) for one in found} == set(kept())


def test_columns_are_right_or_left_alone_and_every_row_is_counted(found: list[Result]) -> None:
    columns, right = sum(one.columns for one in found), sum(one.right for one in found)
    assert right >= LEAST_RIGHT * columns
    assert [one for one in found if one.wrong or one.lost or one.extra or one.untold] == []


def test_no_sentence_has_a_hole_left(looked: Looked) -> None:
    assert looked.holes == []


def test_what_is_drawn_stands_in_the_sheet(looked: Looked) -> None:
    assert {title: fault for title, fault in looked.drawn.items() if fault} == {}
    assert looked.drawn.keys() == {case.title for case in cases() if not case.may_refuse}


def test_the_corpus_is_large_and_each_case_has_its_own_name() -> None:
    titles = [case.title for case in cases()]
    assert len(titles) >= 150
    assert len(set(titles)) == len(titles)
