"""Taxes withheld from payment requests as a declared list: what is due, what was paid in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Message
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, number, province, words, year
from pulih.people.permissions import Permission
from pulih.web.words import say

from .models import Deduction
from .reads.taxes import due_of, late_on, today, with_proofs
from .rules import taxes
from .rules.taxes import Way
from .submission_lists import unit_name

STATES = {
    "paid_in": Message("sudah disetor", "paid in"),
    "ordered": Message("menunggu SP2D", "waiting for the SP2D"),
    "due": Message("belum disetor", "not yet paid in"),
    "late": Message("lewat batas setor", "past its day"),
}
LEFT_OUT = Message("tidak dipotong", "not withheld")


def state_of(row: Any) -> str:
    """Return the state of a withheld row of `with_proofs`, as a key of `STATES`."""
    if row.is_paid_in:
        return "paid_in"
    if row.withholding.way == Way.ORDER:
        return "ordered"
    due = due_of(row)
    return "late" if due and due < today() else "due"


def said_of(row: Any) -> str:
    """Return the words for the state of a row of `with_proofs`, also of what nobody withholds."""
    return say(STATES[state_of(row)] if row.rupiah else LEFT_OUT)


def _rows(asked: Asked) -> Any:
    rows = with_proofs(Deduction.objects.visible_to(asked.person).in_force())
    return rows.select_related("withholding__request", "withholding__unit")


def past_their_day(rows: Any) -> Any:
    return rows.filter(late_on(today()))


def _in_state(rows: Any, state: str) -> Any:
    late = late_on(today())
    kept = {
        "paid_in": Q(is_paid_in=True),
        "ordered": Q(is_paid_in=False, withholding__way=Way.ORDER),
        "due": Q(is_paid_in=False, withholding__way=Way.TREASURER) & ~late,
        "late": late,
    }
    return rows.filter(kept[state])


TAXES = Listing(
    room="treasury",
    key="taxes",
    title=_("Taxes withheld"),
    file_name="pajak",
    permission=Permission.SEE_BUDGET,
    source=_rows,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "withheld_on", _("Withheld on"), lambda one: one.withheld_on, Kind.DAY,
            order="withheld_on",
        ),
        Column(
            "number", _("SPP"), lambda one: one.withholding.request.document_number, Kind.CODE,
            link=lambda one: reverse("treasury:tax", args=[one.pk]),
        ),
        Column(
            "unit_code", _("Unit code"), lambda one: one.withholding.unit.code, Kind.CODE,
            NOT_ON_PAGE,
        ),
        Column("unit", _("Spending unit"), lambda one: one.withholding.unit.name, hide=True),
        Column("party", _("Payee"), lambda one: one.withholding.request.party, hide=True),
        Column("tax", _("Tax"), lambda one: say(taxes.taxes()[one.tax].words)),
        Column("map", "MAP", lambda one: taxes.taxes()[one.tax].map, Kind.CODE, NOT_ON_PAGE),
        Column("way", _("Who takes it off"), lambda one: one.withholding.get_way_display(),
               on=NOT_ON_PAGE),
        Column("base", _("Tax base"), lambda one: one.base, Kind.RUPIAH, hide=True),
        Column("rupiah", _("Withheld"), lambda one: one.rupiah, Kind.RUPIAH, order="rupiah",
               sums=True),
        Column("due", _("Until"), due_of, Kind.DAY),
        Column("state", _("State"), lambda one: say(STATES[state_of(one)])),
        Column("ntpn", "NTPN", lambda one: one.ntpn or "", Kind.CODE, hide=True),
        Column("paid_on", _("Paid in on"), lambda one: one.proof_on, Kind.DAY, hide=True),
    ),
    filters=(
        words(["withholding__request__document_number", "withholding__request__party"]),
        choices(
            "state", _("State"), [(key, lazy(say, str)(one)) for key, one in STATES.items()],
            _in_state,
        ),
        choices(
            "tax", _("Tax"),
            [(key, lazy(say, str)(one.words)) for key, one in taxes.taxes().items()],
            lambda rows, value: rows.filter(tax=value),
        ),
        Filter("unit", _("Spending unit"), number(1), equals("withholding__unit"),
               shown=unit_name, is_drawn=False),
        year(lambda rows, value: rows.filter(withholding__request__fiscal_year=value)),
        province(equals("province")),
    ),
    order=("-withheld_on", "-pk"),
    when_empty=_("Nothing is withheld yet. A commitment officer states the taxes of an SPP."),
)  # fmt: skip
