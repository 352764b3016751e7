"""Web pages named `.xls`, also packed as MHT: so do many web applications export their lists.

Tables, and the lines of text around them, stand below each other as a spreadsheet shows them.
"""

import codecs
import email
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pulih.intake import limits, refusals, text_rows
from pulih.intake.cells import Range, Sheet
from pulih.intake.text_rows import Row

BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta|table|style|script|div|center|"
    r"br|p|b|h[1-6])\b",
    re.IGNORECASE,
)
ARCHIVE = re.compile(r"\s*(?:mime-version|from|subject|date|message-id|content-[a-z-]+):", re.I)
HEAD_CHARACTERS = 4096
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
COMMENT = re.compile(r"(?s)<!--.*?(?:-->|\Z)")
UNSHOWN = re.compile(r"(?is)<(script|style|title|xml)\b[^>]*>.*?(?:</\1\s*>|\Z)")
DECLARATION = re.compile(r"<[!?][^>]*>")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
SPAN = re.compile(r"""\b(col|row)span\s*=\s*["']?\s*(\d{1,6})""", re.IGNORECASE)
# The number behind what is shown, as Excel (`x:num`) and LibreOffice (`sdval`) save it.
NUMBER = re.compile(
    r"""\b(?:x:num|sdval)\s*=\s*["']?(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)\b""", re.IGNORECASE
)
BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "ul", "ol", "hr", "body",
     "html", "form", "caption", "pre")
)  # fmt: skip
CELLS, PARTS = ("td", "th"), ("thead", "tbody", "tfoot")
BLANKS = " \t\r\n\u00a0\u200b\ufeff"
WIDEST = 4 * limits.COLUMNS


@dataclass
class _Table:
    """A table that is open.

    cell: the attributes of the open cell. column: where the next one begins. held: by column, how
    many more rows a tall cell takes of it. large: left column, width and height of each cell of
    the row that spans several. spans: merged ranges, which may reach below the table's end.
    """

    words: list[str] = field(default_factory=list)
    cell: str | None = None
    row: Row | None = None
    column: int = 0
    held: dict[int, int] = field(default_factory=dict)
    large: list[tuple[int, int, int]] = field(default_factory=list)
    spans: list[Range] = field(default_factory=list)
    holds_tables: bool = False


def is_page(head: bytes) -> bool:
    """Say whether a file that begins so is a web page, or a table with text before it."""
    text = head.decode(_mark(head) or "utf-8", "replace").removeprefix("\ufeff")[:HEAD_CHARACTERS]
    lowered = text.casefold()
    return (
        BEGINS.match(text) is not None
        or ("<table" in lowered and "<tr" in lowered)
        or _is_archive(text)
    )


def read(path: Path) -> Sheet:
    """Read all tables of a page as one sheet of texts. May refuse."""
    text = _text_of(path.read_bytes())
    if "<table" not in text.casefold():
        raise refusals.not_a_sheet(path.name, ("halaman web", "a web page"))
    page = _Page(path.name)
    for piece, tag in _pieces(text):
        page.text(piece)
        if tag:
            page.tag(bool(tag[1]), tag[2].lower(), tag[3])
    page.end()
    return page.sheet()


