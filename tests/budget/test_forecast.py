"""The forecast of absorption: what it may never say, and when it says nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.budget.rules import forecast
from pulih.budget.rules.forecast import Risk, Track

DAY = date(2020, 6, 15)
months = st.lists(st.integers(0, 10**9), min_size=12, max_size=12).map(tuple)
days = st.dates(date(2020, 1, 1), date(2020, 12, 31))
ratios = st.lists(st.floats(0, 5), min_size=forecast.FEWEST, max_size=60)


@st.composite
def tracks(draw, day=DAY):
    planned, paid = draw(months), draw(months)[: day.month]
    reachable = sum(paid) + draw(st.integers(0, 10**10))
    return Track(planned, paid, reachable + draw(st.integers(0, 10**9)), reachable)


def steady(pace: float = 1.0, paid_months: int = 6) -> Track:
    """A unit with an even plan that pays the same share of it each month."""
    planned = (100_000,) * 12
    return Track(planned, (int(100_000 * pace),) * paid_months, 1_200_000, 1_200_000)


@given(st.data(), days, ratios)
def test_the_band_never_falls_and_stays_between_paid_and_reachable(data, day, ratios):
    track = data.draw(tracks(day))
    band = forecast.forecast(track, day, ratios)
    if band is None:
        return
    for end in (band.low, band.high):
        assert len(end) == 12
        assert end[: day.month - 1] == (None,) * (day.month - 1)
        known = [value for value in end if value is not None]
        assert known[0] == track.total_paid
        assert known == sorted(known)
        assert known[-1] <= max(track.reachable, track.total_paid)
    for low, high in zip(band.low, band.high, strict=True):
        assert low is None or low <= high


@given(st.data(), ratios)
def test_wilder_pasts_make_wider_bands(data, ratios):
    track = data.draw(tracks())
    calm = forecast.forecast(track, DAY, [1.0] * len(ratios))
    wild = forecast.forecast(track, DAY, [1.0, *ratios, 0.0, 0.0, 0.0, 6.0, 6.0, 6.0])
    if calm is None or wild is None:
        return
    assert calm.low == calm.high
    assert wild.low[-1] <= wild.high[-1]


@given(tracks(), st.lists(st.floats(0, 5), max_size=forecast.FEWEST - 1))
def test_too_few_comparisons_make_no_band(track, ratios):
    assert forecast.forecast(track, DAY, ratios) is None


@given(tracks())
def test_who_has_no_plan_gets_no_forecast_and_no_lag(track):
    bare = Track((0,) * 12, track.paid, track.ceiling, track.reachable)
    assert forecast.forecast(bare, DAY, [1.0] * 40) is None
    assert forecast.lag(bare, DAY) is None


@given(months, days, days)
def test_a_plan_only_grows_and_ends_at_its_sum(planned, one, other):
    first, second = sorted((one, other))
    assert forecast.planned_by(planned, first) <= forecast.planned_by(planned, second) + 1e-3
    assert forecast.planned_by(planned, date(2020, 12, 31)) == pytest.approx(sum(planned))


@given(tracks())
def test_a_lag_names_the_day_on_which_the_plan_stood_here(track):
    found = forecast.lag(track, DAY)
    if found is None:
        return
    assert found.weeks >= 0
    if found.points > 0:
        then = DAY - timedelta(days=round(found.weeks * 7))
        if then.year == 2020:
            assert forecast.planned_by(track.planned, then) <= track.total_paid
        assert forecast.planned_by(track.planned, then + timedelta(days=1)) > track.total_paid
    else:
        assert found.weeks == 0


def test_half_the_pace_is_named_in_points_and_weeks():
    found = forecast.lag(steady(0.5), date(2020, 6, 30))
    assert found.points == pytest.approx(25.0)
    assert found.weeks == pytest.approx(13.0, abs=0.2)


def test_a_steady_unit_ends_where_its_pace_leads():
    steadies = [steady(pace / 10) for pace in range(4, 10)]
    ratios = forecast.errors(steadies)
    assert ratios == pytest.approx([1.0] * len(ratios))
    band = forecast.forecast(steady(0.5), date(2020, 6, 30), ratios)
    assert band.high[-1] == band.low[-1] == pytest.approx(600_000)
    assert forecast.risk(band, 1_200_000) is Risk.HIGH


def test_finished_years_are_compared_at_the_same_month():
    late = Track((100,) * 12, (50,) * 6 + (150,) * 6, 1_200, 1_200)
    assert forecast.errors([late], split=6) == [pytest.approx(3.0)]


def test_risk_says_when_it_does_not_know():
    assert forecast.risk(None, 1_000) is Risk.UNKNOWN
    band = forecast.forecast(steady(), date(2020, 6, 30), [0.5] * 10 + [1.0] * 10)
    assert forecast.risk(band, 1_200_000) is Risk.WATCH
    sure = forecast.forecast(steady(), date(2020, 6, 30), [1.0] * 20)
    assert forecast.risk(sure, 1_200_000) is Risk.NONE
