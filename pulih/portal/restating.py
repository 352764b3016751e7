"""What a release states otherwise than an earlier one of the same day: old value, why, and when."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from pulih.common import periods
from pulih.common.errors import Message

from .manifest import LICENCE
from .models import Release
from .plain_cells import PlainCell
from .reads.releases import Change, amounts_of

# Beside the numbered releases, which never change: what is withdrawn leaves these files again.
CSV, JSON = "data/restatements.csv", "data/restatements.json"
COLUMNS = (
    "release", "corrects", "as_of", "published_at", "cell", "value_before", "marker_before",
    "value", "marker", "reason", "reason_en",
)  # fmt: skip


@dataclass(frozen=True)
class Restatement:
    """changes: figures that both releases state, and not alike, by area and measure."""

    release: Release
    corrects: Release
    reason: Message
    changes: Sequence[Change]

    def of(self, measure: str) -> Sequence[Change]:
        return [each for each in self.changes if each.cell.measure == measure]

    @property
    def wholes(self) -> Sequence[Change]:
        return [each for each in self.changes if each.cell.dimension == "all"]


def stated_before(release: Release, on_show: Sequence[Release]) -> Release | None:
    """The release whose figures of the same day it changes; None where that was withdrawn.

    on_show: the newest first.
    """
    if release.restates_id is not None:
        return next((each for each in on_show if each.pk == release.restates_id), None)
    earlier = (each for each in on_show if each.as_of == release.as_of and each.pk != release.pk)
    if release.published_at is None:
        return next(earlier, None)
    mine = (release.published_at, release.pk)
    return next((each for each in earlier if each.published_at and
                 (each.published_at, each.pk) < mine), None)  # fmt: skip


def restatements(cells_of: Mapping[Release, Mapping[Any, PlainCell]]) -> list[Restatement]:
    """cells_of: the cells of each release on show, the newest release first."""
    on_show = list(cells_of)
    found = []
    for release in on_show:
        if (corrects := stated_before(release, on_show)) is not None:
            old, money = cells_of[corrects], amounts_of(release)
            changes = [
                Change(cell, old[spot], cell.measure in money)
                for spot, cell in cells_of[release].items()
                if spot in old and old[spot].states != cell.states
            ]
            changes.sort(key=lambda each: (each.cell.area, each.cell.cell))
            found.append(Restatement(release, corrects, reason_of(release), changes))
    return found


def reason_of(release: Release) -> Message:
    """What the stewards wrote; else up to when the figures were known, which is all that differs.

    Empty in English where nobody wrote it in English.
    """
    if own := release.restatement_reason:
        return Message(own, release.restatement_reason_en)
    known = timezone.localtime(release.known_at).date()
    return Message(
        f"Dihitung lagi menurut yang diketahui sampai {periods.day(known, 'id')}.",
        f"Counted again by what was known up to {periods.day(known, 'en')}.",
    )


def write(root: Path, found: Sequence[Restatement]) -> None:
    """Write all of them as one table and as one document, at the site's root."""
    (root / CSV).parent.mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    rows = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    rows.writeheader()
    documents = []
    for one in found:
        head = _head(one)
        changes = [_change(each) for each in one.changes]
        documents.append({**head, "changes": changes})
        rows.writerows({**head, **each} for each in changes)
    (root / CSV).write_text(table.getvalue(), "utf-8")
    content = {"licence": LICENCE, "restatements": documents}
    (root / JSON).write_text(json.dumps(content, ensure_ascii=False) + "\n", "utf-8")


def _head(one: Restatement) -> dict[str, str | None]:
    published = one.release.published_at
    return {
        "release": one.release.number,
        "corrects": one.corrects.number,
        "as_of": one.release.as_of.isoformat(),
        "published_at": published.isoformat() if published else None,
        "reason": _line(one.reason.id),
        "reason_en": _line(one.reason.en),
    }


def _change(change: Change) -> dict[str, str | int | None]:
    before = change.before
    assert before is not None
    return {
        "cell": change.cell.cell,
        "value_before": before.value,
        "marker_before": before.marker,
        "value": change.cell.value,
        "marker": change.cell.marker,
    }


def _line(text: str) -> str:
    """Without line breaks, so that a row of the table stays one line."""
    return " ".join(text.split())
