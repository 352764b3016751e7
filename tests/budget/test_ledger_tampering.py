"""Whoever edits the ledger behind its back, even as the owner of the tables, is found.

Slow for a unit test: 200 ledgers tampered with, each checked as a whole.
"""

import random

import pytest
from django.db import IntegrityError, connection, transaction

from pulih.budget import actions, reconcile
from tests.make import ledger as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EDITS = 200
# For each table, what an edit of one column of one row writes.
COLUMNS = {
    "budget_posting": {
        "document_kind": "CASE document_kind WHEN 'sp2d' THEN 'return' ELSE 'sp2d' END",
        "document_number": "document_number || '0'",
        "edition": "edition + 1",
        "fiscal_year": "fiscal_year + 1",
        "effective_on": "effective_on + 1",
        "recorded_at": "recorded_at - interval '1 second'",
        "reason": "reason || '.'",
        "party": "party || '.'",
        "method": "CASE method WHEN 'LS' THEN 'UP' ELSE 'LS' END",
        "refers_to_id": "CASE WHEN refers_to_id IS NULL THEN id END",
        "settles_id": "CASE WHEN settles_id IS NULL THEN id END",
        "reverses_id": "CASE WHEN reverses_id IS NULL THEN id END",
        "posted_by_id": "posted_by_id + 1",
        "province_id": "province_id + 1",
        "unit_id": "unit_id + 1",
        "hash": "sha256(hash)",
    },
    "budget_entry": {
        "posting_id": "posting_id + 1",
        "line_id": "line_id + 1",
        "province_id": "province_id + 1",
        "amount_kind": "CASE amount_kind WHEN 'order' THEN 'request' ELSE 'order' END",
        "rupiah": "CASE rupiah WHEN -1 THEN 1 ELSE rupiah + 1 END",
        "effective_on": "effective_on - 1",
        "recorded_at": "recorded_at + interval '1 day'",
        "sequence": "sequence + 1000",
        "hash": "sha256(hash)",
    },
    "budget_budgetline": {
        "ceiling": "ceiling + 1",
        "blocked": "greatest(blocked - 1, 0)",
        "committed": "committed + 1",
        "realised": "realised - 1",
        "sequence": "sequence - 1",
        "head": "sha256(head)",
        "latest_on": "latest_on + 1",
    },
    "budget_seal": {
        "previous": "sha256(previous)",
        "hash": "sha256(hash)",
        "lines": "lines + 1",
        "entries": "entries - 1",
        "sealed_at": "sealed_at + interval '1 minute'",
    },
    "budget_sealedhead": {
        "line_id": "line_id + 1",
        "sequence": "sequence - 1",
        "head": "sha256(head)",
        "seal_id": "seal_id + 1",
    },
    "budget_summedline": {"sequence": "sequence - 1"},
    "budget_daysum": {"rupiah": "rupiah + 1", "effective_on": "effective_on + 1"},
}
OLDEST_OF_SOME_LINE = "(SELECT id FROM budget_entry ORDER BY random() LIMIT 1)"


def edit_a_column(chance):
    table = chance.choice(list(COLUMNS))
    column, value = chance.choice(list(COLUMNS[table].items()))
    key = "line_id" if table == "budget_summedline" else "id"
    run(
        f"UPDATE {table} SET {column} = {value}"
        f" WHERE {key} = (SELECT {key} FROM {table} ORDER BY random() LIMIT 1)"
    )
    return f"{table}.{column}"


def delete_an_entry(chance):
    run(f"DELETE FROM budget_entry WHERE id = {OLDEST_OF_SOME_LINE}")
    return "an entry deleted"


def delete_an_entry_and_close_the_gap(chance):
    run(
        "WITH gone AS (DELETE FROM budget_entry WHERE id = "
        f"{OLDEST_OF_SOME_LINE} RETURNING line_id, sequence), moved AS ("
        " UPDATE budget_entry e SET sequence = e.sequence - 1 FROM gone"
        " WHERE e.line_id = gone.line_id AND e.sequence > gone.sequence)"
        " UPDATE budget_budgetline l SET sequence = l.sequence - 1 FROM gone"
        " WHERE l.id = gone.line_id"
    )
    return "an entry deleted, the gap closed"


def delete_a_document(chance):
    run("CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT id FROM budget_posting"
        " ORDER BY random() LIMIT 1")  # fmt: skip
    run("DELETE FROM budget_entry WHERE posting_id IN (SELECT id FROM gone)")
    run("DELETE FROM budget_posting WHERE id IN (SELECT id FROM gone)")
    return "a document deleted"


