"""The posting forms of a page as a browser would fill and send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from pulih.web.versions import FIELD


@dataclass
class Drawn:
    """A form that posts. values: what is sent as it stands; names: of all its fields."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @property
    def version(self) -> str:
        """Return the version that an edit form carries; blank of others."""
        return next((v[0] for name, v in self.values.items() if name.endswith(FIELD)), "")

    def add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


def forms_of(page: str) -> list[Drawn]:
    reader = _Reader()
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Drawn] = []
        self.form: Drawn | None = None
        self.select = self.area = ""
        self.options: list[tuple[str, bool]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Drawn(said.get("action", "")) if said.get("method") == "post" else None
            if self.form:
                self.found.append(self.form)
        if self.form is None:
            return
        if tag == "input" and said.get("name"):
            self._input(said)
        elif tag == "select":
            self.select, self.options = said.get("name", ""), []
            self.form.names.add(self.select)
        elif tag == "option":
            self.options.append((said.get("value", ""), "selected" in said))
        elif tag == "textarea":
            self.area, self.text = said.get("name", ""), ""
            self.form.names.add(self.area)

    def _input(self, said: dict[str, str]) -> None:
        assert self.form is not None
        self.form.names.add(said["name"])
        kind = said.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in said:
            return
        if kind in ("submit", "button", "file") or "disabled" in said:
            return
        usual = "on" if kind in ("checkbox", "radio") else ""
        self.form.add(said["name"], said.get("value", usual))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.form is None:
            return
        if tag == "textarea" and self.area:
            # A browser leaves out the line that Django writes first.
            self.form.add(self.area, self.text.removeprefix("\n"))
            self.area = ""
        elif tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            for value in chosen or [value for value, _is_chosen in self.options[:1]]:
                self.form.add(self.select, value)
            self.select = ""
        elif tag == "form":
            self.form = None
