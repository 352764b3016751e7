"""A firm's weeks: what it accepted is judged as a plan of its days judges it."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.market.actions import offers
from pulih.market.models import Order, OrderPart
from tests.examples import examples
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY, PER_WEEK = market.DAY, 70


@dataclass(frozen=True)
class Work:
    """An order: days counted from DAY, units at 70 a week, which is ten a day."""

    begins: int
    due: int
    units: int


def can_be_done(orders: list[Work]) -> bool:
    """Plan day after day: of what has begun always the one that is due first."""
    left = {at: Fraction(one.units, PER_WEEK // 7) for at, one in enumerate(orders)}
    for day in range(max(one.due for one in orders)):
        free = Fraction(1)
        begun = [at for at in left if orders[at].begins <= day < orders[at].due]
        for at in sorted(begun, key=lambda at: orders[at].due):
            done = min(free, left[at])
            left[at], free = left[at] - done, free - done
    return not any(left.values())


def offer(firm, work: Work, name: str) -> Order:
    need = market.need(work.units, of=market.buyer(name=name))
    order = Order.objects.create(
        need=need, terms_id=need.terms_id, enterprise=firm,
        province_id=firm.province_id, regency_id=firm.regency_id,
        to_province_id=firm.province_id, to_regency_id=firm.regency_id,
        quantity=work.units, goods=1, fee=0, transport=0,
        work_from=DAY + timedelta(work.begins), ready_by=DAY + timedelta(work.due),
        answer_until=timezone.now() + timedelta(1),
    )  # fmt: skip
    OrderPart.objects.create(
        order=order, enterprise=firm, quantity=work.units, amount=1, per_week=PER_WEEK
    )
    return order


def test_work_that_begins_later_has_only_the_days_from_then_on():
    firm = market.firm("Konveksi 1")
    market.capacity(firm)
    first, second, third = Work(0, 28, 70), Work(21, 28, 70), Work(21, 28, 10)
    for number, work in enumerate((first, second)):
        offers.answer(offer(firm, work, f"Dinas {number}"), accepts=True, by=cast.regency_officer())
    with pytest.raises(Refusal, match="memakai minggu"):
        offers.answer(offer(firm, third, "RSUD"), accepts=True, by=cast.regency_officer())


def test_a_maker_that_is_free_later_has_only_the_days_from_then_on():
    maker = market.capacity(
        market.firm("Konveksi 1"), per_week=PER_WEEK, free_from=DAY + timedelta(14)
    )
    need = market.need(140, of=market.buyer(), due=DAY + timedelta(28))
    order = market.offered(need, maker, 140, ready_by=DAY + timedelta(28))
    assert order.parts.get().free_from == DAY + timedelta(14)
    offers.answer(order, accepts=True, by=cast.regency_officer())  # Two weeks of work, and no more.
    more = market.need(10, of=market.buyer(name="Dinas"), due=DAY + timedelta(28))
    second = market.offered(more, maker, 10, ready_by=DAY + timedelta(28))
    with pytest.raises(Refusal, match="memakai minggu"):  # Though four weeks lie between.
        offers.answer(second, accepts=True, by=cast.regency_officer())


works = st.builds(
    lambda begins, days, units: Work(begins, begins + days, units),
    st.integers(0, 9), st.integers(1, 9), st.integers(1, 60),
)  # fmt: skip


@given(orders=st.lists(works, min_size=1, max_size=4))
@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
def test_an_offer_is_refused_where_no_plan_of_days_can_do_the_work(orders: list[Work]):
    taken: list[Work] = []
    officer = cast.regency_officer()
    with transaction.atomic():
        firm = market.firm("Konveksi 1")
        for number, work in enumerate(orders):
            order = offer(firm, work, f"Dinas {number}")
            if can_be_done([*taken, work]):
                offers.answer(order, accepts=True, by=officer)
                taken.append(work)
            else:
                with pytest.raises(Refusal, match="memakai minggu"):
                    offers.answer(order, accepts=True, by=officer)
        transaction.set_rollback(True)
