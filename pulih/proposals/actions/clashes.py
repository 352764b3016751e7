"""Two people at one draft: what one did not see is never overwritten, it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from pulih.common.errors import Message, Refusal


@dataclass(frozen=True)
class Differing:
    """A field as it stands now and as this person wants it, both as stored."""

    field: str
    theirs: Any
    mine: Any


class Clash(Refusal):
    """Somebody else changed the same thing meanwhile.

    now: the version that stands; saving again with it keeps one's own words. is_gone: the thing was
    deleted. differing: what is not the same; empty where one side wanted it gone, so that there is
    nothing to compare.
    """

    def __init__(
        self, who: str, now: int, differing: tuple[Differing, ...], *, is_gone: bool = False
    ) -> None:
        self.now, self.differing, self.is_gone = now, differing, is_gone
        verb = ("menghapus", "deleted") if is_gone else ("mengubah", "changed")
        super().__init__(
            Message(
                f"{who} sudah {verb[0]} bagian ini. Pilih versi yang dipakai; belum ada yang "
                "ditimpa.",
                f"{who} {verb[1]} this part meanwhile. Choose which version counts; nothing has "
                "been overwritten.",
            )
        )


def changed_fields(row: models.Model, values: Mapping[str, Any], seen: int) -> dict[str, Any]:
    """Return which of `values` differ from the stored row. Raises Clash where `seen` is old.

    row: locked, with `version` and `changed_by`. seen: the version this person worked on.
    """
    differing = tuple(
        Differing(name, getattr(row, name), value)
        for name, value in values.items()
        if getattr(row, name) != value
    )
    stored: Any = row
    if differing and seen != stored.version:
        raise Clash(stored.changed_by.name, stored.version, differing)
    return {one.field: one.mine for one in differing}
