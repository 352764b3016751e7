"""One page a list: the rows of a day, filtered; the import; the export that can be sent back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.lists.files import record_export
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.web import keyset
from pulih.web.answers import carried_out
from pulih.web.as_of import as_of
from pulih.web.exports import csv_response
from pulih.web.figures import Tab
from pulih.web.page import go_to, render_page
from pulih.web.tables import Head

from . import actions
from .forms import ImportForm, ReferenceFilter
from .kinds import KINDS, Kind
from .reading import rows_on

LESSER = (
    *("name_en", "source", "valid_to", "is_covid", "is_physical", "accounts", "words"),
)  # Not on the phone.


@require_GET
def references(request: PersonRequest, slug: str = "accounts") -> HttpResponseBase:
    """Show one list as it holds on the page's day."""
    kind = _kind(slug)
    day = as_of(request).day
    form = ReferenceFilter(request.GET)
    rows = keyset.page(_asked(kind, form, day), kind.order, request.GET.get("page", ""))
    heads = _heads(kind)
    context = {
        "kind": kind,
        "tabs": _tabs(slug),
        "form": form,
        "page": rows,
        "lines": [_cells(kind, one, heads) for one in rows.rows],
        "heads": heads,
        "day": day,
        "may_import": holds(request.user, Permission.MANAGE_REFERENCES),
    }
    return render_page(request, "references/list.html", "references/_rows.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_REFERENCES)
def take_in(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Take a CSV file in, or say what is wrong with it and store nothing."""
    kind = _kind(slug)
    form = ImportForm(kind, request.POST or None, request.FILES or None)

    def act(**_typed: Any) -> Any:
        return actions.take_in(kind, form.rows, content=form.content, by=request.user)

    if taken := carried_out(form, act, at="file"):
        messages.success(request, _said(taken))
        return go_to(request, reverse("references:kind", args=[slug]))
    context = {"kind": kind, "form": form, "columns": kind.shape.columns}
    return render_page(request, "references/import.html", "references/_import.html", context)


@require_GET
@permission_required(Permission.EXPORT)
def export(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Hand out the filtered list as the CSV that the import takes, with nothing above its heads."""
    kind = _kind(slug)
    day = as_of(request).day
    names = [column.name for column in kind.shape.columns]
    rows = _asked(kind, ReferenceFilter(request.GET), day).order_by(*kind.order)
    record_export(request, "references", slug, rows=rows.count())
    return csv_response(f"{slug}-{day:%Y-%m-%d}.csv", names, _exported(kind, rows))


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _tabs(slug: str) -> list[Tab]:
    return [
        Tab(kind.title, reverse("references:kind", args=[kind.slug]), is_on=kind.slug == slug)
        for kind in KINDS.values()
    ]


def _asked(kind: Kind, form: ReferenceFilter, day: date) -> "QuerySet[Any]":
    rows = rows_on(kind, day)
    if "province" in kind.shape.key:
        rows = rows.select_related("province")
    if not form.is_valid():
        return rows
    if form.cleaned_data["unverified"]:
        rows = rows.filter(verified=False)
    if text := form.cleaned_data["q"]:
        found = Q()
        for name in kind.searched:
            found |= Q(**{f"{name}__icontains": text})
        if kind.shape.key[-1] == "code":
            found |= Q(code__istartswith=text)
        rows = rows.filter(found)
    return rows


def _heads(kind: Kind) -> list[Head]:
    heads = []
    for column in kind.shape.columns:
        field = kind.model._meta.get_field(column.name)
        label = capfirst(str(getattr(field, "verbose_name", "")))
        is_number = field.get_internal_type() == "BigIntegerField"
        heads.append(Head(label, is_number=is_number, hide=column.name in LESSER))
    return heads


def _cells(kind: Kind, one: Any, heads: list[Head]) -> list[tuple[Any, Head]]:
    values = [kind.shown(column.name, getattr(one, column.name)) for column in kind.shape.columns]
    return list(zip(values, heads, strict=True))


def _exported(kind: Kind, rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    for one in rows:
        values = [getattr(one, column.name) for column in kind.shape.columns]
        yield [str(value) if hasattr(value, "sort_key") else value for value in values]


def _said(taken: actions.Taken) -> str:
    return _("%(added)d rows are new, %(changed)d changed, %(unchanged)d stood so already.") % {
        "added": taken.added,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
    }
