"""Accounts and unit costs as the reference lists have them, with what was imported there."""

from datetime import date

from django.utils.translation import get_language

from pulih.classifications.standards import UnitCost, items, of_allowances
from pulih.references.models import Account, DailyAllowance


class AccountNames:
    """What accounts are called on a day; one look-up for a whole page.

    language: of the names; None: of the page.
    """

    def __init__(self, on: date, language: str | None = None) -> None:
        wanted = language or get_language() or "id"
        self._field = "name_en" if wanted.startswith("en") else "name_id"
        self._rows: dict[str, Account] = {}
        self._there: set[str] = set()
        for one in Account.objects.order_by("valid_from", "id"):
            holds = one.valid_from <= on and (one.valid_to is None or on < one.valid_to)
            if holds or one.code not in self._there:
                self._rows[one.code] = one
            if holds:
                self._there.add(one.code)

    def __call__(self, code: str) -> str:
        """Return the name of the day, else the newest one; nothing for one that is on no list."""
        return str(getattr(self._rows[code], self._field)) if code in self._rows else ""

    def __contains__(self, code: object) -> bool:
        """Tell whether the chart of the day has the account."""
        return code in self._there


def unit_costs(on: date, province: int | None = None) -> list[UnitCost]:
    """Return the unit costs of a day: of the country and of one province (None: of all)."""
    rows = DailyAllowance.objects.valid_on(on).order_by("province__sort_key")
    every = [*items(), *of_allowances(rows)]
    return [
        one
        for one in every
        if one.holds(on) and (None in (province, one.province) or one.province == province)
    ]
