"""Which papers carry a code: each room declares its own, as it declares its menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise

from pulih.people.permissions import Permission

if TYPE_CHECKING:
    from .models import PaperCode


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper. key: `room.kind`, as the table keeps it. name: what people call it.

    sees: what allows to see such papers within one's reach; None: signed copies of it are taken
    from nobody. page: the address of the record that a version belongs to, empty where it has none.
    """

    key: str
    name: str | Promise
    sees: Permission | None = None
    page: Callable[[PaperCode], str] | None = None


def at(url_name: str) -> Callable[[PaperCode], str]:
    """Return the page of a kind whose subject is the key in the address `url_name`."""
    return lambda paper: reverse(url_name, args=[paper.subject])


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Declare a kind; the same key again takes the place of the first."""
    _kinds[kind.key] = kind
    return kind


def kind_of(key: str) -> PaperKind | None:
    """Return a kind; None where its room is gone."""
    return _kinds.get(key)


def seen_with(allowed: Callable[[Permission], bool]) -> list[str]:
    """Return the keys of the kinds that somebody with these permissions may see."""
    return [key for key, kind in _kinds.items() if kind.sees and allowed(kind.sees)]


def name_of(key: str) -> str:
    """The name in the reader's language; the key itself where its room is gone."""
    return str(_kinds[key].name) if key in _kinds else key


def page_of(paper: PaperCode) -> str:
    """Return the address of the record of a paper; empty where it has none."""
    kind = _kinds.get(paper.kind)
    return kind.page(paper) if kind and kind.page else ""
