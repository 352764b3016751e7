"""What speaks for and against a pair, as a short list: `nik=same; name=0.93; village=same`."""

import re

from pulih.linkage.model import COMPARISONS
from pulih.linkage.parts import Comparison, Level

LIKENESSES = {"owner": "owner_likeness", "name": "greatest(firm_likeness, core_likeness)"}
FURTHER = (
    ("phone_l <> phone_r", "phone=differs"),
    ("sex_l <> sex_r", "sex=differs"),
)
"""Told besides, where no level says it already."""


def evidence_sql() -> str:
    """Return SQL for the evidence of a pair with features and the columns `gamma_…`."""
    parts = [_told(comparison) for comparison in COMPARISONS]
    parts += [f"CASE WHEN {when} THEN '{says}' END" for when, says in FURTHER]
    return f"concat_ws('; ', {', '.join(parts)})"


def levels_sql() -> str:
    """Return SQL for the levels of the columns `gamma_…`, as `explain` takes them."""
    parts = []
    for comparison in COMPARISONS:
        whens = " ".join(
            f"WHEN {comparison.gamma(level)} THEN '{comparison.name}={level.name}'"
            for level in comparison.levels
        )
        parts.append(f"CASE gamma_{comparison.name} {whens} END")
    return f"concat_ws('; ', {', '.join(parts)})"


def _told(comparison: Comparison) -> str:
    whens = " ".join(
        f"WHEN {comparison.gamma(level)} THEN {_words(level)}" for level in comparison.levels
    )
    return f"CASE gamma_{comparison.name} {whens} END"


def _words(level: Level) -> str:
    """Return SQL for what a level says; a likeness that cannot be told is `unknown`."""
    pieces = []
    for piece in re.split(r"(\{\w+\})", level.says):
        if piece.startswith("{"):
            likeness = LIKENESSES[piece.strip("{}")]
            pieces.append(f"coalesce(format('{{:.2f}}', {likeness}), 'unknown')")
        elif piece:
            pieces.append(f"'{piece}'")
    return " || ".join(pieces)
