"""`--other-server`: which tests run once more on a server of another version.

What only renders pages, computes or asks Django's ORM is proven once: Django's SQL is Django's
promise, and policies and functions in plain SQL are parsed whole by each server that migrates.
Once more runs what meets the server itself. A test does where its text says so, or that of a
fixture, function or constant of its file that it uses: it speaks SQL or names what a module gives
that does, has connections, transactions or processes of its own, or waits for the server to
refuse. Those are left out that are given no database: to them pytest-django refuses one.
Once more run too those in `meet_alone.txt`, which say nothing of a server and are the only ones to
reach one of our functions or triggers there.
"""

from __future__ import annotations

import ast
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
SPEAKS_SQL = re.compile(r"\bcursor\.execute(?:many)?\(|\bRawSQL\(")
PROVEN = {"pulih/people/scope.py"}  # By tests of its own; half of all others import it.
GIVE_A_DATABASE = {"db", "transactional_db", "live_server", "_django_db_helper"}
ITS_OWN = {"django_db_setup", "own_database"}  # Fixtures that lead to the server otherwise,
ITS_ADDRESS = "settings.DATABASE_URL"  # and what a file names that goes there by itself.
# What asks no database, and what the first run and the journeys in a browser prove of all servers.
ELSEWHERE = {
    "architecture", "browser", "casefiles", "intake", "linkage", "lists", "scenarios", "selection"
}  # fmt: skip
OF_ALL_TESTS = "pytestmark"
MEET_ALONE = Path(__file__).with_name("meet_alone.txt")


def chosen_tests(path: Path) -> frozenset[str]:
    """Return those of a file's tests, by the name in the file, that meet the server."""
    if path.parent.name in ELSEWHERE:
        return frozenset()
    return _chosen_tests(path.read_text()) | meet_alone().get(path, frozenset())


@cache
def meet_alone() -> dict[Path, frozenset[str]]:
    """Return tests that are run whatever their text says, by file."""
    found: dict[Path, frozenset[str]] = {}
    for line in MEET_ALONE.read_text("utf-8").splitlines():
        file, _, test = line.partition("::")
        found[TOP / file] = found.get(TOP / file, frozenset()) | {test}
    return found


def meets_server(test: pytest.Item) -> bool:
    """Tell whether another server might answer a test otherwise."""
    name = test.nodeid.split("::")[1].partition("[")[0]
    return name in chosen_tests(test.path) and reaches_server(test)


def reaches_server(test: pytest.Item) -> bool:
    """Tell whether a test is given a database of the server, or a file's tests go there alone."""
    if test.get_closest_marker("django_db") is not None:
        return True
    given = set(getattr(test, "fixturenames", ()))
    return bool(given & (GIVE_A_DATABASE | ITS_OWN)) or ITS_ADDRESS in test.path.read_text()


@cache
def _chosen_tests(text: str) -> frozenset[str]:
    lines = text.splitlines()
    uses: dict[str, set[str]] = {}  # By name in the file: the names that its definition uses.
    meets: set[str] = set()
    of_all = {OF_ALL_TESTS}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom):
            meets |= _given_by_sql(node)
        for name in _named(node):
            uses.setdefault(name, set()).update(_used(node))
            if MEETS_SERVER.search("\n".join(lines[_first(node) - 1 : node.end_lineno])):
                meets.add(name)
            if "autouse" in "".join(map(ast.unparse, getattr(node, "decorator_list", ()))):
                of_all.add(name)
    tests = {name for name in uses if name.lower().startswith("test")}
    return frozenset(test for test in tests if not meets.isdisjoint(_reach(uses, {test, *of_all})))


def _reach(uses: dict[str, set[str]], names: set[str]) -> set[str]:
    """Return some names, all that their definitions use, what those use, and so on."""
    reached: set[str] = set()
    while new := names - reached:
        reached |= new
        names = set().union(*(uses.get(name, ()) for name in new))
    return reached


def _first(node: ast.stmt) -> int:
    return min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])


def _named(node: ast.stmt) -> Iterator[str]:
    """Yield what a statement of a file gives a name to."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif not isinstance(node, ast.Import | ast.ImportFrom):
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


def _used(node: ast.stmt) -> Iterator[str]:
    """Yield the names in a definition: variables, fixtures, and fixtures named as text."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.arg):
            yield part.arg
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _given_by_sql(imported: ast.ImportFrom) -> set[str]:
    """Return the names that a file has from modules that speak SQL: each can be one, or of one."""
    if imported.level or not (imported.module or "").startswith("pulih"):
        return set()
    module = (imported.module or "").replace(".", "/")
    return {
        one.asname or one.name
        for one in imported.names
        if _speaks_sql(f"{module}.py") or _speaks_sql(f"{module}/{one.name}.py")
    }


@cache
def _speaks_sql(module: str) -> bool:
    path = TOP / module
    return module not in PROVEN and path.is_file() and bool(SPEAKS_SQL.search(path.read_text()))


class OtherServer:
    """The plugin: leaves out what does not meet the server."""

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        is_test = collection_path.is_file() and collection_path.name.startswith("test_")
        return True if is_test and not chosen_tests(collection_path) else None

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        elsewhere = [each for each in items if not meets_server(each)]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = filter(meets_server, items)
