"""The side menu: every app says which of its pages stand where; the frame shows what is allowed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .addresses import with_query
from .counting import Rows, count_sums

Text = str | Promise
Gate = Callable[[Any, Any], bool]

# In the order in which the work runs; "" holds the first page and has no heading.
GROUPS: dict[str, Text] = {
    "": "",
    "data": _("Data"),
    "plan": _("Planning"),
    "delivery": _("Delivery"),
    "order": _("Administration"),
}


@dataclass(frozen=True)
class Item:
    """One line of the menu.

    prefix: the start of the paths under which the item counts as open; without one, its own path.
    permission: who may see it, asked of the gate that `decide_with` was given; None is everybody.
    count: what waits for this person there, one group or several; all are counted together, and
    nothing is shown of none. asks: what its page must be asked so that it lists those alone; the
    number is a link to them.
    """

    group: str
    order: int
    label: Text
    url_name: str
    icon: str
    permission: Any = None
    prefix: str = ""
    count: Callable[[HttpRequest], Iterable[Rows]] | None = None
    asks: Mapping[str, str] = field(default_factory=dict)
    signed_in: bool = True


@dataclass(frozen=True)
class Link:
    """An item as one person sees it on one page."""

    label: Text
    url: str
    icon: str
    is_on: bool
    count: int | None
    count_url: str


_items: dict[str, Item] = {}
_gates: list[Gate] = []


def register(item: Item) -> None:
    """Put `item` on the menu; a second item of the same page takes the place of the first."""
    assert item.group in GROUPS, item.group
    _items[item.url_name] = item


def decide_with(gate: Gate) -> None:
    """Ask `gate(user, permission)` who may see an item. Without a gate such items are hidden."""
    _gates[:] = [gate]


def menu(request: HttpRequest) -> list[tuple[Text, list[Link]]]:
    """Return the groups and their links that this person may see; empty groups are left out."""
    groups: list[tuple[Text, list[Link]]] = []
    urls = {name: _url(name) for name in _items}
    seen = [one for one in _items.values() if urls[one.url_name] and _is_allowed(one, request)]
    sums = count_sums([one.count(request) if one.count else () for one in seen])
    counts = {one.url_name: number for one, number in zip(seen, sums, strict=True)}
    reached = (_reach(one, urls[one.url_name], request.path) for one in _items.values())
    furthest = max(reached, default=0)
    for key, heading in GROUPS.items():
        links = []
        for item in sorted((one for one in seen if one.group == key), key=lambda one: one.order):
            url = urls[item.url_name]
            # Open is what the path is under, unless another names more of it.
            is_on = 0 < _reach(item, url, request.path) == furthest
            count = counts[item.url_name] or None
            links.append(Link(item.label, url, item.icon, is_on, count, with_query(url, item.asks)))
        if links:
            groups.append((heading, links))
    return groups


def _is_allowed(item: Item, request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    if item.signed_in and not getattr(user, "is_authenticated", False):
        return False
    if item.permission is None:
        return True
    return any(gate(user, item.permission) for gate in _gates)


def _reach(item: Item, url: str, path: str) -> int:
    """Return how much of `path` an item names: letters, 0 when it is not under it."""
    start = item.prefix or url
    if not start or (start == "/" and path != "/"):
        return 0
    return len(start) if path.startswith(start) else 0


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
