"""What of the scenario is wanted."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """What to build. firms: about how many; folder: where the files go, for people to open."""

    firms: int
    seed: int
    folder: Path
    passwords: dict[str, str]
    solve: bool = True
