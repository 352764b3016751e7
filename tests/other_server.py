"""`--other-server`: which tests run once more on a server of another version.

What only renders pages, computes or asks Django's ORM is proven once: Django's SQL is Django's
promise, and policies and functions in plain SQL are parsed whole by each server that migrates.
Once more runs what meets the server itself. A test file does where its text says so: it speaks SQL
or imports a module that does, has connections, transactions or processes of its own, or waits for
the server to refuse. Of such a file those tests are left out that are given no database: to them
pytest-django refuses one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
OPTION = "--other-server"
MEETS_SERVER = re.compile(
    r"transaction=True|transactional_db|own_database|\bpsycopg\b|\bcursor\b|\.execute\("
    r"|\b(?:Database|Integrity|Operational|Programming)Error\b|\bThread|\bsubprocess\b|\bEXPLAIN\b"
)
IMPORT = re.compile(r"^from (pulih[\w.]*) import (?:\(([^)]*)\)|(.*))", re.MULTILINE)
SPEAKS_SQL = re.compile(r"\bcursor\.execute(?:many)?\(|\bRawSQL\(")
PROVEN = {"pulih/people/scope.py"}  # By tests of its own; half of all others import it.
GIVE_A_DATABASE = {"db", "transactional_db", "live_server", "_django_db_helper"}
ITS_OWN = {"django_db_setup", "own_database"}  # Fixtures that lead to the server otherwise,
ITS_ADDRESS = "settings.DATABASE_URL"  # and what a file names that goes there by itself.
# What asks no database, and what the first run and the journeys in a browser prove of all servers.
ELSEWHERE = {
    "architecture", "browser", "casefiles", "intake", "linkage", "lists", "scenarios", "selection"
}  # fmt: skip


def meets_server(path: Path) -> bool:
    """Tell whether a file of tests is one that another server might answer otherwise."""
    if path.parent.name in ELSEWHERE:
        return False
    text = path.read_text()
    return bool(MEETS_SERVER.search(text)) or any(map(_speaks_sql, _imported(text)))


def reaches_server(test: pytest.Item) -> bool:
    """Tell whether a test is given a database of the server, or a file's tests go there alone."""
    if test.get_closest_marker("django_db") is not None:
        return True
    given = set(getattr(test, "fixturenames", ()))
    return bool(given & (GIVE_A_DATABASE | ITS_OWN)) or ITS_ADDRESS in test.path.read_text()


def _imported(text: str) -> Iterator[str]:
    """Yield the modules that a file may import: a name can be one, or stand in one."""
    for package, in_brackets, in_line in IMPORT.findall(text):
        module = package.replace(".", "/")
        yield f"{module}.py"
        for name in re.findall(r"\w+", in_brackets or in_line):
            yield f"{module}/{name}.py"


@cache
def _speaks_sql(module: str) -> bool:
    path = TOP / module
    return module not in PROVEN and path.is_file() and bool(SPEAKS_SQL.search(path.read_text()))


class OtherServer:
    """The plugin: leaves out what does not meet the server."""

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        is_test = collection_path.is_file() and collection_path.name.startswith("test_")
        return True if is_test and not meets_server(collection_path) else None

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        elsewhere = [each for each in items if not reaches_server(each)]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = filter(reaches_server, items)
