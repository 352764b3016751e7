"""Writers and a killer: run by `test_crash.py` in a process and on a server of its own.

Prints one JSON object: what was answered, what the ledger holds, what the checks say.
"""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.of_ledger.server import durable_server
from tests.ledger.killing import Race, write_and_kill
from tests.ledger.writing import write

WRITERS, LINES, CEILING, TIMES = 64, 6, 60_000, 7


def main(papers: int) -> None:
    """Let 64 writers bring `papers` each while processes are killed, and look."""
    with durable_server(1) as server, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.touch()
        killed = write_and_kill(server, Race(write, _lines(), WRITERS, papers, TIMES), answers)
        told = dict(line.split() for line in answers.read_text().splitlines())
        passed = {name: int(rupiah) for name, rupiah in told.items() if rupiah != "0"}
        print(json.dumps({"killed": killed, "answered": len(told), **_judged(passed)}))


def _lines() -> list[int]:
    from django.db import connection

    from pulih.budget import actions
    from pulih.people.scope import speaking_as_system
    from tests.make import budget as make

    with speaking_as_system():
        lines = [make.line(key=f"3038.001.051.A.52{n:04}", ceiling=CEILING) for n in range(LINES)]
        assert actions.check_balances() == []
    connection.close()
    return [line.pk for line in lines]


def _judged(passed: dict[str, int]) -> dict[str, object]:
    from pulih.budget import actions
    from pulih.budget.models import BudgetLine, Posting
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        payments = Posting.objects.filter(document_kind="sp2d")
        held = set(payments.values_list("document_number", flat=True))
        totals = BudgetLine.objects.totals()
        return {
            "passed": len(passed),
            "passed_rupiah": sum(passed.values()),
            "lost": sorted(passed.keys() - held),
            "unasked": sorted(held - passed.keys()),
            "realised": totals["realised"],
            "committed": totals["committed"],
            "overspent": BudgetLine.objects.filter(realised__gt=CEILING).count(),
            "differences": len(actions.check_balances()) + len(list(actions.check_chains())),
        }


if __name__ == "__main__":
    main(int(sys.argv[1]))
