"""Lists that came, or were withdrawn, after a release was counted, and whose data it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from pulih.audit.models import Event
from pulih.inbox.models import ImportBatch, State

from ..models import Release, Scope
from .releases import on_show

COUNTED = "counted_up_to"  # In a release's explanation, as `reached` gives it.
WITHDRAWING = ("inbox.withdraw", "inbox.restore")


@dataclass(frozen=True)
class LateLists:
    """came: read to their end since. turned: counted then and withdrawn since, or the reverse."""

    came: Sequence[ImportBatch]
    turned: Sequence[ImportBatch]

    @property
    def every(self) -> list[ImportBatch]:
        return [*self.came, *self.turned]


def reached() -> Mapping[str, int]:
    """Return how far the numbers of lists and of acts have come: order, whatever a clock says."""
    newest_file = ImportBatch.objects.aggregate(newest=Max("pk"))["newest"] or 0
    newest_act = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return {"file": newest_file, "act": newest_act}


def newest_of_people() -> Release | None:
    """Return the newest release on show that stewards made; money alone publishes itself."""
    return next((one for one in on_show() if one.scope != Scope.MONEY), None)


def late_lists(release: Release) -> LateLists:
    """Return the lists that would move figures of a release's day, were it counted today.

    Empty where a release was counted before Pulih kept how far it had read.
    """
    counted: Mapping[str, Any] | None = release.explanation.get(COUNTED)
    if counted is None:
        return LateLists([], [])
    of_its_day = ImportBatch.objects.filter(as_of__lte=release.as_of).select_related("office")
    done = of_its_day.filter(pk__gt=counted["file"], state=State.DONE).order_by("pk")
    acts = Event.objects.filter(pk__gt=counted["act"], verb__in=WITHDRAWING)
    keys = {int(key) for key in acts.values_list("subject_id", flat=True)}
    turned = of_its_day.filter(pk__in=keys, pk__lte=counted["file"]).order_by("pk")
    return LateLists([one for one in done if one.rows > one.rejected], list(turned))
