"""Filing while others post: what a filing says is exactly what the ledger holds up to its mark.

Slow for a unit test (real threads and a database made again), because nothing less would prove it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from pulih.budget.actions import Movement, post
from pulih.budget.models import BudgetLine
from pulih.monitoring import actions
from pulih.monitoring.models import Filing
from pulih.people.scope import speaking_as_system
from tests.make import budget
from tests.make import monitoring as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS, DOCUMENTS, FILINGS = 3, 20, 6
DAY = date(2020, 3, 30)


def pay(unit, lines, writer):
    try:
        with speaking_as_system() as by:
            for number in range(DOCUMENTS):
                post(
                    kind="correction", number=f"bayar {writer}-{number}", unit=unit,
                    fiscal_year=2020, effective_on=DAY, by=by,
                    movements=[Movement(line, "realisation", 1_000) for line in lines],
                )  # fmt: skip
    finally:
        connection.close()


def file(unit):
    try:
        with speaking_as_system() as by:
            for number in range(FILINGS):
                actions.file(
                    unit, 2020, 1, "accountability", by=by, now=make.IN_TIME, reason=str(number)
                )
    finally:
        connection.close()


def test_every_filing_reproduces_though_others_post_meanwhile():
    unit = make.ready()
    budget.line(unit, "3038.001.052.A.522151", ceiling=10**9, committed=10**8)
    lines = list(BudgetLine.objects.filter(unit=unit).values_list("pk", flat=True))
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        under_way = [pool.submit(pay, unit, lines[:: 1 - 2 * (n % 2)], n) for n in range(WRITERS)]
        under_way.append(pool.submit(file, unit))
        for one in under_way:
            one.result()
    filings = list(Filing.objects.all())
    assert filings
    for filing in filings:
        assert actions.still_reproduces(filing) == []
