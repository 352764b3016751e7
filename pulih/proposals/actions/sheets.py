"""An office's own cost plan (RAB): read, and put in place of the rows that somebody saw."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pulih.intake import in_child
from pulih.people.models import User

from ..models import Proposal
from ..rules.cost_sheet import CostSheet, cost_sheet
from .drafts import replace_rows


def read_sheet(file: Any) -> CostSheet:
    """Read the file from a place of its own, which is gone when it was read. May refuse."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / (Path(file.name).name or "berkas")
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        return cost_sheet(in_child.sheets(path))


def take_sheet(proposal: Proposal, sheet: CostSheet, seen: Iterable[str], *, by: User) -> None:
    """Replace the rows that were seen, each `key:version`. A row changed since makes a Clash."""
    versions = {
        int(key): int(version)
        for text in seen
        for key, _colon, version in [text.partition(":")]
        if key.isdecimal() and version.isdecimal()
    }
    rows = [
        {
            "text": row.text,
            "account": row.account,
            "counts": [factor.count for factor in row.factors],
            "units": [factor.unit for factor in row.factors],
            "unit_cost": row.unit_cost,
        }
        for row in sheet.rows
    ]
    replace_rows(proposal, rows, seen=versions, by=by)
