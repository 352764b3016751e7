"""What was delivered as a page writes it: codes by their names, numbers of people cut."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from pulih.classifications import certificates, commodities, needs, obstacles, status
from pulih.classifications.entries import CodeList
from pulih.common.identity_numbers import NIK_LIKE, PERSONAL
from pulih.inbox.pieces import shown
from pulih.web import numbers
from pulih.web.masks import mask_nik, mask_phone

LISTS: dict[str, CodeList[Any]] = {
    "commodity_group": commodities.LIST,
    "status": status.LIST,
    "needs": needs.LIST,
    "obstacles": obstacles.LIST,
    "certificates": certificates.LIST,
}
RUPIAH = ("investment", "turnover", "turnover_before")


def told(name: str, value: Any, language: str) -> Any:
    """Return the value of a column in the words of `language`; without a list of codes as it is."""
    if name == "owner_sex":
        return {"L": _("man"), "P": _("woman")}.get(str(value), value)
    if name in LISTS and value is not None:
        return "; ".join(_names(LISTS[name], _codes(value), language))
    return value


def written(name: str, value: Any, language: str) -> str:
    """Return a delivered value as text: codes by name, rupiah with its sign, NIK cut."""
    if name in RUPIAH and isinstance(value, int) and not NIK_LIKE.fullmatch(str(value)):
        return numbers.rupiah(value)
    text = told(name, value, language)
    if name in LISTS or name == "owner_sex":
        return str(text if text is not None else "")
    if name == "exports":
        return {"yes": _("yes"), "no": _("no")}.get(str(value), str(value))
    return shown(name, value)


def cut(name: str, value: Any, language: str) -> str:
    """Return a value for the eyes of a reviewer: besides NIK and NPWP, telephones are cut too."""
    if name == "phone":
        return mask_phone(str(value or ""))
    if name in PERSONAL:
        return mask_nik(value)
    return written(name, value, language)


def _codes(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return value.split(";")
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _names(codes: CodeList[Any], wanted: Iterable[str], language: str) -> list[str]:
    found = [(code.strip(), codes.find(code.strip())) for code in wanted if code.strip()]
    return [entry.name(language) if entry else code for code, entry in found]
