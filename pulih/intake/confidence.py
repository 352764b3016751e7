"""How sure the reader is of a sheet's layout and of each column, and what it might be instead."""

from typing import Any

from pulih.intake import headings, names, quick
from pulih.intake.work import SheetRows

ASK_BELOW = 0.75  # Below it the office should be asked.
EXPLAINED, BY_TICKS, BY_VALUES, BY_VALUES_ALONE = 1.0, 0.9, 0.8, 0.7
BY_SCORE = ((100, 0.99), (97, 0.96), (95, 0.92), (90, 0.85), (0, 0.8))
OF_A_FORM, CARRIED_ON, WITH_UNREAD = 0.85, 0.7, 0.9
UNREADABLE = ("unreadable", "wrong_length", "digits_lost")


def of_columns(work: SheetRows) -> dict[str, float]:
    """Return how sure each recognised heading's column is, from 0 to 1."""
    names = work.assignment.taken()
    return {
        work.assignment.written[position]: round(_of_column(work, name, position), 2)
        for position, name in sorted(names.items())
        if position in work.assignment.written
    }


def _of_column(work: SheetRows, name: str, position: int) -> float:
    heading = work.table.headings[position] or ""
    said = {headings.normal(heading), headings.normal(work.assignment.written[position])}
    if said & work.explained:
        return EXPLAINED
    match = work.kind.dictionary.match(heading)
    choices = {one.position for one in work.assignment.choices}
    if position in choices or position in work.assignment.parts:
        sure = BY_TICKS
    elif (match is None and name not in work.kind.dictionary.possible(heading)) or (
        name == "business_name" and _may_be_people(work, position)
    ):
        sure = BY_VALUES_ALONE
    elif match is None or match.name != name:
        sure = BY_VALUES
    else:
        sure = next(value for least, value in BY_SCORE if match.score >= least)
    return sure * (0.4 + 0.6 * _readable(work, name))


def _may_be_people(work: SheetRows, position: int) -> bool:
    """Say whether a bare `Nama` may as well be the owners': hardly a name tells of a firm."""
    heading = headings.normal((work.table.headings[position] or "").rpartition(" / ")[2])
    is_bare = heading in headings.OF_NAMES and "owner_name" not in work.assignment.recognised
    return is_bare and not names.tell_of_firms(work.raw["business_name"])


def _readable(work: SheetRows, name: str) -> float:
    """Return the share of a column's filled cells that could be read as it."""
    raw = work.raw.get(name)
    filled = raw.count() if raw is not None else 0
    if not filled:
        return 1.0
    refused = sum(
        count
        for part in work.found
        if part.height and part["column"][0] == name
        for rule, count in part["rule"].value_counts().iter_rows()
        if rule in UNREADABLE
    )
    return max(0.0, 1 - int(refused) / filled)


def of_layout(work: SheetRows) -> float:
    """Return how sure it is that the table was found and its rows distinguished, from 0 to 1.

    Sure is a table most of whose filled columns have known headings, one of them a key.
    """
    filled = {i for i, name in work.assignment.written.items() if name}
    known = set(work.assignment.taken())
    share = len(known & filled) / len(filled) if filled else 0.0
    keys = [name for name in work.kind.keys if name in work.assignment.recognised]
    columns = of_columns(work)
    by_position = {work.assignment.written.get(i): i for i in known}
    best = max(
        (
            columns[heading]
            for heading, i in by_position.items()
            if heading in columns and work.assignment.taken()[i] in keys
        ),
        default=0.5,
    )
    sure = best * (0.7 + 0.3 * min(1.0, share * 1.25)) * (1 - _rejected(work) / 2)
    if work.moved:
        sure *= OF_A_FORM
    if work.table.last < 0:
        sure *= CARRIED_ON
    if any("table_not_read" in part["rule"].to_list() for part in work.told):
        sure *= WITH_UNREAD
    return round(sure, 2)


def _rejected(work: SheetRows) -> float:
    """Return the share of rows without a key."""
    keys = [quick.is_blank(work.values[name]) for name in work.kind.keys if name in work.values]
    if not keys or not work.height:
        return 0.0
    return int(quick.all_of(keys).sum()) / work.height


def summary(works: list[SheetRows]) -> dict[str, Any]:
    """Return what `--json` says: by sheet, of layout and columns, and what the office is asked."""
    layout: dict[str, float] = {}
    columns: dict[str, dict[str, float]] = {}
    asked: list[dict[str, Any]] = []
    for work in works:
        label = work.sheet.label
        layout[label] = min(layout.get(label, 1.0), of_layout(work))
        found = columns.setdefault(label, {})
        for heading, sure in of_columns(work).items():
            found.setdefault(heading, sure)
            if sure < ASK_BELOW:
                asked.append(_question(work, heading, sure))
    return {"layout": layout, "columns": columns, "ask_below": ASK_BELOW, "asked": asked}


def _question(work: SheetRows, heading: str, sure: float) -> dict[str, Any]:
    """Return one question: the heading, what it was taken for and what else it may mean."""
    position = next(i for i, text in work.assignment.written.items() if text == heading)
    name = work.assignment.taken()[position]
    return {
        "sheet": work.sheet.label,
        "heading": heading,
        "column": name,
        "confidence": sure,
        "instead": [*instead_of(work, heading, name), None],
    }


def instead_of(work: SheetRows, heading: str, name: str | None) -> list[str]:
    """Return what else a heading may mean than the column it was taken for."""
    dictionary = work.kind.dictionary
    match = dictionary.match(heading)
    likely = [match.name] if match else []
    found = dict.fromkeys([*likely, *dictionary.possible(heading)])
    return [one for one in found if one != name]
