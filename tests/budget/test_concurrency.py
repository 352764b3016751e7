"""Many writers at once, each with a connection of its own: a ceiling can never be overspent.

Slow for a unit test (real threads and a database made again), because nothing less would prove it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from pulih.budget import actions
from pulih.budget.actions import Movement
from pulih.budget.models import BudgetLine, Entry
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system
from tests.make import budget as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = date(2020, 6, 15)
WRITERS, DOCUMENTS = 8, 12


def commit(line, other, number):
    """Commit 100 on two lines as one document, named in either order; tell whether it passed."""
    movements = [Movement(line.pk, "commitment", 100), Movement(other.pk, "commitment", 100)]
    try:
        with speaking_as_system() as by:
            actions.post(
                kind="commitment",
                number=f"K-{number}",
                unit=line.unit,
                fiscal_year=2020,
                effective_on=DAY,
                movements=movements if number % 2 else movements[::-1],
                by=by,
            )
    except Refusal:
        return False
    return True


def one_writer(line, other, first):
    try:
        return [commit(line, other, number) for number in range(first, first + DOCUMENTS)]
    finally:
        connection.close()


def test_many_writers_pass_exactly_what_the_ceiling_holds():
    line = make.line(ceiling=2_050)
    other = make.line(key="3038.001.051.A.522151", ceiling=10_000)
    with ThreadPoolExecutor(WRITERS) as pool:
        # Every second writer brings the documents of its neighbour: the same paper twice.
        starts = [writer // 2 * DOCUMENTS for writer in range(WRITERS)]
        answers = list(pool.map(lambda first: one_writer(line, other, first), starts))
    line = BudgetLine.objects.get(pk=line.pk)
    assert line.committed == 2_000
    assert BudgetLine.objects.get(pk=other.pk).committed == 2_000
    assert Entry.objects.filter(amount_kind="commitment").count() == 40
    assert sum(answer for one in answers for answer in one) >= 20
    assert actions.check_balances() == []
