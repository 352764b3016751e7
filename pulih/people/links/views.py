from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from .access import open_address


@login_not_required
@require_safe
def open_link(request: HttpRequest, address: str) -> HttpResponseBase:
    return open_address(request, address)
