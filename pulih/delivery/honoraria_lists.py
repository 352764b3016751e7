"""Honoraria in nominative lists, and who taught what, as declared lists."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, province, words
from pulih.people.permissions import Permission

from . import filter_names
from .models import Cohort, Honorarium, PaymentList, Teaching, TrainerRole


def _honoraria(asked: Asked) -> Any:
    rows = Honorarium.objects.visible_to(asked.person)
    return rows.select_related("list", "trainer__cohort")


HONORARIA = Listing(
    room="delivery",
    key="honoraria",
    title=_("Honoraria in nominative lists"),
    file_name="daftar-honorarium",
    permission=Permission.SEE_BUDGET,
    source=_honoraria,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("position", _("No."), lambda one: one.position, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", _("Name"), lambda one: one.trainer.name),
        Column("role", _("As"), lambda one: one.trainer.get_role_display()),
        Column("cohort", _("Class"), lambda one: one.trainer.cohort.name),
        Column(
            "list",
            _("List"),
            lambda one: one.list.number,
            link=lambda one: reverse("delivery:payment-list", args=[one.list_id]),
        ),
        Column(
            "payee", _("To the tax office"), lambda one: one.get_payee_display(), on=NOT_ON_PAGE
        ),
        Column("has_npwp", "NPWP", lambda one: one.has_npwp, Kind.YES_NO, NOT_ON_PAGE),
        Column("times", _("Times paid"), lambda one: one.times, Kind.WHOLE),
        Column("rate", _("Rate"), lambda one: one.rate, Kind.RUPIAH),
        Column("gross", _("Gross"), lambda one: one.gross, Kind.RUPIAH, sums=True),
        Column("tax", _("Tax withheld"), lambda one: one.tax, Kind.RUPIAH, sums=True),
        Column("net", _("Net"), lambda one: one.net, Kind.RUPIAH, sums=True),
    ),
    filters=(
        words(["trainer__name"]),
        choices("role", _("As"), TrainerRole.choices, equals("trainer__role")),
        by_link("list", _("List"), PaymentList),
        province(equals("province")),
    ),
    order=("list_id", "position"),
    when_empty=_("No honorarium stands in a list yet."),
)


def _teachings(asked: Asked) -> Any:
    rows = Teaching.objects.visible_to(asked.person)
    return rows.select_related("session", "trainer__cohort__activity", "by")


TEACHINGS = Listing(
    room="delivery",
    key="teachings",
    title=_("Who taught which session"),
    file_name="pengajaran",
    permission=Permission.SEE_ACTIVITIES,
    source=_teachings,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("day", _("Day"), lambda one: one.session.day, Kind.DAY),
        Column("subject", _("Subject"), lambda one: one.session.subject),
        Column("name", _("Name"), lambda one: one.trainer.name),
        Column("role", _("As"), lambda one: one.trainer.get_role_display()),
        Column(
            "cohort",
            _("Class"),
            lambda one: one.trainer.cohort.name,
            link=lambda one: reverse("delivery:cohort", args=[one.trainer.cohort_id]),
        ),
        Column("lesson_hours", _("Lesson hours (JP)"), lambda one: one.lesson_hours, Kind.WHOLE),
        Column("why", _("Why"), lambda one: one.why, look="full"),
        Column("by", _("Entered by"), lambda one: str(one.by), hide=True),
        Column(
            "activity", _("Activity"), lambda one: one.trainer.cohort.activity.title, on=NOT_ON_PAGE
        ),
    ),
    filters=(
        words(["trainer__name", "session__subject"]),
        by_link("cohort", _("Class"), Cohort, "trainer__cohort", filter_names.of_class),
        province(equals("province")),
    ),
    order=("-pk",),
    when_empty=_("Nobody said yet who taught. It is recorded on the page of a class."),
)
