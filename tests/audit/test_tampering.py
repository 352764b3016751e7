"""Whoever edits any cell of the tables that auditors read, as the owner and past all triggers.

Slow for a unit test: the check runs once for each column and each table.
"""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pulih.audit import reconcile as audit
from pulih.budget import actions
from pulih.budget import reconcile as budget
from pulih.budget.actions.descriptions import rule_text
from pulih.budget.models import Appointment, CashPlan, LineDetail
from pulih.delivery import reconcile as delivery
from pulih.delivery.actions import payments
from pulih.delivery.models import ListPaper
from pulih.monitoring.models import Dispatch
from pulih.people.scope import speaking_for
from pulih.revisions.actions import DraftLine
from pulih.treasury import actions as reconciling
from pulih.treasury.models import Difference
from pulih.workflow.models import Decision, Step
from tests.audit import sealed_rows
from tests.make import budget as make_budget
from tests.make import delivery as make_delivery
from tests.make import ledger as make
from tests.make import monitoring as make_monitoring
from tests.make import revisions as make_revisions
from tests.make import teaching as make_teaching
from tests.people import cast
from tests.treasury import test_reconciling as lists

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# What may be edited unseen, and why nobody is deceived by it.
UNSEEN = {
    "budget_daysum.id": "a rollup: its rows are known by unit and days",
    "budget_promisedline.id": "a balance: its rows are known by promise and line",
    "delivery_stock.id": "a balance: its rows are known by item and spot",
    "people_user.last_login": "when somebody came last: written at every sign-in, and no decision",
    "budget_entry.id": "an entry is known by its line and its place there",
    "budget_difference.last_seen_id": "which list showed it last: each list shows its own",
    "budget_difference.sheet": "where a file shows it; the file is kept under its hash",
    "budget_difference.row": "where a file shows it; the file is kept under its hash",
    "budget_difference.content": "read again from the file before anything is posted",
}
VALUES = {
    "bigint": "coalesce({c}, 0) + 1000003",
    "integer": "coalesce({c}, 0) + 1000003",
    "smallint": "coalesce({c}, 0) + 1",
    "numeric": "coalesce({c}, 0) + 1",
    "text": "{letters}",
    "character varying": "{letters}",
    "date": "coalesce({c}, '2020-01-01') + 1",
    "timestamp with time zone": "coalesce({c}, now()) + interval '1 second'",
    "boolean": "NOT coalesce({c}, false)",
    "jsonb": "to_jsonb(concat('x', {c}))",
    "bytea": "sha256(coalesce({c}, ''))",
    "double precision": "coalesce({c}, 0) + 1",
    "ARRAY": "array_append({c}, {c}[1])",
}
LETTERS = "concat(left({c}, -1), CASE right({c}, 1) WHEN 'x' THEN 'y' ELSE 'x' END)"


def everything_said():
    """Put at least one row into each table that is sealed."""
    line = make.history(lines=1, months=1)[0]
    system = make_budget.system()
    for post in ("treasurer", "ppk"):
        make_budget.appointment(line.unit, post)
    actions.end_appointment(Appointment.objects.first(), on=date(2020, 9, 1), by=system)
    actions.rule_party(
        make.contract(line, 10, party="Perusahaan Uji"), kind="body", reason="Akta", by=system
    )
    rule_text(line.province_id, "Belanja Sari", kind="somebody", reason="Nama orang", by=system)
    make.examined(make.asked(line, 10, method="GUP"), make.officer(line, "ppspm"))
    taxed(make.asked(line, 10, method="GUP"))
    made = make.reserved(line, 100)
    made.title = "Bimtek lain"
    made.save()
    line.unit.name = "Disperindag lain"
    line.unit.save()
    actions.record_fund_term(
        line.unit, 2020, fund_source="PNP", effective_on=make.DAY, letter="S-1",
        office="Kanwil DJPb", maximum=1, deposited=2, by=system,
    )  # fmt: skip
    actions.record_contract_years(
        line.unit, "JAMAK-1", {2020: 5, 2021: 6}, letter="S-2", office="Menteri Keuangan",
        effective_on=make.DAY, by=system,
    )  # fmt: skip
    plan = CashPlan.objects.create(
        unit=line.unit, province=line.province, fiscal_year=2020, spending_type="52", month=3,
        rupiah=5, source="form",
    )  # fmt: skip
    plan.rupiah = 6
    plan.save()
    detail = LineDetail.objects.create(line=line, province=line.province, position=1, rupiah=5)
    detail.text = "Masker"
    detail.save()
    revised()
    listed()
    Step.objects.create(machine="uji", subject_id=1, number=1, to_state="done", is_final=True)
    proposed_and_decided()
    unit = make_budget.unit(code="027777")
    make_budget.line(unit, ceiling=1_000_000, committed=100)
    filing = make_monitoring.filed(unit, cast.planner())
    sent = Dispatch.objects.filter(filing=filing).first()
    sent.letter_number = "S-1"
    sent.save()
    nominative()
    sealed_rows.people_and_posts()
    sealed_rows.delivered_goods()
    sealed_rows.delivered_file()
    sealed_rows.typed_for_reports(line.unit)
    sealed_rows.decreed()
    sealed_rows.sampled()
    for is_protected in (True, False, True):
        actions.protect(line, is_protected=is_protected, reason="Gaji", by=cast.planner())
        actions.seal()


