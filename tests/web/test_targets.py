"""Where the answer of a part of a page goes: HTMX takes a target from the elements around it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pulih

ROOT = Path(pulih.__file__).parent
TAGS_OF_DJANGO = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
EMPTY = {"input", "br", "hr", "img", "link", "meta", "wbr", "source"}


class Targets(HTMLParser):
    """Notes what asks by itself, names no target, and stands in an element that names one."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[tuple[str, bool]] = []
        self.inherited: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = {name for name, _value in attrs}
        asks = bool(names & {"hx-get", "hx-post"})
        if asks and "hx-target" not in names and any(has for _tag, has in self.around):
            self.inherited.append(self.get_starttag_text())
        if tag not in EMPTY:
            self.around.append((tag, "hx-target" in names))

    def handle_endtag(self, tag):
        if tag in (one for one, _has in self.around):
            while self.around.pop()[0] != tag:
                pass


def inherited(markup):
    reader = Targets()
    reader.feed(TAGS_OF_DJANGO.sub("", markup))
    return reader.inherited


def test_no_answer_takes_the_place_of_the_form_around_its_part():
    found = {
        path.relative_to(ROOT).as_posix(): those
        for path in ROOT.glob("*/templates/**/*.html")
        if (those := inherited(path.read_text()))
    }
    assert found == {}


def test_a_part_without_a_target_of_its_own_is_found():
    form = '<form hx-post="/a" hx-target="#all"><div hx-get="/b"{}></div></form>'
    assert len(inherited(form.format(""))) == 1
    assert inherited(form.format(' hx-target="this"')) == []
    assert inherited('<form hx-post="/a" hx-target="#all"></form><div hx-get="/b"></div>') == []
