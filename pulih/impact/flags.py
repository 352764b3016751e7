"""What people should know of two firms' reports before the firms become one."""

from pulih.common.errors import Message
from pulih.common.periods import month
from pulih.registry.merge_hooks import Objection
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
    last = max(shared)
    when = month(last.year, last.month), month(last.year, last.month, "en")
    return Objection(
        False,
        Message(
            f"Keduanya melaporkan dampak untuk bulan yang sama ({when[0]}). Setelah digabung "
            "hanya laporan yang diterima terakhir yang dihitung.",
            f"Both reported their impact for the same month ({when[1]}). Once merged only the "
            "report that came last is counted.",
        ),
    )
