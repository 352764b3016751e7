"""What an account may not pay for under an authority, and what a plan may not touch.

Deconcentration money was for non-physical activity until PP 19/2022. Source: LAW-07 article 20(3).
"""

from dataclasses import dataclass
from datetime import date

from pulih.classifications.accounts import NON_PHYSICAL_UNTIL
from pulih.common.errors import Message

DECONCENTRATION = "DK"


@dataclass(frozen=True)
class AccountRule:
    """A rule on the accounts that begin with `prefix`, from one day until before another."""

    prefix: str
    message: Message
    source: str
    verified: bool
    valid_from: date = date(2008, 2, 4)
    valid_to: date | None = None
    except_accounts: frozenset[str] = frozenset()

    def applies(self, account: str, on: date) -> bool:
        """Tell whether the rule speaks of `account` on `on`."""
        in_force = self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
        return in_force and account.startswith(self.prefix) and account not in self.except_accounts


_NON_PHYSICAL = "PP 7/2008 pasal 20 ayat (3)", "PP 7/2008 article 20(3)"
PHYSICAL = (
    AccountRule(
        "53",
        Message(
            f"Belanja modal (53) pada satker dekonsentrasi: {_NON_PHYSICAL[0]} hanya membolehkan "
            "kegiatan nonfisik. Barang penunjang memakai 526211.",
            f"Capital spending (53) in a deconcentration unit: {_NON_PHYSICAL[1]} allows "
            "non-physical activity only. Supporting goods use 526211.",
        ),
        "LAW-07",
        True,
        valid_to=NON_PHYSICAL_UNTIL,
    ),
    AccountRule(
        "526113",
        Message(
            f"Gedung dan bangunan (526113) pada satker dekonsentrasi: {_NON_PHYSICAL[0]} hanya "
            "membolehkan kegiatan nonfisik.",
            f"Buildings (526113) in a deconcentration unit: {_NON_PHYSICAL[1]} allows "
            "non-physical activity only.",
        ),
        "LAW-07",
        True,
        valid_to=NON_PHYSICAL_UNTIL,
    ),
    AccountRule(
        "526212",
        Message(
            "526212 adalah barang penunjang Tugas Pembantuan; dekonsentrasi memakai 526211.",
            "526212 is for supporting goods of assistance tasks; deconcentration uses 526211.",
        ),
        "BUDGET-01",
        False,
    ),
)

PROTECTED = (
    AccountRule(
        "51",
        Message("Gaji dan tunjangan tidak digeser.", "Salaries and allowances are not moved."),
        "BUDGET-03",
        True,
    ),
    AccountRule(
        "5211",
        Message(
            "Operasional kantor dan honor pengelola tidak digeser.",
            "Office operation and the honoraria of its officers are not moved.",
        ),
        "BUDGET-03",
        False,
        except_accounts=frozenset({"521131"}),  # Covid handling may be revised in 2020.
    ),
    AccountRule(
        "52211",
        Message("Langganan daya dan jasa tidak digeser.", "Utilities are not moved."),
        "BUDGET-03",
        False,
    ),
)


def warnings(account: str, authority: str, on: date) -> list[AccountRule]:
    """Return the rules that `account` breaks under `authority` on `on`; an officer is warned."""
    if authority != DECONCENTRATION:
        return []
    return [rule for rule in PHYSICAL if rule.applies(account, on)]


def protected_by(account: str, on: date) -> AccountRule | None:
    """Return the rule that keeps plans away from lines of `account`; None if they may be moved."""
    return next((rule for rule in PROTECTED if rule.applies(account, on)), None)
