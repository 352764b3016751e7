"""What whole numbers alone can tell of a pair: which levels are still possible.

Most pairs that a key brings together are strangers, and most of them are seen to be by comparing
a few numbers, before any name is read. A bound never leaves out a level that could hold: pairs
are dropped only where even the best of what remains would not be worth a person's look. Texts
are hashed to 31 bits; two that share a hash are taken for equal, which only raises a bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.linkage.levels import NIK_CHUNKS
from pulih.linkage.model import COMPARISONS
from pulih.linkage.parts import Comparison
from pulih.linkage.weights import Weights

HASHED = (
    "nib", "npwp", "phone", "owner_sorted", "owner", "firm", "regency", "district", "village",
    "village_code", "house", "rtrw",
)  # fmt: skip
NUMBERS = ("year", "size")
CHEAP = ("registration", "founded", "size")
"""Comparisons whose levels need no texts: they are told exactly."""


@dataclass(frozen=True)
class Bound:
    """Where `when` holds, no other than these levels can; all but these where `but` is set."""

    when: str
    levels: tuple[str, ...]
    but: bool = False
    silent: bool = True
    """Whether the comparison may also be silent."""

    def best(self, comparison: Comparison, weights: Weights) -> float:
        """Return the most that the comparison can weigh, in bits."""
        bits = dict(weights.against_strangers(comparison))
        possible = [
            bits[comparison.gamma(level)]
            for level in comparison.levels
            if (level.name in self.levels) is not self.but
        ]
        return max([*possible, 0.0] if self.silent else possible)


_SAME = "coalesce({0}_l = {0}_r, false)"
_LAST = NIK_CHUNKS - 1
_ALIKE = " + ".join(
    [
        *(f"(chunk{at}_l = chunk{at}_r)::TINYINT" for at in range(_LAST)),
        f"(chunk{_LAST}_l = chunk{_LAST}_r OR chunk{_LAST}_l = 0 OR chunk{_LAST}_r = 0)::TINYINT",
    ]
)
_NO_NIK = f"coalesce({_ALIKE} < 2, nik_none_l OR nik_none_r)"
_NO_PHONE = f"NOT {_SAME.format('phone')}"
_NO_DOOR = f"NOT {_SAME.format('rtrw')} AND NOT {_SAME.format('house')}"

BOUNDS: dict[str, tuple[Bound, ...]] = {
    "person": (
        Bound(
            f"nik_valid_l AND nik_valid_r AND {_ALIKE} < 2",
            ("contrary niks, one name", "contrary niks"),
            silent=False,
        ),
        Bound(
            f"{_NO_NIK} AND {_NO_PHONE} AND owner_sorted_l = owner_sorted_r",
            ("owner, rare", "owner, usual", "owner, common"),
        ),
        Bound(
            f"{_NO_NIK} AND {_NO_PHONE} AND NOT coalesce(owner_l = firm_r, false)"
            " AND NOT coalesce(owner_r = firm_l, false)",
            ("owner nearly", "owner in part", "another owner"),
        ),
    ),
    "place": (
        Bound(
            f"regency_l <> regency_r AND NOT {_SAME.format('village_code')}",
            ("district", "elsewhere"),
            silent=False,
        ),
        Bound(_NO_DOOR, ("door", "door, village unknown"), but=True),
    ),
}


def slim_sql() -> str:
    """Return SQL for the numbers of each record of `cleaned`, by `rec`."""
    hashed = ", ".join(
        f"CASE WHEN {name} IS NOT NULL THEN (hash({name}) & 2147483647)::INTEGER END AS {name}"
        for name in HASHED
    )
    chunks = ", ".join(
        f"CASE WHEN length(nik) = 16 THEN substr(nik, {4 * at + 1}, 4)::SMALLINT END AS chunk{at}"
        for at in range(NIK_CHUNKS)
    )
    return (
        f"SELECT rec, nik_valid, nik IS NULL AS nik_none, {chunks}, {hashed},"
        f" {', '.join(NUMBERS)} FROM cleaned"
    )


def bound_sql(comparison: Comparison, weights: Weights) -> str:
    """Return SQL on columns of `slim`, `_l` and `_r`: the most that a comparison can weigh."""
    if comparison.name in CHEAP:
        return _exact(comparison, weights)
    bounds: Sequence[Bound] = BOUNDS.get(comparison.name, ())
    whens = " ".join(f"WHEN {each.when} THEN {each.best(comparison, weights)}" for each in bounds)
    best = Bound("", (), but=True).best(comparison, weights)
    return f"CASE {whens} ELSE {best} END" if whens else str(best)


def _exact(comparison: Comparison, weights: Weights) -> str:
    bits = dict(weights.against_strangers(comparison))
    whens = " ".join(
        f"WHEN {level.when} THEN {bits[comparison.gamma(level)]}"
        for level in comparison.levels
        if level.when
    )
    return f"CASE WHEN {comparison.silent} THEN 0 {whens} ELSE {bits[0]} END"


def most_sql(weights: Weights) -> str:
    """Return SQL for the most that all comparisons can weigh together."""
    terms = [bound_sql(each, weights) for each in COMPARISONS]
    return f"({weights.start_against_strangers} + {' + '.join(terms)})"
