"""Judge how a folder of lists is read against the truth that their writers noted beside them.

    python -m tests.intake.judge FOLDER [NAME ...]

Beside each list stands NAME.json: `file`, `kind`, `columns` (`SHEET!LETTER` or `CSV:NUMBER` from 1,
each a column of the contract or null), `rows` (`sheet`, `row` and the values of one firm), `loose`
(columns with several right readings, not judged), `doubtful` (`SHEET!C12 …`: to be right or told).
"""

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from pulih.common.errors import Refusal
from pulih.intake import Intake, read
from pulih.intake.cells import letters

ON = date(2020, 12, 31)
PLACES = {"regency", "province", "district", "village"}
PLACE_KIND = re.compile(
    r"^(?:kabupaten|kab\b\.?|kota|provinsi|prov\b\.?|kecamatan|kec\b\.?)\s*", re.I
)
OF_CODES = {"obstacles", "needs", "certificates"}
KINDS = {"firms", "impact"}
CELL = re.compile(r"^(?:(?P<sheet>.+?)!)?(?P<letter>[A-Z]{1,3})(?P<row>\d+)\b")
FIELD = re.compile(r"^CSV record (\d+), field (\d+)")
Key = tuple[str | None, int]
Row = dict[str, Any]


@dataclass
class Verdict:
    """What is to be said of one list, in lists of lines; empty lists are good."""

    name: str
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    lost_rows: list[str] = field(default_factory=list)
    extra_rows: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    wrong_in_silence: list[str] = field(default_factory=list)
    lost_in_silence: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    doubts_in_silence: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


FAULTS = (
    "refused", "wrong", "missed", "lost_rows", "extra_rows", "wrong_in_silence", "lost_in_silence",
    "doubts_in_silence", "by_hand",
)  # fmt: skip


def judge(truth_path: Path) -> Verdict:
    """Read one list and compare it, cell by cell, with its truth."""
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    verdict = Verdict(truth_path.stem)
    verdict.rows = [str(row.get("row")) for row in truth["rows"]]
    named = [name for name in truth["columns"].values() if name]
    try:
        taken = read(truth_path.parent / truth["file"], on=ON)
    except Refusal as refusal:
        verdict.refused = [str(refusal)[:200]]
        verdict.missed, verdict.lost_rows = named, verdict.rows
        return verdict
    if truth["kind"] in KINDS and taken.kind not in KINDS:
        verdict.wrong.append(f"read as {taken.kind}")
    _judge_columns(verdict, truth, taken)
    _judge_rows(verdict, truth, taken)
    _judge_doubts(verdict, truth, taken)
    return verdict


def _judge_columns(verdict: Verdict, truth: Row, taken: Intake) -> None:
    ours = _columns(taken)
    loose = set(truth.get("loose", ()))
    for key, name in truth["columns"].items():
        sheet, letter = _place(key)
        found = ours.get((sheet, letter), set()) | ours.get((None, letter), set())
        if (row := _heading_row(key)) is not None:
            found = _headed_in(taken, row, letter)
        if name in loose or (found & loose and not name):
            continue
        told = f"{key}: {'/'.join(sorted(found)) or '-'}, not {name}"
        if name and name in found:
            verdict.right.append(key)
        elif found - {name}:
            verdict.wrong.append(told)
        elif name and not _has_twin(truth, key, ours):
            verdict.missed.append(told)


def _heading_row(key: str) -> int | None:
    row = key.partition("@")[2]
    return int(row) if row else None


def _place(key: str) -> tuple[str | None, str]:
    """Give the sheet and the letter of `SHEET!C` or `CSV:3`, without a heading row after `@`."""
    key = key.partition("@")[0]
    if "!" not in key:
        return None, letters(int(key.rpartition(":")[2]) - 1)
    sheet, _, letter = key.rpartition("!")
    return (None if sheet == "CSV" else sheet), letter


def _columns(taken: Intake) -> dict[tuple[str | None, str], set[str]]:
    """Give what each column was taken for, also by its letter alone where there is one sheet."""
    found: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    alone = len({table["sheet"] for table in taken.tables}) == 1
    for table in taken.tables:
        for one in table["columns"]:
            if one["column"]:
                found[table["sheet"], one["letter"]].add(one["column"])
                if alone:
                    found[None, one["letter"]].add(one["column"])
    return found


def _headed_in(taken: Intake, row: int, letter: str) -> set[str]:
    """Give what a column was taken for in the tables whose headings stand in a row."""
    return {
        one["column"]
        for table in taken.tables
        if table["heading_rows"] and table["heading_rows"][0] <= row <= table["heading_rows"][1]
        for one in table["columns"]
        if one["letter"] == letter and one["column"]
    }


def _has_twin(truth: Row, key: str, ours: dict[tuple[str | None, str], set[str]]) -> bool:
    """Say whether another column of the sheet, which has the same truth, was taken for it."""
    name, sheet = truth["columns"][key], _place(key)[0]
    twins = [
        _place(other)
        for other, its in truth["columns"].items()
        if other != key and its == name and _place(other)[0] == sheet
    ]
    return any(name in ours.get(place, ()) for place in twins)


