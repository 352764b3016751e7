"""The only code that knows HTMX exists: whole page or fragment, move or redirect."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from .untold import untold


def render_page(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any]
) -> HttpResponse:
    """Render `fragment` for HTMX and the whole `page` for everyone else.

    A refusal whose form is no longer drawn stands above what is answered.
    """
    is_part = wants_fragment(request)
    response = render(request, fragment if is_part else page, context)
    if request.method == "POST" and (lost := untold(context, response.content.decode())):
        if is_part:
            notes = [render_to_string("web/parts/_refusal.html", {"sentence": s}) for s in lost]
            response.content = "".join(notes).encode() + response.content
        else:
            for sentence in lost:
                messages.error(request, sentence)
            response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the person to `url` after a change."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether HTMX asks for a part of the page; a boosted link asks for all of it."""
    is_whole = "HX-Boosted" in request.headers or "HX-History-Restore-Request" in request.headers
    return "HX-Request" in request.headers and not is_whole


def stop_polling() -> int:
    """Return the status with which HTMX ends `hx-trigger="every …"` and still shows the answer."""
    return 286
