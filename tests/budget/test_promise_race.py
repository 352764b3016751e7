"""Many hands on few lines: what is reserved, drawn and released at once is never promised twice."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from pulih.budget import actions
from pulih.budget.models import BudgetLine, Entry, Promise
from pulih.budget.reads.promises import promised
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system
from tests.make import budget as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = date(2020, 6, 15)
WRITERS, DOCUMENTS, CEILING = 32, 12, 5_000


def write(lines, writer):
    """Reserve, commit, release and cut at random, each document twice; count what passed."""
    chance = random.Random(writer // 2)  # Two neighbours bring the same papers.
    try:
        with speaking_as_system() as by:
            return sum(bring(lines, chance, f"{writer // 2}-{n}", by) for n in range(DOCUMENTS))
    finally:
        connection.close()


def bring(lines, chance, number, by):
    line = chance.choice(lines)
    amounts, proposal = {line.pk: chance.randint(1, 900)}, f"P-{chance.randint(1, 3)}"
    act = chance.choice((reserve, reserve, commit, commit, release, cut))
    try:
        act(line, amounts, proposal, number, by)
    except Refusal:
        return 0
    return 1


def reserve(line, amounts, proposal, number, by):
    actions.reserve(
        line.unit, amounts, subject=actions.Subject("proposals", proposal, "Bimtek"),
        number=f"SK-{number}", fiscal_year=2020, effective_on=DAY, by=by,
    )  # fmt: skip


def commit(line, amounts, proposal, number, by):
    promise = Promise.objects.filter(number=proposal).first()
    actions.commit(
        line.unit, amounts, number=f"K-{number}", fiscal_year=2020, effective_on=DAY, by=by,
        promise=promise,
    )  # fmt: skip


def release(line, amounts, proposal, number, by):
    promise = Promise.objects.select_related("unit__province").filter(number=proposal).first()
    if promise:
        actions.unreserve(
            promise, amounts, number=f"L-{number}", effective_on=DAY, reason="batal", by=by
        )


def cut(line, amounts, proposal, number, by):
    movements = [actions.Movement(line.pk, "ceiling", -amounts[line.pk])]
    actions.post(
        kind="revision", number=f"R-{number}", unit=line.unit, fiscal_year=2020,
        effective_on=DAY, movements=movements, by=by,
    )  # fmt: skip


def test_thirty_two_writers_promise_no_rupiah_twice_and_lose_none():
    lines = [make.line(key=f"3038.001.051.A.52{n:04}", ceiling=CEILING) for n in range(3)]
    with ThreadPoolExecutor(WRITERS) as pool:
        passed = sum(pool.map(lambda writer: write(lines, writer), range(WRITERS)))
    assert WRITERS < passed < WRITERS * DOCUMENTS  # Some no longer fitted.
    every = BudgetLine.objects.all()
    for line in every:
        assert line.amounts.is_lawful
        left = [one.left for one in promised(every.filter(pk=line.pk), DAY)]
        assert all(one >= 0 for one in left)
        assert sum(left) == line.reserved
    assert Entry.objects.filter(amount_kind="reservation", rupiah__lt=0).exists()
    assert actions.check_balances() == []
    assert list(actions.check_chains()) == []
