"""The list of the register: words, filters, pages, its count and its export."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.lists import pages
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry.lists import FIRMS, firms
from pulih.web import numbers
from pulih.web.keyset import COUNTED

from .lookups import gate


@require_GET
@gate
def enterprises(request: PersonRequest) -> HttpResponseBase:
    """List the enterprises that words and filters keep."""
    return pages.answer(request, FIRMS, "registry/list.html")


@require_GET
@gate
def count(request: PersonRequest) -> HttpResponse:
    """Answer with how many there are, which the page asks for beside its rows."""
    total = firms(pages.ask(request, FIRMS)).count()
    if total > COUNTED:
        return HttpResponse(_("of more than %(n)s") % {"n": numbers.whole(COUNTED)})
    return HttpResponse(_("of %(n)s") % {"n": numbers.whole(total)})


@require_GET
@permission_required(Permission.SEE_ENTERPRISES, Permission.EXPORT)
def export(request: PersonRequest) -> HttpResponseBase:
    """Give what is filtered as a file, CSV unless XLSX is asked for."""
    return pages.answer_file(request, FIRMS)
