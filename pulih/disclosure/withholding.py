"""What is withheld where no company protects a cell."""

from collections.abc import Mapping
from enum import Enum

from pulih.disclosure.structure import Spot


class Reach(Enum):
    """How much is withheld; each only where the one before does not suffice.

    A count that nearly equals one of which it is a part leaves company no room: each of its numbers
    that is shown bounds the others from below, and the larger count bounds them from above.
    """

    AREA = "its category, in its area and all below"
    CATEGORY = "its category, in all areas"
    DIMENSION = "all categories of its dimension"
    TABLE = "the whole table"

    @property
    def is_wider(self) -> bool:
        """Whether more is withheld than where the cell lies."""
        return self is not Reach.AREA

    def takes(self, spot: Spot, failing: Spot, parents: Mapping[str, str]) -> bool:
        """Whether `spot` is withheld with the cell that fails."""
        if self is Reach.AREA:
            return spot[1:] == failing[1:] and _lies_in(spot.area, failing.area, parents)
        if self is Reach.CATEGORY:
            return spot[1:] == failing[1:]
        return self is Reach.TABLE or spot.dimension == failing.dimension


def _lies_in(area: str, above: str, parents: Mapping[str, str]) -> bool:
    while area and area != above:
        area = parents.get(area, "")
    return area == above
