"""Realisation lists beside the ledger, line by line: ceiling, block, commitment, what was realised.

A row may state an account or an activity alone: it is compared with all lines that it fits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from statistics import median
from typing import NamedTuple

from pulih.budget.rules.amounts import Amounts, total
from pulih.common.errors import Message

from . import sentences
from .shapes import AMOUNT, LINE_UNKNOWN, MISSING_THERE

# The names of a list's columns, of the ledger's amounts, and of its kinds of entries.
COMPARED = (
    ("ceiling", "ceiling"),
    ("blocked", "block"),
    ("committed", "commitment"),
    ("realised", "realisation"),
)


class RealisationRow(NamedTuple):
    """One row of a realisation list. lines: those of the ledger that it fits; amounts as stated."""

    unit_id: int
    lines: tuple[int, ...]
    line_text: str
    why: Message | None
    ceiling: int | None
    blocked: int | None
    committed: int | None
    realised: int | None
    rounded_to: int = 1
    sheet: str | None = None
    row: int | None = None


@dataclass
class Compared:
    """findings: dicts in the columns of FINDINGS. compared, agreeing: groups of lines.

    stated: the identity of every amount that the list states.
    """

    findings: list[dict[str, object]] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)
    compared: int = 0
    agreeing: int = 0


def compare(
    rows: Iterable[RealisationRow], ours: Mapping[int, Amounts], keys: Mapping[int, tuple[int, str]]
) -> Compared:
    """Compare the rows of a list with the amounts of lines on the list's day.

    ours: amounts by line. keys: unit and key of every line of the list's units and year.
    """
    found = Compared()
    unknown: dict[tuple[int, str], RealisationRow] = {}
    groups: dict[tuple[int, tuple[int, ...]], RealisationRow] = {}
    for row in rows:
        if row.lines:
            key = row.unit_id, row.lines
            groups[key] = _added(groups[key], row) if key in groups else row
        else:
            key_of_text = row.unit_id, row.line_text
            before = unknown.get(key_of_text)
            unknown[key_of_text] = _added(before, row) if before else row
    for row in groups.values():
        _compare_group(row, total(ours.get(line, Amounts()) for line in row.lines), keys, found)
    for row in unknown.values():
        found.findings.append(_unknown(row))
    named = {line for row in groups.values() for line in row.lines}
    for line, (unit_id, line_key) in keys.items():
        amounts = ours.get(line, Amounts())
        if line not in named and amounts != Amounts():
            found.findings.append(_not_named(unit_id, line, line_key, amounts))
    return found


def scale_of(rows: Iterable[RealisationRow], ours: Mapping[int, Amounts]) -> int | None:
    """Return 1,000 or 1,000,000 where the list's ceilings are that much below the ledger's."""
    ratios = [
        total(ours.get(line, Amounts()) for line in row.lines).ceiling / row.ceiling
        for row in rows
        if row.lines and row.rounded_to == 1 and row.ceiling
    ]
    ratios = [ratio for ratio in ratios if ratio > 0]
    if not ratios:
        return None
    middle = median(ratios)
    return next((s for s in (1_000, 1_000_000) if s / 10**0.5 < middle < s * 10**0.5), None)


def _added(one: RealisationRow, other: RealisationRow) -> RealisationRow:
    """Add up two rows of the same lines, such as the details of one account."""
    return one._replace(
        ceiling=_sum(one.ceiling, other.ceiling),
        blocked=_sum(one.blocked, other.blocked),
        committed=_sum(one.committed, other.committed),
        realised=_sum(one.realised, other.realised),
        rounded_to=one.rounded_to + other.rounded_to - 1,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


def _compare_group(
    row: RealisationRow, ours: Amounts, keys: Mapping[int, tuple[int, str]], found: Compared
) -> None:
    found.compared += 1
    differing = []
    for name, kind in COMPARED:
        stated, held = getattr(row, name), getattr(ours, name)
        if stated is not None and abs(stated - held) >= row.rounded_to:
            differing.append((kind, stated, held))
    found.agreeing += not differing
    line_id = row.lines[0] if len(row.lines) == 1 else None
    text = keys[row.lines[0]][1] if line_id is not None else row.line_text
    found.stated += [
        _identity(text, kind, row.lines)
        for name, kind in COMPARED
        if getattr(row, name) is not None
    ]
    for kind, stated, held in differing:
        found.findings.append(
            _finding(AMOUNT, row.unit_id, text, sentences.NO_DOCUMENT, kind, row.lines)
            | {"line_id": line_id, "theirs": stated, "ours": held}
            | {"sheet": row.sheet, "row": row.row}
        )


def _unknown(row: RealisationRow) -> dict[str, object]:
    assert row.why is not None
    return _finding(LINE_UNKNOWN, row.unit_id, row.line_text, row.why, "realisation") | {
        "theirs": row.realised,
        "sheet": row.sheet,
        "row": row.row,
    }


def _not_named(unit_id: int, line: int, line_key: str, amounts: Amounts) -> dict[str, object]:
    found = _finding(
        MISSING_THERE, unit_id, line_key, sentences.LINE_NOT_IN_LIST, "realisation", (line,)
    )
    return found | {"line_id": line, "ours": amounts.realised}


def _ids(lines: tuple[int, ...]) -> str:
    """Return the ids of lines, distinguished also where they are too many to be written."""
    text = ",".join(map(str, lines))
    return text if len(text) < 60 else sha256(text.encode()).hexdigest()[:20]


def _finding(
    kind: str,
    unit_id: int,
    line_text: str,
    why: Message,
    amount_kind: str,
    lines: tuple[int, ...] = (),
) -> dict[str, object]:
    return {
        "unit_id": unit_id,
        "kind": kind,
        "document_kind": "",
        "number": "",
        "line_text": line_text,
        "amount_kind": amount_kind,
        "can_post": False,
        "why_indonesian": why.id,
        "why_en": why.en,
        "content": "{}",
        "identity": _identity(line_text, amount_kind, lines),
    }


def _identity(line_text: str, amount_kind: str, lines: tuple[int, ...]) -> str:
    return f"{line_text} {amount_kind} {_ids(lines)}"
