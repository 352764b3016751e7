"""What offices asked for and what was approved, as limits of units of a plan. Plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """Participants of a measure in a regency, by all proposals that count, with their numbers.

    asked: of those still open as they ask, of those approved as approved. approved: at most asked.
    """

    regency: int
    measure: str
    batch: int
    asked: int
    approved: int
    numbers: tuple[str, ...]

    @property
    def is_below_a_batch(self) -> bool:
        """Tell whether no plan can hold it: units come in whole batches."""
        return self.asked < self.batch

    @property
    def most(self) -> int:
        """Return the units of the batches within what was asked: no more than offices asked."""
        return self.asked // self.batch * self.batch

    @property
    def least(self) -> int:
        """Return the units that the batches within what was approved make.

        Rounded down, too: one batch more would be above what was asked where both are the same.
        """
        return self.approved // self.batch * self.batch
