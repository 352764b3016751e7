"""The plain rows that every standard is written from; nothing here knows the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pulih.budget.rules.parties import PartyKind, public_name


@dataclass(frozen=True)
class About:
    """What stands at the head of every file.

    site: the address of the installation, without a slash at its end. ocid_prefix, giving_prefix:
    as the registers of the standards gave them to the publisher.
    """

    number: str
    as_of: date
    published_at: datetime
    site: str
    publisher: str
    ocid_prefix: str
    giving_prefix: str
    licence: str = "https://creativecommons.org/licenses/by/4.0/"

    def address(self, path: str) -> str:
        """The address of a file of this release, which never changes its meaning."""
        return f"{self.site}/data/r/{self.number}/{path}"


@dataclass(frozen=True)
class FiscalLine:
    """One budget line with its five amounts of the day, in rupiah."""

    key: str
    unit: str
    unit_name: str
    province: str
    province_name: str
    fiscal_year: int
    authority: str
    fund_source: str
    programme: str
    activity: str
    output: str
    component: str
    account: str
    account_name: str
    measure: str
    ceiling: int = 0
    blocked: int = 0
    committed: int = 0
    realised: int = 0
    reserved: int = 0


class Change(NamedTuple):
    """What a document added to one amount of one line: commitment or realisation, in rupiah."""

    line: int
    kind: str
    rupiah: int


@dataclass(frozen=True)
class Document:
    """One posted document. root: the commitment at the beginning of its chain; None: none.

    key: the ledger's own number of it, which never changes. stated: an officer's word on its
    payee.
    """

    key: int
    kind: str
    number: str
    day: date
    known_at: datetime
    unit: str
    party: str
    method: str
    root: int | None
    changes: tuple[Change, ...]
    stated: PartyKind | None = None

    @property
    def payee(self) -> str | None:
        """The name of a body; None for everybody else."""
        return public_name(self.party, self.stated)

    def sum_of(self, kind: str) -> int:
        return sum(change.rupiah for change in self.changes if change.kind == kind)


@dataclass(frozen=True)
class Ledger:
    """The lines of a fiscal year by their key, and its documents in the order of the ledger."""

    lines: Mapping[int, FiscalLine]
    documents: Sequence[Document]


@dataclass(frozen=True)
class Gift:
    """Goods that one hand-over (BAST) sent to one receiver. value: rupiah of what was sent.

    receiver_kind: as delivery keeps it. funder: the spending unit, or the office where none is
    named. received: None while the receiver has not answered.
    """

    key: int
    receiver: int
    receiver_kind: str
    receiver_name: str
    area: str
    area_name: str
    measure: str
    measure_name: str
    item: str
    unit: str
    quantity: int
    value: int
    day: date
    received: int | None
    funder: str
    funder_name: str
