"""What is answered around all views: refusals that no view has caught, addresses of no text."""

import re
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from pulih.common.errors import Refusal
from pulih.web.words import say

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class AddressesOfText:
    """Nothing is named by a sign that is no text: PostgreSQL would not even be asked for a NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if CONTROL.search(request.path):
            if _is_program(request):
                return JsonResponse({"detail": "Not Found"}, status=404)
            raise Http404
        return self.get_response(request)


class AnswerRefusals:
    """Answer a refusal as JSON to programs, as a note to HTMX, as a page to everyone else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and _reads_a_page(request):
            above = _page_above(request)
            return redirect(above) if above else answer
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal; leave every other exception to Django."""
        if not isinstance(exception, Refusal):
            return None
        sentence = say(exception.message)
        if _is_program(request):
            return JsonResponse({"refused": sentence}, status=409)
        if "HX-Request" not in request.headers:
            known = {"sentence": sentence, "back": _page_before(request)}
            return render(request, "409.html", known, status=409)
        note = render(request, "web/parts/_refusal.html", {"sentence": sentence}, status=409)
        note.headers["HX-Retarget"] = "#messages"
        note.headers["HX-Reswap"] = "innerHTML show:#messages:top"
        return note


def _reads_a_page(request: HttpRequest) -> bool:
    is_page = "HX-Request" not in request.headers and not _is_program(request)
    return request.method == "GET" and is_page


def _page_above(request: HttpRequest) -> str:
    """Return the nearest address above this one that is ours, "" where there is none.

    The page of a form stands above the address that its button sends to. A refusal leaves the
    browser at the latter, which whoever loads it again or changes the language asks for.
    """
    path = request.path
    while (path := path.rstrip("/").rpartition("/")[0] + "/") != "/":
        with suppress(Resolver404):
            resolve(path)
            asked = request.META.get("QUERY_STRING", "")
            return f"{path}?{asked}" if asked else path
    return ""


def _page_before(request: HttpRequest) -> str:
    """Return the address of our own page on which the form stood; "" where it is not known."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return before if is_ours else ""


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or not request.accepts("text/html")
