"""Which papers carry a code: each room declares its own, as it declares its menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper. key: `room.kind`, as the table keeps it. name: what people call it."""

    key: str
    name: str | Promise


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Declare a kind; the same key again takes the place of the first."""
    _kinds[kind.key] = kind
    return kind


def name_of(key: str) -> str:
    """The name in the reader's language; the key itself where its room is gone."""
    return str(_kinds[key].name) if key in _kinds else key
