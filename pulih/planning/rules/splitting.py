"""Dividing whole rupiah so that the parts add up to the whole."""

from collections.abc import Mapping
from fractions import Fraction


def split(amount: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Return `amount` divided over the keys by their shares, exact to the rupiah.

    The shares need not add up to one; their proportions count. What rounding leaves goes to
    the largest remainders, equal remainders in the order of the keys. Empty parts are left out.
    """
    assert amount >= 0
    assert all(share >= 0 for share in shares.values())
    whole = sum(shares.values(), Fraction(0))
    assert whole > 0
    exact = {key: amount * Fraction(share) / whole for key, share in sorted(shares.items())}
    parts = {key: int(part) for key, part in exact.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return {key: part for key, part in parts.items() if part}
