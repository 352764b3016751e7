"""SQL files reach every database that has data, whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from shutil import copytree, ignore_patterns

import pytest

from pulih.common.errors import Refusal
from pulih.config import repeatable_sql, schema_objects
from pulih.config.roles import connect
from pulih.config.rooms import PACKAGE

GREETING = "CREATE OR REPLACE FUNCTION audit_greeting() RETURNS text LANGUAGE sql AS $$ {} $$;\n"


@pytest.fixture
def rooms(tmp_path):
    """A copy of the folder of rooms, for a file to be added or edited."""
    return copytree(PACKAGE, tmp_path / "pulih", ignore=ignore_patterns("*.py", "static", "data"))


@pytest.fixture
def owner(own_database):
    with connect(own_database) as connection:
        yield connection


def write(rooms, text):
    (rooms / "audit" / "sql").mkdir(exist_ok=True)
    (rooms / "audit" / "sql" / "greeting.sql").write_text(text)


def greeting(owner):
    return owner.execute("SELECT audit_greeting()").fetchone()[0]


def differing(owner):
    return [
        message.en for message in schema_objects.differences(lambda q: owner.execute(q).fetchall())
    ]


def test_an_edited_file_alone_reaches_a_database_with_data(owner, rooms):
    write(rooms, GREETING.format("SELECT 'one'"))
    assert repeatable_sql.apply(owner, rooms) == ["audit/sql/greeting.sql"]
    write(rooms, GREETING.format("SELECT 'two'"))
    assert repeatable_sql.apply(owner, rooms) == ["audit/sql/greeting.sql"]
    assert greeting(owner) == "two"
    assert repeatable_sql.apply(owner, rooms) == []


def test_a_broken_file_is_named_with_its_line_and_the_old_functions_stay(owner, rooms):
    write(rooms, GREETING.format("SELECT 'one'"))
    repeatable_sql.apply(owner, rooms)
    write(rooms, GREETING.format("SELECT 'two'") + "\nCREATE FUNCTOIN x();\n")
    with pytest.raises(Refusal, match=r"^pulih/audit/sql/greeting\.sql:3: .*FUNCTOIN"):
        repeatable_sql.apply(owner, rooms)
    assert greeting(owner) == "one"


def test_two_programs_that_start_at_once_take_turns(own_database, rooms):
    write(rooms, GREETING.format("SELECT 'one'"))

    def start(_):
        with connect(own_database) as owner:
            return repeatable_sql.apply(owner, rooms)

    with ThreadPoolExecutor(2) as pool:
        ran = sorted(pool.map(start, range(2)))
    assert ran == [[], ["audit/sql/greeting.sql"]]


def test_the_serving_role_cannot_say_that_a_file_has_run(owner):
    allowed = "SELECT has_table_privilege('pulih_app', 'pulih_sql', %s)"
    rights = {
        right: owner.execute(allowed, [right]).fetchone()[0]
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    }
    assert [right for right, may in rights.items() if may] == ["SELECT"]


def test_a_fresh_database_holds_what_the_list_says(owner):
    # After a change of SQL or of migrations: `make schema`, and read what it changed.
    assert differing(owner) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "DROP TRIGGER budget_posts_are_kept_apart ON budget_appointment",
            "is not in the database",
        ),
        (
            "ALTER POLICY pulih_read ON budget_posting USING (true)",
            "differs from what this version",
        ),
        ("ALTER FUNCTION budget_now() STABLE", "differs from what this version"),
        ("CREATE FUNCTION extra() RETURNS int LANGUAGE sql AS 'SELECT 1'", "not of this version"),
        ("ALTER TABLE inbox_importbatch DISABLE ROW LEVEL SECURITY", "is not in the database"),
        ("ALTER TABLE budget_posting DISABLE TRIGGER USER", "differs from what this version"),
    ],
)
def test_the_check_names_what_was_changed_by_hand(owner, change, sentence):
    owner.execute(change)
    found = differing(owner)
    assert found
    assert all(sentence in each for each in found)
