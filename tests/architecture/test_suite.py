"""How the suite is run: which files begin first, and which meet a server of another version."""

from pathlib import Path

import pytest
from django.core.cache import cache

from tests.conftest import LONGEST
from tests.other_server import chosen_tests, meet_alone, reaches_server

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("name", LONGEST)
def test_what_begins_first_is_there(name):
    assert (TESTS / name).is_file()


@pytest.mark.parametrize(
    "line",
    [
        "    connection.cursor()",
        "    with pytest.raises(DatabaseError): act()",
        "    [Thread(target=act) for _ in range(32)]",
        "    subprocess.run(words)",
        "    actions.keep()",
        "    counted()",
        "    helped()",
        "    KNOWN[0]",
    ],
)
def test_what_speaks_to_the_server_runs_on_every_server(tmp_path, line):
    assert chosen_tests(file_of(tmp_path, f"def test_it(drawn):\n{line}\n")) == {"test_it"}


def test_what_uses_a_fixture_that_speaks_to_the_server_does_too(tmp_path):
    tests = """
@pytest.mark.django_db(transaction=True)
def test_marked(): ...


def test_given(asking): ...


@pytest.mark.usefixtures("asking")
def test_that_names_it(): ...


def test_beside(drawn): ...
"""
    assert chosen_tests(file_of(tmp_path, tests)) == {
        "test_marked", "test_given", "test_that_names_it"
    }  # fmt: skip


@pytest.mark.parametrize(
    "of_all",
    [
        "pytestmark = pytest.mark.django_db(transaction=True)",
        "@pytest.fixture(autouse=True)\ndef always(asking): ...",
    ],
)
def test_what_is_said_of_a_whole_file_is_said_of_each_test(tmp_path, of_all):
    assert chosen_tests(file_of(tmp_path, f"{of_all}\n\n\ndef test_it(): ...\n")) == {"test_it"}


def file_of(folder, tests):
    """Return a file of tests below some imports, helpers and fixtures."""
    file = folder / "test_new_room.py"
    file.write_text(f"""
import pytest
from pulih.impact.actions import counted
from pulih.references import actions
from pulih.people.scope import speaking_for
KNOWN = [psycopg.Connection]
def helped(): return KNOWN
@pytest.fixture
def asking():
    with connection.cursor() as cursor: yield cursor
@pytest.fixture
def drawn(): return speaking_for("nobody")
{tests}""")
    return file


def test_what_reads_pages_or_reckons_runs_once(tmp_path):
    assert not chosen_tests(file_of(tmp_path, "def test_it(drawn): assert drawn\n"))
    assert not chosen_tests(TESTS / "architecture/test_walk.py")


def test_what_is_given_no_database_runs_once_whatever_stands_beside_it(request):
    assert not reaches_server(request.node)


@pytest.mark.parametrize("fixture", ["db", "own_database"])
def test_what_is_given_a_database_runs_on_every_server(request, monkeypatch, fixture):
    monkeypatch.setattr(request.node, "fixturenames", [fixture])
    assert reaches_server(request.node)


@pytest.mark.django_db
def test_a_test_marked_for_a_database_runs_on_every_server(request):
    assert reaches_server(request.node)


def test_what_alone_meets_something_of_ours_is_there_and_is_chosen():
    for file, tests in meet_alone().items():
        assert all(f"\ndef {test}(" in file.read_text() for test in tests)
        assert tests <= chosen_tests(file)


@pytest.mark.parametrize("turn", [1, 2])
def test_no_test_finds_what_another_kept(turn):
    assert cache.get("turn") is None
    cache.set("turn", turn, timeout=60)
