"""What people should know of two firms' reports before the firms become one."""

from pulih.common.errors import Message
from pulih.registry.merge_guards import Objection
from pulih.registry.models import Enterprise

from .models import ImpactReport


def same_month(kept: Enterprise, merged: Enterprise) -> Objection | None:
    """Flag that both told of the same month: once they are one, a single report of it counts."""
    months = [
        set(
            ImpactReport.objects.of_firm(firm)
            .filter(is_withdrawn=False)
            .values_list("month", flat=True)
        )
        for firm in (kept, merged)
    ]
    shared = months[0] & months[1]
    if not shared:
        return None
    when = f"{max(shared):%Y-%m}"
    return Objection(
        False,
        Message(
            f"Keduanya melaporkan dampak untuk bulan yang sama ({when}). Setelah digabung hanya "
            "laporan yang diterima terakhir yang dihitung.",
            f"Both reported their impact for the same month ({when}). Once merged only the report "
            "that came last is counted.",
        ),
    )
