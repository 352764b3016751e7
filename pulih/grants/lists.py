"""Grants as a declared list: what waits where, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.delivery.clock import now
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, flag, province, words
from pulih.people.permissions import Permission
from pulih.web.words import say
from pulih.workflow.reads import held_each

from .models import Approver, GrantCase
from .presenters import holder_words
from .reads import on_the_books, with_state
from .states import CLOSED, GRANT, KEYS


def _cases(asked: Asked) -> Any:
    return with_state(GrantCase.objects.visible_to(asked.person)).select_related(
        "handover__item", "province"
    )


def _taken(case: Any) -> int | None:
    """How many of its steps are taken; None where it was stopped."""
    if case.state == CLOSED:
        return len(KEYS)
    return KEYS.index(case.state) if case.state in KEYS else None


def _dressed(_asked: Asked, rows: Sequence[Any]) -> Sequence[Any]:
    """Give grants who has them until when, and the steps that they have taken."""
    held = held_each(GRANT, [one.pk for one in rows], now(HttpRequest()))
    for one in rows:
        one.held, one.taken, one.steps = held.get(one.pk), _taken(one), len(KEYS)
        one.words = say(GRANT.state(one.state).label)
    return rows


CASES = Listing(
    room="grants",
    key="cases",
    title=_("Grants"),
    file_name="hibah",
    permission=Permission.SEE_ACTIVITIES,
    source=_cases,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "bast", "BAST", lambda one: one.handover.number, look="nm",
            link=lambda one: reverse("grants:case", args=[one.pk]),
        ),
        Column("item", _("Goods item"), lambda one: one.handover.item.name),
        Column("receiver", _("Receiver"), lambda one: one.handover.receiver_name),
        Column("province", _("Province"), lambda one: str(one.province), hide=True),
        Column("value", _("Value"), lambda one: one.value, Kind.RUPIAH, order="value", sums=True),
        Column("unit_value", _("Value of a unit"), lambda one: one.unit_value, Kind.RUPIAH,
               NOT_ON_PAGE),
        Column("approver", _("Approved by"), lambda one: one.get_approver_display(),
               on=NOT_ON_PAGE),
        Column("received_on", _("Received on"), lambda one: one.received_on, Kind.DAY,
               order="received_on"),
        Column("state", _("State"), lambda one: one.words, template="grants/_state.html"),
        Column("taken", _("Steps taken"), lambda one: one.taken, Kind.WHOLE, NOT_ON_PAGE),
        Column("holder", _("Whose turn"), lambda one: str(holder_words(one, one.state)),
               template="grants/_holder.html"),
        Column("until", _("Until"), lambda one: one.held and one.held.due.last_day, Kind.DAY,
               NOT_ON_PAGE),
    ),
    filters=(
        words(["handover__number", "handover__item__name", "handover__receiver_name"]),
        choices("approver", _("Approved by"), Approver.choices, equals("approver")),
        flag("open", _("On the books"), lambda rows, _on: on_the_books(rows)),
        province(equals("province")),
    ),
    order=("received_on", "pk"),
    dress=_dressed,
    when_empty=_("No grant yet. What was received and signed still lies on the state's books."),
)  # fmt: skip
