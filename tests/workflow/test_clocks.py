"""Duties end at midnight on the clock of their office, so many working days after they arrive."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.classifications.holidays import holidays
from pulih.common.periods import WIB, WIT, WITA
from pulih.common.working_days import Calendar
from pulih.workflow import clocks

OF_2020 = Calendar(frozenset(holidays()))
unhurried = settings(deadline=None)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2020, 12, 1), timezones=st.just(UTC))
zones = st.sampled_from([WIB, WITA, WIT])
calendars = st.frozensets(st.dates(date(2020, 1, 1), date(2021, 3, 1)), max_size=40).map(Calendar)


def hour_by_hour(since, days, zone, calendar):
    """Go on by the hour until `days` open days of the office have begun and the last has ended."""
    today = moment = since.astimezone(zone)
    seen = 0
    while True:
        moment += timedelta(hours=1)
        if moment.astimezone(zone).date() != today.date():
            if seen == days:
                return moment.astimezone(zone).date()
            today = moment.astimezone(zone)
            seen += calendar.is_open(today.date())


@unhurried
@given(moments, st.integers(1, 15), zones, calendars)
def test_a_duty_ends_where_going_on_hour_by_hour_ends(since, days, zone, calendar):
    end = clocks.until(since, days, zone, calendar)
    local = end.astimezone(zone)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)
    assert calendar.is_open(clocks.last_day(end, zone))
    reference = hour_by_hour(since, days, zone, calendar)
    # The walk stops on the first day after the last open one, closed or not.
    assert local.date() == reference


@unhurried
@given(moments, st.integers(1, 15), zones, calendars, st.integers(0, 500))
def test_a_duty_is_late_exactly_from_its_end_on(since, days, zone, calendar, hours):
    end = clocks.until(since, days, zone, calendar)
    now = since + timedelta(hours=hours)
    due = clocks.due(since, end, now, zone, calendar)
    assert due.is_late == (now >= end)
    assert (due.days_left > 0) == (now < end)
    assert due.late_by == 0 or now > end
    assert clocks.due(since, end, end - timedelta(seconds=1), zone, calendar).days_left == 1


@pytest.mark.parametrize(
    ("since", "zone", "days", "last"),
    [
        # 23.30 in Jayapura on Thursday is still Thursday there, and 21.30 in Jakarta.
        (datetime(2020, 6, 18, 23, 30, tzinfo=WIT), WIT, 1, date(2020, 6, 19)),
        # Half an hour later it is Friday, so that the next working day is Monday.
        (datetime(2020, 6, 19, 0, 0, tzinfo=WIT), WIT, 1, date(2020, 6, 22)),
        (datetime(2020, 6, 19, 0, 0, tzinfo=WIT), WIB, 1, date(2020, 6, 19)),
        # Idul Fitri 2020: Ascension 21 May, 24 and 25 May; the joint leave moved to December.
        (datetime(2020, 5, 20, 9, 0, tzinfo=WIB), WIB, 2, date(2020, 5, 26)),
        (datetime(2020, 12, 23, 9, 0, tzinfo=WIB), WIB, 1, date(2020, 12, 28)),
    ],
)
def test_days_that_offices_know(since, zone, days, last):
    assert clocks.last_day(clocks.until(since, days, zone, OF_2020), zone) == last


def test_a_duty_that_ended_on_friday_is_late_by_one_day_only_on_monday():
    friday = datetime(2020, 6, 19, 12, tzinfo=WIB)
    end = clocks.until(friday - timedelta(days=1), 1, WIB, OF_2020)
    late = [
        clocks.late_by(end, friday + timedelta(days=days), WIB, OF_2020) for days in (0, 1, 2, 3)
    ]
    assert late == [0, 0, 0, 1]
    assert clocks.due(friday, end, friday + timedelta(days=1), WIB, OF_2020).is_late


def test_an_end_in_a_year_without_listed_holidays_is_assumed():
    in_time = datetime(2020, 6, 1, 9, tzinfo=WIB)
    later = datetime(2020, 12, 29, 9, tzinfo=WIB)
    assert clocks.due(
        in_time, clocks.until(in_time, 5, WIB, OF_2020), in_time, WIB, OF_2020
    ).is_sure
    end = clocks.until(later, 5, WIB, OF_2020)
    assert not clocks.due(later, end, later, WIB, OF_2020).is_sure


def test_a_duty_without_a_clock_is_never_late():
    due = clocks.due(
        datetime(2020, 1, 1, tzinfo=UTC), None, datetime(2030, 1, 1, tzinfo=UTC), WIB, OF_2020
    )
    assert (due.last_day, due.is_late, due.late_by) == (None, False, 0)
