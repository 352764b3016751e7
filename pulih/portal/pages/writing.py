"""Rendering pages into the folder of a site, with what stands beside them: styles, map, robots."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from .. import restating, tables
from ..models import Release, Withdrawal, loaded_scenario
from ..progress import OnProgress, unheard
from . import assets
from .book import book_of
from .contents import pages
from .page import Page
from .rows import Shelf

# A figure of an older release names that one, and stands in its files.
OWN_CELL = re.compile(r'data-cell="([^"]+)"(?! data-release)')
LANGUAGES = {"id": "", "en": "en/"}


def write(
    root: Path,
    newest: Release,
    on_show: Sequence[Release],
    withdrawn: Sequence[Withdrawal],
    on_progress: OnProgress = unheard,
) -> None:
    """Write every page of the newest release, and what all of them share."""
    books = [book_of(release) for release in on_show]
    shelf = Shelf(books[0], books, withdrawn, root)
    shared = {"release": newest, "is_demo": loaded_scenario() is not None}
    paths: set[str] = set()
    with translation.override("id"):
        assets.write(root, shelf.book)
    lines = tables.lines_of(newest)
    written = 0
    for language in LANGUAGES:
        with translation.override(language):
            for page in pages(shelf):
                on_progress("pages", written, 0)
                written += 1
                paths.add(page.path)
                text = _write_page(root, page, language, shared)
                if language == "id":  # One file serves both languages.
                    _write_cells(root, page.path, text, lines)
    restating.write(root, shelf.restatements)
    write_around(root, sorted(paths))


def write_gone(root: Path, withdrawn: Sequence[Withdrawal]) -> None:
    """Write the one page that is left once nothing is on show."""
    assets.write_style(root)
    page = Page("", "nothing.html", {"withdrawn": withdrawn})
    shared = {"is_demo": loaded_scenario() is not None, "release": None}
    for language in LANGUAGES:
        with translation.override(language):
            _write_page(root, page, language, shared)
    write_around(root, [""])


def _write_cells(root: Path, path: str, text: str, lines: Mapping[str, str]) -> None:
    """Lay the figures of a page that leads to them beside it, in the columns of `cells.csv`."""
    if f'href="/{path}cells.csv"' in text:
        shown = dict.fromkeys(html.unescape(cell) for cell in OWN_CELL.findall(text))
        found = [lines[cell] for cell in shown if cell in lines]
        (root / path / "cells.csv").write_text("".join([lines[""], *found]), "utf-8")


def _write_page(root: Path, page: Page, language: str, shared: dict[str, Any]) -> str:
    prefix = LANGUAGES[language]
    other = "id" if language == "en" else "en"
    context = {
        **shared,
        **page.context,
        "language": language,
        "prefix": f"/{prefix}",
        "path": page.path,
        "section": page.path.split("/")[0],
        "other": other,
        "other_url": f"/{LANGUAGES[other]}{page.path}",
        "site": settings.SITE_ADDRESS,
    }
    folder = root / prefix / page.path
    folder.mkdir(parents=True, exist_ok=True)
    text = render_to_string(f"portal/public/{page.template}", context)
    (folder / "index.html").write_text(text, "utf-8")
    return text


def write_around(root: Path, paths: Sequence[str]) -> None:
    site = settings.SITE_ADDRESS
    (root / "robots.txt").write_text(
        "User-agent: *\nDisallow: /desk/\nDisallow: /accounts/\n"
        + (f"Sitemap: {site}/sitemap.xml\n" if site else ""),
        "utf-8",
    )
    if site:  # An address in a sitemap is whole, or none is read.
        addresses = [f"{site}/{prefix}{path}" for path in paths for prefix in LANGUAGES.values()]
        entries = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
        (root / "sitemap.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>\n',
            "utf-8",
        )
    if contact := settings.SECURITY_CONTACT:
        known = root / ".well-known"
        known.mkdir(exist_ok=True)
        (known / "security.txt").write_text(
            f"Contact: {contact}\nPreferred-Languages: id, en\nExpires: {assets.in_a_year()}\n",
            "utf-8",
        )
