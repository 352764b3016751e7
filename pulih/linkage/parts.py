"""What a model is made of: comparisons with levels."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

SILENT = "silent"
"""What a comparison shows that has nothing to compare."""


@dataclass(frozen=True)
class Level:
    """One thing that a comparison can say.

    when: SQL; the first level whose condition holds is the pair's; "" holds always.
    m, u: where training starts: the share of pairs of one firm, and of strangers, that show it.
    other: the same share of pairs of one owner's two firms; where None, m in comparisons that
    tell the owner and u in those that tell the firm.
    caution: bits that it takes off besides, against the owner's other firm.
    says: the evidence in words, e.g. `nik=same`; `{owner}` stands for a likeness.
    """

    name: str
    when: str
    m: float
    u: float
    says: str
    reason: str
    other: float | None = None
    caution: float = 0.0


@dataclass(frozen=True)
class Comparison:
    """Things to be told together: what hangs together is weighed once.

    silent: SQL, true where the pair says nothing; silence weighs nothing.
    tells: of an owner's two firms, `place` is held to tell the same as of one firm, `owner` nearly
    so (a household's two firms count as well), `firm` as little as of strangers.
    from_records_alone: what is declared holds only where too few records are there to learn from.
    """

    name: str
    silent: str
    levels: tuple[Level, ...]
    reason: str
    tells: Literal["owner", "place", "firm"] = "firm"
    from_records_alone: bool = False

    def gamma(self, level: Level) -> int:
        """Return the number that stands for a level: the last is 0; silence is -1."""
        return len(self.levels) - 1 - self.levels.index(level)

    def gammas(self, names: Collection[str]) -> list[int]:
        """Return the numbers that stand for the levels so named."""
        silence = [-1] if SILENT in names else []
        return silence + [self.gamma(level) for level in self.levels if level.name in names]


@dataclass(frozen=True)
class Together:
    """Levels that say less side by side than each alone: one of each comparison named.

    caution: bits that they take off against the owner's, or the household's, other firm.
    """

    levels: Mapping[str, tuple[str, ...]]
    caution: float
    reason: str

    def is_shown(self, shown: Mapping[str, str]) -> bool:
        """Tell whether a pair shows these; shown: its level in each comparison that speaks."""
        return all(shown.get(name, SILENT) in levels for name, levels in self.levels.items())
