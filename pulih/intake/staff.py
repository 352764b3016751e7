"""Workers counted in parts, `Tetap` and `Tidak Tetap`, where no column counts them together."""

import re

import polars as pl

from pulih.common.errors import Message
from pulih.intake.concepts import AFTER, BEFORE, HAS_OTHER_SENSE, WORKERS
from pulih.intake.headings import normal
from pulih.intake.wording import CORRECTED
from pulih.intake.work import SheetRows

PERMANENT = re.compile(r"\b(?:tetap|permanen|permanent)\b")
TEMPORARY = re.compile(
    r"\b(?:(?:tidak|tdk|non|bukan|tak) tetap|kontrak|harian|borongan|lepas|musiman|honorer|"
    r"paruh waktu|temporary|casual)\b"
)
COUNT = r"^\s*(\d{1,5})(?:\.0)?(?:\s*(?:org|orang))?\.?\s*$"


def add_up(work: SheetRows) -> None:
    """Add permanent and other workers up, and tell it once at the first of their headings."""
    if work.raw.keys() & {"workers", "workers_male", "workers_female"}:
        return
    positions = _parts(work)
    if len(positions) < 2 or "workers" not in work.kind.dictionary.names:
        return
    texts = pl.DataFrame([work.extra[name] for name in positions.values()])
    counts = texts.select(pl.all().str.extract(COUNT, 1).cast(pl.Int64))
    read = texts.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    odd = (texts.select(pl.all().is_not_null()) != counts.select(pl.all().is_not_null())).select(
        pl.any_horizontal(pl.all())
    )
    total = counts.select(pl.sum_horizontal(pl.all())).to_series()
    known = read & ~odd.to_series()
    if not known.any():
        return
    work.raw["workers"] = total.set(~known, None).cast(pl.String).alias("workers")
    work.columns["workers"] = work.kind.column("workers")
    work.assignment.recognised["workers"] = min(positions)
    written = '", "'.join(positions.values())
    message = Message(
        f'tenaga kerja dijumlahkan dari kolom "{written}". Tambahkan kolom jumlahnya bila ini '
        "salah.",
        f'the workers were added up from the columns "{written}". Add a column of their total if '
        "that is wrong.",
    )
    work.tell_heading("workers", CORRECTED, "workers_added", message)


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
