"""Forms of one firm, a label and its value beside each other, read as a list of one row a form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from pulih.intake import not_data, refusals
from pulih.intake.cells import Sheet, address
from pulih.intake.headings import Dictionary
from pulih.intake.kinds import IMPACT, Kind
from pulih.intake.layout import Table, find
from pulih.intake.readings.reading import read
from pulih.intake.readings.words import FREE

MOST_ROWS = 2_000
MOST_COLUMNS = 24
LEAST_LABELS = 3
LEAST_HEADED = 4  # So many known headings side by side are a list.
FEW_FIRMS = 2  # Values beside one label: more than one is a firm a column.
FIRST_FORM = 100  # Rows within which the first form stands; a list needs no further look.
NUMBER_BEFORE = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s*)+", re.IGNORECASE)
ONLY_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]*$", re.IGNORECASE)
SECTION_NUMBER = re.compile(r"^(?:[ivx]{1,4}|[a-z])[.)]\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A label, the column it stands for if any, and its value's cell (from 0) and text."""

    words: str
    name: str | None
    row: int
    column: int
    value: tuple[int, int] | None
    text: str | None = None


@dataclass
class Form:
    """One filled form: where it begins, counted from 0, and its labels."""

    row: int
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """Forms as a list: one row a form below one row of labels, all below the sheet's own rows.

    rows: the row in which each form begins, counted from 1, by its row in the list.
    cells: where each cell of the list stands in the office's sheet, by its address in the list.
    """

    sheet: Sheet
    table: Table
    rows: dict[int, int]
    cells: dict[str, str]

    def heads(self) -> Sheet:
        """Return the list alone, which tells what kind of list it is."""
        return replace(self.sheet, cells=self.sheet.cells.slice(self.table.first))


def as_list(sheet: Sheet, kind: Kind | None) -> Listed | None:
    """Return the forms of a sheet as a list; None if it holds none."""
    if sheet.cells.height > MOST_ROWS or sheet.cells.width > MOST_COLUMNS:
        return None
    asked = kind or IMPACT
    if asked.keys != IMPACT.keys:
        return None
    begins = _labels(sheet.cells.head(FIRST_FORM), asked.dictionary)
    if not _is_form(begins, asked):
        return None
    labels = _labels(sheet.cells, asked.dictionary)
    if not _is_form(labels, asked) or _is_rather_a_list(sheet, labels, asked):
        return None
    if _is_sideways(sheet, labels, asked):
        raise refusals.lies_on_its_side(sheet.label)
    forms = _forms(labels)
    return _listed(sheet, [form for form in forms if _names(form.labels) & set(asked.keys)])


def _labels(cells: pl.DataFrame, dictionary: Dictionary) -> list[Label]:
    """Find what reads like a label with a place for its value at its right.

    None at all where a row heads a list: asking every cell of a list would take long.
    """
    labels: list[Label] = []
    section = ""
    rows = cells.rows()
    for number, row in enumerate(rows):
        filled = [(i, cell) for i, cell in enumerate(row) if cell is not None]
        if len(filled) == 1 and ":" not in filled[0][1]:
            section = filled[0][1]
        if len(filled) > 1 and not_data.is_signed(row):
            continue
        found = list(_labels_of(filled, number, section, dictionary))
        if number + 1 < len(rows) and _heads_a_list(found, rows[number + 1]):
            return []
        labels += found
    return labels


def _labels_of(
    filled: list[tuple[int, str]], row: int, section: str, dictionary: Dictionary
) -> Iterator[Label]:
    if len(filled) == 1 and (one := _in_one_cell(*filled[0], row, section, dictionary)):
        yield one
        return
    if len(filled) == 1 and SECTION_NUMBER.match(filled[0][1]):
        return  # `II. LOKASI` stands over labels and is none.
    names = [_meaning(cell, section, dictionary) for _, cell in filled]
    index = 0
    while index < len(filled):
        column, cell = filled[index]
        if ONLY_NUMBER.match(cell) or cell.strip() == ":":
            index += 1
            continue
        after = index + 1
        has_colon = cell.rstrip().endswith(":")
        while after < len(filled) and filled[after][1].strip() == ":":
            has_colon, after = True, after + 1
        if after < len(filled) and filled[after][1].lstrip().startswith(":"):
            has_colon = True
        if names[index] is None and not has_colon:
            index += 1
            continue
        words = _words(cell)
        is_value = after < len(filled) and (
            names[after] is None
            or has_colon
            or _answers(names[index], filled[after][1], dictionary)
        )
        value = (row, filled[after][0]) if is_value else None
        heading = f"{_words(section)} / {words}" if _needs(words, dictionary) else words
        text = filled[after][1] if is_value else None
        yield Label(heading, names[index], row, column, value, text)
        index = after + 1 if is_value else after


def _answers(name: str | None, cell: str, dictionary: Dictionary) -> bool:
    """Say whether a cell is what a label asks for, though it reads like a label: `Laki-laki`."""
    column = next((one for one in dictionary.columns if one.name == name), None)
    if column is None or column.reading in FREE:
        return False
    result = read(pl.Series([cell]), None, column.reading)
    return result.values[0] is not None and not len(result.rules)


def _in_one_cell(
    column: int, cell: str, row: int, section: str, dictionary: Dictionary
) -> Label | None:
    """Read `Nama Usaha : Tempe Sanan`, a label and its value in one cell."""
    left, colon, right = cell.partition(":")
    if not colon or not right.strip() or len(left) > 40:
        return None
    name = _meaning(left, section, dictionary)
    return Label(_words(left), name, row, column, (row, column), right) if name else None


def _words(cell: str) -> str:
    return NUMBER_BEFORE.sub("", cell.strip().rstrip(":").strip()) or cell.strip()