def cut_off_the_newest(chance):
    """Take back the newest entry of a line with head, count and balances all put right."""
    run("CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT e.* FROM budget_entry e"
        " JOIN budget_budgetline l ON l.id = e.line_id AND l.sequence = e.sequence"
        " ORDER BY random() LIMIT 1")  # fmt: skip
    run("DELETE FROM budget_entry WHERE id IN (SELECT id FROM gone)")
    run("DELETE FROM budget_posting p USING gone WHERE p.id = gone.posting_id AND NOT EXISTS"
        " (SELECT 1 FROM budget_entry e WHERE e.posting_id = p.id)")  # fmt: skip
    run("UPDATE budget_budgetline l SET sequence = e.sequence, head = e.hash, blocked = blocked -"
        " CASE WHEN gone.amount_kind = 'block' THEN gone.rupiah ELSE 0 END FROM gone"
        " JOIN budget_entry e ON e.line_id = gone.line_id AND e.sequence = gone.sequence - 1"
        " WHERE l.id = gone.line_id")  # fmt: skip
    return "the newest entry cut off"


def swap_two_entries(chance):
    run("CREATE TEMP TABLE pair ON COMMIT DROP AS SELECT e.id, e.line_id, e.sequence,"
        " n.id AS next FROM budget_entry e JOIN budget_entry n ON n.line_id = e.line_id"
        " AND n.sequence = e.sequence + 1 ORDER BY random() LIMIT 1")  # fmt: skip
    run("UPDATE budget_entry SET sequence = 9999 WHERE id = (SELECT id FROM pair)")
    run("UPDATE budget_entry SET sequence = (SELECT sequence FROM pair)"
        " WHERE id = (SELECT next FROM pair)")  # fmt: skip
    run("UPDATE budget_entry SET sequence = (SELECT sequence + 1 FROM pair)"
        " WHERE id = (SELECT id FROM pair)")  # fmt: skip
    return "two entries swapped"


def add_an_entry(chance):
    run("INSERT INTO budget_entry (posting_id, line_id, province_id, amount_kind, rupiah,"
        " effective_on, recorded_at, sequence, hash) SELECT posting_id, line_id, province_id,"
        " amount_kind, rupiah, effective_on, recorded_at, 1 + (SELECT max(sequence) FROM"
        f" budget_entry), hash FROM budget_entry WHERE id = {OLDEST_OF_SOME_LINE}")  # fmt: skip
    return "an entry added"


def add_a_document(chance):
    run("INSERT INTO budget_posting (document_kind, document_number, edition, unit_id, province_id,"
        " fiscal_year, effective_on, recorded_at, reason, party, method, posted_by_id, hash)"
        " SELECT document_kind, document_number, 77, unit_id, province_id, fiscal_year,"
        " effective_on, recorded_at, reason, party, method, posted_by_id, hash FROM budget_posting"
        " ORDER BY random() LIMIT 1")  # fmt: skip
    return "a document added"


def drop_the_last_seal(chance):
    run("DELETE FROM budget_sealedhead WHERE seal_id = (SELECT max(id) FROM budget_seal)")
    run("DELETE FROM budget_seal WHERE id = (SELECT max(id) FROM budget_seal)")
    return "the last seal dropped"


def empty_the_ledger(chance):
    run("DELETE FROM budget_entry")
    return "every entry deleted"


TAMPERINGS = [
    *[edit_a_column] * 12,
    delete_an_entry,
    delete_an_entry_and_close_the_gap,
    delete_a_document,
    cut_off_the_newest,
    swap_two_entries,
    add_an_entry,
    add_a_document,
    drop_the_last_seal,
    empty_the_ledger,
]


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def free_the_tables():
    for table in COLUMNS:
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    run("ALTER TABLE budget_budgetline DROP CONSTRAINT budget_line_is_never_overspent")


def tampered(number):
    """Tamper with the ledger, check it, and take the tampering back."""
    chance = random.Random(number)
    with transaction.atomic():
        run(f"SELECT setseed({(number % 1000) / 1000})")
        free_the_tables()
        run("SET CONSTRAINTS ALL DEFERRED")
        tamper = chance.choice(TAMPERINGS)
        try:
            with transaction.atomic():
                done = tamper(chance)
            found = list(reconcile.messages())
        except IntegrityError as refused:  # A constraint was quicker than the check.
            done, found = tamper.__name__, [refused]
        transaction.set_rollback(True)
    return done, found


def test_every_tampering_is_found_and_an_honest_ledger_has_none():
    make.history()
    assert list(reconcile.messages()) == []
    with make.as_owner():
        answers = [tampered(number) for number in range(EDITS)]
        assert list(reconcile.messages()) == []
    assert [done for done, found in answers if not found] == []
    assert len({done for done, _found in answers}) > 25


def test_each_column_that_says_something_is_covered_by_the_chain():
    make.history(lines=2, months=1)
    unnoticed = []
    with make.as_owner():
        for table, columns in COLUMNS.items():
            key = "line_id" if table == "budget_summedline" else "id"
            for column, value in columns.items():
                with transaction.atomic():
                    free_the_tables()
                    run("DROP INDEX budget_entry_in_order")
                    run(
                        f"UPDATE {table} SET {column} = {value}"
                        f" WHERE {key} = (SELECT max({key}) FROM {table})"
                    )
                    if not list(actions.check_chains()) and not actions.check_balances():
                        unnoticed.append(f"{table}.{column}")
                    transaction.set_rollback(True)
    assert unnoticed == []
