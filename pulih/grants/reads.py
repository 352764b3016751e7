"""What still lies on the books: grants under way, and hand-overs whose grant nobody has begun."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pulih.delivery.models import Handover
from pulih.people.models import User
from pulih.workflow.models.steps import state_of

from .models import GrantCase
from .rules.ageing import Lying
from .rules.steps import approver_of, unit_value
from .states import CLOSED, GRANT, STOPPED


def without_case(person: User) -> QuerySet[Handover]:
    """Hand-overs within sight that were received and whose grant has not begun."""
    known = GrantCase.objects.values("handover")
    rows = Handover.objects.visible_to(person).filter(received__gt=0).exclude(pk__in=known)
    found: QuerySet[Handover] = rows.select_related(
        "item", "province", "activity__province", "activity__regency"
    ).order_by("received_on", "pk")
    return found


def with_state(cases: QuerySet[GrantCase]) -> QuerySet[GrantCase]:
    return cases.annotate(state=state_of(GRANT.key))


def newest(cases: QuerySet[GrantCase]) -> QuerySet[GrantCase]:
    """Leave out grants that were stopped and begun again."""
    later = GrantCase.objects.filter(handover=OuterRef("handover"), pk__gt=OuterRef("pk"))
    return cases.exclude(Exists(later))


def live_case(handover: Handover) -> Any:
    """Return the grant of a hand-over with its state; None where none was begun, or it stopped."""
    found: Any = with_state(newest(GrantCase.objects.filter(handover=handover)))
    return found.exclude(state=STOPPED).first()


def lying(person: User, today: date) -> list[Lying]:
    """Everything on the books within sight, whether its grant has begun or not.

    A grant that was stopped leaves its goods on the books.
    """
    rows = newest(GrantCase.objects.visible_to(person))
    cases: Any = with_state(rows).select_related("province")
    found = [
        Lying(str(one.province), one.approver, (today - one.received_on).days, one.value)
        for one in cases
        if one.state != CLOSED
    ]
    for one in without_case(person):
        assert one.received is not None
        assert one.received_on is not None
        value = one.value * one.received // one.sent
        approver = approver_of(unit_value(value, one.received), one.received_on)
        found.append(Lying(str(one.province), approver, (today - one.received_on).days, value))
    return found


def on_the_books(cases: Any) -> Any:
    """Keep what still lies there, of rows of `with_state`: a grant that was stopped does."""
    return newest(cases.exclude(state=CLOSED))
