"""What a migration says first that changes what the rows of a sealed table are, all at once."""

from django.db.migrations import RunSQL

# The files that seal tables run again; those whose tables are sealed change nothing.
RUN_AGAIN = """
DO $$ BEGIN
    IF to_regclass('pulih_sql') IS NOT NULL THEN
        DELETE FROM pulih_sql WHERE file LIKE '%/sql/sealed_tables.sql';
    END IF;
END $$
"""


def unseal(table: str) -> RunSQL:
    """Let a table be sealed again after the migrations, as its rows then are.

    For a column that is added with a value, removed, renamed or given another type: PostgreSQL
    rewrites the rows past every trigger, so that `pulih check` would call each of them altered.
    The seals of before stay in the chain. Say it before the operation, in the same migration.
    """
    drop = f"DROP TRIGGER IF EXISTS audit_made ON {table}"
    return RunSQL([drop, RUN_AGAIN], RunSQL.noop)
