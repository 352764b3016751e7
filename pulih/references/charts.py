"""Accounts and unit costs as the reference lists have them, with what was imported there."""

from datetime import date

from django.utils.translation import get_language

from pulih.classifications.standards import Nature, UnitCost, of_allowances, words_of_text
from pulih.common.errors import Message

from .models import Account, DailyAllowance
from .models import UnitCost as Listed


class AccountNames:
    """What accounts are called on a day; one look-up for a whole page.

    language: of the names; None: of the page.
    """

    def __init__(self, on: date, language: str | None = None) -> None:
        wanted = language or get_language() or "id"
        self._field = "name_en" if wanted.startswith("en") else "name_indonesian"
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


def chart_of(on: date) -> frozenset[str]:
    """Return the codes of the accounts that the chart of a day has."""
    return frozenset(Account.objects.valid_on(on).values_list("code", flat=True))


def unit_costs(on: date, province: int | None = None) -> list[UnitCost]:
    """Return the unit costs of a day: of the country and of one province (None: of all)."""
    rows = DailyAllowance.objects.valid_on(on).order_by("province__sort_key")
    if province is not None:
        rows = rows.filter(province=province)
    items = _items(on, province)
    listed = {(one.code, one.province) for one in items}
    allowances = [one for one in of_allowances(rows) if (one.code, one.province) not in listed]
    return [*items, *allowances]


def standard_years() -> list[int]:
    """Return the years from which unit costs hold, the newest first."""
    begun = {
        day.year
        for model in (Listed, DailyAllowance)
        for day in model.objects.values_list("valid_from", flat=True).distinct()
    }
    return sorted(begun, reverse=True)


def _items(on: date, province: int | None) -> list[UnitCost]:
    """Return the listed unit costs of a day and place, each with what its item is known by.

    A row without words of its own has those of any row of its item, wherever that holds.
    """
    rows = list(Listed.objects.order_by("valid_from", "code", "province__sort_key", "id"))
    accounts = {one.code: one.accounts for one in rows if one.accounts}
    words = {one.code: one.words for one in rows if one.words}
    return [
        UnitCost(
            one.code,
            Message(one.name_indonesian, one.name_en or one.name_indonesian),
            one.province_id,
            one.unit,
            one.amount,
            Nature(one.nature),
            tuple((one.accounts or accounts.get(one.code, "")).split()),
            words_of_text(one.words or words.get(one.code) or one.name_indonesian),
            one.valid_from,
            one.valid_to,
            one.source,
            one.verified,
        )
        for one in rows
        if one.valid_from <= on
        and (one.valid_to is None or on < one.valid_to)
        and (None in (province, one.province_id) or one.province_id == province)
    ]
