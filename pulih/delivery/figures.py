"""What delivery counts: goods handed over, and hand-overs that nobody answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import Kind
from pulih.lists.figures import Definition, define
from pulih.people.permissions import Permission

from .lists import HANDOVERS, unanswered

HANDED_OVER = define(
    Definition(
        key="delivery.handed_over",
        words=_("Value handed over"),
        definition=_("Value of the goods on all hand-overs (BAST), as they were sent."),
        kind=Kind.RUPIAH,
        permission=Permission.SEE_ACTIVITIES,
        filters=HANDOVERS.filters,
        compute=lambda asked: HANDOVERS.sums(HANDOVERS.rows(asked))["value"],
        rows="delivery:handovers",
        adds="value",
        head="Nilai",
        api="delivery/handovers",
    )
)
UNANSWERED = define(
    Definition(
        key="delivery.unanswered",
        words=_("Hand-overs not answered"),
        definition=_("Hand-overs (BAST) whose receiver has not counted and signed yet."),
        kind=Kind.WHOLE,
        permission=Permission.SEE_ACTIVITIES,
        filters=HANDOVERS.filters,
        compute=lambda asked: unanswered(HANDOVERS.rows(asked)).count(),
        rows="delivery:handovers",
        asks={"waiting": "1"},
        api="delivery/handovers",
    )
)