def _mark(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else ""


def _is_archive(head: str) -> bool:
    lowered = head.casefold()
    return ARCHIVE.match(head) is not None and "mime-version:" in lowered and "html" in lowered


def _text_of(content: bytes) -> str:
    """Return the text of a page, or of all pages of an archive, a blank row between them."""
    if not _is_archive(content[:HEAD_CHARACTERS].decode("utf-8", "replace")):
        return _decoded(content)
    pages = []
    for part in email.message_from_bytes(content).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            pages.append(_decoded(page, part.get_content_charset()))
    return "<br>".join(pages)


def _decoded(content: bytes, charset: str | None = None) -> str:
    """Return the text by its mark, by what it declares where that is so, else as Windows-1252."""
    declared = CHARSET.search(content[:HEAD_CHARACTERS])
    names = [_mark(content), charset, declared[1].decode("ascii") if declared else "", "utf-8"]
    for name in filter(None, names):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError):
            continue
    return content.decode("cp1252", "replace")


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield each stretch of text with the tag behind it; None behind the last."""
    for pattern in (COMMENT, UNSHOWN, DECLARATION):
        text = pattern.sub("", text)
    at = 0
    for tag in TAG.finditer(text):
        yield text[at : tag.start()], tag
        at = tag.end()
    yield text[at:], None


class _Page:
    """Lays out cells while tags and texts go by; an end tag that lacks is no fault."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.merged: list[Range] = []
        self.tables: list[_Table] = []
        self.words: list[str] = []

    def text(self, piece: str) -> None:
        if piece and (not self.tables or self.tables[-1].cell is not None):
            words = self.tables[-1].words if self.tables else self.words
            words.append(re.sub(r"[ \t\r\n]+", " ", piece))

    def tag(self, is_end: bool, name: str, attributes: str) -> None:
        table = self.tables[-1] if self.tables else None
        if name == "table":
            self._end_table() if is_end else self._begin_table()
        elif table is None:
            self._outside(name)
        elif name == "br" or name in BLOCKS:
            table.words.append("\n")
        elif name in PARTS or name == "tr":
            self._end_row(table)
            if name == "tr" and not is_end:
                table.row = []
        elif name in CELLS:
            self._end_cell(table)
            if not is_end:
                table.cell = attributes
                table.row = [] if table.row is None else table.row

    def end(self) -> None:
        while self.tables:
            self._end_table()
        self._end_line()

    def sheet(self) -> Sheet:
        """Return all cells; texts that the page gives as numbers count as such."""
        return text_rows.sheet(self.name, None, self.rows, self.merged)

    def _begin_table(self) -> None:
        if not self.tables:
            self._end_line()
        else:
            self.tables[-1].holds_tables = True
        self.tables.append(_Table())

    def _end_table(self) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        self._end_row(table)
        last = len(self.rows) - 1
        self.merged += [(top, (min(row, last), column)) for top, (row, column) in table.spans]
        self.tables.pop()

    def _outside(self, name: str) -> None:
        """End a line of text outside of all tables; a break without text is a blank row."""
        if name == "br" and not "".join(self.words).strip(BLANKS):
            self.words.clear()
            if self.rows:
                self._add([])
        elif name == "br" or name in BLOCKS:
            self._end_line()

    def _end_line(self) -> None:
        text = _shown(self.words)
        self.words.clear()
        if text is not None:
            self._add([(0, text, False)])

    def _end_cell(self, table: _Table) -> None:
        if table.cell is None or table.row is None:
            return
        spans = {kind.lower(): int(count) for kind, count in SPAN.findall(table.cell)}
        while table.held.get(table.column, 0) > 0:
            table.column += 1
        left = table.column
        if left > WIDEST:
            raise refusals.too_many(self.name, ("kolom", "columns"), limits.COLUMNS)
        wide = max(1, min(spans.get("col", 1), WIDEST - left))
        tall = max(1, spans.get("row", 1))
        number, text = NUMBER.search(table.cell), _shown(table.words)
        table.row.append((left, text_rows.plain(number[1]) if number else text, number is not None))
        if wide > 1 or tall > 1:
            table.large.append((left, wide, tall))
        table.column = left + wide
        table.words.clear()
        table.cell = None

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.row is None:
            return
        at = len(self.rows)
        if not table.holds_tables:
            table.held = {column: rows - 1 for column, rows in table.held.items() if rows > 1}
            for left, wide, tall in table.large:
                table.spans.append(((at, left), (at + tall - 1, left + wide - 1)))
                table.held |= dict.fromkeys(range(left, left + wide), tall - 1)
            self._add(table.row)
        elif any(text is not None for _, text, _ in table.row):
            self._add(table.row)  # A page laid out by a table: its rows have no fixed height.
        table.row, table.column = None, 0
        table.large.clear()

    def _add(self, row: Row) -> None:
        self.rows.append(row)
        text_rows.refuse_more(self.name, len(self.rows))


def _shown(words: list[str]) -> str | None:
    lines = (html.unescape(line).strip(BLANKS) for line in "".join(words).split("\n"))
    return "\n".join(filter(None, lines)) or None
