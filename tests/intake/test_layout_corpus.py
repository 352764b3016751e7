"""Every drawn sheet is read as it was kept, and nothing that was right has turned wrong."""

import pytest

from tests.intake.layout_cases import cases
from tests.intake.layout_results import Result, kept, results

LEAST_RIGHT = 0.95
pytestmark = pytest.mark.slow  # 652 sheets.


@pytest.fixture(scope="module")
def found() -> list[Result]:
    return results()


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


def test_the_corpus_is_large_and_each_case_has_its_own_name() -> None:
    titles = [case.title for case in cases()]
    assert len(titles) >= 150
    assert len(set(titles)) == len(titles)
