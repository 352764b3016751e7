"""Money promised once, under writers and kills: run by `test_race.py`, or by hand in full.

    python -m tests.ledger.race [PAPERS EACH, 3,200: some 100,000] [KILLS, 45]

32 writers reserve, commit, release, revise and refocus on three lines, each paper answered, while
writers, connections and PostgreSQL are killed in turns. Prints one JSON object: what was answered,
and what is wrong where every balance is rebuilt from the entries and from the answers alone.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.of_ledger.server import durable_server
from tests.ledger.killing import Race, write_and_kill
from tests.ledger.promising import DAY, write

WRITERS, LINES, CEILING = 32, 3, 5_000
PAPERS, KILLS = 3_200, 45  # In full: some 100,000 documents.
WRONG = (
    "lost", "unasked", "twice", "unlawful", "not what promises hold", "not what was answered",
)  # fmt: skip


def raced(papers: int, times: int) -> dict[str, Any]:
    """Let the writers bring `papers` each while so many kills come, and look.

    Returns what happened; the lists under WRONG are empty and `differences` is 0 where all is well.
    """
    with durable_server(1) as server, tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.touch()
        began = time.monotonic()
        killed = write_and_kill(server, Race(write, _lines(), WRITERS, papers, times), answers)
        seconds = round(time.monotonic() - began)
        passed, refused = _told(answers)
        return {
            "killed": dict(Counter(killed)),
            "seconds": seconds,
            "passed": len(passed),
            "refused": refused,
            **_judged(passed),
        }


def _lines() -> list[int]:
    from django.db import connection

    from pulih.people.scope import speaking_as_system
    from tests.make import budget as make

    with speaking_as_system():
        lines = [make.line(key=f"3038.001.051.A.52{n:04}", ceiling=CEILING) for n in range(LINES)]
    connection.close()
    return [line.pk for line in lines]


def _told(answers: Path) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return what papers moved by their names, and how many were refused.

    A paper may be answered twice: done by one who was killed before noting it, it is known then.
    """
    passed, every = {}, set()
    for line in answers.read_text().splitlines():
        name, *moved = line.split()
        every.add(name)
        if moved != ["-"]:
            assert passed.setdefault(name, tuple(moved)) == tuple(moved), name
    return passed, len(every - passed.keys())


def _judged(passed: dict[str, tuple[str, ...]]) -> dict[str, object]:
    from django.db.models import Count

    from pulih.budget import actions
    from pulih.budget.models import BudgetLine, Entry, Posting
    from pulih.budget.reads.promises import promised
    from pulih.people.scope import speaking_as_system

    with speaking_as_system():
        papers = Posting.objects.exclude(document_kind="dipa").exclude(
            document_number__contains="/ J"
        )
        held = Counter(
            number.split()[1] for number in papers.values_list("document_number", flat=True)
        )
        kinds = papers.order_by().values_list("document_kind").annotate(number=Count("pk"))
        broken = Entry.objects.filter(posting__document_number__contains="/ J")
        lines = list(BudgetLine.objects.all())
        left: Counter[int] = Counter()
        for one in promised(BudgetLine.objects.all(), DAY):
            left[one.line.pk] += one.left
        return {
            "kinds": dict(kinds),
            "promises broken": broken.values("posting").distinct().count(),
            "lost": sorted(passed.keys() - held.keys()),
            "unasked": sorted(held.keys() - passed.keys()),
            "twice": sorted(name for name, times in held.items() if times > 1),
            "unlawful": [line.pk for line in lines if not line.amounts.is_lawful],
            "not what promises hold": [one.pk for one in lines if left[one.pk] != one.reserved],
            "not what was answered": _unlike(lines, passed),
            "differences": len(actions.check_balances()) + len(list(actions.check_chains())),
        }


def _unlike(lines: list, passed: dict[str, tuple[str, ...]]) -> list[str]:
    """Return amounts that the answers do not give; what broke or was drawn is read of entries."""
    from django.db.models import Sum

    from pulih.budget.models import Entry

    due: Counter[tuple[str, int]] = Counter({("ceiling", line.pk): CEILING for line in lines})
    for moved in passed.values():
        for one in moved:
            kind, line, rupiah = one.split(":")
            due[kind, int(line)] += int(rupiah)
    reserved = Entry.objects.filter(amount_kind="reservation").order_by()
    for of in (
        {"posting__document_number__contains": "/ J"},
        {"posting__document_kind": "commitment"},
    ):
        for line, rupiah in reserved.filter(**of).values_list("line").annotate(Sum("rupiah")):
            due["reservation", line] += rupiah
    return [
        f"{kind} of {line.pk}: {rupiah}, not {due[kind, line.pk]}"
        for line in lines
        for kind, rupiah in (
            ("ceiling", line.ceiling),
            ("commitment", line.committed),
            ("reservation", line.reserved),
        )
        if rupiah != due[kind, line.pk]
    ]


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:]]
    print(json.dumps(raced(*asked, *(PAPERS, KILLS)[len(asked) :])))
