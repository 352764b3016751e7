"""What an officer is told of the accounts that a revision gives money to; it stops nothing.

An account that the chart does not know, physical spending under deconcentration, and which of the
two accounts of the pandemic is meant. Source: CLASS-01, CLASS-17, LAW-07.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from pulih.budget.rules.guards import warnings
from pulih.common.errors import Message
from pulih.common.periods import day

from .untouchable import Touched

OWN_NEEDS, ACTIVITIES = "521131", "521241"
WHICH = {
    OWN_NEEDS: Message(
        "521131 untuk keperluan kantor sendiri, misalnya masker pegawai; bahan kegiatan bagi IKM "
        "memakai 521241. Pertanyaan yang lazim dari pemeriksa.",
        "521131 is for the office's own needs, such as masks for its staff; goods for activities "
        "with firms use 521241. A usual question of auditors.",
    ),
    ACTIVITIES: Message(
        "521241 untuk kegiatan, misalnya bahan bimtek masker bagi IKM; keperluan kantor sendiri "
        "memakai 521131. Pertanyaan yang lazim dari pemeriksa.",
        "521241 is for activities, such as materials of a training for firms; the office's own "
        "needs use 521131. A usual question of auditors.",
    ),
}


@dataclass(frozen=True)
class Given:
    """Money that a revision adds to a line, in rupiah; its account is the end of the key."""

    line_key: str
    authority: str
    rupiah: int
    is_new_line: bool = False

    @property
    def account(self) -> str:
        return self.line_key[-6:]


def account_notes(given: Iterable[Given], on: date, chart: Container[str]) -> list[Touched]:
    """Return what is to be said of the accounts that money is added to, in their order.

    chart: the accounts that there are on the day.
    """
    return [note for one in given if one.rupiah > 0 for note in _notes(one, on, chart)]


def _notes(one: Given, on: date, chart: Container[str]) -> Iterable[Touched]:
    if one.account not in chart:
        yield _note(one, "unknown_account", _unknown(one.account, on), "CLASS-01", verified=True)
    for rule in warnings(one.account, one.authority, on):
        yield _note(one, "non_physical", rule.message, rule.source, verified=rule.verified)
    if one.is_new_line and (words := WHICH.get(one.account)):
        yield _note(one, "which_account", words, "CLASS-17", verified=True)


def _note(one: Given, kind: str, message: Message, source: str, *, verified: bool) -> Touched:
    return Touched(one.line_key, kind, one.rupiah, message, False, source, verified)


def _unknown(account: str, on: date) -> Message:
    return Message(
        f"Akun {account} tidak ada dalam bagan akun Pulih per {day(on)}. Periksa kodenya.",
        f"Account {account} is not in Pulih's chart of accounts on {day(on, 'en')}. Check it.",
    )
