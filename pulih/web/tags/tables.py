"""Tags around tables: sorted heads, the pager, exports."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template import Library

from pulih.web.addresses import url_with
from pulih.web.keyset import Page
from pulih.web.tables import Head, shown_heads

register = Library()


@register.inclusion_tag("web/parts/table_head.html")
def table_head(heads: Sequence[Head], request: HttpRequest, usual: str = "") -> dict[str, Any]:
    """The `<thead>` of a table. usual: the sort key while the address names none."""
    return {"heads": shown_heads(heads, request, usual)}


@register.inclusion_tag("web/parts/pager.html")
def pager(page: Page, request: HttpRequest, count_url: str = "") -> dict[str, Any]:
    """The foot of a list. count_url: says how many rows there are, where the page cannot yet."""
    return {
        "count_url": count_url if page.total < 0 else "",
        "page": page,
        "next_url": url_with(request, page=page.next) if page.next else "",
        "previous_url": url_with(request, page=page.previous) if page.previous else "",
    }


@register.inclusion_tag("web/parts/export_links.html")
def export_links(request: HttpRequest, url: str = "") -> dict[str, Any]:
    """Links to XLSX and CSV of what is filtered: this page, or `url`, asked with `?format=`."""
    query = request.GET.copy()
    for name in ("page", "format"):
        query.pop(name, None)
    start = f"{url or request.path}?{query.urlencode()}{'&' if query else ''}format="
    return {"xlsx_url": f"{start}xlsx", "csv_url": f"{start}csv"}
