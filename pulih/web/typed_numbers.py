"""A number of a person that is typed among words is cut before anybody reads it.

A NIK belongs into the field that asks for it, where it is encrypted. In a reason, a name or a note
it would lie open in its column, its history, in notices, mails, lists, papers and sealed records.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from pulih.common.identity_numbers import TYPED, cut_typed

# Fields that may hold such figures and nothing else: numbers of persons, and of documents.
NUMBERS = frozenset({"nik", "ntpn", "number", "payment", "value"})
# Never touched: keys of forms and links, and lists whose reader finds the numbers itself.
WHOLE = frozenset({"csrfmiddlewaretoken", "form_key", "people", "secret", "token"})
SIGNING_IN = "/accounts/"  # Passwords stay as they are typed.


class CutTypedNumbers:
    """Cut numbers of persons in the words of forms, in JSON and in names of files that are sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and not request.path.startswith(SIGNING_IN):
            if request.content_type == "application/json":
                _cut_json(request)
            elif _cut_form(request):
                messages.warning(
                    request,
                    _(
                        "A NIK stood among words and was cut before it was kept. Type one only "
                        "where it is asked for."
                    ),
                )
        return self.get_response(request)


def cut_value(name: str, value: Any) -> Any:
    """Return what was sent under a name, lists and objects in it too, with the numbers cut."""
    match value:
        case str():
            word = name.rpartition("-")[2]  # Rows of a table put their number before it.
            is_number = word in NUMBERS and TYPED.fullmatch(value.strip())
            return value if word in WHOLE or is_number else cut_typed(value)
        case int() if name not in NUMBERS:
            cut = cut_typed(str(value))  # A program may send words as a number.
            return value if cut == str(value) else cut
        case list():
            return [cut_value(name, each) for each in value]
        case dict():
            return {key: cut_value(key, each) for key, each in value.items()}
        case _:
            return value


def _cut_form(request: HttpRequest) -> bool:
    """Cut what a form sends; tell whether there was anything to cut among its words."""
    for files in cast("Mapping[str, Any]", request.FILES):
        for file in request.FILES.getlist(files):
            file.name = cut_typed(file.name or "") or file.name
    sent = {name: request.POST.getlist(name) for name in request.POST}
    cut = {name: cut_value(name, values) for name, values in sent.items()}
    if cut == sent:
        return False
    post = QueryDict(mutable=True, encoding=request.POST.encoding)
    for name, values in cut.items():
        post.setlist(name, values)
    post._mutable = False
    request.POST = post  # type: ignore[assignment]
    return True


def _cut_json(request: HttpRequest) -> None:
    text = request.body.decode(errors="replace")
    if not TYPED.search(text):
        return
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return  # Whoever reads it says so.
    request._body = json.dumps(cut_value("", sent)).encode()
