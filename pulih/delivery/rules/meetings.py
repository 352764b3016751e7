"""Who was in a video meeting and how long, out of its export; or who came, out of a sheet. Pure.

Zoom, Meet and Teams name their columns differently, and one person joins several times, or with two
devices at once: minutes are those of all joins together, each minute once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pulih.common.errors import Message

from .attendance import ABSENT, PRESENT
from .roster import NO, YES

COLUMNS = {
    "name": {"name (original name)", "name", "full name", "participant", "user name", "nama",
             "nama lengkap", "nama peserta", "nama (nama asli)"},
    "first": {"first name", "nama depan"},
    "last": {"last name", "nama belakang"},
    "joined": {"join time", "time joined", "first join", "waktu bergabung", "waktu masuk",
               "jam masuk", "masuk"},
    "left": {"leave time", "time exited", "last leave", "waktu keluar", "jam keluar", "keluar"},
    "minutes": {"duration (minutes)", "total duration (minutes)", "duration", "in-meeting duration",
                "durasi (menit)", "durasi", "menit", "minutes"},
    "came": {"hadir", "kehadiran", "present", "attendance"},
    "waiting": {"in waiting room", "di ruang tunggu", "dalam ruang tunggu"},
}  # fmt: skip
TIMES = (
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y, %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%I:%M:%S %p",
    "%I:%M %p", "%H:%M:%S", "%H:%M", "%H.%M", "%m/%d/%y, %I:%M:%S %p",
)  # fmt: skip
UNITS = {"h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60, "j": 60, "jam": 60, "m": 1,
         "min": 1, "mins": 1, "mnt": 1, "menit": 1, "minutes": 1, "s": 1 / 60, "sec": 1 / 60,
         "detik": 1 / 60, "dtk": 1 / 60}  # fmt: skip
PART = re.compile(r"(\d{1,4})\s*([a-z]+)[.,]?\s*")
TOP_LINES = 30  # Zoom and Teams write about the meeting first.
MOST_LINES = 2_000
MOST_NAMES = 500
LONGEST_LINE = 10_000
MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Join:
    """One time in the meeting. minutes: as the file says, where begin and end do not tell; None
    where nothing of it can be read.
    """

    begins: datetime | None
    ends: datetime | None
    minutes: int | None

    @property
    def is_told(self) -> bool:
        return self.begins is not None or self.minutes is not None


@dataclass(frozen=True)
class Listed:
    """One name of a file. joins: none in a sheet, which says `came` itself: "" for no word."""

    name: str
    joins: tuple[Join, ...]
    came: str = ""

    @property
    def minutes(self) -> int:
        return minutes_of(self.joins)

    @property
    def is_timed(self) -> bool:
        """Tell whether the file says how long the person was there."""
        return bool(self.joins) and all(join.is_told for join in self.joins)


def minutes_of(joins: Iterable[Join]) -> int:
    """Add up whole minutes, each minute once where begin and end are known."""
    known: list[tuple[datetime, datetime]] = []
    total = timedelta()
    for join in joins:
        if join.begins and join.ends:
            known.append((join.begins, join.ends))
        else:
            total += timedelta(minutes=join.minutes or 0)
    until = None
    for begins, ends in sorted(known):
        start = max(begins, until) if until else begins
        total += max(ends - start, timedelta())
        until = max(ends, until) if until else ends
    return total // timedelta(minutes=1)


def presence_of(listed: Sequence[Listed], least: int) -> str:
    """Return what all names of one person say: PRESENT, ABSENT, or "" for nothing that is sure."""
    joins = [join for one in listed for join in one.joins]
    said = {one.came for one in listed if one.came}
    if PRESENT in said or (joins and minutes_of(joins) >= least):
        return PRESENT
    is_sure = bool(joins or said) and all(join.is_told for join in joins)
    return ABSENT if is_sure else ""


def read(text: str) -> list[Listed] | Message:
    """Return each name once, in the order of the file; a sentence where it cannot be read."""
    lines = text.splitlines()
    place = next((n for n, line in enumerate(lines[:TOP_LINES]) if _named(line)), None)
    if place is None:
        return Message(
            "Tidak ada kolom nama beserta durasi, jam masuk dan keluar, atau hadir. Ekspor daftar "
            "peserta rapat, atau kirim lembar dengan kolom Nama dan Hadir.",
            "There is no column of names beside a duration, times of joining and leaving, or "
            "presence. Export the participants of the meeting, or send a sheet with Name, Present.",
        )
    if len(lines) - place > MOST_LINES:
        return Message(
            f"Berkas ini lebih dari {MOST_LINES} baris. Kirim satu sesi saja.",
            f"This file has more than {MOST_LINES} lines. Send one session alone.",
        )
    found = list(_rows(lines[place:]))
    if not found:
        return Message("Berkas ini tidak menyebut siapa pun.", "This file names nobody.")
    names = _once(found)
    if len(names) > MOST_NAMES:
        return Message(
            f"Berkas ini menyebut lebih dari {MOST_NAMES} orang. Kirim satu sesi saja.",
            f"This file names more than {MOST_NAMES} people. Send one session alone.",
        )
    return names


def _named(line: str) -> list[str] | None:
    """Return which column each heading is, "" for others; None where it is no line of headings."""
    cells = [" ".join(cell.casefold().split()) for cell in _cells(line, _delimiter(line))]
    keys = [next((key for key, all_ in COLUMNS.items() if cell in all_), "") for cell in cells]
    has_name = "name" in keys or {"first", "last"} <= set(keys)
    says = {"minutes", "came"} & set(keys) or {"joined", "left"} <= set(keys)
    return keys if has_name and says else None


def _delimiter(headings: str) -> str:
    """Return what separates the cells of a file; in its rows a degree may bring more commas."""
    return max(",;\t", key=headings.count)


def _cells(line: str, delimiter: str) -> list[str]:
    line = line[:LONGEST_LINE]  # What is longer is no line of a sheet.
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _rows(lines: Sequence[str]) -> Iterator[Listed]:
    keys, delimiter = _named(lines[0]) or [], _delimiter(lines[0])
    for line in _of_one_table(lines):
        cells = dict(zip(keys, _cells(line, delimiter), strict=False))
        name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}"
        if name.strip():
            yield _listed(" ".join(name.split())[:120], cells)


def _of_one_table(lines: Sequence[str]) -> list[str]:
    """Return the lines below the headings, up to a second table: Teams tells every join again.

    The same headings again, as on each page of a printed sheet, are left out alone.
    """
    rows: list[str] = []
    for line in lines[1:]:
        if line.strip() == lines[0].strip():
            continue
        if _named(line):
            title = rows[-1].strip(" \t,;") if rows else ""
            return rows[:-1] if re.fullmatch(r"\d\. [^\t,;]+", title) else rows
        rows.append(line)
    return rows


def _listed(name: str, cells: dict[str, str]) -> Listed:
    if "came" in cells:
        word = cells["came"].casefold()
        said = PRESENT if word in YES | {"hadir", "present"} else ""
        return Listed(name, (), said or (ABSENT if word and word in NO | {"absent"} else ""))
    if cells.get("waiting", "").casefold() in YES:
        return Listed(name, (Join(None, None, 0),))  # Nobody let the person in.
    begins, ends = _times(cells.get("joined", ""), cells.get("left", ""))
    minutes = _minutes(cells.get("minutes", ""))
    if begins and ends and minutes is not None and ends - begins >= timedelta(minutes=minutes + 2):
        begins = ends = None  # Meet and Teams tell the first joining and the last leaving.
    return Listed(name, (Join(begins, ends, minutes),))


def _times(joined: str, left: str) -> tuple[datetime | None, datetime | None]:
    for form in TIMES:
        try:
            begins, ends = datetime.strptime(joined, form), datetime.strptime(left, form)
        except ValueError:
            continue
        return (begins, ends) if timedelta() <= ends - begins <= timedelta(days=1) else (None, None)
    return None, None


def _minutes(word: str) -> int | None:
    """Read `65`, `1 hr 5 min`, `1 jam 5 menit`, `1:05:30`; None for anything else."""
    word = word.casefold().strip()
    if re.fullmatch(r"\d{1,4}", word):
        return min(int(word), MOST_MINUTES)
    if clock := re.fullmatch(r"(\d{1,2}):(\d\d):(\d\d)", word):
        return int(clock[1]) * 60 + int(clock[2])
    parts = PART.findall(word)
    is_whole = bool(parts) and not PART.sub("", word)  # `1.5 jam` is no 5 hours.
    if not is_whole or not {unit for _number, unit in parts} <= UNITS.keys():
        return None
    return min(int(sum(int(number) * UNITS[unit] for number, unit in parts)), MOST_MINUTES)


def _once(found: Iterable[Listed]) -> list[Listed]:
    names: dict[str, Listed] = {}
    for one in found:
        key = one.name.casefold()
        if (known := names.get(key)) is not None:
            came = known.came if known.came == PRESENT or not one.came else one.came
            one = Listed(known.name, (*known.joins, *one.joins), came)
        names[key] = one
    return list(names.values())
