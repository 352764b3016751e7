"""What whole numbers alone can tell of a pair: which levels are still possible.

Most pairs that a key brings together are strangers, and most of them are seen to be by comparing
a few numbers, before any name is read. A bound never leaves out a level that could hold: pairs
are dropped only where even the best of what remains would not be worth a person's look. Texts
are hashed to 31 bits; two that share a hash are taken for equal, which only raises a bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.linkage.levels import NIK_ALIKE
from pulih.linkage.parts import Comparison
from pulih.linkage.weights import Weights

HASHED = (
    "nib", "npwp", "phone", "email", "owner_sorted", "owner_key", "firm_key", "regency", "district",
    "village", "village_code", "house", "rtrw", "listing",
)  # fmt: skip
NUMBERS = (
    "nik_valid", "nik_first", "nik_second", "nik_third", "nik_last", "nik_tail", "nik_length",
    "year", "size",
)  # fmt: skip


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
_NO_NIK = f"NOT coalesce({NIK_ALIKE}, false)"
_NO_PHONE = f"NOT {_SAME.format('phone')}"
_NO_DOOR = f"NOT {_SAME.format('rtrw')} AND NOT {_SAME.format('house')}"

BOUNDS: dict[str, tuple[Bound, ...]] = {
    "person": (
        Bound(
            f"nik_valid_l AND nik_valid_r AND {_NO_NIK}",
            ("contrary niks, one name", "contrary niks"),
            silent=False,
        ),
        Bound(
            f"{_NO_NIK} AND {_NO_PHONE} AND owner_sorted_l = owner_sorted_r",
            ("owner, rare", "owner, usual", "owner, common"),
        ),
        Bound(
            f"{_NO_NIK} AND {_NO_PHONE} AND NOT coalesce(owner_key_l = firm_key_r, false)"
            " AND NOT coalesce(owner_key_r = firm_key_l, false)",
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
    """Return SQL for the numbers of each record of `compact`, by `rec`."""
    hashed = ", ".join(
        f"CASE WHEN {name} IS NOT NULL THEN (hash({name}) & 2147483647)::INTEGER END AS {name}"
        for name in HASHED
    )
    return f"SELECT rec, {', '.join(NUMBERS)}, {hashed} FROM compact"


def bound_sql(comparison: Comparison, weights: Weights) -> str:
    """Return SQL on columns of `slim`, `_l` and `_r`: the most that a comparison can weigh."""
    bounds: Sequence[Bound] = BOUNDS.get(comparison.name, ())
    whens = " ".join(f"WHEN {each.when} THEN {each.best(comparison, weights)}" for each in bounds)
    best = Bound("", (), but=True).best(comparison, weights)
    return f"CASE {whens} ELSE {best} END" if whens else str(best)
