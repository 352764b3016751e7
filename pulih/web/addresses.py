"""Addresses with questions: the page's own with some of them changed, and others'."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode


def with_query(address: str, asked: Mapping[str, str | int]) -> str:
    """Return an address that has no question yet with those of `asked`."""
    return f"{address}?{urlencode(asked)}" if asked else address


def url_with(request: HttpRequest, **changes: Any) -> str:
    """Return this page's address with `changes` in its query; None takes a question away.

    A list gives the question several times. The order of the rest stays.
    """
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is None or value == "":
            continue
        values = value if isinstance(value, list) else [value]
        query.setlist(name, [str(one) for one in values])
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path
