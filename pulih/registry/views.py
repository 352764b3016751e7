"""Pages of the register: the list that is searched, and one enterprise with all its sources."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from pulih.classifications import commodities, status
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds, may
from pulih.web import numbers
from pulih.web.addresses import url_with
from pulih.web.figures import Chip, Happening, Tab
from pulih.web.keyset import COUNTED, SIZE
from pulih.web.masks import mask_nik
from pulih.web.page import render_page
from pulih.web.tables import Head

from . import actions, changes, exports, search
from .forms import ListQuestion
from .models import Enterprise
from .sources import attributes_of, sources_of

gate = permission_required(Permission.SEE_ENTERPRISES)
HEADS = (
    Head(gettext_lazy("Name")),
    Head(gettext_lazy("Owner"), hide=True),
    Head(gettext_lazy("Place")),
    Head(gettext_lazy("Product"), hide=True),
    Head(gettext_lazy("Scale"), hide=True),
    Head(gettext_lazy("Workers"), is_number=True, hide=True),
)


def language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "id"))


@require_GET
@gate
def enterprises(request: PersonRequest) -> HttpResponseBase:
    """List the enterprises that words and filters keep."""
    form = ListQuestion(request.GET, person=request.user, language=language(request))
    words, filters, order = form.asked()
    cursor = request.GET.get("page", "")[:400]
    page = search.page(request.user, words, filters, cursor, SIZE, order)
    _with_places(page.rows)
    context = {
        **{"page": page, "form": form, "q": words, "heads": HEADS, "sort": order},
        "chips": _chips(request, form, filters),
        "may_export": holds(request.user, Permission.EXPORT),
        "export_url": reverse("registry:export"),
        "count_url": f"{reverse('registry:count')}?{request.GET.urlencode()}",
        "is_filtered": bool(words or filters),
        "next_url": url_with(request, page=page.next) if page.next else "",
        "previous_url": url_with(request, page=page.previous) if page.previous else "",
    }
    return render_page(request, "registry/list.html", "registry/_rows.html", context)


@require_GET
@gate
def count(request: PersonRequest) -> HttpResponse:
    """Answer with how many there are, which the page asks for beside its rows."""
    form = ListQuestion(request.GET, person=request.user, language=language(request))
    words, filters, _order = form.asked()
    total = search.count(request.user, words, filters)
    if total > COUNTED:
        return HttpResponse(_("of more than %(n)s") % {"n": numbers.whole(COUNTED)})
    return HttpResponse(_("of %(n)s") % {"n": numbers.whole(total)})


@require_GET
@permission_required(Permission.SEE_ENTERPRISES, Permission.EXPORT)
def export(request: PersonRequest) -> HttpResponseBase:
    """Give what is filtered as XLSX or CSV; who took it is written down."""
    form = ListQuestion(request.GET, person=request.user, language="id")
    words, filters, _order = form.asked()
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    asked = {**filters, **({"q": words} if words else {})}
    actions.record_export(asked, form=kind, by=request.user)
    named = ", ".join(f"{form.fields[n].label}: {form.label_of(n, v)}" for n, v in filters.items())
    return exports.response(request.user, words, filters, kind, named)


@require_GET
@gate
def enterprise(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show one enterprise: what is known, and which source each piece came from."""
    found = _enterprise(request, pk)
    if found.merged_into_id:
        return redirect("registry:enterprise", found.merged_into_id)
    sources = sources_of(found, request.user)
    context = {
        **_about(request, found, "enterprise", len(sources)),
        "attributes": attributes_of(found, sources),
        "source_count": len(sources),
        "impact_url": _url("impact:of-enterprise", pk),
        "happenings": _happenings(request, found)[:4],
    }
    return render_page(request, "registry/enterprise.html", "registry/_enterprise.html", context)


@require_GET
@gate
def sources(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show every row that speaks of an enterprise, as it was delivered."""
    found = _enterprise(request, pk)
    rows = sources_of(found, request.user)
    context = {**_about(request, found, "sources", len(rows)), "sources": rows}
    context["may_open_files"] = holds(request.user, Permission.DELIVER_FILES)
    return render_page(request, "registry/sources.html", "registry/_sources.html", context)


@require_GET
@gate
def history(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show what changed in an enterprise, when and through whom."""
    found = _enterprise(request, pk)
    rows = sources_of(found, request.user)
    context = {**_about(request, found, "history", len(rows))}
    context["happenings"] = _happenings(request, found)
    return render_page(request, "registry/history.html", "registry/_history.html", context)


@require_POST
@permission_required(Permission.SEE_ENTERPRISES, Permission.UNMASK_IDENTITY)
def nik(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Open the cut NIK of one owner; the record keeps who asked."""
    found = _enterprise(request, pk)
    number = actions.open_nik(found, by=request.user)
    context = {"enterprise": found, "number": number}
    response = render_page(request, "registry/nik.html", "registry/_nik.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _enterprise(request: PersonRequest, pk: int) -> Enterprise:
    rows = Enterprise.objects.visible_to(request.user).select_related("province", "regency")
    found: Enterprise = get_object_or_404(rows, pk=pk)
    return found


def _about(request: PersonRequest, found: Enterprise, on: str, sources: int) -> dict[str, Any]:
    spoken = language(request)
    state = status.LIST.find(found.status) if found.status else None
    group = commodities.LIST.find(found.commodity_group) if found.commodity_group else None
    return {
        "enterprise": found,
        "cut_nik": mask_nik(found.nik),
        "status": state.name(spoken) if state else found.status or "",
        "status_tone": "good" if (found.status or "").startswith("PRODUCING") else "warn",
        "group": group.name(spoken) if group else found.commodity_group or "",
        "may_open": may(request.user, Permission.UNMASK_IDENTITY, found.regency or found.province),
        "tabs": [
            Tab(_("Summary"), reverse("registry:enterprise", args=[found.pk]), on == "enterprise"),
            Tab(
                _("Sources"), reverse("registry:sources", args=[found.pk]), on == "sources", sources
            ),
            Tab(_("History"), reverse("registry:history", args=[found.pk]), on == "history"),
        ],
    }


def _happenings(request: PersonRequest, found: Enterprise) -> list[Happening]:
    return changes.happenings(found, sources_of(found, request.user), request.user)


def _url(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:  # That room is not there yet.
        return ""


def _chips(request: HttpRequest, form: ListQuestion, filters: search.Filters) -> list[Chip]:
    return [
        Chip(
            form.fields[name].label or name,
            form.label_of(name, value),
            url_with(request, **{name: None, "page": None}),
        )
        for name, value in filters.items()
    ]


def _with_places(rows: list[Enterprise]) -> None:
    """Read the places of all rows with two queries."""
    prefetch_related_objects(rows, "province", "regency")
