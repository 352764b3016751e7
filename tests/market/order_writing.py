"""What one killed and revived process of writers does: offer and accept until all is answered."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.ledger.writing import at_once, when_it_is_up

QUANTITY = 100
"""Units of each order: a sixth of what a maker can do in a week."""


def write(
    database: dict[str, Any], needs: list[int], writers: range, papers: int, answers: Path
) -> None:
    """Offer and accept the orders of some writers, all from the first on, and note each answer.

    A process that was killed remembers nothing: revived, it brings everything again.
    """
    at_once(database, writers, lambda n: _bring(n, needs, papers, answers))


def _bring(writer: int, needs: list[int], papers: int, answers: Path) -> None:
    from django.db import connection

    for number in range(papers):
        # Two neighbours bring the same order now and then, others share its maker.
        maker = writer // 2 * papers if number == 0 else writer * papers + number
        need = random.Random(maker).choice(needs)
        passed = _answered(need, maker)
        with answers.open("a") as file:
            file.write(f"{need}-{maker} {QUANTITY if passed else 0}\n")
    connection.close()


def _answered(need: int, maker: int) -> bool:
    """Say whether an order stands, offered and accepted.

    Refused may be what was written before, when its answer was lost on the way.
    """
    from django.db import DatabaseError, InterfaceError, OperationalError

    from pulih.common.errors import Refusal

    def ask() -> bool:
        try:
            _order(need, maker)
        except (OperationalError, InterfaceError):
            raise
        except (Refusal, DatabaseError):
            return _stands(need, maker)
        return True

    return when_it_is_up(f"the order of {need} from {maker}", ask)


def _order(need: int, maker: int) -> None:
    from datetime import timedelta

    from django.db import transaction

    from pulih.market.actions import offers
    from pulih.market.models import Capacity, Need
    from pulih.people.scope import speaking_as_system
    from tests.make import market

    with speaking_as_system() as by, transaction.atomic():
        capacity = Capacity.objects.order_by("pk")[maker]
        order = market.offered(
            Need.objects.get(pk=need), capacity, QUANTITY,
            ready_by=market.DAY + timedelta(13), by=by,
        )  # fmt: skip
        offers.answer(order, accepts=True, reason="", by=by)


def _stands(need: int, maker: int) -> bool:
    from pulih.market.models import Capacity, Order
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        of = Capacity.objects.order_by("pk")[maker].enterprise_id
        return Order.objects.filter(need_id=need, enterprise_id=of).exists()
