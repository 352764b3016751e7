"""How the suite is run: which files begin first, and which meet a server of another version."""

from pathlib import Path

import pytest

from tests.conftest import LONGEST
from tests.other_server import meets_server, reaches_server

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("name", LONGEST)
def test_what_begins_first_is_there(name):
    assert (TESTS / name).is_file()


@pytest.mark.parametrize(
    "line",
    [
        "@pytest.mark.django_db(transaction=True)",
        "    with connection.cursor() as asking:",
        "    with pytest.raises(DatabaseError):",
        "    threads = [Thread(target=act) for _ in range(32)]",
        "    done = subprocess.run(words)",
        "from pulih.references import actions",
        "from pulih.impact.actions import counted",
    ],
)
def test_a_file_that_meets_the_server_runs_on_every_server(tmp_path, line):
    file = tmp_path / "test_new_room.py"
    file.write_text(f"import pytest\n\n\ndef test_it():\n{line}\n")
    assert meets_server(file)


def test_a_file_that_reads_pages_or_reckons_runs_once(tmp_path):
    file = tmp_path / "test_new_pages.py"
    file.write_text("from pulih.lists import pages\nfrom pulih.people.scope import speaking_for\n")
    assert not meets_server(file)
    assert not meets_server(TESTS / "architecture/test_walk.py")


def test_what_is_given_no_database_runs_once_whatever_stands_beside_it(request):
    assert not reaches_server(request.node)


@pytest.mark.parametrize("fixture", ["db", "own_database"])
def test_what_is_given_a_database_runs_on_every_server(request, monkeypatch, fixture):
    monkeypatch.setattr(request.node, "fixturenames", [fixture])
    assert reaches_server(request.node)


@pytest.mark.django_db
def test_a_test_marked_for_a_database_runs_on_every_server(request):
    assert reaches_server(request.node)
