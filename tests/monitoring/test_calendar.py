"""Working days and deadlines, against a reference that walks day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.classifications.holidays import holidays
from pulih.common.working_days import WIB, WIT, Calendar, local_day
from pulih.monitoring.rules import deadlines, quarters

unhurried = settings(deadline=None)  # A busy machine is no fault of ours.

days = st.dates(date(2019, 12, 1), date(2021, 2, 28))
calendars = st.frozensets(days, max_size=60).map(Calendar)
OF_2020 = Calendar(frozenset(holidays()))
FORM_C = deadlines.chain_of("C", "DK", date(2020, 6, 30))


def walk(start, n, closed):
    """Walk day by day until n open days have been seen."""
    day, seen = start, 0
    while seen < n:
        day += timedelta(days=1)
        if day.strftime("%a") not in ("Sat", "Sun") and day not in closed:
            seen += 1
    return day


@unhurried
@given(days, st.integers(1, 40), calendars)
def test_the_nth_working_day_is_where_a_walk_day_by_day_ends(start, n, calendar):
    assert calendar.after(start, n) == walk(start, n, calendar.closed)


@unhurried
@given(days, st.integers(1, 40), calendars)
def test_counting_and_walking_are_each_others_reverse(start, n, calendar):
    end = calendar.after(start, n)
    assert calendar.between(start, end) == n
    assert calendar.between(start, end - timedelta(days=1)) == n - 1


@unhurried
@given(days, st.integers(1, 20), calendars, days)
def test_a_holiday_more_never_makes_a_deadline_earlier(start, n, calendar, holiday):
    more = Calendar(calendar.closed | {holiday})
    moved = more.after(start, n)
    assert moved >= calendar.after(start, n)
    if start < holiday <= calendar.after(start, n) and calendar.is_open(holiday):
        assert moved > calendar.after(start, n)


@unhurried
@given(days, days, calendars)
def test_what_comes_after_its_day_is_late_by_at_least_one_working_day(due, filed, calendar):
    late = deadlines.late_days(due, filed, calendar)
    assert (late > 0) == (filed > due)


@pytest.mark.parametrize(
    ("quarter", "due"),
    [(1, date(2020, 4, 7)), (2, date(2020, 7, 7)), (3, date(2020, 10, 7)), (4, date(2021, 1, 8))],
)
def test_form_c_of_2020_is_due_on_the_fifth_working_day(quarter, due):
    assert deadlines.due_day(FORM_C, 2020, quarter, OF_2020) == due


def test_the_consolidation_of_the_second_quarter_is_due_on_the_fourteenth_working_day():
    chain = deadlines.chain_of("consolidation", "DK", date(2020, 6, 30))
    assert deadlines.due_day(chain, 2020, 2, OF_2020) == date(2020, 7, 20)


def test_a_day_of_which_the_year_is_not_listed_is_not_sure():
    assert deadlines.is_sure(date(2020, 7, 7), OF_2020)
    assert not deadlines.is_sure(date(2021, 1, 8), OF_2020)


@pytest.mark.parametrize(
    ("moment", "wit", "wib"),
    [
        (datetime(2020, 7, 7, 14, 30, tzinfo=UTC), date(2020, 7, 7), date(2020, 7, 7)),  # 23:30 WIT
        (datetime(2020, 7, 7, 15, 30, tzinfo=UTC), date(2020, 7, 8), date(2020, 7, 7)),  # 00:30 WIT
    ],
)
def test_the_clock_of_the_office_decides_the_day(moment, wit, wib):
    due = date(2020, 7, 7)
    assert (local_day(moment, WIT), local_day(moment, WIB)) == (wit, wib)
    assert deadlines.late_days(due, local_day(moment, WIT), OF_2020) == (1 if wit > due else 0)
    assert deadlines.late_days(due, local_day(moment, WIB), OF_2020) == 0


@pytest.mark.parametrize(
    ("filed", "today", "state", "number"),
    [
        (date(2020, 7, 7), date(2020, 9, 1), "on_time", 0),
        (date(2020, 7, 9), date(2020, 9, 1), "late", 2),
        (date(2020, 7, 11), date(2020, 9, 1), "late", 4),  # A Saturday counts as the Monday after.
        (None, date(2020, 6, 15), "not_open", 16),  # As the first page of the mock-ups counts.
        (None, date(2020, 7, 3), "open", 2),
        (None, date(2020, 7, 7), "today", 0),
        (None, date(2020, 7, 8), "overdue", 1),
    ],
)
def test_a_duty_stands_as_its_days_say(filed, today, state, number):
    found = deadlines.status(date(2020, 7, 7), filed, today, date(2020, 6, 30), OF_2020)
    assert (found.state, found.days) == (state, number)


def test_every_duty_names_recipients_that_have_words_and_risks_are_dated():
    for chain in deadlines.chains(date(2020, 6, 30)):
        assert all(deadlines.recipient(code).id for code in chain.recipients)
    assert "pasal 75" in deadlines.risk("DK", date(2020, 7, 7)).message.id
    later = deadlines.risk("DK", date(2023, 4, 10))
    assert "PP 19/2022 pasal 26" in later.message.id
    assert "articles 9 and 18" in later.message.en
    assert deadlines.risk("KP", date(2020, 7, 7)) is None


@unhurried
@given(st.dates(date(2018, 1, 1), date(2025, 12, 31)))
def test_the_last_quarter_that_ended_did_end_and_the_next_did_not(day):
    year, quarter = quarters.last_ended(day)
    assert quarters.last_day(year, quarter) < day
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    assert quarters.last_day(*following) >= day


def test_an_amended_duty_judges_no_quarter_that_ended_before_it():
    amended = date(2021, 1, 1)
    old = replace(FORM_C, valid_to=amended)
    new = replace(FORM_C, valid_from=amended, working_days=10)
    assert deadlines.in_force([new, old], date(2020, 12, 31)) == (old,)
    assert deadlines.in_force([new, old], date(2021, 3, 31)) == (new,)
    assert deadlines.chains(date(2006, 9, 30)) == ()  # The regulation is of November 2006.
