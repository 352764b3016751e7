"""A round's proposals by score, beside the money that is free for each after those before it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .models import DecidedRow, Proposal, Round
from .rules.machine import DECIDED
from .rules.ranking import in_order
from .rules.reviewing import as_decimal, score

WAITING = ("verified", "under_review")  # No score is seen of these, by anybody.


class Need(NamedTuple):
    """What a proposal needs of lines of its province. rupiah: by account."""

    province_id: int
    measure_id: int
    rupiah: Mapping[str, int]


class Carried(NamedTuple):
    """free: rupiah left on lines that may pay for it; carried: what of its need they can pay."""

    free: int
    carried: int


Carrier = Callable[[int, Sequence[Need]], Sequence[Carried]]
_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    """Let the room that keeps money answer, for a year, whose needs it can pay in their order."""
    _carriers[:] = [carrier]


@dataclass(frozen=True)
class Ranked:
    """A proposal in its place. needed: rupiah asked, or approved and not yet reserved.

    place: 1 for the best score; None where it is approved already or not scored yet. score: None
    before every review is in. money: None
    where no score says yet that it may take any.
    """

    proposal: Proposal
    place: int | None
    score: Fraction | None
    needed: int
    money: Carried | None

    @property
    def points(self) -> Decimal | None:
        return None if self.score is None else as_decimal(self.score)

    @property
    def missing(self) -> int | None:
        return None if self.money is None else self.needed - self.money.carried


def ranking(round_: Round) -> list[Ranked]:
    """Rank a round: promises that wait for money, then scores, then what is not scored yet."""
    states = (*DECIDED, "scored", *WAITING)
    found = list(
        round_.proposals.filter(state__in=states)
        .select_related("province", "measure", "decision")
        .prefetch_related("rows", "scores", "decision__decided_rows")
        .order_by("number")
    )
    promised = [one for one in found if one.state in DECIDED]
    scored = in_order(
        (one, _score(one), one.asked_rupiah, one.people) for one in found if one.state == "scored"
    )
    needs = [*(_need(one) for one in promised), *(_need(one) for one, _score in scored)]
    money = _carried(round_.fiscal_year, needs)
    return [
        *(
            Ranked(one, None, _score(one), sum(need.rupiah.values()), paid)
            for one, need, paid in zip(promised, needs, money, strict=False)
        ),
        *(
            Ranked(one, place, points, one.asked_rupiah, paid)
            for place, ((one, points), paid) in enumerate(
                zip(scored, money[len(promised) :], strict=True), start=1
            )
        ),
        *(Ranked(one, None, None, one.asked_rupiah, None) for one in found if one.state in WAITING),
    ]


def _score(proposal: Proposal) -> Fraction:
    return score([each.total for each in proposal.scores.all()])


def _need(proposal: Proposal) -> Need:
    needed: Counter[str] = Counter()
    for row in _approved(proposal) if proposal.state in DECIDED else proposal.rows.all():
        needed[row.account] += row.rupiah
    return Need(proposal.province_id, proposal.measure_id, needed)


def _approved(proposal: Proposal) -> list[DecidedRow]:
    """Return the rows in force out of what was fetched with the proposal."""
    rows = list(proposal.decision.decided_rows.all())
    newest = max((row.amendment_id or 0 for row in rows), default=0)
    return [row for row in rows if (row.amendment_id or 0) == newest]


def _carried(year: int, needs: Sequence[Need]) -> list[Carried]:
    if not needs:
        return []
    answers = [list(carrier(year, needs)) for carrier in _carriers]
    return answers[0] if answers else [Carried(0, 0) for _need in needs]
