"""What of the scenario is wanted."""

from dataclasses import dataclass
from pathlib import Path

FIRMS, SEED = 60_000, 2020


@dataclass(frozen=True)
class Wanted:
    """What to build. firms: about how many; folder: where the files go, for people to open."""

    firms: int
    seed: int
    folder: Path
    passwords: dict[str, str]
    solve: bool = True


def home_of(folder: Path, firms: int, seed: int) -> Path:
    """Return where in `folder` the files of so many firms lie; make it where it is not there."""
    home = folder / f"{firms}-{seed}"
    home.mkdir(parents=True, exist_ok=True)
    return home
