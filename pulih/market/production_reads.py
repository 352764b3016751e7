"""Which firms produce again, by what they, their offices and delivered lists say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from pulih.impact.models import ImpactReport
from pulih.registry.models import Enterprise, SplitMove

from .models import ProductionStatement
from .rules.production import STANDING_STILL, holds

FIRM = ("enterprise_id", "enterprise__merged_into_id")


def statements_of(
    firm: Enterprise, rows: QuerySet[ProductionStatement] | None = None
) -> QuerySet[ProductionStatement]:
    """What was said of a firm and of those merged into it, newest first. rows: that may be seen."""
    one = Q(enterprise=firm) | Q(enterprise__merged_into=firm)
    every = ProductionStatement.objects.all() if rows is None else rows
    return every.filter(one).order_by("-stated_at", "-pk")


def newest_statement(firm: Enterprise) -> ProductionStatement | None:
    return statements_of(firm).first()


def producing_again(as_of: date, end: datetime) -> dict[int, date]:
    """Firms that produce again on `as_of`, each with the day since when; merged firms are one.

    end: what was stated from then on is not known yet.
    """
    newest: dict[int, tuple[bool, date]] = {}
    stated = ProductionStatement.objects.filter(stated_at__lt=end).order_by("stated_at", "pk")
    for key, merged, is_producing, since in stated.values_list(*FIRM, "is_producing", "since"):
        newest[merged or key] = (is_producing, since)
    again = {firm: since for firm, (is_producing, since) in newest.items() if is_producing}
    still = months_standing_still(again, as_of)
    return {firm: day for firm, day in again.items() if holds(day, as_of, still.get(firm))}


def months_standing_still(firms: Collection[int], as_of: date) -> dict[int, date]:
    """Month of each firm's newest report up to a day, where it says that the firm stands still."""
    moved = SplitMove.objects.in_force().filter(source_record=OuterRef("source_record"))
    reports = ImpactReport.objects.filter(
        Q(enterprise__in=firms) | Q(enterprise__merged_into__in=firms),
        ~Exists(moved), is_withdrawn=False, month__lte=as_of, reported__lte=as_of,
    )  # fmt: skip
    newest: dict[int, tuple[date, str]] = {}
    ordered = reports.order_by("month", "source_record_id")
    for key, merged, month, status in ordered.values_list(*FIRM, "month", "status"):
        newest[merged or key] = (month, status)
    return {firm: month for firm, (month, status) in newest.items() if status in STANDING_STILL}
