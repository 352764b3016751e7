"""Columns that together say one thing: `Halal`, `PIRT`, `SNI` side by side, or L and P to tick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pulih.classifications import certificates, status
from pulih.classifications.negations import NOT
from pulih.intake import legends, quick
from pulih.intake.headings import Dictionary
from pulih.intake.readings.reading import read
from pulih.intake.readings.words import SEXES

ASKED = ("owner_sex", "status", "certificates", "needs", "obstacles", "exports")
SAMPLE = 500
MARK = r"(?i)^(?:[vx√✓✔☑●•■*10ty-]|ya|iya|tidak|tdk|ada|tidak ada|sudah|belum|blm|yes|no)$"
NO = (
    r"(?i)^(?:[-–—.?_]+|n/?a|t|n|0|(?:tidak|tdk|belum|blm|no|non|false|tanpa|dalam|proses|sedang|"
    r"pengajuan|akan|nihil|kosong)\b.*)$"
)
TICK = r"(?i)^(?:[vx√✓✔☑●•■*-]|ya|y)$"
CROSS = r"(?i)^[x✗✘]$"
LICENCE = re.compile(
    r"(?i)\b(?:sertifikat|sertifikasi|izin|ijin|nomor|nomer|no|kepemilikan|punya|memiliki|ada)\b\.?"
)
# `Halal / Tidak`, `PIRT (Belum)`, `Tidak Ekspor`: one answer to a question that two columns share.
YES = r"(?:ya|iya|yes|y|ada|sudah|sdh|punya|memiliki)"
ANSWERED = re.compile(
    rf"(.+?)\s*[/(:–-]\s*(?:({YES})|{NOT}(?:\s+{YES})?|t|n)[\s).]*", re.IGNORECASE
)
DENIED = re.compile(rf"{NOT}\s+(?:{YES}\s+)?(.+)", re.IGNORECASE)
STILL = re.compile(r"^(?:masih|tetap|sudah|sdh)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """A column of the sheet whose filled cells mean one code of a column of ours.

    said: the cells that mean it where the heading's own legend says so; else any mark that denies
    nothing.
    """

    name: str
    position: int
    code: str
    said: tuple[str, ...] = ()


def find(
    headings: Sequence[str | None], body: pl.DataFrame, dictionary: Dictionary
) -> list[Choice]:
    """Return the columns to tick, from left to right."""
    found: list[Choice] = []
    for position, heading in enumerate(headings):
        if heading is None:
            continue
        choice = (
            _in_group(heading, position, body, dictionary)
            or _sex(heading, position, body, dictionary)
            or _yes_or_no(heading, position, body, dictionary)
            or _licence(heading, position, body, dictionary)
        )
        if choice is not None:
            found.append(choice)
    return [one for one in found if _has_company(one, found)]


def _in_group(
    heading: str, position: int, body: pl.DataFrame, dictionary: Dictionary
) -> Choice | None:
    """Read `Jenis Kelamin / L`: a heading over it asks, its own words are an answer."""
    asked, _, answer = heading.rpartition(" / ")
    match = dictionary.match(asked, fuzzy=False) if asked else None
    if match is None or match.name not in ASKED:
        return None
    column = next(one for one in dictionary.columns if one.name == match.name)
    result = read(pl.Series([answer]), None, column.reading)
    code = result.values[0]
    if code is None or len(result.rules) or (code == answer.strip() and len(code) > 1):
        return None
    if match.name != "certificates" and not _is_ticked(body, position):
        return None
    return Choice(match.name, position, str(code))


def answer_of(heading: str) -> tuple[str, bool] | None:
    """Return what a heading asks and whether it is the yes to it; None where it is no answer."""
    if found := ANSWERED.fullmatch(heading.strip()):
        return found[1], found[2] is not None
    denied = DENIED.fullmatch(heading.strip())
    return (denied[1], False) if denied else None


def _yes_or_no(
    heading: str, position: int, body: pl.DataFrame, dictionary: Dictionary
) -> Choice | None:
    """Read `Ekspor` beside `Tidak Ekspor`, or `Masih Produksi` beside `Tutup`, both ticked."""
    if not only_marks(body, position):
        return None
    asked, is_yes = answer_of(heading) or (heading, True)
    match = dictionary.match(asked, fuzzy=False)
    if match is not None and match.name == "exports":
        return Choice("exports", position, "yes" if is_yes else "no")
    words = asked if is_yes else f"tidak {STILL.sub('', asked)}"
    if "status" not in dictionary.names or status.LIST.code_of(words) is None:
        return None
    return Choice("status", position, words)  # Its reading says what of them is guessed.


def only_marks(body: pl.DataFrame, position: int) -> bool:
    """Say whether every filled cell of a column is a mark or a yes or no, and no text."""
    cells = quick.filled(body.to_series(position)).head(SAMPLE)
    if not any(len(cell.strip()) <= 1 for cell in cells):
        return False
    marks = cells.str.strip_chars().str.contains(r"(?i)^[vx√✓✔☑●•■]$")
    return bool(marks.any()) and _is_ticked(body, position)


def _is_ticked(body: pl.DataFrame, position: int) -> bool:
    cells = quick.filled(body.to_series(position)).head(SAMPLE)
    return bool(cells.str.strip_chars().str.contains(MARK).all())


def _sex(heading: str, position: int, body: pl.DataFrame, dictionary: Dictionary) -> Choice | None:
    """Read a bare `L` or `P` whose cells are ticked; numbers under them would count workers."""
    code = SEXES.get(heading.strip().lower())
    if code is None or "owner_sex" not in dictionary.names:
        return None
    cells = quick.filled(body.to_series(position)).head(SAMPLE).str.strip_chars()
    ticked = len(cells) > 0 and bool(cells.str.contains(TICK).all())
    return Choice("owner_sex", position, code) if ticked else None


def _licence(
    heading: str, position: int, body: pl.DataFrame, dictionary: Dictionary
) -> Choice | None:
    """Read a heading that names one certificate, such as `Halal` or `No. PIRT`.

    Under `Merek` many offices write the brand's name, which is no certificate.
    """
    if "certificates" not in dictionary.names or len(heading) > 60:
        return None
    asked, is_yes = answer_of(heading) or (heading, True)
    if not is_yes:
        return None
    legend = legends.pairs_in(heading)
    said = tuple(code for code, words in legend.items() if not re.match(NO, words))
    words = re.sub(r"\([^)]*\)", " ", asked.rpartition(" / ")[2])
    code = certificates.LIST.code_of(words) or certificates.LIST.code_of(LICENCE.sub(" ", words))
    if code is None:
        code = certificates.LIST.parse(words).joined
    if code not in LICENCES:
        return None
    if legend and len(said) < len(legend):
        return Choice("certificates", position, code, said)
    return (
        Choice("certificates", position, code) if _is_marked_or_numbered(body, position) else None
    )


def _is_marked_or_numbered(body: pl.DataFrame, position: int) -> bool:
    cells = quick.filled(body.to_series(position)).head(SAMPLE).str.strip_chars()
    told = cells.str.contains(rf"{MARK}|{NO}|\d{{3,}}")
    if not told.any():
        return False  # Names alone are read as any list of certificates.
    told |= cells.is_in(list(_named(cells)))
    return int(told.sum()) * 10 >= len(cells) * 7


LICENCES = {one.code for one in certificates.LIST.entries} - {"industry_licence"}


def _has_company(choice: Choice, found: Sequence[Choice]) -> bool:
    """Keep a certificate that stands alone, and any other answer beside another one."""
    others = [one for one in found if one.name == choice.name and one.code != choice.code]
    return choice.name == "certificates" or bool(others)


def joined(body: pl.DataFrame, choices: Sequence[Choice], general: int | None = None) -> pl.Series:
    """Return what the ticked cells of each row say, as one text: codes joined by `;`.

    general: the position of a column that holds the same in words; it comes first.
    """
    crossed = all(_only_crosses(body, one.position) for one in choices)
    parts = [pl.nth(general)] if general is not None else []
    for one in choices:
        cell = pl.nth(one.position).str.strip_chars()
        refused = cell.str.contains(NO) | (pl.lit(not crossed) & cell.str.contains(CROSS))
        if one.said:
            refused = ~cell.str.to_lowercase().is_in(one.said)
        code = pl.lit(one.code)
        if one.name == "certificates" and (named := _named(body.to_series(one.position))):
            code = pl.coalesce(
                cell.replace_strict(named, default=None, return_dtype=pl.String), code
            )
        parts.append(pl.when(cell.is_not_null() & ~refused).then(code))
    text = pl.concat_str(parts, separator=";", ignore_nulls=True)
    return body.select(pl.when(text != "").then(text).alias("joined")).to_series()


def _named(cells: pl.Series) -> dict[str, str]:
    """Return what each text says that names certificates itself: `PIRT; halal` under `PIRT`."""
    texts = quick.filled(cells).str.strip_chars().unique()
    open_ = texts.filter(~texts.str.contains(rf"{MARK}|{NO}|\d{{3,}}"))
    parsed = {text: certificates.parse(text) for text in open_}
    return {text: one.joined for text, one in parsed.items() if one.codes and not one.unknown}


def _only_crosses(body: pl.DataFrame, position: int) -> bool:
    cells = quick.filled(body.to_series(position))
    return bool(cells.str.strip_chars().str.contains(rf"{CROSS}|{NO}").all())


def holds_more(body: pl.DataFrame, choice: Choice) -> bool:
    """Say whether a column holds more than marks, such as the licences' numbers."""
    return not _is_ticked(body, choice.position)
