"""`--other-server`: which tests run once more on a server of another version.

What only renders pages, reckons or asks Django's ORM is proven once: Django's SQL is Django's
promise, and policies and functions in plain SQL are parsed whole by each server that migrates.
Once more runs what meets the server itself. A test file does where its text says so: it speaks SQL,
has connections, transactions or processes of its own, or waits for the server to refuse.
"""

from __future__ import annotations

import re
from pathlib import Path

OPTION = "--other-server"
MEETS_SERVER = re.compile(
    r"transaction=True|transactional_db|own_database|\bpsycopg\b|\bcursor\b|\.execute\("
    r"|\b(?:Database|Integrity|Operational|Programming)Error\b|\bThread|\bsubprocess\b|\bEXPLAIN\b"
)
# What asks no database, and what the first run and the journeys in a browser prove of all servers.
ELSEWHERE = {"architecture", "browser", "intake", "linkage", "selection"}


def meets_server(path: Path) -> bool:
    """Tell whether a file of tests is one that another server might answer otherwise."""
    return path.parent.name not in ELSEWHERE and bool(MEETS_SERVER.search(path.read_text()))


class OtherServer:
    """The plugin: leaves out what does not meet the server."""

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        is_test = collection_path.is_file() and collection_path.name.startswith("test_")
        return True if is_test and not meets_server(collection_path) else None
