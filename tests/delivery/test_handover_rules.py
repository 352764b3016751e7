"""When the answer to a hand-over is overdue: against one look at each day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pulih.common.working_days import Calendar
from pulih.delivery.rules.handovers import DAYS_TO_ANSWER, days_late

DAY = date(2020, 6, 15)
days = st.integers(0, 40).map(lambda n: DAY + timedelta(n))


@given(days, days, st.frozensets(days, max_size=8))
def test_each_open_day_after_the_last_one_for_an_answer_is_one_more(sent_on, today, closed):
    calendar = Calendar(closed)
    passed = (sent_on + timedelta(n) for n in range(1, (today - sent_on).days + 1))
    assert days_late(sent_on, today, calendar) == max(
        sum(map(calendar.is_open, passed)) - DAYS_TO_ANSWER, 0
    )
