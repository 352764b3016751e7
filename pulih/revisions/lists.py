"""Revisions as a declared list: by state, with who must act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pulih.budget.rules.offices import NAMES, Office
from pulih.lists.columns import EVERYWHERE, NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import choices, equals, flag, words
from pulih.people.permissions import Permission
from pulih.web.words import language

from .models import Revision, RevisionState
from .states import CHANGEABLE
from .waiting import waiting_for

API, FILE = frozenset({Place.API}), frozenset({Place.FILE})
NOT_IN_API = EVERYWHERE - API


def _revisions(asked: Asked) -> Any:
    rows = waiting_for(asked.person) if asked["mine"] else Revision.objects.visible_to(asked.person)
    return rows.select_related("unit", "province")


def counts_by_state(asked: Asked) -> Mapping[str, int]:
    """Return how many revisions a person sees in each state, in the order of the states."""
    found = Revision.objects.visible_to(asked.person).order_by().values_list("state")
    counted = dict(found.annotate(number=Count("pk")))
    return {state: counted.get(state, 0) for state in RevisionState.values}


def waits_for(revision: Revision) -> str:
    """Say who must act on a revision now; nothing when nobody must."""
    if revision.state in CHANGEABLE:
        return _now("the office: propose it")
    if revision.state == RevisionState.PROPOSED:
        office = NAMES[Office[revision.authority]].in_language(language())
        return _now("%(office)s: decide") % {"office": office}
    if revision.state == RevisionState.APPROVED:
        return _now("the directorate general: put it in force")
    return ""


def _office(revision: Revision) -> str:
    return NAMES[Office[revision.authority]].id if revision.authority else ""


def _made(revision: Revision) -> date:
    return localtime(revision.made_at).date()


REVISIONS = Listing(
    room="budget",
    key="revisions",
    title=_("Revisions"),
    file_name="revisi",
    permission=Permission.SEE_BUDGET,
    source=_revisions,
    columns=(
        Column("id", _("Revision"), lambda r: r.pk, Kind.WHOLE, API),
        Column("unit", _("Unit code"), lambda r: r.unit.code, Kind.CODE, NOT_ON_PAGE),
        Column("unit_name", _("Spending unit"), lambda r: r.unit.name, on=NOT_IN_API,
               template="revisions/_unit.html"),
        Column("province", _("Province"), lambda r: r.province.name, on=FILE),
        Column("fiscal_year", _("Year"), lambda r: r.fiscal_year, Kind.WHOLE, NOT_ON_PAGE),
        Column("kind", _("Kind"), lambda r: r.kind, on=API),
        Column("number", _("Revision no."), lambda r: r.number, Kind.WHOLE, NOT_ON_PAGE),
        Column("title", _("Title"), lambda r: r.title, on=API),
        Column("subject", _("Revision"), str, on=NOT_IN_API, template="revisions/_subject.html"),
        Column("state", _("State"), lambda r: r.state, on=API),
        Column("state_name", _("State"), lambda r: r.get_state_display(), on=NOT_IN_API,
               template="revisions/_state.html"),
        Column("waits_for", _("Who must act"), waits_for, on=PAGE_ONLY, look="s"),
        Column("office", _("Office that decides"), _office, on=FILE),
        Column("declared_total", _("Difference"), lambda r: r.declared_total, Kind.RUPIAH,
               unit="Rp", template="revisions/_difference.html"),
        Column("made_on", _("Made"), _made, Kind.DAY, NOT_IN_API, look="s"),
        Column("effective_on", _("In effect on"), lambda r: r.effective_on, Kind.DAY,
               NOT_ON_PAGE),
    ),
    filters=(
        words(["title", "unit__name", "unit__code"]),
        choices("state", _("State"), RevisionState.choices, equals("state"),
                counts=counts_by_state),
        flag("mine", _("Waiting for me")),
    ),
    order=("-made_at", "-id"),
    when_empty=_("No revisions yet."),
    when_none=_("No revision is in this state."),
    empty="revisions/_none.html",
    icon="arrows-diff",
)  # fmt: skip
