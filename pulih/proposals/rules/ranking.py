"""In which order scored proposals stand.

Source: PROG-07.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

Subject = TypeVar("Subject")


def in_order(
    scored: Iterable[tuple[Subject, Fraction, int, int]],
) -> list[tuple[Subject, Fraction]]:
    """Put the best score first; of equal scores the one that costs least a participant.

    scored: subject, score, whole rupiah, participants; what is equal in all keeps its order.
    """
    each = sorted(scored, key=lambda one: (-one[1], Fraction(one[2], max(one[3], 1))))
    return [(subject, score) for subject, score, _rupiah, _people in each]
