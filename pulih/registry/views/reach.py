"""What every page of the register needs: its gates, the language, the one firm asked for."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission
from pulih.registry.models import Enterprise

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
