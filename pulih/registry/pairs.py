"""Two records side by side for a person's eyes: what is the same, what differs, what is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pulih.common.identity_numbers import PERSONAL, whole_of

from . import names, presenters
from .models import Enterprise
from .sources import Source

Values = Mapping[str, Any]
Verdict = Literal["same", "near", "differs", "silent"]
LABELS = {
    "business_name": gettext_lazy("Firm"),
    "owner_name": gettext_lazy("Owner"),
    "owner_sex": gettext_lazy("Sex"),
    "nik": gettext_lazy("NIK"),
    "phone": gettext_lazy("Telephone"),
    "nib": gettext_lazy("NIB"),
    "npwp": gettext_lazy("NPWP"),
    "address": gettext_lazy("Address"),
    "village": gettext_lazy("Village"),
    "district": gettext_lazy("District"),
    "regency": gettext_lazy("Regency"),
    "product": gettext_lazy("Product"),
    "kbli": gettext_lazy("KBLI"),
    "workers": gettext_lazy("Workers"),
    "year_established": gettext_lazy("Founded"),
}
NUMBERED = ("nik", "nib", "npwp")  # Given once; two different ones speak for two.
ALWAYS = ("nik", "nib")  # That they are missing is worth knowing too.
NEAR_DIGITS = 2
CUT_DIGITS = 4  # Of a telephone.
WORDED = ("business_name", "owner_name", "address", "product")  # Where one shared word tells.
CONTRACT = (
    *("owner_name", "owner_sex", "nik", "nib", "npwp", "phone", "email", "address", "village"),
    *("village_code", "district", "district_code", "kbli", "product", "commodity_group"),
    *("workers", "workers_male", "workers_female", "investment", "year_established", "status"),
)


@dataclass(frozen=True)
class Piece:
    """A word of a value; is_other: the other record has it not."""

    text: str
    is_other: bool = False


@dataclass(frozen=True)
class PairRow:
    """One attribute of both. tone: a class of the table's row. sign: + speaks for one firm."""

    name: str
    label: Any
    left: list[Piece]
    right: list[Piece]
    verdict: Verdict
    says: str
    sign: str

    @property
    def tone(self) -> str:
        """Return how the row is marked: a clash of numbers louder than other words."""
        if self.verdict in ("same", "silent"):
            return ""
        return "clash" if self.name in NUMBERED else "diff"

    @property
    def sign_tone(self) -> str:
        return {"+": "good", "±": "warn", "−": "bad"}.get(self.sign, "q")


def values_of(enterprise: Enterprise) -> dict[str, Any]:
    """Return an enterprise in the columns that linkage compares."""
    values = {name: getattr(enterprise, name) for name in CONTRACT}
    values |= {name: whole_of(values[name]) or None for name in CONTRACT if name in PERSONAL}
    values["business_name"] = enterprise.name
    values["regency"] = _regency(enterprise)
    values["province"] = enterprise.province.name
    return values


def own_values(enterprise: Enterprise, sources: Sequence[Source]) -> dict[str, Any]:
    """Return what an enterprise's own rows say of it, whatever it was merged with since.

    sources: as `sources_of` gives them, the one heard first at the top. Where none of them is its
    own, or the person sees none, the register's values.
    """
    own = [one.record.values for one in sources if one.owner == enterprise.pk]
    if not own:
        return values_of(enterprise)
    found: dict[str, Any] = {}
    for values in own:
        found = {**values, **found}
    found.setdefault("business_name", found.get("owner_name"))
    return {**found, "province": enterprise.province.name, "regency": _regency(enterprise)}


def compared(left: Values, right: Values, language: str) -> list[PairRow]:
    """Return the rows of the table; attributes that neither record tells are left out."""
    return [
        _row(name, left.get(name), right.get(name), language)
        for name in LABELS
        if name in ALWAYS or _is_told(left.get(name)) or _is_told(right.get(name))
    ]


def _regency(enterprise: Enterprise) -> str | None:
    return enterprise.regency.name if enterprise.regency else None


def _row(name: str, left: Any, right: Any, language: str) -> PairRow:
    verdict, says = _verdict(name, left, right)
    signs = {"same": "+", "near": "±", "differs": "−", "silent": ""}
    sides = (
        _pieces(name, left, right, verdict, language),
        _pieces(name, right, left, verdict, language),
    )
    return PairRow(name, LABELS[name], *sides, verdict, says, signs[verdict])


def _verdict(name: str, left: Any, right: Any) -> tuple[Verdict, str]:
    if not _is_told(left) and not _is_told(right):
        return "silent", _("in neither")
    if not _is_told(left) or not _is_told(right):
        return "silent", _("in one only")
    if _same(name, left, right):
        return "same", _("same")
    if name in NUMBERED:
        return _numbers(name, str(left), str(right))
    if isinstance(left, int) and isinstance(right, int):
        return "differs", _("%(n)s apart") % {"n": abs(left - right)}
    if name == "phone" and _digits(left)[:-CUT_DIGITS] == _digits(right)[:-CUT_DIGITS]:
        return "differs", _("different in the part that is cut")
    if name in WORDED and _words(left) & _words(right):
        return "near", _("partly the same")
    return "differs", _("different")


def _numbers(name: str, left: str, right: str) -> tuple[Verdict, str]:
    if presenters.cut(name, left, "id") == presenters.cut(name, right, "id"):
        return _slips(left, right, _("different in the part that is cut"))
    return _slips(left, right, _("different"))


def _slips(left: str, right: str, said_otherwise: str) -> tuple[Verdict, str]:
    if len(left) != len(right):
        return "differs", said_otherwise
    places = [at for at in range(len(left)) if left[at] != right[at]]
    if len(places) > NEAR_DIGITS:
        return "differs", said_otherwise
    first, last = places[0], places[-1]
    is_swapped = last - first == 1 and left[first] == right[last] and left[last] == right[first]
    if is_swapped:
        return "near", _("two digits swapped")
    said = ngettext("%(n)s digit differs", "%(n)s digits differ", len(places))
    return "near", said % {"n": len(places)}


def _pieces(name: str, value: Any, other: Any, verdict: Verdict, language: str) -> list[Piece]:
    if not _is_told(value):
        return []
    text = presenters.cut(name, value, language)
    if verdict in ("same", "silent"):
        return [Piece(text)]
    if name in NUMBERED or name in ("phone", "workers", "year_established", "owner_sex"):
        return [Piece(text, is_other=True)]
    known = _words(other)
    return [Piece(word, is_other=not _words(word) <= known) for word in text.split()]


def _same(name: str, left: Any, right: Any) -> bool:
    if name == "phone":
        return _digits(left) == _digits(right)
    return left == right or names.fold(str(left)) == names.fold(str(right))


def _digits(value: Any) -> str:
    return (
        "".join(letter for letter in str(value) if letter.isdigit()).removeprefix("62").lstrip("0")
    )


def _words(value: Any) -> set[str]:
    return set(names.fold(str(value)).split())


def _is_told(value: Any) -> bool:
    return value is not None and str(value).strip() != ""
