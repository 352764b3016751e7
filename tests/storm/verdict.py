"""What must be true once a storm is over: asked of tables, folders and Pulih's own check."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from pulih.config.secrets import read_secrets
from pulih.people.file_cipher import opened
from pulih.people.number_cipher import key_id
from tests.storm.book import Book
from tests.storm.installation import Installation

# What stands between two states: a sentence for each thing that is neither begun again nor over.
BETWEEN = {
    "files being read": "SELECT count(*) FROM inbox_importbatch"
    " WHERE state IN ('received', 'reading', 'storing')",
    "scenarios being solved": "SELECT count(*) FROM planning_scenario"
    " WHERE state IN ('waiting', 'solving')",
    "linkings": "SELECT count(*) FROM registry_linkrun WHERE state IN ('waiting', 'running')",
    "jobs": "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    " AND task_name NOT IN (SELECT task_name FROM procrastinate_periodic_defers)",
    "jobs without worker": "SELECT count(*) FROM procrastinate_jobs AS j WHERE status = 'doing'"
    " AND NOT EXISTS (SELECT FROM procrastinate_workers AS w WHERE w.id = j.worker_id"
    " AND w.last_heartbeat > now() - interval '40 seconds')",
    "mails not claimed": "SELECT count(*) FROM workflow_mail WHERE state = 'waiting'",
    "notices without mail": "SELECT count(*) FROM workflow_notice"
    " WHERE mail_id IS NULL AND by_mail",
}
DOCUMENTS = """
    SELECT document_number, count(*) FROM budget_posting
    WHERE document_kind = 'block' AND document_number LIKE 'STORM-%' GROUP BY 1
"""
BLOCKED = "SELECT coalesce(sum(blocked), 0) FROM budget_budgetline WHERE id = ANY(%s)"
FILES = """
    SELECT sha256, count(*), min(state), min(rows), (
        SELECT count(*) FROM inbox_sourcerecord AS r WHERE r.batch_id = max(b.id)
    ), max(attempts)
    FROM inbox_importbatch AS b JOIN inbox_batchprogress AS p ON p.batch_id = b.id GROUP BY sha256
