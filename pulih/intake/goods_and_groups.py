"""What texts are: goods, or the groups that people belong to, and no names of firms."""

import re
from collections.abc import Mapping

import polars as pl

from pulih.classifications import products
from pulih.intake import headings
from pulih.intake.layout import Table
from pulih.intake.readings.words import LEGAL_FORM

SAMPLE, FEW_ROWS, ENOUGH = 200, 8, 3
OF_MEMBERS = {
    "kelompok",
    "nama kelompok",
    "kub",
    "nama kub",
    "kelompok usaha",
    "sentra",
    "nama sentra",
}
OF_MEMBER = re.compile(r"(?i)\banggota\b")
GROUPED = re.compile(r"(?i)\b(?:kelompok|kube?|sentra)\b")
OF_ANYBODY = re.compile(r"nama(?: lengkap)?(?: (?:pengrajin|perajin|anggota|peserta|pekerja))?")


def names_goods(body: pl.DataFrame, position: int) -> bool:
    """Say whether the texts are goods, which come again from firm to firm, and no firms' names."""
    texts = body.to_series(position).drop_nulls().head(SAMPLE)
    again = len(texts) >= FEW_ROWS and texts.str.to_lowercase().n_unique() * 10 < len(texts) * 9
    named = sum(_is_good(text) for text in texts.head(FEW_ROWS)) * 2 > len(texts.head(FEW_ROWS))
    return (again or named) and not texts.str.contains(LEGAL_FORM).any()


def _is_good(text: str) -> bool:
    """Say whether a text is a good, `Tenun endek`, and no name that begins so, `Tenun Sari`."""
    word = products.find(text).word
    if word is None or not text.lower().startswith(word):
        return False
    rest = text[len(word) :].strip()
    return rest == rest.lower()


def firms_first(found: list[tuple[int, str]], table: Table) -> list[tuple[int, str]]:
    """Put what is asked of a group of firms after what is asked of each firm.

    `Nama KUB`, or `KELOMPOK / Alamat` in a sheet with `ANGGOTA / Alamat`.
    """
    groups = [(one or "").rpartition(" / ")[0] for one in table.headings]
    has_members = any(OF_MEMBER.search(group) for group in groups)
    return sorted(found, key=lambda one: _is_of_a_group(one[1], has_members=has_members))


def _is_of_a_group(heading: str, *, has_members: bool) -> bool:
    groups, _, last = heading.rpartition(" / ")
    if headings.normal(last) in OF_MEMBERS:
        return True
    return has_members and bool(GROUPED.search(groups)) and not OF_MEMBER.search(groups)


def are_members(
    table: Table, body: pl.DataFrame, position: int, recognised: Mapping[str, int]
) -> bool:
    """Say whether a list names people, each with a group of theirs."""
    at = recognised.get("owner_name")
    if at is None:
        return False
    named = headings.normal((table.headings[at] or "").rpartition(" / ")[2])
    return bool(OF_ANYBODY.fullmatch(named)) or _comes_again(body, position)


def _comes_again(body: pl.DataFrame, position: int) -> bool:
    texts = body.to_series(position).drop_nulls().head(SAMPLE)
    return len(texts) >= ENOUGH and texts.n_unique() * 10 < len(texts) * 8
