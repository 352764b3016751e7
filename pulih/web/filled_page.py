"""Fill a form of a page that is already drawn with what somebody had typed into it before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

Typed = Mapping[str, list[str]]
NOT_FILLED = ("password", "file", "submit", "button", "image", "reset")
CHOSEN = ("checkbox", "radio")


@dataclass
class Field:
    """One input, option or textarea: where it stands in the page, its attributes."""

    name: str
    kind: str
    value: str
    start: int
    end: int
    close: int = 0  # Where the text of a textarea ends.


@dataclass
class PageForm:
    """A posting form of the page. opened: where what stands in it begins.

    actions: where it goes, by itself and by buttons that lead elsewhere.
    """

    actions: set[str]
    opened: int
    fields: list[Field] = field(default_factory=list)
    buttons: set[str] = field(default_factory=set)

    def likeness(self, typed: Typed) -> int:
        """Return how many hidden values are those that were sent: forms of rows differ in them."""
        hidden = [one for one in self.fields if one.kind == "hidden"]
        return sum(one.value in typed.get(one.name, ()) for one in hidden)


def filled(
    page: str, address: str, target: str, typed: Typed, *, left: Iterable[str]
) -> tuple[str, int, list[str]] | None:
    """Return the page with its form filled, where the form begins, and what found no field.

    address: of the page; target: where the form goes; left: names that stay as they are drawn.
    None where the page holds no such form.
    """
    reader = _Forms(page)
    same = [one for one in reader.forms if target in {urljoin(address, to) for to in one.actions}]
    if not same:
        return None
    form = max(same, key=lambda one: one.likeness(typed))
    untouched = set(left)
    edits = _edits(page, form, typed, untouched)
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    known = {one.name for one in form.fields} | form.buttons | untouched
    rest = [text for name in typed if name not in known for text in typed[name] if text]
    return page, form.opened, rest


def _edits(
    page: str, form: PageForm, typed: Typed, untouched: set[str]
) -> list[tuple[int, int, str]]:
    edits: list[tuple[int, int, str]] = []
    used: dict[str, int] = defaultdict(int)
    for one in form.fields:
        values = typed.get(one.name)
        if one.name in untouched or one.kind in NOT_FILLED:
            continue
        tag = page[one.start : one.end]
        if one.kind in CHOSEN:
            is_chosen = one.value in (values or ())
            edits.append((one.start, one.end, _marked(tag, "checked", is_chosen)))
        elif values is None:
            continue
        elif one.kind == "option":
            edits.append((one.start, one.end, _marked(tag, "selected", one.value in values)))
        else:
            text = values[min(used[one.name], len(values) - 1)]
            used[one.name] += 1
            if one.kind != "textarea" and text == one.value:
                continue
            if one.kind == "textarea":
                edits.append((one.end, one.close, "\n" + escape(text)))
            else:
                edits.append((one.start, one.end, _valued(tag, text)))
    return edits


def _valued(tag: str, text: str) -> str:
    return _with(_without(tag, "value"), f'value="{escape(text)}"')


def _marked(tag: str, mark: str, is_set: bool) -> str:
    bare = _without(tag, mark)
    return _with(bare, mark) if is_set else bare


def _without(tag: str, name: str) -> str:
    return re.sub(rf"""\s{name}(=("[^"]*"|'[^']*'|[^\s>]*))?(?=[\s/>])""", "", tag)


def _with(tag: str, words: str) -> str:
    end = "/>" if tag.endswith("/>") else ">"
    return f"{tag[: -len(end)].rstrip()} {words}{end}"


class _Forms(HTMLParser):
    """Reads the posting forms of a page and where their fields stand in its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.area: Field | None = None
        self.select = ""
        self.lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self.feed(page)

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        start = self._here()
        end = start + len(self.get_starttag_text() or "")
        if tag == "form":
            posts = said.get("method", "").lower() == "post"
            self.form = PageForm({said.get("action", "")}, end) if posts else None
            self.forms += [self.form] if self.form else []
        elif self.form is not None:
            self._field(self.form, tag, said, start, end)

    def _field(self, form: PageForm, tag: str, said: dict[str, str], start: int, end: int) -> None:
        name, kind = said.get("name", ""), said.get("type", "text").lower()
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            form.fields.append(Field(self.select, tag, said.get("value", ""), start, end))
        elif tag == "button":
            form.actions |= {said["formaction"]} if "formaction" in said else set()
            form.buttons.add(name)
        elif tag == "textarea" and name:
            self.area = Field(name, tag, "", start, end)
            form.fields.append(self.area)
        elif tag == "input" and name:
            usual = "on" if kind in CHOSEN else ""
            form.fields.append(Field(name, kind, said.get("value", usual), start, end))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.area:
            self.area.close, self.area = self._here(), None
