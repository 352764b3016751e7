"""Functions and triggers that stand in `pulih/<room>/sql/*.sql`, run again when a file changes.

A migration runs once, so a migration that reads such a file never brings a later edit to a database
that has data. After each `migrate` the owner role therefore runs every file whose hash differs from
what the table `pulih_sql` keeps, all in one transaction: an error leaves the old functions whole.
Each file says CREATE OR REPLACE; a function that goes, or gets other parameters, is dropped by a
migration. Statements with parameters stand deeper, in `sql/queries/` and `sql/checks/`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg

from pulih.common.errors import Message, Refusal
from pulih.config.rooms import PACKAGE, ROOMS

# Only the owner writes it: the serving role could otherwise hide a file from the next start.
TABLE = """
CREATE TABLE IF NOT EXISTS pulih_sql (
    file text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
REVOKE ALL ON pulih_sql FROM PUBLIC, pulih_app;
GRANT SELECT ON pulih_sql TO pulih_app;
"""
KEEP = """
INSERT INTO pulih_sql (file, sha256) VALUES (%s, %s)
ON CONFLICT (file) DO UPDATE SET sha256 = excluded.sha256, applied_at = now()
"""


def files(rooms: Path = PACKAGE) -> list[Path]:
    """Return the files in the order in which they run: by room as data flows, then by name."""
    return [path for room in ROOMS for path in sorted((rooms / room / "sql").glob("*.sql"))]


def hashes(rooms: Path = PACKAGE) -> dict[str, str]:
    """Return each file's SHA-256 by its name as kept, `room/sql/name.sql`."""
    return {
        path.relative_to(rooms).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(rooms)
    }


def apply(owner: psycopg.Connection[Any], rooms: Path = PACKAGE) -> list[str]:
    """Run the files that changed since the last time; return their names. May refuse.

    rooms: the folder that holds `<room>/sql/`. Two programs that start at once take turns; the
    second finds nothing left to do.
    """
    now = hashes(rooms)
    with owner.transaction():
        owner.execute("SELECT pg_advisory_xact_lock(hashtext('pulih_sql'))")
        owner.execute("SET LOCAL client_min_messages = warning")
        # A function may name another that a later file makes.
        owner.execute("SET LOCAL check_function_bodies = off")
        owner.execute(TABLE)
        kept = dict(owner.execute("SELECT file, sha256 FROM pulih_sql").fetchall())
        changed = [name for name in now if kept.get(name) != now[name]]
        for name in changed:
            _run(owner, name, (rooms / name).read_text("utf-8"))
            owner.execute(KEEP, [name, now[name]])
        owner.execute("DELETE FROM pulih_sql WHERE NOT file = ANY(%s)", [list(now)])
    return changed


def _run(owner: psycopg.Connection[Any], name: str, text: str) -> None:
    try:
        owner.execute(text.encode())
    except psycopg.Error as failed:
        raise Refusal(_broken(name, text, failed)) from failed


def _broken(name: str, text: str, failed: psycopg.Error) -> Message:
    position = int(failed.diag.statement_position or 1)
    place = f"pulih/{name}:{text.count(chr(10), 0, position - 1) + 1}"
    reason = failed.diag.message_primary or str(failed).strip()
    return Message(
        id=f"{place}: SQL ini ditolak PostgreSQL ({reason}). Tidak ada yang diubah; fungsi lama"
        " tetap berlaku. Perbaiki berkas itu, lalu mulai lagi.",
        en=f"{place}: PostgreSQL refuses this SQL ({reason}). Nothing was changed; the old"
        " functions stay in use. Mend the file, then start again.",
    )
