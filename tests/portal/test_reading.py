"""What a stranger reads on the pages of a release, without a mouse and without being told."""

import dataclasses
import html
import re

import polars as pl
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from pulih.portal import site
from pulih.portal.pages import contents
from pulih.portal.pages.book import book_of
from pulih.portal.pages.rows import Shelf
from tests.make import portal as make

pytestmark = pytest.mark.django_db
MARKED = re.compile(r'<abbr title="([^"]+)"[^>]*>(\[\w\])</abbr>')
world = make.country


def pages_on_show():
    root = site.current() / "site"
    return {page.relative_to(root).as_posix(): page.read_text() for page in root.rglob("*.html")}


def shelf_of(release):
    book = book_of(release)
    return Shelf(book, [book], [], site.current() / "site")


def test_every_marker_is_explained_in_words_on_its_page(release):
    """A title is seen by those who have a mouse: on a phone the words must stand on the page."""
    seen = set()
    for name, text in pages_on_show().items():
        words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        for meaning, marker in MARKED.findall(text):
            seen.add(marker)
            assert f"{marker} {meaning}" in words, (name, marker)
    assert {"[c]", "[x]"} <= seen


def test_every_cell_of_a_wide_table_carries_its_heading_for_narrow_screens(release):
    """On a phone a row becomes a block: nothing that a citizen came for lies beyond the edge."""
    stacked = 0
    for name, text in pages_on_show().items():
        for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
            heads, body = table.split("</thead>")
            if heads.count('scope="col"') <= 3:
                continue
            stacked += 1
            assert re.match(r'<table class="[^"]*\bstack\b', table), name
            for cell in re.findall(r"<td[^>]*>", body):
                assert re.search(r'data-l="[^"]+"', cell), (name, cell)
    assert stacked > 20
    figure = pages_on_show()["figures/affected_firms/index.html"]
    assert 'data-l="Koreksi" class="none"' in figure  # A heading beside nothing is left out.


def test_a_release_opens_as_a_list_of_its_files_and_not_as_code(release):
    """Whoever chooses a release reads names of files; a manifest is for programs."""
    folder = f"/data/r/{release.number}/"
    for name in ("data/index.html", "en/figures/help_paid/index.html", "releases/index.html"):
        assert f'<a href="{folder}">' in pages_on_show()[name], name
    data = pages_on_show()["en/data/index.html"]
    assert '<a href="/data/latest/">' in data
    assert ">HTML</a>" not in data  # The list of the files is none of the tables.


def test_which_counts_include_each_other_is_said_where_method_and_figures_are_explained(release):
    """Two figures that are subtracted are a third one, which is protected as well."""
    pages = pages_on_show()
    (line,) = re.findall(r'<li>\s*<a href="/en/figures/known_firms/">.*?</li>',
                         pages["en/about/index.html"], re.DOTALL)  # fmt: skip
    assert 'href="/en/figures/affected_firms/"' in line
    assert 'href="/en/figures/helped_firms/"' in line
    part = pages["en/figures/affected_firms/index.html"].split("<dt>Part of</dt>")[1]
    assert 'href="/en/figures/known_firms/"' in part.split("</dd>")[0]
    whole = pages["en/figures/known_firms/index.html"].split("<dt>Includes</dt>")[1]
    assert 'href="/en/figures/affected_firms/"' in whole.split("</dd>")[0]
    assert "<dt>Part of</dt>" not in pages["en/figures/help_paid/index.html"]


def test_a_quotation_says_how_much_and_where_it_will_still_stand(release):
    """The address of a figure shows the newest release; the file of this one never changes."""
    page = pages_on_show()["en/figures/affected_firms/index.html"]
    quoted = page.split("To quote it", 1)[1].split("</dd>", 1)[0]
    number = re.search(r'Indonesia: <b><a[^>]*><data value="(\d+)"', page)
    assert number
    assert f'<data value="{number[1]}"' in quoted
    assert f"/data/r/{release.number}/impact.csv" in quoted
    assert "/en/figures/affected_firms/" in quoted


def test_the_figures_of_a_place_are_quoted_with_its_name_and_address(release):
    for address in ("places/32", "en/places/32"):
        page = pages_on_show()[f"{address}/index.html"]
        quoted = page.split('id="quote"', 1)[1].split("</section>", 1)[0]
        assert re.search(r", Jawa Barat: <a[^>]*><data value=\"\d+\"", quoted), address
        assert f"/{address}/" in quoted
        assert release.number in quoted
    hidden = pages_on_show()["places/3204/index.html"]
    assert 'id="quote"' not in hidden  # What is hidden is not quoted.


def test_the_table_of_a_page_holds_its_own_figures_and_no_others(release):
    """A link under a card that loads every figure of the country helps nobody to check one."""
    root = site.current() / "site"
    every = pl.read_csv(root / "data/latest/cells.csv", infer_schema=False)
    for address in ("", "places/32/", "figures/affected_firms/", "money/"):
        text = (root / address / "index.html").read_text()
        assert f'href="/{address}cells.csv"' in text, address
        assert f'href="/{address}cells.csv"' in (root / "en" / address / "index.html").read_text()
        own = pl.read_csv(root / address / "cells.csv", infer_schema=False)
        shown = {html.unescape(one) for one in re.findall(r'data-cell="([^"]+)"', text)}
        assert set(own["cell"]) == shown & set(every["cell"]), address
        same = own.select("cell").join(every, on="cell", maintain_order="left")
        assert own.fill_null("").equals(same.fill_null("")), address


def test_the_map_is_told_in_words_and_hidden_cells_say_of_what(release):
    front, figure = (
        pages_on_show()[f"en/{one}index.html"] for one in ("", "figures/affected_firms/")
    )
    assert "Colour: affected firms" in front
    assert re.search(r"\d+ cells? of “Affected firms in the register” (is|are) hidden", figure)


def test_the_notice_above_a_table_counts_the_hidden_cells_of_that_table(release):
    """What is divided further is hidden elsewhere: 414 above a table of 13 rows misleads."""
    section = pages_on_show()["en/places/32/index.html"].split('aria-labelledby="regencies"')[1]
    notice, table = section.split("<table", 1)
    told = re.search(r"(\d+) cells? of this table (?:is|are) hidden", notice)
    assert told
    assert int(told[1]) == table.split("</table>")[0].count(">[c]<")


def test_the_sentence_of_a_province_says_what_arrived_where_it_is_known(release):
    """Promised and paid is not yet received: whoever asks what came reads it in the first lines."""
    known = dataclasses.replace(
        shelf_of(release).book.number("affected_firms", "32"), value=261, marker=""
    )
    page = next(one for one in contents.pages(shelf_of(release)) if one.path == "places/32/")
    for trained, words in ((known, "261"), (page.context["trained"], None)):
        context = {**page.context, "trained": trained, "prefix": "/", "release": release}
        with translation.override("id"):
            text = render_to_string("portal/public/place.html", context)
        lead = text.split('<p class="lead">')[1].split("</p>")[0]
        assert ("orang ikut pelatihan" in lead) == bool(words)
        assert (words or "") in lead
