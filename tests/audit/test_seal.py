"""Rows are tied into the chain however late they come, and honest work is never suspected."""

import time

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from pulih.audit import reconcile
from pulih.audit.actions import record
from pulih.audit.models import Event, RowChange, SealedRows
from pulih.budget import actions
from pulih.people.scope import SAY, speaking_as_system, speaking_for, spoken_for
from pulih.treasury import actions as reconciling
from pulih.treasury.models import Difference
from tests.make import budget as make_budget
from tests.make import ledger as make
from tests.people import cast
from tests.treasury import test_reconciling as lists


def wrong():
    return [message.en for message in reconcile.messages()]


def asked(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db
def test_what_was_decided_may_be_opened_and_decided_again():
    officer = cast.provincial_officer()
    with speaking_for(officer):
        lists.made(ceiling=100_000_000)
        lists.deliver(lists.paid(), by=officer)
        for note in ("Menunggu KPPN", "Menunggu dinas"):
            reconciling.explain(Difference.objects.get(), note=note, by=officer)
            reconciling.reopen(Difference.objects.get(), by=officer)
        lists.deliver(lists.paid(gross=11_000_000), by=officer)
    said = RowChange.objects.filter(table_name="budget_difference").order_by("id")
    assert list(said.values_list("what", flat=True)) == ["changed", "opened"] * 2 + ["changed"]
    actions.seal()
    assert wrong() == []


@pytest.mark.django_db
def test_a_row_that_goes_and_comes_back_is_no_forgery():
    line = make_budget.line(ceiling=10)
    for _turn in range(2):
        line.details.all().delete()
        line.details.create(pk=7, province=line.province, position=1, rupiah=5)
    actions.seal()
    assert wrong() == []


@pytest.mark.django_db(transaction=True)
def test_a_record_that_is_committed_after_a_later_one_was_sealed_is_sealed_too():
    person = cast.planner()
    late = connections["default"].copy()
    with late.cursor() as cursor:
        cursor.execute(SAY, spoken_for(person))
        cursor.execute("BEGIN")
        cursor.execute(
            "INSERT INTO audit_event (at, person_id, verb, subject_type, subject_id, detail)"
            " VALUES (now(), %s, 'late', 'x', '1', '{}')", [person.pk],
        )  # fmt: skip
        for _minute in range(4):
            record(make_budget.system(), "early", person)
            actions.seal()
            assert wrong() == []
        cursor.execute("COMMIT")
    late.close()
    _seal_until_settled(Event.objects.get(verb="late").pk, person)
    sealed = asked("SELECT sum(length(marks) / 4) FROM audit_sealedrows"
                   " WHERE table_name = 'audit_event'")  # fmt: skip
    assert sealed == [(Event.objects.count(),)]


def _seal_until_settled(late_id, person):
    """What is settled waits for every open transaction of the server, other databases' too."""
    deadline = time.monotonic() + 30
    while (last := _last_link()).settled < late_id and time.monotonic() < deadline:
        record(make_budget.system(), "early", person)
        actions.seal()
        assert wrong() == []
    [(oldest_open,)] = asked("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    assert last.settled >= late_id or oldest_open < last.mark_xact


def _last_link():
    return SealedRows.objects.filter(table_name="audit_event").order_by("id").last()


@pytest.mark.django_db(transaction=True)
def test_nothing_new_is_no_reason_to_seal():
    make.history(lines=1, months=1)
    actions.seal()
    assert actions.seal() == (None, 0)
    assert actions.seal() == (None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_rowchange", "audit_sealedrows"])
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM {}", "UPDATE {} SET id = id", "INSERT INTO {} SELECT * FROM {}", "TRUNCATE {}"],
)
def test_nobody_who_serves_writes_what_is_sealed(table, statement):
    make.history(lines=1, months=1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        asked(statement.replace("{}", table))


@pytest.mark.django_db(transaction=True)
def test_even_the_owner_empties_no_sealed_table_without_removing_a_trigger():
    with make.as_owner(), pytest.raises(DatabaseError, match="is sealed"):
        asked("TRUNCATE budget_revisionstep")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_sealed_no_more_is_named():
    make.history(lines=1, months=1)
    with make.as_owner():
        asked("DROP TRIGGER audit_made ON budget_spendingunit")
    with speaking_as_system():
        assert wrong() == ["Table budget_spendingunit was sealed once and is not any more."]
