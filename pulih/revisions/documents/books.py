"""A book of matrices: one for each spending unit, with what stands above them."""

from dataclasses import dataclass

from pulih.budget.documents.signing import NOBODY, Signer
from pulih.budget.documents.words import LEVEL_WORDS, LEVEL_WORDS_FROM_2021
from pulih.common.money import rupiah

from ..rules.matrix import Matrix, MatrixRow

NO_MONEY_NOTE = "Tidak ada uang yang bergeser sebelum revisi berlaku."


@dataclass(frozen=True)
class UnitMatrix:
    """The matrix of one spending unit, and the unit as the document names it.

    head: label and value pairs above the matrix. signs: who signs (KPA), and where.
    """

    code: str
    name: str
    province: str
    matrix: Matrix
    head: tuple[tuple[str, str], ...] = ()
    signs: Signer = NOBODY


@dataclass(frozen=True)
class Book:
    """All matrices of one export.

    about: the lines above each of them. code: by which anybody can verify a revision's matrix.
    """

    title: str
    fiscal_year: int
    about: tuple[str, ...]
    units: tuple[UnitMatrix, ...]
    code: str = ""

    @property
    def before(self) -> int:
        return sum(unit.matrix.before for unit in self.units)

    @property
    def after(self) -> int:
        return sum(unit.matrix.after for unit in self.units)

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def changed(self) -> int:
        return sum(unit.matrix.changed for unit in self.units)

    def code_words(self, row: MatrixRow) -> str:
        """Return a row's code, after what kind of heading it is."""
        words = LEVEL_WORDS_FROM_2021 if self.fiscal_year > 2020 else LEVEL_WORDS
        word = words.get(row.level)
        return f"{word} {row.code}" if word else row.code


def remark(row: MatrixRow) -> str:
    """Return what the last column says of a line."""
    if row.level != "line":
        return ""
    said = "baru" if row.is_new else "berubah" if row.change else "tetap"
    held = f"diblokir {rupiah(row.blocked)}" if row.blocked else ""
    return " · ".join(part for part in (said, row.remark, held) if part)


def fund_words(row: MatrixRow) -> str:
    """Return the fund source of a line, with a star where part of it is blocked."""
    return f"{row.fund_source} *" if row.blocked else row.fund_source
