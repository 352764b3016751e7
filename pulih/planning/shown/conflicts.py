"""A conflict as people read it: the rules first, the many bound lines in one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.web import numbers
from pulih.web.words import language

from ..wording import units_words

SHOWN = 8


@dataclass(frozen=True)
class ConflictShown:
    """The first rules in words, the others, and what the lines that may not fall hold together."""

    first: Sequence[str]
    others: Sequence[str]
    lines: Sequence[str]
    bound: int
    fails_by: str
    is_irreducible: bool
    sentence: str

    @property
    def lines_words(self) -> str:
        words = ngettext(
            "%(count)s line may not fall below what is bound: %(amount)s",
            "%(count)s lines may not fall below what is bound: %(amount)s together",
            len(self.lines),
        )
        return words % {
            "count": numbers.whole(len(self.lines)),
            "amount": numbers.rupiah(self.bound),
        }


def conflict_shown(conflict: dict[str, Any]) -> ConflictShown:
    """Return the conflict of an explanation in the language of the page."""
    column = f"message_{language()}"
    ceiling_first = sorted(conflict["rules"], key=lambda rule: rule["rule"] != "ceiling")
    named = [rule[column] for rule in ceiling_first if not _is_line(rule)]
    lines = [rule for rule in conflict["rules"] if _is_line(rule)]
    return ConflictShown(
        named[:SHOWN],
        named[SHOWN:],
        [rule[column] for rule in lines],
        sum(rule["amount"] or 0 for rule in lines),
        _fails_by(conflict),
        conflict["is_irreducible"],
        conflict[column],
    )


def _is_line(rule: dict[str, Any]) -> bool:
    return str(rule["rule"]).startswith(("floor:", "protected:"))


def _fails_by(conflict: dict[str, Any]) -> str:
    if conflict["unit"] == "units":
        amount = units_words(conflict["fails_by"])
    else:
        amount = numbers.rupiah(conflict["fails_by"])
    return _("It fails by %(amount)s.") % {"amount": amount}
