"""Payment requests on their way as a declared list: what waits for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from pulih.budget.models import AmountKind, Entry, SpendingUnit
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, number, province, words, year
from pulih.people.permissions import Permission
from pulih.web.words import say
from pulih.workflow import calendars, clocks
from pulih.workflow.models import MAIN, Duty

from .models import Submission, Withholding
from .states import PAYMENT

REQUESTED = (
    Entry.objects.filter(posting=OuterRef("request"), amount_kind=AmountKind.REQUEST)
    .order_by()
    .values("posting")
    .annotate(total=Sum("rupiah"))
    .values("total")
)
WITHHELD = Withholding.objects.filter(request=OuterRef("request")).order_by("-edition")
LATER = Submission.objects.filter(request=OuterRef("request"), turn__gt=OuterRef("turn"))
OPEN = Duty.objects.filter(
    machine=PAYMENT.key, subject_id=OuterRef("pk"), kind=MAIN, closed_at=None
)


def _submissions(asked: Asked) -> Any:
    """Return each request once: one that waits for its payment again is no longer paid."""
    rows = Submission.objects.visible_to(asked.person).filter(~Exists(LATER)).with_state()
    return rows.annotate(
        rupiah=Subquery(REQUESTED),
        withheld=Subquery(WITHHELD.values("withheld")[:1]),
        since=Subquery(OPEN.values("since")[:1]),
        until=Subquery(OPEN.values("until")[:1]),
        holder=Subquery(OPEN.values("person__name")[:1]),
        asked_on=F("request__effective_on"),
    ).select_related("request", "unit")


def _last_day(one: Any) -> date | None:
    """Return the last day of the open duty, on the clock of the unit's province."""
    return clocks.last_day(one.until, calendars.zone_of(one.province_id)) if one.until else None


def unit_name(key: int) -> str:
    unit = SpendingUnit.objects.filter(pk=key).first()
    return f"{unit.code} {unit}" if unit else str(key)


SUBMISSIONS = Listing(
    room="treasury",
    key="requests",
    title=_("Payment requests (SPP)"),
    file_name="spp",
    permission=Permission.SEE_BUDGET,
    source=_submissions,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "number",
            _("Number"),
            lambda one: one.request.document_number,
            Kind.CODE,
            link=lambda one: reverse("treasury:request", args=[one.request_id]),
            order="request__document_number",
        ),
        Column("asked_on", _("Date"), lambda one: one.asked_on, Kind.DAY, order="asked_on"),
        Column("unit_code", _("Unit code"), lambda one: one.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit", _("Spending unit"), lambda one: one.unit.name, hide=True),
        Column("party", _("Payee"), lambda one: one.request.party),
        Column("method", _("Way of payment"), lambda one: one.request.method, Kind.CODE),
        Column("rupiah", _("Amount"), lambda one: one.rupiah or 0, Kind.RUPIAH, sums=True),
        Column("withheld", _("Withheld"), lambda one: one.withheld, Kind.RUPIAH, hide=True),
        Column(
            "net",
            _("Net"),
            lambda one: (one.rupiah or 0) - (one.withheld or 0),
            Kind.RUPIAH,
            NOT_ON_PAGE,
        ),
        Column("state", _("State"), lambda one: say(PAYMENT.state(one.state).label)),
        Column("holder", _("Waits for"), lambda one: one.holder or "", hide=True),
        Column("until", _("Until"), _last_day, Kind.DAY, hide=True),
    ),
    filters=(
        words(["request__document_number", "request__party"]),
        choices(
            "state",
            _("State"),
            [(one.key, lazy(say, str)(one.label)) for one in PAYMENT.states],
            lambda rows, value: rows.filter(state=value),
        ),
        Filter(
            "unit", _("Spending unit"), number(1), equals("unit"), shown=unit_name, is_drawn=False
        ),
        year(lambda rows, value: rows.filter(request__fiscal_year=value)),
        province(equals("province")),
    ),
    order=("-asked_on", "-pk"),
    when_empty=_(
        "No request yet. A commitment officer asks for a payment on a contract or a line."
    ),
)
