"""Follow-ups as a declared list: whom to ask, and what was answered."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, flag, province, words
from pulih.people.permissions import Permission

from . import filter_names
from .models import Cohort, FollowUp, FollowUpAnswer, Turnover
from .rules.followups import MONTHS

ANSWERED = ("is_producing", "turnover", "has_kit", "has_nib", "has_certificate", "answered_at")


def _follow_ups(asked: Asked) -> Any:
    newest = FollowUpAnswer.objects.filter(follow_up=OuterRef("pk")).order_by("-pk")
    said = {name: Subquery(newest.values(name)[:1]) for name in ANSWERED}
    rows = FollowUp.objects.visible_to(asked.person).annotate(**said)
    return rows.select_related("round__cohort__activity", "participant__person", "regency")


FOLLOW_UPS = Listing(
    room="delivery",
    key="follow-ups",
    title=_("Follow-ups of trainings"),
    file_name="tindak-lanjut",
    permission=Permission.SEE_ACTIVITIES,
    source=_follow_ups,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "name", _("Name"), lambda one: one.participant.person.name,
            link=lambda one: reverse("delivery:follow-up", args=[one.pk]),
        ),
        Column("activity", _("Activity"), lambda one: one.round.cohort.activity.title),
        Column(
            "cohort", _("Class"), lambda one: one.round.cohort.name,
            link=lambda one: reverse("delivery:follow-up-round", args=[one.round_id]),
        ),
        Column("months", _("Months after"), lambda one: one.round.months, Kind.WHOLE),
        Column("due_on", _("To be asked from"), lambda one: one.round.due_on, Kind.DAY),
        Column("regency", _("Regency or city"), lambda one: str(one.regency), on=NOT_ON_PAGE),
        Column("is_producing", _("Produces"), lambda one: one.is_producing, Kind.YES_NO),
        Column(
            "turnover", _("Turnover of a month"),
            lambda one: str(Turnover(one.turnover).label) if one.turnover else "",
        ),
        Column("has_kit", _("Has the tools"), lambda one: one.has_kit, Kind.YES_NO),
        Column("has_nib", "NIB", lambda one: one.has_nib, Kind.YES_NO),
        Column(
            "has_certificate", _("Product certificate"), lambda one: one.has_certificate,
            Kind.YES_NO,
        ),
        Column("answered_at", _("Answered"), lambda one: one.answered_at, Kind.MOMENT),
    ),
    filters=(
        words(["participant__person__name", "round__cohort__activity__title"]),
        choices("months", _("Months after"), [(n, str(n)) for n in MONTHS],
                equals("round__months")),
        flag("waiting", _("Not answered"), lambda rows, _on: rows.filter(answers=None)),
        flag("stopped", _("Produces no more"),
             lambda rows, _on: rows.filter(Q(is_producing=False))),
        by_link("cohort", _("Class"), Cohort, "round__cohort", filter_names.of_class),
        province(equals("province")),
    ),
    order=("-round_id", "pk"),
    when_empty=_("Nobody is asked yet. Rounds open 3, 6 and 12 months after a training."),
)  # fmt: skip
