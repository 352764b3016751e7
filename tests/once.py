"""Worlds that a module builds once: each test begins with them, and what it changes is undone."""

import inspect
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from pulih.people.scope import speaking_as_system

Build = Callable[..., Any]


def built_once(build: Callable[[], Any], language: str = "id") -> Any:
    """Return the fixture of a module that builds once, in a transaction that the module forgets.

    All tests of the module find it from then on, so all should ask for it. Rows that it hands on
    are asked for anew by each test, for what one does to them in memory the others would see.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            with speaking_as_system(), override(language):
                made = build()
            yield made
            transaction.set_rollback(True)

    return built


def made_once(build: Build | None = None, *, autouse: bool = False, language: str = "id") -> Any:
    """Return a fixture that is made once for those tests of a module that ask for the same.

        @made_once
        def line():
            return make.line(ceiling=1_000)

    Written as any fixture that yields nothing; it may ask for `db` and for others that are made
    once. Each test gets a copy of its own, and what it changes in the database is undone. A test
    that does not ask for it does not see its rows. language: in which it is made.
    """
    if build is None:
        return partial(made_once, autouse=autouse, language=language)
    wanted = inspect.signature(build).parameters

    def hand(request: pytest.FixtureRequest, **given: Any) -> Any:
        if handed in ground.made:
            return ground.copies[handed]
        return build(**given)  # Within a test whose transactions end.

    handed: Any = hand
    mine = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    handed.__signature__ = inspect.Signature([mine, *wanted.values()])
    handed.__name__, handed.__doc__ = build.__name__, build.__doc__
    HOW[handed] = How(build, [*wanted], language)
    return pytest.fixture(autouse=autouse)(handed)


class How:
    """How a fixture is made. wanted: those made once that it is given; beside: `db`, if it asks."""

    def __init__(self, build: Build, wanted: list[str], language: str) -> None:
        self.build, self.language = build, language
        self.wanted = [one for one in wanted if one != "db"]
        self.beside = {one: None for one in wanted if one == "db"}


HOW: dict[Any, How] = {}  # By the fixture's function, which pytest hands back as it is.


class Ground:
    """What tests stand on: fixtures made once, each in a transaction within the one before."""

    def __init__(self) -> None:
        self.layers: list[tuple[Build, transaction.Atomic]] = []
        self.made: dict[Build, Any] = {}
        self.copies: dict[Build, Any] = {}

    def lay(self, request: Any) -> None:
        """Lay what a test asks for, before its own transaction begins; take away what it does not.

        request: of any fixture of the test, once those of its module are there.
        """
        with request.getfixturevalue("django_db_blocker").unblock():
            self._lay(request)

    def _lay(self, request: Any) -> None:
        named = request._pyfuncitem._fixtureinfo.name2fixturedefs
        wanted = {} if _ends_transactions(request) else dict(_in_order(request.fixturenames, named))
        same = 0
        for (handed, _atomic), other in zip(self.layers, wanted, strict=False):
            if handed is not other:
                break
            same += 1
        self.clear(same)
        if not self.layers and wanted:
            request.getfixturevalue("django_db_setup")
            blocker = request.getfixturevalue("django_db_blocker")
            request.node.getparent(pytest.Module).addfinalizer(partial(self._end, blocker))
        for handed, given in list(wanted.items())[same:]:
            self._add(handed, {name: self.made[other] for name, other in given})
        self.copies = deepcopy(self.made)  # All at once: what two of them share stays one.

    def _add(self, handed: Any, given: dict[str, Any]) -> None:
        """Make one more; what fails leaves nothing behind, and the test says why."""
        atomic = transaction.atomic()
        atomic.__enter__()
        self.layers.append((handed, atomic))
        try:
            with speaking_as_system(), override(HOW[handed].language):
                self.made[handed] = HOW[handed].build(**HOW[handed].beside, **given)
        finally:
            if handed not in self.made:
                self.clear(len(self.layers) - 1)

    def _end(self, blocker: Any) -> None:
        with blocker.unblock():
            self.clear()

    def clear(self, left: int = 0) -> None:
        """Undo all but the first so many."""
        while len(self.layers) > left:
            handed, atomic = self.layers.pop()
            self.made.pop(handed, None)
            assert connection.atomic_blocks[-1] is atomic, "another fixture's transaction is open"
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def _ends_transactions(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not {
        "transactional_db", "live_server"
    }.isdisjoint(request.fixturenames)  # fmt: skip


def _in_order(names: Any, named: Any) -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    """Yield the fixtures made once among some names, each after what it is given, with that."""
    for name in names:
        handed = named[name][-1].func if name in named else None
        if how := HOW.get(handed):
            yield from _in_order(how.wanted, named)
            yield handed, [(one, named[one][-1].func) for one in how.wanted]


ground = Ground()
