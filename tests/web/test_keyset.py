from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.portal.models import Source
from pulih.web import keyset
from tests.once import made_once

ROWS = 23


@made_once
def rows(db: None):
    """23 rows in groups of equal sort values."""
    Source.objects.bulk_create(
        Source(
            code=f"keyset-{number}",
            publisher="keyset",
            title=f"{number // 4}-{number}",
            published_on=date(2020, 6, 15),
            is_verified=False,
        )
        for number in range(ROWS)
    )
    return Source.objects.filter(publisher="keyset")


@pytest.mark.parametrize("order", [("publisher", "id"), ("-title", "-id"), ("publisher", "-id")])
def test_walking_to_the_end_and_back_shows_every_row_once(rows, order: tuple[str, ...]) -> None:
    expected = list(rows.order_by(*order))
    pages = [keyset.page(rows, order, size=5)]
    while pages[-1].next:
        pages.append(keyset.page(rows, order, pages[-1].next, size=5))
    assert [row for page in pages for row in page.rows] == expected
    assert [(page.first, page.last) for page in pages] == [
        (1, 5),
        (6, 10),
        (11, 15),
        (16, 20),
        (21, 23),
    ]
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = keyset.page(rows, order, back.previous or "", size=5)
        assert (back.rows, back.first) == (page.rows, page.first)
    assert back.previous is None


def test_a_list_of_one_page_has_no_neighbours(rows) -> None:
    page = keyset.page(rows, ("title", "id"), size=50)
    assert (page.next, page.previous, page.total, len(page.rows)) == (None, None, ROWS, ROWS)


def test_an_empty_list_is_an_empty_page(rows) -> None:
    page = keyset.page(rows.none(), ("title", "id"))
    assert (page.rows, page.total, page.next, page.previous) == ([], 0, None, None)


def test_rows_that_vanish_meanwhile_leave_no_gap(rows) -> None:
    first = keyset.page(rows, ("id",), size=5)
    rows.filter(pk=first.rows[-1].pk).delete()
    second = keyset.page(rows, ("id",), first.next or "", size=5)
    assert second.rows == list(rows.order_by("id")[4:9])


def test_counts_stop_above_ten_thousand(rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyset, "COUNTED", 10)
    page = keyset.page(rows, ("id",), size=5)
    assert (page.is_more_than_counted, page.counted) == (True, 10)


@given(cursor=st.text())
def test_a_cursor_that_is_not_ours_is_no_cursor(cursor: str) -> None:
    assert keyset._read(cursor, ("title", "id"), Source.objects.all()) is None


def test_a_cursor_of_another_order_gives_the_first_page(rows) -> None:
    other = keyset.page(rows, ("-id",), size=5).next or ""
    assert keyset.page(rows, ("id",), other, size=5).first == 1
