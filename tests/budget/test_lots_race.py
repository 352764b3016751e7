"""Many people at once, and connections and processes that die: what was acknowledged is there.

Slow for a unit test (real threads and processes, a database made again): nothing less proves it.
"""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from pulih.audit.models import Event
from pulih.budget import actions, reconcile
from pulih.budget.actions import lots
from pulih.budget.models import BudgetLine, Posting
from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.people.scope import speaking_for
from tests.budget.lot_process import pay_for_ever
from tests.make import budget as make
from tests.meanwhile import nobody_works, somebody_waits, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = date(2020, 6, 15)
WRITERS, DOCUMENTS, CEILING, RUPIAH = 12, 12, 10_000, 100
CUTS = 200  # Without an end a slow machine would cut each document many times over.
LOST = (OperationalError, InterfaceError)


@pytest.fixture
def lines():
    yield [treasury(code, place) for code, place in (("060001", "Aceh"), ("220001", "Bali"))]
    lots.close()


def treasury(code, place):
    line = make.line(make.unit(place, code), ceiling=CEILING)
    make.appointment(line.unit, "treasurer")
    return line


def pay(line, number):
    """Tell whether a payment passed; None where the connection was lost before the answer."""
    person = User.objects.get(username=f"treasurer-{line.unit.code}")
    try:
        with speaking_for(person):
            posted = actions.pay(
                line.unit, {line.pk: RUPIAH}, number=number, fiscal_year=2020, effective_on=DAY,
                by=person,
            )  # fmt: skip
    except Refusal:
        return False
    return posted.posting_id > 0


def pay_in_the_end(line, number):
    while True:
        try:
            return pay(line, number)
        except LOST:
            connection.close()


def writer(lines, name):
    chance = random.Random(name)
    try:
        return {
            (number, line.pk): pay_in_the_end(line, number)
            for number, line in ((f"{name}/{n}", chance.choice(lines)) for n in range(DOCUMENTS))
        }
    finally:
        connection.close()


def assert_right(lines, acknowledged):
    """Each document is there once if it was acknowledged, under its person, within the ceiling."""
    there = Counter(Posting.objects.filter(document_kind="sp2d").values_list("document_number"))
    assert set(there.values()) <= {1}
    assert {key for (key,) in there} >= {n for (n, _line), passed in acknowledged.items() if passed}
    assert not {key for (key,) in there} & {
        n for (n, _line), passed in acknowledged.items() if passed is False
    }
    for line in BudgetLine.objects.filter(pk__in=[line.pk for line in lines]):
        of_line = Posting.objects.filter(document_kind="sp2d", unit=line.unit_id)
        assert line.realised == of_line.count() * RUPIAH <= CEILING
    posted = Posting.objects.filter(document_kind="sp2d").values_list("pk", flat=True)
    recorded = Event.objects.filter(verb="budget.post", subject_id__in=map(str, posted))
    assert recorded.count() == posted.count()
    assert list(reconcile.messages()) == []


def test_connections_that_are_cut_lose_and_double_nothing(lines):
    with ThreadPoolExecutor(WRITERS) as pool:
        every = [pool.submit(writer, lines, f"W{n}") for n in range(WRITERS)]
        for _cut in range(CUTS):
            if all(one.done() for one in every):
                break
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " AND query LIKE '%budget_post%' ORDER BY random() LIMIT 1"
                )
            time.sleep(0.02)
        acknowledged = {key: passed for one in every for key, passed in one.result().items()}
    assert len(acknowledged) == WRITERS * DOCUMENTS
    assert set(acknowledged.values()) <= {True, False}
    assert_right(lines, acknowledged)


def test_who_waits_for_a_kept_line_keeps_nobody_else_waiting(lines):
    kept, free = lines
    with ThreadPoolExecutor(3) as pool:
        with transaction.atomic():
            BudgetLine.objects.select_for_update().get(pk=kept.pk)
            waiting = pool.submit(pay_in_the_end, kept, "K")
            until(somebody_waits)
            others = [pool.submit(pay_in_the_end, free, number) for number in ("F1", "F2")]
            late = wait(others, timeout=10).not_done
            assert not waiting.done()
        assert not late
        assert [one.result(30) for one in (waiting, *others)] == [True] * 3
    assert_right(lines, {("K", kept.pk): True, ("F1", free.pk): True, ("F2", free.pk): True})


def test_a_process_that_is_killed_takes_only_what_it_had_not_acknowledged(lines):
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    keys = [line.pk for line in lines]
    asked = dict(connection.settings_dict), settings.PERSON_SECRET, keys, answers
    child = context.Process(target=pay_for_ever, args=asked)
    child.start()
    acknowledged = {}
    while len(acknowledged) < 40:
        number, line, passed = answers.get(timeout=90)
        acknowledged[number, line] = passed
    os.kill(child.pid, signal.SIGKILL)
    child.join(30)
    until(nobody_works)
    assert_right(lines, acknowledged)
    again = {(n, line): pay_in_the_end(one, n) for (n, line) in acknowledged
             for one in lines if one.pk == line}  # fmt: skip
    assert again == acknowledged
    assert_right(lines, again)
