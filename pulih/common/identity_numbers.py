"""Numbers that name one person: NIK, family card, NPWP. Their text is cut, wherever it goes."""

from __future__ import annotations

import re

DOT = "•"
PARTED_BY = re.compile(r"[\s.\-']")  # What people part a number with, or a sheet keeps it text by.
KEPT = 4  # Figures that stay at each end.
PERSONAL = ("nik", "family_card", "npwp")  # Columns of delivered lists that hold one.
# Fifteen figures or more, however they are parted. No telephone and no NIB is as long.
LONG = re.compile(r"\d(?:[ .'’\-]?\d){14,}")
# Sixteen in one piece with a province and a possible birthday: a NIK also where figures of
# payment documents (SP2D: 15) and amounts must stay whole.
NIK_LIKE = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}(?!\d)"
)
# Sixteen figures as people type them: in one piece, or in the groups of the card. Keys of budget
# lines and amounts have other groups.
TYPED = re.compile(
    r"(?<!\d)(?:\d{16}|\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4}"
    r"|\d{2}([ .-])\d{2}\3\d{2}\3\d{6}\3\d{4})(?!\d)"
)
# NIK_LIKE or LONG with the figures that stay as groups, for tools that replace by pattern alone.
LONG_ENDS = r"(\d(?:[ .'’\-]?\d){3})(?:[ .'’\-]?\d){7,}((?:[ .'’\-]?\d){4})"
LONG_AT_ALL = r"[0-9](?:[ .'’\-]?[0-9]){14}"
NIK_ENDS = (
    r"\b([1-9]\d{3})\d{2}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{2}(\d{4})\b"
)
CUT_ENDS = f"${{1}}{DOT * 8}${{2}}"  # What takes their place, as Polars writes it.


class IdentityNumber:
    """One such number. str(), repr(), formats and templates give it cut.

    whole: for comparing, counting and storing. What leaves for a person goes through
    `people.identity_numbers.read_whole`, which records it.
    """

    __slots__ = ("_whole",)

    def __init__(self, whole: str) -> None:
        self._whole = whole

    @property
    def whole(self) -> str:
        return self._whole

    def __str__(self) -> str:
        return cut(self.whole)

    def __repr__(self) -> str:
        return f"IdentityNumber({cut(self.whole)})"

    def __format__(self, form: str) -> str:
        return format(str(self), form)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, IdentityNumber):
            return self.whole == other.whole
        return self.whole == other

    def __hash__(self) -> int:
        return hash(self.whole)

    def __bool__(self) -> bool:
        return bool(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def whole_of(number: IdentityNumber | str | None) -> str:
    """Return the figures to compute with; "" for none."""
    return number.whole if isinstance(number, IdentityNumber) else number or ""


def cut(number: str) -> str:
    """Keep the first four and the last four figures: `3212••••••••0007`; of a short one nothing."""
    if len(number) < 15:
        return DOT * len(number)
    return f"{number[:KEPT]}{DOT * 8}{number[-KEPT:]}"


def cut_in(text: str, *, pattern: re.Pattern[str] = LONG) -> str:
    """Return a text with every number of a person in it cut."""
    return pattern.sub(lambda found: cut(re.sub(r"\D", "", found[0])), text)


def cut_typed(text: str) -> str:
    """Return what somebody typed with every NIK and family card in it cut; all else stays."""
    return TYPED.sub(_cut_alike, text)


def _cut_alike(found: re.Match[str]) -> str:
    figures = re.sub(r"\D", "", found[0])
    return cut(figures) if NIK_LIKE.fullmatch(figures) else found[0]


def unparted(text: str) -> str:
    """Return a number as it was typed without blanks, dots, dashes and apostrophes."""
    return PARTED_BY.sub("", text)
