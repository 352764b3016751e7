"""Files of the story say the story's day, whatever the machine's clock says."""

import zipfile
from datetime import UTC, datetime

from pulih.scenarios.covid_2020.files import write_files

SEED, FIRMS = 2020, 1_000


def test_every_workbook_is_dated_by_the_story(tmp_path):
    today = f"{datetime.now(UTC):%Y-%m-%d}".encode()
    books = [one.path for one in write_files(tmp_path, FIRMS, SEED) if one.path.suffix == ".xlsx"]
    assert {_office(path) for path in books} >= {"Data", "POK"}
    for path in books:
        with zipfile.ZipFile(path) as book:
            said = book.read("docProps/core.xml")
        assert today not in said, path.name
        assert b"T00:00:00Z</dcterms:created>" in said, path.name


def _office(path):
    return "POK" if "POK" in path.name.upper() else "Data"
