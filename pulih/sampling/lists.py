"""Sampling checks, the lines that were drawn, and findings as declared lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.areas.rows import area_of
from pulih.lists.columns import NOT_ON_PAGE, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, flag, province, words, year
from pulih.people.permissions import Permission
from pulih.web.words import say
from pulih.workflow.models.steps import state_of

from .models import Finding, Outcome, SampleCheck, SampleUnit, Visit
from .models import Kind as What
from .states import FINDING
from .words import country


def _checks(asked: Asked) -> Any:
    rows = SampleCheck.objects.visible_to(asked.person).select_related("province")
    return rows.annotate(
        drawn_count=Count("drawn", distinct=True),
        visited=Count("drawn__unit__visits", filter=Q(drawn__unit__visits__corrects=None)),
    )


CHECKS = Listing(
    room="sampling",
    key="checks",
    title=_("Sampling checks"),
    file_name="uji-petik",
    permission=Permission.SEE_SAMPLES,
    source=_checks,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "title", _("Title"), lambda one: one.title, order="title",
            link=lambda one: reverse("sampling:check", args=[one.pk]),
        ),
        Column("kind", _("What is checked"), lambda one: one.get_kind_display()),
        Column("area", _("Area"), lambda one: str(one.province or country())),
        Column("first_day", _("First day"), lambda one: one.first_day, Kind.DAY, NOT_ON_PAGE),
        Column("last_day", _("Last day"), lambda one: one.last_day, Kind.DAY, order="last_day"),
        Column("population", _("In the list"), lambda one: one.population, Kind.WHOLE),
        Column("drawn", _("Drawn"), lambda one: one.drawn_count, Kind.WHOLE),
        Column("visited", _("Visited"), lambda one: one.visited, Kind.WHOLE),
        Column("seed", _("Seed"), lambda one: one.seed, Kind.CODE, NOT_ON_PAGE),
        Column("digest", _("Digest"), lambda one: one.digest, Kind.CODE, NOT_ON_PAGE),
    ),
    filters=(
        words(["title"]),
        choices("kind", _("What is checked"), What.choices, equals("kind")),
        year(lambda rows, value: rows.filter(last_day__year=value)),
        province(equals("province")),
    ),
    order=("-pk",),
    when_empty=_("No sampling check yet. Freeze the list of one first."),
)  # fmt: skip


FOUND = ("outcome", "counted", "visited_on", "note")


def _units(asked: Asked) -> Any:
    rows = SampleUnit.objects.visible_to(asked.person).filter(
        drawn__isnull=False, sample__in=SampleCheck.objects.visible_to(asked.person)
    )
    newest = Visit.objects.filter(unit=OuterRef("pk"), corrected_by=None)
    said = {name: Subquery(newest.values(name)[:1]) for name in FOUND}
    return rows.select_related("sample", "province", "regency", "measure").annotate(**said)


def _outcome(unit: Any) -> str:
    return str(Outcome(unit.outcome).label) if unit.outcome else ""


UNITS = Listing(
    room="sampling",
    key="units",
    title=_("Drawn for a visit"),
    file_name="uji-petik-kunjungan",
    permission=Permission.SEE_SAMPLES,
    source=_units,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("number", _("No."), lambda one: one.number, Kind.WHOLE, order="number"),
        Column(
            "name", _("Who"), lambda one: one.name, order="name",
            link=lambda one: reverse("sampling:unit", args=[one.pk]),
        ),
        Column("check", _("Sampling check"), lambda one: one.sample.title, on=NOT_ON_PAGE),
        Column("expected", _("What should be there"), lambda one: one.expected),
        Column("quantity", _("Quantity"), lambda one: one.quantity, Kind.WHOLE),
        Column("area", _("Area"), lambda one: str(area_of(one))),
        Column("measure", _("Measure"), lambda one: one.measure.name, hide=True),
        Column("outcome", _("What was found"), _outcome),
        Column("counted", _("Counted"), lambda one: one.counted, Kind.WHOLE),
        Column("visited_on", _("Visited on"), lambda one: one.visited_on, Kind.DAY),
        Column("note", _("What was seen or said"), lambda one: one.note, on=NOT_ON_PAGE),
    ),
    filters=(
        words(["name", "expected"]),
        choices(
            "outcome", _("What was found"), Outcome.choices,
            lambda rows, value: rows.filter(outcome=value),
        ),
        flag("waiting", _("Not visited"), lambda rows, _on: rows.filter(visits=None)),
        by_link("check", _("Sampling check"), SampleCheck, "sample"),
        province(equals("province")),
    ),
    order=("sample_id", "number", "pk"),
    when_empty=_("Nobody is drawn yet. A seed draws them on the page of a check."),
)  # fmt: skip


def _findings(asked: Asked) -> Any:
    rows = Finding.objects.visible_to(asked.person)
    return rows.select_related("unit", "visit", "province").annotate(state=state_of(FINDING.key))


FINDINGS = Listing(
    room="sampling",
    key="findings",
    title=_("Findings"),
    file_name="uji-petik-temuan",
    permission=Permission.SEE_SAMPLES,
    source=_findings,
    columns=(
        Column("id", _("Id"), lambda one: one.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column(
            "who", _("Who"), lambda one: one.unit.name,
            link=lambda one: reverse("sampling:finding", args=[one.pk]),
        ),
        Column("expected", _("What should be there"), lambda one: one.unit.expected),
        Column("outcome", _("What was found"), lambda one: one.visit.get_outcome_display()),
        Column("counted", _("Counted"), lambda one: one.visit.counted, Kind.WHOLE),
        Column("note", _("What was seen or said"), lambda one: one.visit.note, hide=True),
        Column("visited_on", _("Visited on"), lambda one: one.visit.visited_on, Kind.DAY),
        Column("province", _("Province"), lambda one: str(one.province)),
        Column("state", _("State"), lambda one: say(FINDING.state(one.state).label)),
    ),
    filters=(
        words(["unit__name", "unit__expected"]),
        choices("outcome", _("What was found"), Outcome.choices[1:], equals("visit__outcome")),
        flag(
            "open", _("Not settled"), lambda rows, _on: rows.filter(state=FINDING.start)
        ),
        by_link("check", _("Sampling check"), SampleCheck, "unit__sample"),
        province(equals("province")),
    ),
    order=("-pk",),
    when_empty=_("No finding. What a visit does not find as recorded stands here until settled."),
)  # fmt: skip
