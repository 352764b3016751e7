"""The page of all parts, in development only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from pulih.web import parts_page
from pulih.web.page import render_page


@login_not_required
def parts(request: HttpRequest) -> HttpResponse:
    """Show every part once, with invented values."""
    context = parts_page.samples(request)
    return render_page(request, "web/parts_page.html", "web/parts/_progress_sample.html", context)
