"""What pages share as files: the style sheet, the letters, the map."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pulih.web import assets as built
from pulih.web import maps, numbers

from ..areas import NATION
from .book import Book

STATIC = Path(__file__).parents[1] / "static" / "portal"
STYLE = STATIC / "public.css"
TOKENS = built.ROOM / "assets" / "css" / "tokens.css"
ICON = built.ROOM / "static" / "web" / "icon.svg"
LETTERS = "inter-latin-wght-normal"
FACE = """@font-face { font-family: "Inter"; font-weight: 100 900; font-display: swap;
  src: url("letters.woff2") format("woff2"); }
"""


def write(root: Path, book: Book) -> None:
    write_style(root)
    # Without one, browsers ask for /favicon.ico, whose answer is no public page.
    shutil.copyfile(ICON, root / "assets" / "icon.svg")
    for script in ("public.js", "find.js"):
        shutil.copyfile(STATIC / script, root / "assets" / script)
    (root / "assets" / "map.svg").write_text(_map(book), "utf-8")


def write_style(root: Path) -> None:
    folder = root / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    letters = sorted(built.BUILD.glob(f"{LETTERS}-*.woff2"))
    if letters:
        shutil.copyfile(letters[0], folder / "letters.woff2")
    (folder / "public.css").write_text((FACE if letters else "") + style_sheet(), "utf-8")


def style_sheet() -> str:
    """The colours of the house, then the public frame."""
    tokens = re.search(r":root.*?\n}", TOKENS.read_text(), re.DOTALL)
    assert tokens, TOKENS
    return f"{tokens[0]}\n{STYLE.read_text()}"


def in_a_year() -> str:
    return (datetime.now(UTC) + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")


def _map(book: Book) -> str:
    """The provinces by affected firms, as one drawing; the table beside it has the numbers."""
    values = {
        place.code: book.number("affected_firms", place.code).value
        for place in book.areas.of_level("province")
    }
    provinces = [
        maps.Province(place.code, place.name, values[place.code], numbers.whole(values[place.code]))
        for place in book.areas.of_level("province")
    ]
    known = sorted((value for value in values.values() if value is not None), reverse=True)
    breaks = maps.round_breaks(known)
    marks = [numbers.whole(mark) for mark in (0, *breaks)]
    title = _("Affected firms by province")
    drawn = maps.country_map(title, provinces, breaks, marks, NATION)
    return render_to_string("portal/public/map.svg", {"map": drawn})