def _meaning(cell: str, section: str, dictionary: Dictionary) -> str | None:
    """Return the column that a label stands for, if any."""
    words = _words(cell)
    if len(words) > 80:
        return None
    match = dictionary.match(words, fuzzy=False)
    if match is None and section:
        match = dictionary.match(f"{_words(section)} / {words}", fuzzy=False)
    return match.name if match else None


def _needs(words: str, dictionary: Dictionary) -> bool:
    """Say whether a label (`Laki-laki`, `Nama`) says something only under its section."""
    return dictionary.match(words, fuzzy=False) is None


def _is_form(labels: list[Label], kind: Kind) -> bool:
    """Say whether labels run down the sheet, with a name among them, and no heading row is richer.

    In a list labels stand side by side; above a list they name places and days, and no firm.
    """
    told = [label for label in labels if label.name and label.value]
    names = {label.name for label in told}
    if len(names) < LEAST_LABELS or not names & set(kind.keys):
        return False
    by_row: dict[int, set[str]] = {}
    for label in labels:
        if label.name:
            by_row.setdefault(label.row, set()).add(label.name)
    rows_told = {label.row for label in told}
    if len(rows_told) < LEAST_LABELS or max(len(one) for one in by_row.values()) >= len(names):
        return False
    first = min(label.column for label in told)
    starts = by_row.keys() & {label.row for label in labels if label.column == first}
    return len(starts) * 2 >= len(by_row)


def _is_rather_a_list(sheet: Sheet, labels: list[Label], kind: Kind) -> bool:
    """Say whether rows of headings tell of more than the labels do: halves of words mislead."""
    table = find(sheet, kind.dictionary)
    return table is not None and table.score > max(LEAST_HEADED, len(_names(labels)) + 1)


def _is_sideways(sheet: Sheet, labels: list[Label], kind: Kind) -> bool:
    """Say whether labels at the left have a value in several columns: a firm a column."""
    left = min((label.column for label in labels if label.name), default=0)
    wide = {
        label.name
        for label in labels
        if label.name and label.column == left and _beside(sheet, labels, label) >= FEW_FIRMS
    }
    return len(wide) >= LEAST_LABELS and bool(wide & set(kind.keys))


def _beside(sheet: Sheet, labels: list[Label], label: Label) -> int:
    """Return how many cells stand right of a label; 0 if one of them is a label itself."""
    if any(other.row == label.row and other.column > label.column for other in labels):
        return 0
    return sum(cell not in (None, ":") for cell in sheet.cells.row(label.row)[label.column + 1 :])


def _heads_a_list(labels: list[Label], below: tuple[str | None, ...]) -> bool:
    """Say whether the labels of a row, three and more, some without values, stand over a list."""
    names = {label.name for label in labels if label.name}
    bare = sum(label.name is not None and label.value is None for label in labels)
    return len(names) >= 3 and bare >= 2 and sum(cell is not None for cell in below) >= 3


def _names(labels: list[Label]) -> set[str]:
    return {label.name for label in labels if label.name and label.value}


def _forms(labels: list[Label]) -> list[Form]:
    """Cut the labels into forms: a new one begins where the first of its labels comes again."""
    forms: list[Form] = []
    for label in labels:
        again = forms and any(
            label.name and label.name == one.name and label.words == one.words
            for one in forms[-1].labels
        )
        if not forms or again:
            forms.append(Form(label.row))
        forms[-1].labels.append(label)
    return forms


def _listed(sheet: Sheet, forms: list[Form]) -> Listed | None:
    """Write the forms as one list, and note where each of its cells stands in the sheet."""
    if not forms:
        return None
    headings: dict[str, int] = {}
    cells: dict[str, str] = {}
    above = sheet.cells.height  # So that no cell of the list bears the address of another one.
    lines: list[dict[int, str | None]] = []
    flags: list[dict[int, bool]] = []
    for number, form in enumerate(forms):
        line: dict[int, str | None] = {}
        numbers: dict[int, bool] = {}
        for label in form.labels:
            at = headings.setdefault(label.words, len(headings))
            cells.setdefault(address(above + 1, at), address(label.row + 1, label.column))
            row, column = label.value or (label.row, label.column)
            cells.setdefault(address(above + number + 2, at), address(row + 1, column))
            if label.value and at not in line:
                line[at] = (label.text or "").strip().lstrip(":").strip() or None
                numbers[at] = bool(sheet.numeric is not None and sheet.numeric[row, column])
        lines.append(line)
        flags.append(numbers)
    return _written(sheet, forms, list(headings), lines, flags, cells)


def _written(
    sheet: Sheet, forms: list[Form], headings: list[str], lines: list[dict[int, str | None]],
    flags: list[dict[int, bool]], cells: dict[str, str],
) -> Listed:  # fmt: skip
    width = range(len(headings))
    above = sheet.cells.height
    texts = {
        str(i): pl.Series(
            [*[None] * above, headings[i], *(line.get(i) for line in lines)], dtype=pl.String
        )
        for i in width
    }
    numbers = {
        str(i): pl.Series(
            [*[False] * above, False, *(flag.get(i, False) for flag in flags)], dtype=pl.Boolean
        )
        for i in width
    }
    numeric = pl.DataFrame(numbers) if sheet.numeric is not None else None
    listed = Sheet(sheet.name, pl.DataFrame(texts), numeric, (), sheet.hidden)
    titles = tuple(
        (row, column, cell)
        for row in range(forms[0].row)
        for column, cell in enumerate(sheet.cells.row(row))
        if cell is not None
    )
    found = tuple(headings)
    table = Table(found, (found,), above, above, titles, float(len(headings)))
    rows = {above + number + 2: form.row + 1 for number, form in enumerate(forms)}
    return Listed(listed, table, rows, cells)
