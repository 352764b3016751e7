"""Correcting what a receiver counted: the first count stays, and goods, order and paper follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from pulih.audit.actions import record
from pulih.common.errors import Refusal
from pulih.market.actions import by_bast
from pulih.people.models import User
from pulih.people.permissions import Permission, require

from ..models import CountCorrection, Handover
from ..rules.goods import UNDONE_BY, share
from ..rules.handovers import fingerprint
from . import goods
from .activities import place_of
from .handovers import issue_paper, refuse_wrong_counts, text_of

Guard = Callable[[Handover], None]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """Let a room that built on a count refuse that it changes."""
    if guard not in _guards:
        _guards.append(guard)


@transaction.atomic
def correct_count(
    given: Handover, *, received: int, came_back: int, reason: str, why: str, name: str, post: str,
    by: User, now: datetime, today: date,
) -> CountCorrection:  # fmt: skip
    """Correct a receiver's count. May refuse.

    reason: of what is still missing; why: the first count was wrong. name, post: who of the
    receiver agreed. What the first count moved is let go of by moves of their own.
    """
    require(by, Permission.RUN_ACTIVITIES, place_of(given.activity))
    goods.lock(given.item)
    handover: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=given.pk)
    before = _refuse_uncounted(handover)
    refuse_wrong_counts(handover, received, came_back, reason)
    if (received, came_back) == (before, handover.came_back):
        raise Refusal(_("These are the counts that hold already. Enter what was counted anew."))
    for guard in _guards:
        guard(handover)
    missing = handover.sent - received
    made = CountCorrection(
        handover=handover, received_before=before, came_back_before=handover.came_back,
        received=received, came_back=came_back, difference_reason=reason if missing else "",
        why=why, agreed_by=name, agreed_post=post, by=by, at=now,
    )  # fmt: skip
    handover.received, handover.came_back = received, came_back
    handover.difference_reason = made.difference_reason
    made.fingerprint = fingerprint(text_of(handover, received))
    made.save()
    handover.save(update_fields=["received", "came_back", "difference_reason"])
    _move(made, by, today)
    issue_paper(handover, today, name)
    if handover.order_id and received != before:
        by_bast.correct(
            handover.order_id, number=handover.number, change=received - before, reason=why,
            receiver=handover.receiver_name, corrected_on=today, by=by,
        )  # fmt: skip
    record(by, "delivery.correct_count", handover, received=received, before=before)
    return made


def _refuse_uncounted(handover: Handover) -> int:
    if handover.received is None:
        raise Refusal(_("Nothing was counted yet. Enter what the receiver counted first."))
    return handover.received


def _move(made: CountCorrection, by: User, today: date) -> None:
    """Let go of what the first count said too much, then move what it said too little."""
    handover = made.handover
    changes = {
        "received": made.received - made.received_before,
        "came_back": made.came_back - made.came_back_before,
    }
    changes["lost_on_way"] = -sum(changes.values())
    usual: dict[str, Any] = {
        "day": today, "handover": handover, "reason": made.why, "by": by, "today": today,
    }  # fmt: skip
    for kind, change in changes.items():
        if change < 0:
            goods.add(
                handover.item, kind=UNDONE_BY[kind], quantity=-change,
                value=_worth(handover, kind, -change), **usual,
            )  # fmt: skip
    for kind, change in changes.items():
        if change > 0:
            goods.add(handover.item, kind=kind, quantity=change, **usual)


def _worth(handover: Handover, kind: str, quantity: int) -> int:
    """Return what the first count moved this quantity for; what lies in the store has its worth."""
    if kind == "came_back":
        return 0
    undone = Q(kind=UNDONE_BY[kind])
    sums = handover.moves.aggregate(
        moved=Sum("quantity", filter=Q(kind=kind)), worth=Sum("value", filter=Q(kind=kind)),
        moved_less=Sum("quantity", filter=undone, default=0),
        worth_less=Sum("value", filter=undone, default=0),
    )  # fmt: skip
    return share(sums["worth"] - sums["worth_less"], quantity, sums["moved"] - sums["moved_less"])
