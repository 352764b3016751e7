"""The chart of accounts (BAS) as far as crisis support uses it.

Source: CLASS-01.
"""

from dataclasses import dataclass
from datetime import date

from pulih.classifications.entries import CodeList, Entry, Row, common

PHYSICAL_GROUPS = ("53", "526112", "526113", "526115", "526132")
# Until before this day deconcentration was for non-physical activity alone: PP 7/2008 article
# 20(3), which PP 19/2022 repealed. Source: LAW-07.
NON_PHYSICAL_UNTIL = date(2022, 5, 9)


@dataclass(frozen=True)
class Account(Entry):
    """An account of six digits.

    kind: goods_operational, goods_activity, inventory, services, maintenance, travel,
    travel_abroad, handover, handover_support, aid or capital.
    is_physical: capital, or goods that deconcentration, while meant for non-physical work, warns
    of.
    """

    kind: str
    is_covid: bool
    is_physical: bool


def is_physical(code: str) -> bool:
    """Say whether an account, listed or not, is physical: capital, or buildings and machines."""
    listed = LIST.find(code)
    return listed.is_physical if listed else code.startswith(PHYSICAL_GROUPS)


def is_covid(code: str, on: date) -> bool:
    """Say whether an account is one of those made for the pandemic, on a day it exists."""
    listed = LIST.find(code, on)
    return listed is not None and listed.is_covid


def _account(row: Row) -> Account:
    return Account(
        **common(row),
        kind=row["kind"],
        is_covid=row["is_covid"] == "yes",
        is_physical=row["is_physical"] == "yes",
    )


LIST = CodeList("accounts", _account)
