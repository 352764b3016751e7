"""What must hold of needs and orders, whatever happened to those who wrote them."""

from collections import defaultdict
from fractions import Fraction

from pulih.market.models import Need, Order, OrderPart, OrderStep
from pulih.market.states import ORDER
from pulih.workflow.models import Step
from tests.make.market import DAY


def all_needs_hold():
    for need in Need.objects.all():
        orders = list(need.orders.all())
        held = [o.good if o.state == "received" else o.quantity for o in orders
                if o.state not in ("declined", "lapsed", "cancelled")]  # fmt: skip
        assert need.ordered == sum(held) <= need.quantity
        assert need.received == sum(one.good for one in orders)
        last = Step.objects.of("market_need", need.pk).last()
        assert last is not None
        assert last.to_state == need.state


def all_orders_hold():
    assert OrderStep.objects.filter(move="accept").exists()  # How far others came is chance.
    for order in Order.objects.all():
        receipts = list(order.receipts.all())
        assert order.good == sum(one.good for one in receipts)
        assert order.refused == sum(one.refused for one in receipts)
        assert order.good + order.refused <= order.sent <= order.quantity
        steps = list(OrderStep.objects.filter(order=order).order_by("pk"))
        at = ORDER.start
        for step in steps[1:]:
            at = ORDER.move(at, step.move).target
            assert step.to_state == at
        assert at == order.state


def no_week_is_promised_twice():
    work = defaultdict(list)
    at_work = OrderPart.objects.filter(order__state__in=("accepted", "confirmed", "sent", "partly"))
    for part in at_work.select_related("order"):
        work[part.enterprise_id].append(part)
    for parts in work.values():
        for day in {part.order.ready_by for part in parts}:
            weeks = sum(Fraction(one.quantity, one.per_week) for one in parts
                        if one.order.ready_by <= day)  # fmt: skip
            assert weeks <= Fraction((day - DAY).days, 7)
