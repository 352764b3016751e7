"""Workers counted in parts: `Tetap` and `Tidak Tetap`, or men and women under `PHK`."""

import re

import polars as pl

from pulih.common.errors import Message
from pulih.intake.concepts import (
    AFTER,
    BEFORE,
    FEMALE,
    FURLOUGHED,
    HAS_OTHER_SENSE,
    LAID_OFF,
    MALE,
    WORKERS,
)
from pulih.intake.headings import normal
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows

PERMANENT = re.compile(r"\b(?:tetap|permanen|permanent)\b")
TEMPORARY = re.compile(
    r"\b(?:(?:tidak|tdk|non|bukan|tak) tetap|kontrak|harian|borongan|lepas|musiman|honorer|"
    r"paruh waktu|bantu|pembantu|keluarga|temporary|casual)\b"
)
UNPAID = re.compile(
    r"\b(?:tidak|tdk|tanpa|non|belum|tak)(?: (?:di|men)?\w+)? ?(?:di)?(?:bayar|gaji|upah|pesangon|"
    r"dibayar|digaji|diupah)\w*|unpaid|without pay"
)
PAID = re.compile(
    r"\b(?:dibayar|digaji|diupah|bergaji|berpesangon|paid|with pay)\b|"
    r"\b(?:dengan|diberi|dapat|menerima|tetap) (?:upah|gaji|pesangon)\b"
)
Halves = tuple[re.Pattern[str], re.Pattern[str]]
BY_SEX: Halves = (MALE, FEMALE)
HALVES = (BY_SEX, (UNPAID, PAID), (TEMPORARY, PERMANENT))
ALL = re.compile(r"jumlah|total|\bjml\b")
ONLY_SEX = re.compile(r"\b(?:l|p|lk|pr|laki|laki laki|pria|wanita|perempuan|male|female)$")
COUNT = r"^\s*(\d{1,5})(?:\.0)?(?:\s*(?:org|orang))?\.?\s*$"


def add_up(work: SheetRows) -> None:
    """Add workers that are counted in parts up, and tell it once at the first of their headings."""
    names = work.kind.dictionary.names
    if "workers" in names and not work.raw.keys() & {"workers", "workers_male", "workers_female"}:
        parts = _parts(work)
        if len(parts) >= 2:
            _add(work, "workers", parts)
    for name in ("laid_off", "furloughed", "workers_before"):
        if name in names:
            for halves in HALVES:
                _add_halves(work, name, halves)


def _add_halves(work: SheetRows, name: str, halves: Halves) -> None:
    """Add the two halves of one group up, or take the column that counts both."""
    one, other, both = _by_halves(work, name, halves)
    taken = work.assignment.recognised.get(name)
    if (taken is not None and taken not in (*one, *other)) or taken in work.assignment.parts:
        return
    if len(both) == 1 and taken is not None:
        _take_instead(work, name, both[0])
    elif one and other and not both and _are_alike(work, [*one, *other], halves):
        positions = sorted((*one, *other))
        if taken is not None:
            _let_go(work, name)
        _add(work, name, {at: work.assignment.unknown[at] for at in positions})


def _are_alike(work: SheetRows, positions: list[int], halves: Halves) -> bool:
    """Say whether parts may be summed: one of each, or all parted by sex or none of them."""
    if halves == BY_SEX:
        return len(positions) == 2
    texts = [normal(work.table.headings[at] or "", keep_brackets=True) for at in positions]
    return len({bool(MALE.search(text) or FEMALE.search(text)) for text in texts}) == 1


def _by_halves(
    work: SheetRows, name: str, halves: Halves
) -> tuple[list[int], list[int], list[int]]:
    """Return the columns that count one half, the other and both of what a column counts."""
    found: tuple[list[int], list[int], list[int]] = ([], [], [])
    ours = (work.assignment.recognised.get(name), *work.assignment.unknown)
    for position in ours:
        heading = work.table.headings[position] if position is not None else None
        if position is None or not heading or "%" in heading:
            continue
        text = normal(heading, keep_brackets=True)
        if not _counts(name, text) or HAS_OTHER_SENSE.search(text):
            continue
        first, second = (bool(half.search(text)) for half in halves)
        if halves != BY_SEX and first:
            second = False  # `Tidak Dibayar` says `dibayar` too.
        if first != second:
            found[second].append(position)
        elif ALL.search(text):
            found[2].append(position)
    return found


def _counts(name: str, text: str) -> bool:
    if name == "workers_before":
        is_people = WORKERS.search(text) or ONLY_SEX.search(text)
        return bool(is_people and BEFORE.search(text))
    return bool((LAID_OFF if name == "laid_off" else FURLOUGHED).search(text))


def _let_go(work: SheetRows, name: str) -> None:
    """Keep a column under its own heading after all."""
    position = work.assignment.recognised.pop(name)
    written = work.assignment.written[position]
    work.assignment.unknown[position] = written
    work.extra[written] = work.raw.pop(name).alias(written)
    work.numeric.pop(name, None)


def _take_instead(work: SheetRows, name: str, position: int) -> None:
    """Take the column of men and women together for what that of one sex was taken for."""
    _let_go(work, name)
    work.assignment.recognised[name] = position
    work.raw[name] = work.extra.pop(work.assignment.unknown.pop(position)).alias(name)


def _add(work: SheetRows, name: str, positions: dict[int, str]) -> None:
    texts = pl.DataFrame([work.extra[each] for each in positions.values()])
    counts = texts.select(pl.all().str.extract(COUNT, 1).cast(pl.Int64))
    read = texts.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    odd = (texts.select(pl.all().is_not_null()) != counts.select(pl.all().is_not_null())).select(
        pl.any_horizontal(pl.all())
    )
    total = counts.select(pl.sum_horizontal(pl.all())).to_series()
    known = read & ~odd.to_series()
    if not known.any():
        return
    work.raw[name] = total.set(~known, None).cast(pl.String).alias(name)
    work.columns[name] = work.kind.column(name)
    for position in positions:
        work.assignment.kept[position] = work.assignment.unknown.pop(position)
        work.assignment.parts[position] = name
    work.assignment.recognised[name] = min(positions)
    written, title = '", "'.join(positions.values()), work.columns[name].title
    message = Message(
        f'{title.id} dijumlahkan dari kolom "{written}". Tambahkan kolom jumlahnya bila ini salah.',
        f'the {title.en} were added up from the columns "{written}". Add a column of their total '
        "if that is wrong.",
    )
    work.tell_heading(name, CORRECTED, "workers_added", message)


def _parts(work: SheetRows) -> dict[int, str]:
    """Return the columns of permanent and of other workers of now, if there are both."""
    found: dict[int, str] = {}
    kinds = set[bool]()
    for position, name in work.assignment.unknown.items():
        text = normal(work.table.headings[position] or "", keep_brackets=True)
        is_other = bool(TEMPORARY.search(text))
        if not WORKERS.search(text) or HAS_OTHER_SENSE.search(text):
            continue
        if (BEFORE.search(text) and not AFTER.search(text)) or "%" in name:
            continue
        if is_other or PERMANENT.search(text):
            found[position] = name
            kinds.add(is_other)
    return found if len(kinds) == 2 else {}
