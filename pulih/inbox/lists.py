"""Delivered files, and the problems of their cells, as declared lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind, Place
from pulih.lists.filters import Asked, Filter
from pulih.lists.listing import Listing
from pulih.lists.usual import area_name, choices, equals, flag, number, words
from pulih.people.permissions import Permission

from . import pieces, results
from .models import CellProblem, ImportBatch, State
from .models import Kind as Content


def _batches(asked: Asked) -> Any:
    return ImportBatch.objects.visible_to(asked.person).select_related("office", "progress")


def refused(batches: Any) -> Any:
    """Keep the files of which nothing was stored."""
    return batches.filter(state__in=(State.REFUSED, State.FAILED))


def counting(batches: Any) -> Any:
    """Keep the files that other rooms rest on."""
    return batches.filter(state=State.DONE, is_newest=True)


def _rows_page(batch: ImportBatch) -> str:
    return reverse("inbox:rows", args=[batch.pk]) if batch.rows else ""


BATCHES = Listing(
    room="inbox",
    key="batches",
    title=_("Delivered files"),
    file_name="berkas-impor",
    permission=Permission.SEE_FILES,
    source=_batches,
    columns=(
        Column("id", _("Number of the file"), lambda b: b.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("file_name", _("File"), lambda b: b.file_name, template="inbox/_file.html"),
        Column("kind", _("Content"), lambda b: b.get_kind_display(), on=NOT_ON_PAGE),
        Column("delivered_at", _("Delivered"), lambda b: b.delivered_at, Kind.MOMENT, NOT_ON_PAGE),
        Column("as_of", _("Data as of"), lambda b: b.as_of, Kind.DAY, NOT_ON_PAGE),
        Column("office", _("Office"), lambda b: str(b.office), hide=True),
        Column("state", _("State"), lambda b: b.get_state_display(),
               template="inbox/_state_of_row.html"),
        Column("is_newest", _("Counts"), lambda b: b.is_newest, Kind.YES_NO, NOT_ON_PAGE),
        Column("rows", _("Rows"), lambda b: b.rows or None, Kind.WHOLE, link=_rows_page),
        Column("accepted", _("Accepted"), lambda b: b.accepted, Kind.WHOLE, NOT_ON_PAGE),
        Column("corrected", _("Corrected"), lambda b: b.corrected, Kind.WHOLE, NOT_ON_PAGE),
        Column("rejected", _("Rejected"), lambda b: b.rejected if b.rows else None, Kind.WHOLE,
               hide=True, order="rejected", sums=True),
        Column("sha256", "SHA-256", lambda b: b.sha256, Kind.CODE, {Place.API}),
    ),
    filters=(
        words(["file_name"]),
        choices("state", _("State"), State.choices, equals("state")),
        choices("kind", _("Content"), Content.choices, equals("kind"), is_drawn=False),
        Filter("office", _("Office"), number(1), equals("office"), area_name, is_drawn=False),
        flag("unread", _("Refused or failed"), lambda rows, _on: refused(rows), is_drawn=False),
        flag("unfinished", _("Waiting or being read"), lambda rows, _on: rows.unfinished(),
             is_drawn=False),
        flag("counts", _("Files that count"), lambda rows, _on: counting(rows), is_drawn=False),
    ),
    order=("-id",),
    when_empty=_("No file has been delivered yet. Drop the first list into the box on this page."),
    when_none=_("No file fits these filters."),
    icon="inbox",
)  # fmt: skip


def _problems(asked: Asked) -> Any:
    return CellProblem.objects.visible_to(asked.person).select_related("batch")


def _file_name(key: int) -> str:
    return str(ImportBatch.objects.filter(pk=key).values_list("file_name", flat=True).first())


def _kept(key: str, label: Any) -> Filter:
    return Filter(key, label, forms.CharField, equals(key), is_drawn=False)


PROBLEMS = Listing(
    room="inbox",
    key="problems",
    title=_("Problem cells"),
    file_name="sel-bermasalah",
    permission=Permission.SEE_FILES,
    source=_problems,
    columns=(
        Column("id", _("Number of the problem"), lambda p: p.pk, Kind.WHOLE, {Place.API}),
        Column("batch_id", _("Number of the file"), lambda p: p.batch_id, Kind.WHOLE, {Place.API}),
        Column("file_name", _("File"), lambda p: p.batch.file_name, on=NOT_ON_PAGE),
        Column("sheet", _("Sheet"), lambda p: p.sheet, on=NOT_ON_PAGE),
        Column("row", _("Row"), lambda p: p.row, Kind.WHOLE, NOT_ON_PAGE),
        Column("cell", _("Cell"), lambda p: p.cell, template="inbox/_cell.html", look="mono"),
        Column("column", _("Column"), lambda p: p.column, Kind.CODE, NOT_ON_PAGE),
        Column("rule", _("Rule"), lambda p: p.rule, Kind.CODE, NOT_ON_PAGE),
        Column("value", _("Value"), lambda p: pieces.cut(p.value), on=NOT_ON_PAGE),
        Column("value_short", _("Value"), lambda p: Truncator(pieces.cut(p.value)).chars(40),
               on=PAGE_ONLY, look="mono"),
        Column("problem", _("Problem"), lambda p: results.sentence(p, get_language() or "id"),
               look="full"),
        Column("treatment", _("Treatment"), lambda p: p.get_kind_display(),
               template="inbox/_treatment.html"),
    ),
    filters=(
        Filter("batch", _("File"), number(1), equals("batch"), _file_name, is_drawn=False),
        _kept("rule", _("Rule")),
        _kept("column", _("Column")),
    ),
    order=("id",),
    when_empty=_("No problems."),
    icon="circle-check",
)  # fmt: skip


def problems_of(batch: ImportBatch, language: str) -> Listing:
    """Return the list of one file's problems, whose chips say its rule and column in words.

    A rule has a code and no name: its words are those of the first cell that it found.
    """
    first = CellProblem.objects.filter(batch=batch).order_by("pk")

    def rule_in_words(rule: str) -> str:
        found = first.filter(rule=rule).first()
        return results.first_sentence(results.sentence(found, language)) if found else rule

    shown = {
        "rule": rule_in_words,
        "column": lambda name: pieces.column_title(batch.kind, name, language),
    }
    filters = tuple(
        replace(one, shown=shown[one.key]) if one.key in shown else one for one in PROBLEMS.filters
    )
    return replace(PROBLEMS, filters=filters)
