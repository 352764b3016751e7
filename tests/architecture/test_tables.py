"""Lists of records are declared: a table that a template draws itself stands in `tables.txt`.

So that no list is written by hand again, whose page, file and API would then each say it again.
"""

import re
from pathlib import Path

import pulih

HOUSE = Path(pulih.__file__).parent
TABLES = Path(__file__).with_name("tables.txt")
KINDS = {"house", "detail", "report", "grid", "sheet", "public"}
# Where rows are cut into pages, or leave as a file, without a declared list; with the reason.
BY_HAND = {
    "areas/views.py": "columns of the import",
    "inbox/views/cells.py": "rows: columns of the file that was delivered",
    "market/views/groups.py": "members of one group, with the forms that end them",
    "market/views/orders.py": "firms of one order, on its own page",
    "references/views.py": "columns of the import",
    "registry/search.py": "finds the rows of the declared list of firms",
    "web/exports.py": "writes files",
}
MARKS = re.compile(r"\bkeyset\.page\(|\b(?:csv|xlsx|file)_response\b")


def drawn() -> set[str]:
    """Templates that draw a table, as `include` names them."""
    return {
        str(path.relative_to(path.parents[len(path.relative_to(HOUSE).parts) - 3]))
        .removesuffix(".html")
        for path in HOUSE.glob("*/templates/**/*.html")
        if "<table" in path.read_text()
    }  # fmt: skip


def listed() -> dict[str, str]:
    """The kind of each table of the list."""
    lines = [line for line in TABLES.read_text().splitlines() if not line.startswith("#")]
    rows = [line.split(maxsplit=2) for line in lines]
    assert all(len(row) == 3 and row[0] in KINDS for row in rows), rows
    return {name: kind for kind, name, _why in rows}


def test_every_table_is_a_declared_list_or_says_why_it_is_none():
    found, named = drawn(), listed().keys()
    new = "Declare a list, or say in tests/architecture/tables.txt why the table is none"
    assert found - named == set(), new
    assert named - found == set(), "These tables are gone; take them out of tables.txt"


def test_pages_and_files_of_records_come_from_declared_lists():
    found = {
        str(path.relative_to(HOUSE))
        for path in HOUSE.glob("**/*.py")
        if "lists" not in path.relative_to(HOUSE).parts and MARKS.search(path.read_text())
    }
    assert found == BY_HAND.keys()
