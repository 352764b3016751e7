"""Sheets drawn as text, with what they must be read as; `corpus/README.md` tells the signs."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

CORPUS = Path(__file__).parent / "corpus"
NUMBER = re.compile(r"-?\d{1,12}(\.\d+)?")


@dataclass
class Page:
    """One sheet: its cells, merged ranges, and the records that it must give.

    records: (row, number among the firms of that row, value by column).
    """

    name: str | None = None
    cells: list[list[str]] = field(default_factory=list)
    records: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)


@dataclass
class Case:
    title: str
    kind: str = "auto"
    forms: tuple[str, ...] = ("merged", "plain", "csv")
    pages: list[Page] = field(default_factory=list)
    optional: set[str] = field(default_factory=set)
    told: list[tuple[str, str | None]] = field(default_factory=list)
    may_refuse: bool = False
    settings: list[tuple[str, str]] = field(default_factory=list)


def cases() -> Iterator[Case]:
    """Give every case of the corpus; a case of several sheets is no CSV."""
    for path in sorted(CORPUS.glob("*.txt")):
        for block in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
            title, _, drawn = block.partition("\n")
            yield _case(f"{path.stem[0]} {title.strip()}", drawn.splitlines())


def _case(title: str, lines: list[str]) -> Case:
    case = Case(title)
    meanings: list[str] = []
    for line in lines:
        if line[:1] in ("@", "?"):
            _setting(case, line)
        elif line[:2] == ": ":
            meanings = [cell.strip() for cell in line[2:].split("|")]
            _note_optional(case, meanings)
        elif line.strip():
            _draw(case, _page(case), line, meanings)
    if len(case.pages) > 1:
        case.forms = tuple(form for form in case.forms if form != "csv")
    if not any(merges(page.cells) for page in case.pages):  # The same file as without any.
        case.forms = tuple(form for form in case.forms if form != "plain")
    _spread_settings(case)
    return case


def _page(case: Case) -> Page:
    if not case.pages:
        case.pages.append(Page())
    return case.pages[-1]


def _note_optional(case: Case, meanings: list[str]) -> None:
    for place, name in enumerate(meanings):
        if name.startswith("?"):
            meanings[place] = name[1:]
            case.optional.add(name[1:])


def _setting(case: Case, line: str) -> None:
    word, _, rest = line.partition(" ")
    if word == "@sheet":
        case.pages.append(Page(rest))
    elif word == "@kind":
        case.kind = rest
    elif word == "@forms":
        case.forms = ("merged",)
    elif word == "@either":
        case.may_refuse = True
    elif word == "@told":
        rule, _, cell = rest.partition(" at ")
        case.told.append((rule, cell or None))
    elif word == "?col":
        case.optional.add(rest)
    elif word == "?all":
        case.optional.add(rest.partition(":")[0])
    else:
        page = str(len(case.pages))
        case.settings.append((word, f"{page} {rest}" if word == "@all" else rest))


def _spread_settings(case: Case) -> None:
    """Give what holds for a whole sheet to each record of it."""
    for word, rest in case.settings:
        if word != "@all":
            continue
        page, _, told = rest.partition(" ")
        name, _, value = told.partition(": ")
        for _, _, record in case.pages[max(int(page), 1) - 1].records:
            record.setdefault(name, value)


def _draw(case: Case, page: Page, line: str, meanings: list[str]) -> None:
    if line.startswith("="):
        row, _, told = line[1:].partition(" ")
        pairs = dict(part.split(": ", 1) for part in told.split("; "))
        case.optional |= {name[:-1] for name in pairs if name.endswith("?")}
        record = {name.rstrip("?"): value for name, value in pairs.items()}
        page.records.append((int(row), 1, record))
        return
    is_record, drawn = line.startswith("*") and line[1:2] == " ", line
    if is_record:
        drawn = line[1:]
    parts = [part.strip(" ").replace("\\n", "\n") for part in drawn.split("|")]
    if line.strip() == ".":
        parts = []
    shown = [part.partition("=>")[0].strip(" ") for part in parts]
    while shown and not shown[-1]:
        shown.pop()
    page.cells.append(shown)
    if is_record:
        _note_records(page, parts, meanings)


def _note_records(page: Page, parts: list[str], meanings: list[str]) -> None:
    found: dict[int, dict[str, str]] = {}
    for meaning, part in zip(meanings, parts, strict=False):
        name, _, number = meaning.lstrip("!").partition("#")
        raw, arrow, told = part.partition("=>")
        value = (told if arrow else raw).strip().removeprefix("'")
        if name and value:
            found.setdefault(int(number or 1), {})[name] = value
    page.records += [(len(page.cells), number, record) for number, record in found.items()]


def typed(cell: str) -> str | int | float | None:
    """Give a drawn cell as a spreadsheet holds it."""
    if cell in ("", "<", "^"):
        return None
    if cell.startswith("'"):
        return cell[1:]
    if NUMBER.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    return cell


def merges(cells: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """Give the merged ranges that `<` and `^` draw: first row and column, last row and column."""
    found = []
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell in ("<", "^"):
                continue
            right, below = column, row
            while right + 1 < len(line) and line[right + 1] == "<":
                right += 1
            while below + 1 < len(cells) and _at(cells, below + 1, column) == "^":
                below += 1
            if (right, below) != (column, row):
                found.append((row, column, below, right))
    return found


def _at(cells: list[list[str]], row: int, column: int) -> str:
    return cells[row][column] if column < len(cells[row]) else ""


def write(case: Case, form: str, folder: Path) -> Path:
    """Write a case as a workbook with its merged cells, as one without any, or as CSV."""
    if form == "csv":
        path = folder / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            for line in case.pages[0].cells:
                csv.writer(file).writerow(["" if (v := typed(c)) is None else v for c in line])
        return path
    path = folder / "list.xlsx"
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        for number, page in enumerate(case.pages):
            sheet = book.add_worksheet(page.name or f"Sheet{number + 1}")
            _fill(book, sheet, case, page, form)
    return path


def _fill(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, case: Case, page: Page,
    form: str,
) -> None:  # fmt: skip
    settings = dict(case.settings)
    bold = book.add_format({"bold": True, "bg_color": "#FFC000", "border": 1})
    style = bold if "@colours" in settings else None
    if form == "merged":
        for first_row, first, last_row, last in merges(page.cells):
            sheet.merge_range(first_row, first, last_row, last, None)
    for row, line in enumerate(page.cells):
        for column, cell in enumerate(line):
            if (value := typed(cell)) is not None:
                sheet.write(row, column, value, style)
    if "@hide-columns" in settings:
        sheet.set_column(settings["@hide-columns"], None, None, {"hidden": True})
    if "@hide-rows" in settings:
        sheet.set_row(int(settings["@hide-rows"]) - 1, None, None, {"hidden": True})
    if "@filter" in settings:
        sheet.autofilter(settings["@filter"])
