"""What a participant, a lesson hour and a piece cost by the ledger, beside the approved plan."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from pulih.proposals.models import DecidedRow

from ..models import Activity
from ..rules.costs import Reached, UnitCosts, unit_costs
from .funnel import paid_for
from .outcomes import CameTo


@dataclass(frozen=True)
class Costs:
    """planned: of what was approved for the proposal; paid: of what the ledger paid so far.

    None where nothing was paid yet. is_shared: the proposal pays for other activities too, so that
    the payments cannot be parted.
    """

    planned: UnitCosts
    paid: UnitCosts
    planned_rupiah: int | None
    paid_rupiah: int | None
    is_shared: bool

    @property
    def rows(self) -> list[tuple[str, int | None, int | None]]:
        """What, planned, paid: for pages and papers in one order."""
        return [
            (key, getattr(self.planned, key), getattr(self.paid, key))
            for key in ("person", "hour", "piece")
        ]


def costs_of(activity: Activity, came: CameTo) -> Costs:
    """Return the costs of an activity whose classes `came` holds whole."""
    paid, planned = paid_for(activity), _planned(activity)
    people = sum(len(one.lines) for one in came.attendance.values())
    hours = sum(line.completion.present for one in came.attendance.values() for line in one.lines)
    pieces = came.made[0].passed if len(came.made) == 1 else 0
    reached = Reached(paid, people, hours, pieces) if paid else None
    shared = Activity.objects.filter(proposal=activity.proposal_id or 0).count() > 1
    return Costs(
        unit_costs(planned), unit_costs(reached), planned.rupiah if planned else None, paid, shared
    )


def _planned(activity: Activity) -> Reached | None:
    """Return what was approved; the hours are those of all participants together."""
    proposal = activity.proposal
    if proposal is None:
        return None
    rows = DecidedRow.objects.in_force(proposal.pk).order_by()
    rupiah = rows.aggregate(total=Sum("rupiah"))["total"]
    if not rupiah:
        return None
    goods = list(proposal.goods.values_list("quantity", flat=True))
    return Reached(
        int(rupiah), proposal.people, proposal.people * proposal.lesson_hours,
        goods[0] if len(goods) == 1 else 0,
    )  # fmt: skip
