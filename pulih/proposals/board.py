"""The promise board: what every province asked for, what was promised, funded and delivered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing


class Outcome(NamedTuple):
    """What became of a province's promised money: rupiah committed, paid, and signed for."""

    committed: int = 0
    paid: int = 0
    delivered: int = 0


Teller = Callable[[int], Mapping[int, Outcome]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let a room above answer, for a year, what became of promised money by province."""
    _tellers[:] = [teller]


@dataclass(frozen=True)
class BoardRow:
    """A province in sums: money in whole rupiah, numbers of proposals; nobody is named."""

    province_id: int
    province: str
    asked_count: int
    asked: int
    promised_count: int
    promised: int
    funded_count: int
    funded: int
    rejected_count: int
    newest: datetime
    outcome: Outcome


def board(year: int) -> list[BoardRow]:
    """Return the provinces that have sent a proposal in a round of `year`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proposals_board(%s)", [year])
        rows = cursor.fetchall()
    became = {key: one for teller in _tellers for key, one in teller(year).items()}
    return [BoardRow(*[*row, became.get(row[0], Outcome())]) for row in rows]


def _rows(asked: Asked) -> Sequence[BoardRow]:
    return board(asked.seen.day.year)


BOARD = Listing(
    room="proposals",
    key="board",
    title=_("Asked and promised"),
    file_name="papan-janji",
    permission=None,
    source=_rows,
    columns=(
        Column(
            "province",
            _("Province"),
            lambda row: row.province,
            link=lambda row: f"{reverse('proposals:list')}?province={row.province_id}",
        ),
        Column("asked_count", _("Proposals"), lambda row: row.asked_count, Kind.WHOLE, sums=True),
        Column("asked", _("Sum asked for"), lambda row: row.asked, Kind.RUPIAH, sums=True),
        Column("promised", _("Promised"), lambda row: row.promised, Kind.RUPIAH, sums=True),
        Column("funded", _("Funded"), lambda row: row.funded, Kind.RUPIAH, sums=True),
        Column(
            "committed", _("Committed"), lambda row: row.outcome.committed, Kind.RUPIAH, sums=True
        ),
        Column("paid", _("Paid"), lambda row: row.outcome.paid, Kind.RUPIAH, sums=True),
        Column(
            "delivered", _("Signed for"), lambda row: row.outcome.delivered, Kind.RUPIAH, sums=True
        ),
        Column(
            "rejected_count",
            _("Rejected"),
            lambda row: row.rejected_count,
            Kind.WHOLE,
            sums=True,
            hide=True,
        ),
        Column("newest", _("Newest step"), lambda row: row.newest, Kind.MOMENT, hide=True),
    ),
    when_empty=_("Nobody has sent a proposal for this year yet."),
)
