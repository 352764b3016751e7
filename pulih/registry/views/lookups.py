"""What every page of the register needs: its gates, the language, the firm or area asked for."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from pulih.areas.models import Area
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise
from pulih.web.bounds import row_key

gate = permission_required(Permission.SEE_ENTERPRISES)


def language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "id"))


def is_english(request: HttpRequest) -> bool:
    return language(request).startswith("en")


def enterprise_of(request: PersonRequest, pk: int) -> Enterprise:
    """Return the firm if the person sees it; 404 otherwise, as if it were not there."""
    rows = Enterprise.objects.visible_to(request.user).select_related("province", "regency")
    found: Enterprise = get_object_or_404(rows, pk=pk)
    return found


def area_of_page(request: PersonRequest) -> Area:
    """Return the asked area if it lies in the person's reach, their own by default; else 404."""
    text = request.GET.get("area", "")
    if not text:
        home = request.user.home
        if home is None:
            raise Http404
        return home
    key = row_key(text)
    found = Area.objects.filter(pk=key).first() if key else None
    if found is None or not request.user.covers(found):
        raise Http404
    return found
