"""Every decision of a selection as a declared list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, flag, province, words
from pulih.people.permissions import Permission

from . import filter_names
from .models import Selection, SelectionDecision
from .words import REASONS


def _decisions(asked: Asked) -> Any:
    return SelectionDecision.objects.visible_to(asked.person).select_related(
        "entry__applicant__person", "entry__selection__activity", "regency"
    )


DECISIONS = Listing(
    room="delivery",
    key="decisions",
    title=_("Chosen and not chosen"),
    file_name="keputusan_peserta",
    permission=Permission.SEE_ACTIVITIES,
    source=_decisions,
    columns=(
        Column("id", _("Id"), lambda d: d.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("code", _("Application"), lambda d: d.entry.code, Kind.CODE),
        Column(
            "name",
            _("Name"),
            lambda d: d.entry.applicant.person.name,
            link=lambda d: reverse("delivery:applicant", args=[d.entry.applicant_id]),
        ),
        Column("activity", _("Activity"), lambda d: d.entry.selection.activity.title, hide=True),
        Column("regency", _("Regency or city"), lambda d: str(d.regency), hide=True),
        Column("score", _("Score"), lambda d: d.entry.score, Kind.DECIMAL, order="entry__score"),
        Column("group", _("Group"), lambda d: d.group, Kind.WHOLE, NOT_ON_PAGE),
        Column("place", _("Place in the group"), lambda d: d.place, Kind.WHOLE),
        Column("line", _("Score line"), lambda d: d.line, Kind.DECIMAL),
        Column("chosen", _("Chosen"), lambda d: d.is_chosen, Kind.YES_NO),
        Column("reason", _("Why"), lambda d: str(REASONS[d.is_chosen, d.reason]), look="full"),
        Column("by", _("In the way"), lambda d: ", ".join(d.by), on=NOT_ON_PAGE),
    ),
    filters=(
        words(["entry__applicant__person__name", "entry__code"]),
        flag("chosen", _("Chosen"), equals("is_chosen")),
        choices(
            "reason",
            _("Why"),
            [(key, words_) for (chosen, key), words_ in REASONS.items() if not chosen],
            lambda rows, value: rows.filter(reason=value, is_chosen=False),
        ),
        by_link(
            "selection", _("Selection"), Selection, "entry__selection", filter_names.of_selection
        ),
        province(equals("province")),
    ),
    order=("regency_id", "group", "place", "pk"),
    when_empty=_("Nobody was chosen yet. Participants are chosen on the page of an activity."),
)
