"""Rupiah into thousands so that the parts still add up to the rounded whole.

The whole is rounded (halves up); what its parts lose is given to the largest remainders, ties to
the earlier part. Every part is its own amount rounded down or up, never further.
"""

from collections.abc import Sequence

THOUSAND = 1_000


def rounded(rupiah: int) -> int:
    """Return whole rupiah in thousands, halves up."""
    return (rupiah + THOUSAND // 2) // THOUSAND


def parted(whole: int, parts: Sequence[int]) -> list[int]:
    """Return `parts` (rupiah) in thousands so that they add up to `whole` (thousands).

    `whole` must be the sum of the parts rounded down or up, as `rounded` or `parted` gives it.
    """
    floors = [part // THOUSAND for part in parts]
    left = whole - sum(floors)
    order = sorted(range(len(parts)), key=lambda place: (-(parts[place] % THOUSAND), place))
    assert 0 <= left <= sum(1 for part in parts if part % THOUSAND)
    for place in order[:left]:
        floors[place] += 1
    return floors
