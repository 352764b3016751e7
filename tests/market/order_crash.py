"""Writers of orders and a killer: run by `test_order_crash.py` in a process and on a server of its
own. Prints one JSON object: what was answered, and what stands.
"""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.of_ledger.server import durable_server
from tests.ledger.killing import Race, write_and_kill
from tests.market.order_writing import QUANTITY, write

WRITERS, NEEDS, ORDERS_EACH, TIMES = 64, 4, 30, 3


def main(papers: int) -> None:
    """Let 64 writers offer and accept `papers` orders each while processes are killed, and look."""
    with durable_server(1) as server, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.touch()
        race = Race(write, _needs(WRITERS * papers), WRITERS, papers, TIMES)
        killed = write_and_kill(server, race, answers)
        told = dict(line.split() for line in answers.read_text().splitlines())
        passed = {name for name, quantity in told.items() if quantity != "0"}
        print(json.dumps({"killed": killed, "answered": len(told), **_judged(passed)}))


def _needs(makers: int) -> list[int]:
    from django.db import connection

    from pulih.people.scope import speaking_as_system
    from tests.make import market

    with speaking_as_system():
        buyer = market.buyer()
        quantity = ORDERS_EACH * QUANTITY
        needs = [market.need(quantity, of=buyer).pk for _need in range(NEEDS)]
        for number in range(makers):
            market.capacity(market.firm(f"Konveksi {number}"))
    connection.close()
    return needs


def _judged(passed: set[str]) -> dict[str, object]:
    from django.db import connection

    from pulih.market.models import Capacity, Need, Order
    from pulih.people.scope import speaking_as_system
    from tests.market import orders_hold

    connection.close()
    with speaking_as_system():
        orders_hold.all_needs_hold()
        orders_hold.all_orders_hold()
        orders_hold.no_week_is_promised_twice()
        makers = list(Capacity.objects.order_by("pk").values_list("enterprise_id", flat=True))
        held = {
            f"{order.need_id}-{makers.index(order.enterprise_id)}"
            for order in Order.objects.filter(state="accepted")
        }
        return {
            "passed": len(passed),
            "lost": sorted(passed - held),
            "unasked": sorted(held - passed),
            "doubled": Order.objects.count() - len(held),
            "ordered": sorted(Need.objects.values_list("ordered", flat=True)),
        }


if __name__ == "__main__":
    main(int(sys.argv[1]))
