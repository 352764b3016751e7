"""Moving what is still free of a line to its account of the pandemic; what is held stays.

Amounts already paid keep the old account, as the treasury allowed. Source: CLASS-17.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pulih.budget.rules.keys import Funding
from pulih.classifications.remapping import Remapping, remappings

from .drafts import DraftMovement, KnownLine, merged


@dataclass(frozen=True)
class Choice:
    """A line that may be remapped, what it may become, and the rupiah that would move."""

    line: KnownLine
    targets: tuple[Remapping, ...]

    @property
    def free(self) -> int:
        return self.line.ceiling - self.line.held

    @property
    def must_be_asked(self) -> bool:
        return len(self.targets) > 1


def choices(lines: Iterable[KnownLine], on: date) -> list[Choice]:
    """Return the lines that may be remapped on a day: mapped, with free money, not protected."""
    found = (Choice(line, tuple(remappings(line.account, on))) for line in lines)
    return [one for one in found if one.targets and one.free > 0 and not one.line.is_protected]


def remapped(
    chosen: Iterable[tuple[Choice, str]], known: Mapping[tuple[str, Funding], KnownLine]
) -> list[DraftMovement]:
    """Return the movements that carry free money from each line to the account chosen for it.

    chosen: a choice with its new account. known: the unit's lines by key and funding, so that
    one that is there is raised and not opened twice. The movements add up to nothing.
    """
    movements = []
    for choice, account in chosen:
        line = choice.line
        key = line.line_key[: -len(line.account)] + account
        there = known.get((key, line.funding))
        movements.append(_movement(line, line.line_id, line.line_key, line.ceiling, -choice.free))
        movements.append(
            _movement(
                line, there.line_id if there else None, key, there.ceiling if there else 0,
                choice.free,
            )
        )  # fmt: skip
    return merged(movements)


def _movement(
    line: KnownLine, line_id: int | None, key: str, before: int, amount: int
) -> DraftMovement:
    return DraftMovement(line.unit_id, line_id, key, key[-6:], "", before, amount, line.funding)
