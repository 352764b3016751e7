"""The page on building a room names files that are there, and leaves out none that rooms share."""

import re
from collections import Counter
from pathlib import Path

from pulih.config.rooms import PACKAGE, ROOMS

ROOT = PACKAGE.parent
HOW_TO = ROOT / "docs" / "how_to" / "build_a_room.md"
PATH = re.compile(r"`([\w<>./*-]+(?:\.\w+|/))`")
SHARED = 5  # Rooms that have a file of one name, so that it is a habit of the house.


def named() -> set[str]:
    """Return the files and folders of the first column of each table of the page."""
    rows = [line for line in HOW_TO.read_text().splitlines() if line.startswith("| `")]
    return {path for row in rows for path in PATH.findall(row.split("|")[1])} - {"audit.history"}


def is_there(path: str) -> bool:
    """Tell whether some room has the file, or the house has it in one of its usual places."""
    usual = (ROOT, PACKAGE, ROOT / "tests" / "architecture", PACKAGE / "administration" / "data")
    places = [*usual, *(PACKAGE / room for room in ROOMS)]
    of_rooms = {path.replace("<room>", room) for room in ROOMS}
    return any(any(place.glob(one)) for place in places for one in of_rooms)


def test_every_file_that_the_page_names_is_there():
    assert [path for path in sorted(named()) if not is_there(path)] == []


def test_every_file_that_rooms_share_is_named():
    shared: Counter[str] = Counter()
    for room in ROOMS:
        inside = (PACKAGE / room).iterdir()
        shared.update({one.stem for one in inside if not one.name.startswith(("_", "."))})
    told = {Path(path).parts[0].split(".")[0] for path in named()} | {"apps"}
    usual = {name for name, rooms in shared.items() if rooms >= SHARED}
    assert usual - told == set(), "Say in docs/how_to/build_a_room.md what such a file holds"
