"""Why two records weigh as much as they do: terms that add up, for any two, without a run.

The weight joins two questions: one firm or strangers, one firm or the owner's other firm. The
terms answer the first and add up to Splink's weight; the last term, never above nought, is what
the second takes off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pulih.common.errors import Message
from pulih.linkage import words
from pulih.linkage.clean import clean
from pulih.linkage.columns import COLUMNS
from pulih.linkage.compact import make_compact
from pulih.linkage.compared import compared_sql
from pulih.linkage.fill import fill
from pulih.linkage.model import COMPARISONS, SAID_TOGETHER
from pulih.linkage.parts import SILENT, Comparison
from pulih.linkage.weights import DIGITS, Weights, combined, shipped
from pulih.linkage.weights_file import read_weights
from pulih.linkage.words import OTHER_FIRM

Record = Mapping[str, object]

SHOWN = {
    "person": ("owner_name", "nik", "phone"),
    "business": ("business_name", "product"),
    "code": ("kbli",),
    "place": ("address", "village", "district", "regency"),
    "registration": ("nib", "npwp"),
    "email": ("email",),
    "founded": ("year_established",),
    "size": ("workers", "workers_male", "workers_female"),
    "list": ("source", "reported"),
}
"""What of a record stands beside each comparison."""


@dataclass(frozen=True)
class Term:
    """A step of the waterfall, in bits. left, right: what is compared, the NIK masked."""

    comparison: str
    level: str
    bits: float
    left: str
    right: str
    says: Message


@dataclass(frozen=True)
class Explained:
    """`start` and the bits of all terms add up to `weight` (to six decimals)."""

    weight: float
    start: float
    terms: list[Term]


def explain(
    left: Record, right: Record, weights: Weights | Path | None = None, levels: str | None = None
) -> Explained:
    """Return why two records of the contract's columns weigh as much as they do.

    levels: `levels` of the pair in PAIRS, as a run saw them; else they are told from the two
    records alone, and how common a name is or who shares a telephone is not known.
    """
    return explain_many([(left, right)], weights, [levels] if levels else None)[0]


def explain_many(
    pairs: Sequence[tuple[Record, Record]],
    weights: Weights | Path | None = None,
    levels: Sequence[str] | None = None,
) -> list[Explained]:
    """Explain many pairs at once; `levels` as in `explain`, one a pair."""
    if not pairs:
        return []
    weighed = read_weights(weights) if isinstance(weights, Path) else weights or shipped()
    named = [read_levels(each) for each in levels] if levels else levels_of(pairs)
    return [
        _explained(left, right, weighed, each)
        for (left, right), each in zip(pairs, named, strict=True)
    ]


def _explained(
    left: Record, right: Record, weights: Weights, levels: Mapping[str, str]
) -> Explained:
    terms = []
    other = weights.start_against_other_firm
    for comparison in COMPARISONS:
        level = levels.get(comparison.name, SILENT)
        bits = _bits(comparison, weights.against_strangers(comparison), level)
        other += _bits(comparison, weights.against_other_firm(comparison), level)
        says = words.says((comparison.name, level))
        shown = (_shown(left, comparison), _shown(right, comparison))
        terms.append(Term(comparison.name, level, bits, *shown, says))
    other -= sum(each.caution for each in SAID_TOGETHER if each.is_shown(levels))
    start = weights.start_against_strangers
    strangers = start + sum(term.bits for term in terms)
    weight = round(combined(strangers, other), DIGITS)
    doubt = round(weight - strangers, DIGITS)
    terms.append(Term(*OTHER_FIRM, doubt, "", "", words.says(OTHER_FIRM)))
    return Explained(weight, start, terms)


def _bits(comparison: Comparison, bits_by_gamma: list[tuple[int, float]], level: str) -> float:
    named = {each.name: comparison.gamma(each) for each in comparison.levels}
    return dict(bits_by_gamma)[named[level]] if level != SILENT else 0.0


def levels_of(pairs: Sequence[tuple[Record, Record]]) -> list[dict[str, str]]:
    """Return the levels of each pair, seen apart from all others."""
    connection = duckdb.connect(config={"threads": 1})
    records = [record for pair in pairs for record in pair]
    places = range(len(records))
    values: list[Sequence[object]] = [places, [str(at) for at in places]]
    values += [[_text(record.get(name)) for record in records] for name in COLUMNS[1:]]
    columns = [("row", "BIGINT"), *((name, "VARCHAR") for name in COLUMNS)]
    fill(connection, "given", columns, values)
    clean(connection, apart=True)
    make_compact(connection)
    many = len(pairs)
    connection.execute(f"CREATE TABLE pairs AS SELECT (2 * range)::INTEGER AS a,"
                       f" (2 * range + 1)::INTEGER AS b FROM range({many})")  # fmt: skip
    names = ", ".join(f"gamma_{comparison.name}" for comparison in COMPARISONS)
    rows = connection.execute(
        f"SELECT {names} FROM ({compared_sql('pairs')}) ORDER BY a"
    ).fetchall()
    connection.close()
    return [
        {
            comparison.name: _level(comparison, gamma)
            for comparison, gamma in zip(COMPARISONS, row, strict=True)
        }
        for row in rows
    ]


def _level(comparison: Comparison, gamma: int) -> str:
    return comparison.levels[len(comparison.levels) - 1 - gamma].name if gamma >= 0 else SILENT


def read_levels(levels: str) -> dict[str, str]:
    """Return the level of each comparison, of the text that PAIRS hold."""
    parts = (part.partition("=") for part in levels.split("; ") if part)
    return {comparison: level for comparison, _, level in parts}


def _text(value: object) -> str | None:
    return None if value is None or not str(value).strip() else str(value).strip()


def _shown(record: Record, comparison: Comparison) -> str:
    values = {name: _text(record.get(name)) for name in SHOWN[comparison.name]}
    return " · ".join(
        _masked(value) if name == "nik" else value for name, value in values.items() if value
    )


def _masked(nik: str) -> str:
    """Keep the district's four digits and the serial's last four."""
    return f"{nik[:4]}••••••••{nik[-4:]}" if len(nik) == 16 else "•" * len(nik)
