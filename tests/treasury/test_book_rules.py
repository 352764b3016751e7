"""The treasurer's books by property: both sides alike, months that follow on, months that stay."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pulih.treasury.rules.books import (
    BOOKS,
    BookRow,
    booked_in,
    digest,
    handed_on,
    months,
    versions,
)

START = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 500).map(lambda hours: START + timedelta(hours=20 * hours))
days = st.dates(date(2020, 1, 1), date(2020, 12, 31))
sums = st.integers(-(10**9), 10**9)


@st.composite
def rows(draw):
    bank, cash, tax, direct = draw(sums), draw(sums), draw(sums), draw(sums)
    return BookRow(draw(days), draw(moments), str(draw(st.integers(0, 99))), "", "", bank, cash,
               bank + cash - tax - direct, tax, direct)  # fmt: skip


@st.composite
def filings(draw):
    """Months of a year filed one after the other, as far as somebody came."""
    at = sorted(draw(st.lists(moments, max_size=12, unique=True)))
    return dict(enumerate(at, start=1))


books = st.lists(rows(), max_size=12)


@given(books, filings())
def test_each_month_opens_with_what_the_one_before_closed_with(every, filed):
    found = months(every, filed, {"bank": 5, "held": 5, "imprest": 5})
    assert found[0].sums["bank"].opening == 5
    for before, after in pairwise(found):
        for name in ("held", *BOOKS):
            assert after.sums[name].opening == before.sums[name].closing
    assert found[-1].sums["bank"].closing == 5 + sum(row.bank for row in every)


@given(books, filings())
def test_what_is_held_is_the_imprest_and_the_taxes_in_every_month(every, filed):
    for one in months(every, filed):
        closing = {name: one.sums[name].closing for name in ("held", *BOOKS)}
        assert closing["held"] == closing["bank"] + closing["cash"]
        assert closing["held"] == closing["imprest"] + closing["tax"] + closing["direct"]


@given(st.integers(1, 10**12), st.data())
def test_a_direct_payment_reaches_the_treasurer_less_what_was_cut(gross, data):
    withheld, moved = data.draw(st.integers(0, gross)), data.draw(st.integers(0, gross))
    assert handed_on(gross, gross, withheld) == gross - withheld
    assert handed_on(-moved, gross, withheld) == -handed_on(moved, gross, withheld)
    assert 0 <= handed_on(moved, gross, withheld) <= moved


@given(books, books, filings())
def test_what_is_learned_after_a_month_was_filed_leaves_it_as_it_was(every, more, filed):
    last = max(filed.values(), default=START)
    before = [row for row in every if row.at <= last]
    later = [row for row in more if row.at > last]
    one, other = months(before, filed), months([*before, *later], filed)
    assert [digest(one[number - 1]) for number in filed] == [
        digest(other[number - 1]) for number in filed
    ]


@given(rows(), filings())
def test_a_row_is_booked_in_its_month_or_the_first_that_was_open(row, filed):
    month = row.day.month
    while month in filed and filed[month] < row.at:
        month += 1
    assert booked_in(row, filed) == month


@given(st.lists(rows(), min_size=1, max_size=5), filings())
def test_however_often_a_payment_is_stated_the_newest_counts(stated, filed):
    stated = sorted(stated, key=lambda one: one.at)
    found = versions(stated, filed, "")
    for name in BOOKS:
        assert sum(getattr(row, name) for row in found) == getattr(stated[-1], name)
    if not filed:
        assert found == stated[-1:]


@given(st.lists(rows(), min_size=2, max_size=5, unique_by=lambda row: row.at), filings())
def test_stating_anew_changes_no_month_that_was_filed_before(stated, filed):
    stated = sorted(stated, key=lambda one: one.at)
    known = {month: at for month, at in filed.items() if at < stated[-1].at}
    before = months(versions(stated[:-1], known, ""), known)
    after = months(versions(stated, known, ""), known)
    for number in known:
        assert before[number - 1].rows == after[number - 1].rows
