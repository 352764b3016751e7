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
