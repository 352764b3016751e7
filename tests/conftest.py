"""What every test may count on: a throw-away PostgreSQL, and only for tests that ask for one."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from django.template import Context, Template, engines
from django.test import Client, TransactionTestCase
from django.test.signals import template_rendered

from pulih.config.databases import Database
from tests import (
    examples,  # noqa: F401  Registers the profile that `make fast` asks for.
    other_server,
    quick_sign_in,
)
from tests.once import ground
from tests.throwaway_server import Server, server_for_tests
from tests.undefined import Undefined


@pytest.fixture(scope="module", autouse=True)
def uploads_of_a_module(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what tests deliver apart from other modules and processes.

    Some delete what bears the same hash, or encrypt it under a key that others do not hold.
    """
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("uploads")
    settings.DOWNLOADS_FOLDER = tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session", autouse=True)
def _hash_passwords_in_few_rounds() -> None:
    """Let no password of a test take half a second: slow hashing is Django's own promise."""
    PBKDF2PasswordHasher.iterations = 2


@pytest.fixture(scope="session", autouse=True)
def _sign_in_quickly() -> None:
    """Let a test's browser be signed in by one session, which is the one that Django ends with."""
    Client._login = quick_sign_in.sign_in  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _press_public_pages_lightly() -> None:
    """Let compressing a release take a tenth of its time: what unpacks is the same."""
    from pulih.portal import site

    site.GZIP_LEVEL = site.BROTLI_LEVEL = site.BROTLI_LEVEL_OF_LARGE = 1


@pytest.fixture(scope="session", autouse=True)
def _keep_the_context_of_whole_pages_only(django_test_environment: None) -> None:
    """Django's client copies the context of every template rendered, some hundred times a page.

    No test asks for a part's: `response.context` is the page's.
    """

    def render(template: Template, context: Context) -> str:
        parts_share = context.render_context.dicts[0]
        if "is told" not in parts_share:
            parts_share["is told"] = True
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _forget_what_was_kept() -> None:
    """Let no test find what another's pages kept for a minute, or see that minute end midway."""
    cache.clear()


@pytest.fixture
def refuse_undefined_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django leaves blank what a template names and was not given; here it fails."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined())


# What takes longest begins first, so that no process works alone at the end.
LONGEST = (
    "architecture/test_walk.py",
    "architecture/test_nonsense.py",
    "config/test_serving.py",
    "config/test_external_postgresql.py",
    "config/test_number_keys.py",
    "ledger/test_crash.py",
    "portal/test_papers.py",
    "portal/test_next_release.py",
    "portal/test_killed.py",
    "scenarios/test_activities_story.py",
    "registry/test_linking.py",
    "intake/test_layout_corpus.py",
    "refocusing/test_apart.py",
    "intake/test_same_rows.py",
    "registry/test_review_pages.py",
    "registry/test_merging.py",
    "planning/test_thinking.py",
    "audit/test_tampering.py",
    "intake/test_drawing.py",
    "upgrade/test_upgrade.py",
    "market/test_order_histories.py",
    "budget/test_lots_race.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        name = "/".join(item.path.parts[-2:])
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=place)  # Stable: the rest stay as they were.


def pytest_collectstart() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    # Half a million objects of modules and tests stay to the end: nobody searches them for rubbish.
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(other_server.OPTION, action="store_true", help=other_server.__doc__)


def pytest_configure(config: pytest.Config) -> None:
    # What a person's own installation has published is no part of a test.
    from django.conf import settings

    settings.PUBLIC_FOLDER = Path(tempfile.gettempdir()) / f"pulih-public-{os.getpid()}"
    settings.SEAL_FILE = None
    settings.SITE_ADDRESS = ""  # Which it has where it holds the demonstration.
    # What tests start of Pulih speaks to the same databases, so it needs the same secret.
    os.environ.setdefault("PULIH_PERSON_SECRET", settings.PERSON_SECRET)
    settings.NUMBER_KEYS, settings.NUMBER_HASH_KEY = ["key of the tests"], "hash key of the tests"
    settings.NUMBER_KEYS_FILE = None
    os.environ.setdefault("PULIH_NUMBER_KEYS", settings.NUMBER_KEYS[0])
    os.environ.setdefault("PULIH_NUMBER_HASH_KEY", settings.NUMBER_HASH_KEY)
    # Static files are collected for a served installation; tests find them in the clone.
    config.addinivalue_line("filterwarnings", "ignore:No directory at")
    if config.getoption(other_server.OPTION, default=False):
        config.pluginmanager.register(other_server.OtherServer())


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Any:
    if fixturedef.argname != "_django_db_helper":  # Which begins the test's own transaction.
        return (yield)
    try:
        ground.lay(request)
    finally:  # What cannot be made is told only then, for pytest undoes what it has begun itself.
        begun = yield
    return begun


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[Server]:
    """Give this process its own database, and speak to it as the role that serves."""
    name = f"pulih_test_{os.getpid()}"
    with django_db_blocker.unblock(), server_for_tests(_url(), migrate) as server:
        server.create(name)
        _use(server.app(name))
        _renew_instead_of_flush(server, name)
        yield server
        connections.close_all()
        server.drop(name)


@pytest.fixture
def own_database(django_db_setup: Server) -> Iterator[Database]:
    """Give one test a fresh, migrated database, to be changed as the owner."""
    name = f"pulih_test_{os.getpid()}_own"
    django_db_setup.create(name)
    yield {**django_db_setup.owner, "NAME": name}
    django_db_setup.drop(name)


@pytest.fixture(autouse=True)
def _speak_as_system(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test see and write all rows; what it asks through a page it asks as its visitor."""
    is_marked = request.node.get_closest_marker("django_db") is not None
    if not is_marked and other_server.GIVE_A_DATABASE.isdisjoint(request.fixturenames):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    from pulih.people.models import User
    from pulih.people.scope import SYSTEM_USERNAME

    system = User.objects.get(username=SYSTEM_USERNAME)
    become_nobody, become_system = _Become(""), _Become(str(system.pk))
    request_started.connect(become_nobody)
    request_finished.connect(become_system)
    become_system()
    yield  # The rollback, or the new database, forgets the person again.
    request_started.disconnect(become_nobody)
    request_finished.disconnect(become_system)


class _Become:
    """Change the person of the test's connection, unseen by those who count queries."""

    def __init__(self, person: str) -> None:
        from pulih.people.connection_proofs import proof_of

        self.said = (person, proof_of(person), "")

    def __call__(self, **_: object) -> None:
        raw = connection.connection
        if raw is not None and not raw.closed and not connection.needs_rollback:
            from pulih.people.scope import SAY

            raw.execute(SAY, self.said)


def _url() -> str:
    from django.conf import settings

    return settings.DATABASE_URL


def _use(database: Database) -> None:
    connections.close_all()
    connections["default"].settings_dict.update(database)


def migrate(database: Database) -> None:
    from django.core.management import call_command

    _use(database)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


def _renew_instead_of_flush(server: Server, name: str) -> None:
    # A flush would empty what migrations put there (the areas, for one), and would need TRUNCATE,
    # which the serving role does not have.
    def renew(case: TransactionTestCase) -> None:
        from pulih.planning import quick_answers

        connections.close_all()
        server.create(name)
        # Its keys begin again, so what was kept by key is of another plan.
        quick_answers.kept_case.cache_clear()
        quick_answers.relaxed_answer.cache_clear()

    TransactionTestCase._fixture_teardown = renew  # type: ignore[method-assign]