def _judge_rows(verdict: Verdict, truth: Row, taken: Intake) -> None:
    with_sheet = len({row.get("sheet") for row in truth["rows"]}) > 1
    expected = _by_place(truth["rows"], with_sheet)
    found = _by_place(taken.rows.to_dicts(), with_sheet)
    cells = _cells_told(taken, with_sheet)
    missed = {one.rpartition(" ")[2] for one in verdict.missed}
    merged = _counted_elsewhere(taken)
    for place in sorted(expected.keys() | found.keys(), key=str):
        theirs, ours = expected.get(place, []), found.get(place, [])
        lost = [f"{place}"] * max(0, len(theirs) - len(ours))
        (verdict.told if place[0] in merged else verdict.lost_rows).extend(lost)
        verdict.extra_rows += [f"{place} {_named(one)}" for one in ours[len(theirs) :]]
        for one, other in zip(theirs, ours, strict=False):
            _judge_values(verdict, truth, place, one, other, cells, missed)


def _counted_elsewhere(taken: Intake) -> set[str | None]:
    """Give the sheets of which some firms were told to be counted in another one."""
    told = taken.problems.filter(taken.problems["rule"] == "same_firms")
    return set(told["sheet"].to_list())


def _by_place(rows: list[Row], with_sheet: bool) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.get("row") is not None:
            found[row.get("sheet") if with_sheet else None, row["row"]].append(row)
    return found


def _named(row: Row) -> str:
    return str(row.get("business_name") or row.get("owner_name"))


def _cells_told(taken: Intake, with_sheet: bool) -> set[tuple[Key, str]]:
    """Give every cell of which something is told, by its column and by its letter."""
    found: set[tuple[Key, str]] = set()
    for one in taken.problems.iter_rows(named=True):
        place = (one["sheet"] if with_sheet else None, one["row"])
        found.add((place, str(one["column"])))
        if one["cell"]:
            found.add((place, re.sub(r"\d", "", one["cell"])))
    return found


def _judge_values(
    verdict: Verdict, truth: Row, place: Key, theirs: Row, ours: Row,
    cells: set[tuple[Key, str]], missed: set[str],
) -> None:  # fmt: skip
    loose = {"row", "sheet", *truth.get("loose", ())}
    for name, value in theirs.items():
        if name in loose:
            continue
        got = ours.get(name)
        verdict.values.append(name)
        line = f"{place[0] or ''} row {place[1]} {name}: {got!r}, not {value!r}"
        if _same(name, got, value):
            continue
        if (place, name) in cells:
            verdict.told.append(line)
        elif got is not None:
            verdict.wrong_in_silence.append(line)
        elif name not in missed:
            verdict.lost_in_silence.append(line)


def _same(name: str, ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, bool):
        theirs = "yes" if theirs else "no"
    if ours is None or theirs is None:
        return ours is None and (theirs is None or theirs == "")
    if isinstance(ours, int | float):
        try:
            return abs(float(ours) - float(theirs)) < 1e-6 * max(1.0, abs(float(ours)))
        except ValueError:
            return False
    if name in OF_CODES:
        return _codes(ours) == _codes(theirs)
    one, other = (" ".join(str(text).split()) for text in (ours, theirs))
    if name in PLACES:
        one, other = (PLACE_KIND.sub("", text).casefold() for text in (one, other))
    return one == other


def _codes(text: object) -> set[str]:
    return {part.strip().casefold() for part in re.split(r"[;,]", str(text)) if part.strip()}


def _judge_doubts(verdict: Verdict, truth: Row, taken: Intake) -> None:
    """A doubtful cell is told of, or holds what its truth says."""
    with_sheet = len({row.get("sheet") for row in truth["rows"]}) > 1
    cells = _cells_told(taken, with_sheet)
    wrong = [*verdict.wrong_in_silence, *verdict.lost_in_silence]
    for line in truth["doubtful"]:
        at = CELL.match(FIELD.sub(_lettered, line))
        if at is None:
            verdict.by_hand.append(line)
            continue
        verdict.doubts.append(line)
        place = (at["sheet"] if with_sheet else None, int(at["row"]))
        name = _name_of(truth, at["sheet"], at["letter"])
        is_wrong = any(f"row {at['row']} {name}:" in one for one in wrong)
        is_told = (place, at["letter"]) in cells or (place, name) in cells
        if ".." in line.partition(":")[0]:
            is_told = any(told == place for told, _ in cells)
        is_known = any(name in row for row in _truths(truth, place))
        if not is_told and "(soft)" not in line and (is_wrong or not is_known):
            verdict.doubts_in_silence.append(line)


def _lettered(field: re.Match[str]) -> str:
    return f"{letters(int(field[2]) - 1)}{field[1]}"


def _truths(truth: Row, place: Key) -> list[Row]:
    return [
        row
        for row in truth["rows"]
        if row.get("row") == place[1] and place[0] in (None, row.get("sheet"))
    ]


def _name_of(truth: Row, sheet: str | None, letter: str) -> str:
    places = {_place(key): name for key, name in truth["columns"].items()}
    return str(places.get((sheet, letter), places.get((None, letter))))


def main(arguments: list[str]) -> None:
    """Print what is to be said of each list, then the sums."""
    folder, names = Path(arguments[0]), arguments[1:]
    paths = sorted(folder.glob("*.json"))
    verdicts = [judge(path) for path in paths if not names or path.stem in names]
    for one in verdicts:
        lines = [f"  {what}: {line}" for what in FAULTS for line in getattr(one, what)]
        if lines:
            print(one.name, *lines, sep="\n")
    for each in fields(Verdict)[1:]:
        print(each.name, sum(len(getattr(one, each.name)) for one in verdicts))


if __name__ == "__main__":
    main(sys.argv[1:])
