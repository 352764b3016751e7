"""When the database of an earlier run may be migrated on, and when it is made again."""

import pytest

from tests.throwaway_server import leads_to

EARLIER = {
    "budget/migrations/0001_initial.py": "a",
    "budget/sql/law.sql": "b",
    "budget/models/lines.py": "c",
    "people/scope.py": "d",
    "packages": "e",
}


@pytest.mark.parametrize(
    ("change", "migrates_on"),
    [
        ({}, True),
        ({"budget/migrations/0002_more.py": "x"}, True),
        ({"market/models.py": "x", "market/migrations/0001_initial.py": "x"}, True),
        ({"budget/sql/law.sql": "x"}, True),
        ({"budget/models/lines.py": "x"}, True),
        ({"budget/migrations/0001_initial.py": "x"}, False),
        ({"budget/migrations/0001_initial.py": None}, False),
        ({"budget/sql/law.sql": None}, False),
        ({"people/scope.py": "x"}, False),
        ({"classifications/data/new.csv": "x"}, False),
        ({"packages": "x"}, False),
    ],
)
def test_a_database_is_migrated_on_only_where_migrations_were_added(change, migrates_on):
    now = {name: digest for name, digest in {**EARLIER, **change}.items() if digest}
    assert leads_to(EARLIER, now) is migrates_on
