"""Mentoring visits as a declared list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, equals, flag, province, words
from pulih.people.permissions import Permission
from pulih.web.words import say
from pulih.workflow.models import state_of

from . import filter_names
from .models import Cohort, MentoringVisit
from .states import MENTORING


def _visits(asked: Asked) -> Any:
    rows = MentoringVisit.objects.visible_to(asked.person).annotate(state=state_of(MENTORING.key))
    return rows.select_related("cohort__activity", "participant__person", "regency", "report__who")


def _told(visit: MentoringVisit, name: str) -> Any:
    report = getattr(visit, "report", None)
    return getattr(report, name) if report else None


MENTORING_VISITS = Listing(
    room="delivery",
    key="mentoring",
    title=_("Mentoring visits"),
    file_name="pendampingan",
    permission=Permission.SEE_ACTIVITIES,
    source=_visits,
    columns=(
        Column("id", _("Id"), lambda v: v.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("activity", _("Activity"), lambda v: v.cohort.activity.title, on=NOT_ON_PAGE),
        Column(
            "cohort", _("Class"), lambda v: v.cohort.name,
            link=lambda v: reverse("delivery:mentoring-visit", args=[v.pk]),
        ),
        Column(
            "participant", _("Participant"),
            lambda v: v.participant.person.name if v.participant else "",
        ),
        Column("regency", _("Regency or city"), lambda v: str(v.regency), hide=True),
        Column("planned_on", _("Planned on"), lambda v: v.planned_on, Kind.DAY,
               order="planned_on"),
        Column("mentor", _("Mentor"), lambda v: v.mentor),
        Column("purpose", _("What it is for"), lambda v: v.purpose, on=NOT_ON_PAGE),
        Column("visited_on", _("Visited on"), lambda v: _told(v, "visited_on"), Kind.DAY),
        Column("finding", _("What was found"), lambda v: _told(v, "finding") or "", hide=True),
        Column("task", _("What is to be done"), lambda v: _told(v, "task") or "", hide=True),
        Column("who", _("By whom"), lambda v: str(_told(v, "who") or ""), hide=True),
        Column("due_on", _("To be done by"), lambda v: _told(v, "due_on"), Kind.DAY),
        Column("state", _("State"), lambda v: say(MENTORING.state(v.state).label)),
    ),
    filters=(
        words(["mentor", "participant__person__name", "cohort__activity__title"]),
        flag("open", _("Not finished"),
             lambda rows, _on: rows.filter(state__in=("planned", "to_do"))),
        by_link("cohort", _("Class"), Cohort, named=filter_names.of_class),
        province(equals("province")),
    ),
    order=("-planned_on", "-pk"),
    when_empty=_("No visit is planned yet. Plan one on the page of a class."),
)  # fmt: skip