"""
MOST_TRIES = 3  # As pulih/inbox/actions/reading.py has it: a file may be what kills.
HASHED = re.compile(r"[0-9a-f]{64}")
MADE = re.compile(r"[0-9a-f]{32}\.\d+\.(checked|cut)\.\w+")  # The marked file of a list.


@dataclass
class Verdict:
    """acknowledged, lost, doubled, stuck: numbers by what they are of. faults: sentences."""

    acknowledged: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)
    stuck: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not (self.lost.total() or self.doubled.total() or self.stuck or self.faults)


def between(database: psycopg.Connection[Any]) -> dict[str, int]:
    """Return what is not settled, by what it is."""
    found = {what: _number(database, query) for what, query in BETWEEN.items()}
    return {what: number for what, number in found.items() if number}


def judge(on: Installation, book: Book, world: dict[str, Any]) -> Verdict:
    """Hold what people were told against what is there."""
    verdict, lines = Verdict(), world["lines"]
    with on.owner() as database:
        _documents(database, book, lines, verdict)
        _files(database, book, world, verdict)
        _mails(database, on.folder.path / "mail", verdict)
        verdict.stuck = between(database)
        ended = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1"
        verdict.notes["jobs"] = dict(database.execute(ended).fetchall())
    verdict.faults += _half_files(on.folder.path)
    _ask_pulih(on, world, verdict)
    return verdict


def _documents(
    database: psycopg.Connection[Any], book: Book, lines: list[int], verdict: Verdict
) -> None:
    held = dict(database.execute(DOCUMENTS).fetchall())
    there = set(held)
    verdict.acknowledged["documents"] = len(book.documents)
    verdict.lost["documents"] = len(book.documents.keys() - there)
    verdict.doubled["documents"] = sum(number > 1 for number in held.values())
    if wrong := there & book.refused:
        verdict.faults.append(f"refused, and there all the same: {sorted(wrong)[:5]}")
    if wrong := there - book.documents.keys() - book.unknown:
        verdict.faults.append(f"there, and nobody brought it: {sorted(wrong)[:5]}")
    blocked = _number(database, BLOCKED, [lines])
    told = sum(book.documents.values())
    if not there - book.documents.keys() and blocked != told:
        verdict.faults.append(f"{blocked} rupiah are blocked, {told} were acknowledged")
    verdict.notes["refused documents"] = len(book.refused)
    verdict.notes["never answered"] = len(book.unknown)


def _files(
    database: psycopg.Connection[Any], book: Book, world: dict[str, Any], verdict: Verdict
) -> None:
    held = {row[0]: row[1:] for row in database.execute(FILES).fetchall()}
    verdict.acknowledged["files"] = len(book.files)
    given_up = 0
    for digest, rows in book.files.items():
        number, state, said, stored, tries = held.get(digest, (0, "", 0, 0, 0))
        verdict.lost["files"] += number == 0
        verdict.doubled["files"] += number > 1
        if (state, stored) == ("refused", 0) and tries > MOST_TRIES:
            given_up += 1  # Its office reads that its reading died too often, and sends it again.
        elif number and (state, said, stored) != ("done", rows, rows):
            verdict.faults.append(
                f"file {digest[:12]} of {rows} rows: {state}, {said} rows counted, {stored} stored"
            )
    verdict.notes["files given up after more than three deaths"] = given_up
    if unasked := held.keys() - book.files.keys() - book.unknown - set(world["files"]):
        verdict.faults.append(f"{len(unasked)} files are there that nobody brought")


def _mails(database: psycopg.Connection[Any], folder: Path, verdict: Verdict) -> None:
    """A mail goes out once; of what its sender was killed over it is said that nobody knows."""
    states = dict(database.execute("SELECT id, state FROM workflow_mail").fetchall())
    texts = [path.read_text(errors="replace") for path in folder.glob("*")]
    sent = Counter(int(key) for text in texts for key in re.findall(r"<pulih-(\d+)@", text))
    marked = {key for key, state in states.items() if state == "sent"}
    verdict.acknowledged["mails"] = len(marked)
    verdict.lost["mails"] = len(marked - sent.keys())
    verdict.doubled["mails"] = sum(number > 1 for number in sent.values())
    verdict.notes["mails"] = dict(Counter(states.values()))


def _half_files(folder: Path) -> Iterator[str]:
    """Yield what was begun and left: a file that is not what its name says, a draft."""
    held = read_secrets(folder / "number_keys.toml")["keys"].split()
    secrets = {key_id(one): one for one in held}
    for path in (folder / "uploads").rglob("*"):
        if not path.is_file() or MADE.fullmatch(path.name):
            continue
        digest = HASHED.match(path.name)
        if digest is None:
            yield f"a draft was left: {path.relative_to(folder)}"
        elif path.stem == digest[0] and _digest(path, secrets) != digest[0]:
            yield f"not what its name says: {path.relative_to(folder)}"
    for path in folder.glob("*.new*"):
        yield f"a draft was left: {path.relative_to(folder)}"


def _ask_pulih(on: Installation, world: dict[str, Any], verdict: Verdict) -> None:
    """Ask `pulih check`; what it said of the invented world before the storm is none's fault."""
    asked = on.pulih("check", "--json")
    try:
        said = json.loads(asked.stdout)
    except ValueError:
        verdict.faults.append(f"pulih check ended with {asked.returncode}: {asked.stderr[-500:]}")
        return
    verdict.faults += [
        f"pulih check: {one}" for one in said["differences"] if one not in world["differences"]
    ]
    verdict.notes["checked"] = sum(sum(room.values()) for room in said["verified"].values())


def _digest(path: Path, secrets: dict[str, str]) -> str:
    with opened(path, secrets) as plain:
        return hashlib.file_digest(plain, "sha256").hexdigest()


def _number(database: psycopg.Connection[Any], query: str, values: Any = None) -> int:
    row = database.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])
