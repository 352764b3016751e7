"""The list of the register: words, filters, pages, its count and its export."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, holds
from pulih.registry import actions, exports, search
from pulih.registry.forms import ListQuestion
from pulih.registry.models import Enterprise
from pulih.web import numbers
from pulih.web.addresses import url_with
from pulih.web.figures import Chip
from pulih.web.keyset import COUNTED, SIZE
from pulih.web.page import render_page
from pulih.web.tables import Head

from .reach import gate, language

HEADS = (
    Head(gettext_lazy("Name")),
    Head(gettext_lazy("Owner"), hide=True),
    Head(gettext_lazy("Place")),
    Head(gettext_lazy("Product"), hide=True),
    Head(gettext_lazy("Scale"), hide=True),
    Head(gettext_lazy("Workers"), is_number=True, hide=True),
)


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