def proposed_and_decided():
    """What one person proposed and another decided."""
    decision = Decision.objects.create(
        kind="uji", subject_id=1, proposed_by=cast.planner(), proposed_at=timezone.now(),
        reason="Uji", consequences=[],
    )  # fmt: skip
    decision.outcome, decision.decided_by = "approved", cast.administrator()
    decision.decided_at = timezone.now()
    decision.save()


def nominative():
    """Lists of people who are paid, one with a paper of its pack; withdrawn: they have a past."""
    activity = make_delivery.payable(more=[make_delivery.TEACHING])
    make_teaching.taught(activity)
    made = make_delivery.payment_list(activity)
    ListPaper.objects.create(
        list=made, province=made.province, key="travel_order", number="ST-1", dated=make.DAY,
        by=cast.provincial_officer(),
    )  # fmt: skip
    for one in made, make_teaching.honoraria_list(activity):
        payments.withdraw_list(
            one, reason="Salah kelas", by=cast.provincial_officer(), today=make_delivery.LAST
        )


def taxed(request):
    system = make_budget.system()
    stated = make.taxed(request, system, amounts={"fine": 1}, reason="Terlambat")
    reconciling.record_proof(
        stated.deductions.get(), ntpn="0123456789ABCDEF", paid_on=make.DAY, by=system
    )
    make.paid(request.entries.get().line, 90, method="UP")
    reconciling.move_cash(
        request.unit, kind="withdrawal", rupiah=1, day=make.DAY, number="CEK 1", by=system
    )
    reconciling.file_month(request.unit, 2020, 1, by=system)


def revised():
    unit = make_budget.unit(code="028888")
    one = make_budget.line(unit, ceiling=1_000)
    other = make_budget.line(unit, key="3038.001.051.A.522151", ceiling=500)
    revision = make_revisions.draft(DraftLine(700, one.pk), DraftLine(800, other.pk))
    movement = revision.movements.first()
    movement.detail = "Masker"
    movement.save()
    make_revisions.in_force(revision)


def listed():
    officer = cast.provincial_officer()
    with speaking_for(officer):
        paid = lists.paid("1", 100_000_000, method="UP", day="20/01/2020")
        lists.deliver(lists.paid(), paid, by=officer)
        reconciling.explain(Difference.objects.first(), note="Menunggu KPPN", by=officer)
        lists.deliver(lists.paid(), paid, by=officer)


def asked(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def tables():
    """Return all tables of the rooms of money, and all that any room seals."""
    ours = (
        "SELECT relname FROM pg_class c WHERE relkind = 'r'"
        " AND (relname ~ '^(budget|audit|treasury|grants|references|monitoring|sampling)_'"
        " OR relname = 'delivery_stock' OR EXISTS (SELECT FROM pg_trigger"
        " WHERE tgrelid = c.oid AND tgname IN ('audit_made', 'audit_added')))"
    )
    return sorted(name for (name,) in asked(ours))


def columns(table):
    return asked(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = 'public' ORDER BY ordinal_position",
        table,
    )


def findings():
    """Yield all that the check finds, the quickest part first."""
    yield from map(str, budget.messages())
    yield from map(str, delivery.differences())
    yield from map(str, audit.messages())


def findings_of(table):
    """Yield what the check finds in one table, then the rest, which is asked only if need be."""
    yield from asked(
        "SELECT u.* FROM audit_sealed_tables() t, audit_unsealed_changes("
        "t.name, t.key, t.without, t.open_column, t.open_value) u"
        " WHERE t.how = 'audit_made' AND t.name = %s", table,
    )  # fmt: skip
    yield from findings()


def without_guards(table):
    """Switch off what would refuse: triggers, and the checks of columns."""
    asked(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    checks = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
    for (name,) in asked(checks, table):
        asked(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def is_found_after(table, statement):
    """Run one statement, tell whether the check finds anything, and take it back."""
    try:
        with transaction.atomic():
            asked(statement)
            is_found = any(True for _one in findings_of(table))
            transaction.set_rollback(True)
    except IntegrityError:  # A key was quicker than the check.
        is_found = True
    return is_found


def edits(table):
    """Yield what to do with the oldest row of a table, and the statement that does it."""
    names = columns(table)
    key = next(name for name in ("pgh_id", "id", "line_id") if name in dict(names))
    oldest = f"{key} = (SELECT min({key}) FROM {table})"
    for name, kind in names:
        quoted = f'"{name}"'
        value = VALUES[kind].format(c=quoted, letters=LETTERS.format(c=quoted))
        yield name, f"UPDATE {table} SET {quoted} = {value} WHERE {oldest}"
    yield "a row removed", f"DELETE FROM {table} WHERE {oldest}"
    yield "all rows removed", f"DELETE FROM {table}"
    yield (
        "a row added",
        f"INSERT INTO {table} SELECT (jsonb_populate_record(r, jsonb_build_object('{key}',"
        f" (SELECT max({key}) + 1 FROM {table})))).* FROM {table} r WHERE {oldest}",
    )


def test_every_edit_of_every_cell_and_row_is_found():
    everything_said()
    unseen, empty = set(), []
    with make.as_owner():
        assert list(findings()) == []
        for table in tables():
            if asked(f"SELECT count(*) FROM {table}") == [(0,)]:
                empty.append(table)
                continue
            with transaction.atomic():
                without_guards(table)
                unseen |= {
                    f"{table}.{what}"
                    for what, edit in edits(table)
                    if not is_found_after(table, edit)
                }
                transaction.set_rollback(True)
    assert empty == []
    assert unseen ^ UNSEEN.keys() == set()
