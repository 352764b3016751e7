"""What a stranger reads on the pages of a release, without a mouse and without being told."""

import re

import pytest

from pulih.portal import site
from tests.make import portal as make

pytestmark = pytest.mark.django_db
MARKED = re.compile(r'<abbr title="([^"]+)"[^>]*>(\[\w\])</abbr>')
world = make.country


def pages_on_show():
    root = site.current() / "site"
    return {page.relative_to(root).as_posix(): page.read_text() for page in root.rglob("*.html")}


def test_every_marker_is_explained_in_words_on_its_page(release):
    """A title is seen by those who have a mouse: on a phone the words must stand on the page."""
    seen = set()
    for name, text in pages_on_show().items():
        words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        for meaning, marker in MARKED.findall(text):
            seen.add(marker)
            assert f"{marker} {meaning}" in words, (name, marker)
    assert {"[c]", "[x]"} <= seen


def test_a_release_opens_as_a_list_of_its_files_and_not_as_code(release):
    """Whoever chooses a release reads names of files; a manifest is for programs."""
    folder = f"/data/r/{release.number}/"
    for name in ("data/index.html", "en/figures/help_paid/index.html", "releases/index.html"):
        assert f'<a href="{folder}">' in pages_on_show()[name], name
    data = pages_on_show()["en/data/index.html"]
    assert '<a href="/data/latest/">' in data
    assert ">HTML</a>" not in data  # The list of the files is none of the tables.


def test_a_quotation_says_how_much_and_where_it_will_still_stand(release):
    """The address of a figure shows the newest release; the file of this one never changes."""
    page = pages_on_show()["en/figures/affected_firms/index.html"]
    quoted = page.split("To quote it", 1)[1].split("</dd>", 1)[0]
    number = re.search(r'Indonesia: <b><a[^>]*><data value="(\d+)"', page)
    assert number
    assert f'<data value="{number[1]}"' in quoted
    assert f"/data/r/{release.number}/impact.csv" in quoted
    assert "/en/figures/affected_firms/" in quoted
