"""Heads of tables: what a column is called, in which unit, and how it is sorted by the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from pulih.web.addresses import url_with


@dataclass(frozen=True)
class Head:
    """One column. key: its name in `?sort=`; empty cannot be sorted. hide: not on the phone."""

    label: str | Promise
    unit: str | Promise = ""
    key: str = ""
    is_number: bool = False
    hide: bool = False
    starts_down: bool = False


@dataclass(frozen=True)
class ShownHead:
    """A column's head on one page. direction: "up", "down" or "" when not sorted by it."""

    head: Head
    url: str
    direction: str


def shown_heads(heads: Sequence[Head], request: HttpRequest, usual: str = "") -> list[ShownHead]:
    """Return the heads with the address that sorts by each; a second click turns it round."""
    chosen = request.GET.get("sort") or usual
    return [_shown(head, request, chosen) for head in heads]


def sorting(heads: Sequence[Head], request: HttpRequest, usual: str) -> str:
    """Return the asked sort key, with `-` for down; `usual` if it names no sortable column."""
    asked = request.GET.get("sort", "")
    keys = {head.key for head in heads if head.key}
    return asked if asked.removeprefix("-") in keys else usual


def _shown(head: Head, request: HttpRequest, chosen: str) -> ShownHead:
    if not head.key:
        return ShownHead(head, "", "")
    is_chosen = chosen.removeprefix("-") == head.key
    is_down = chosen.startswith("-")
    direction = ("down" if is_down else "up") if is_chosen else ""
    turns_down = not is_down if is_chosen else head.starts_down
    following = f"-{head.key}" if turns_down else head.key
    return ShownHead(head, url_with(request, sort=following, page=None), direction)
