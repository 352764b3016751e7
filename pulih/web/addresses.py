"""The page's own address with some of its questions changed."""

from typing import Any

from django.http import HttpRequest


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
