"""Writes the generated files of the offices in a process of its own, while others are read:

    python -m pulih.scenarios.covid_2020.writing FOLDER [FIRMS SEED]

prints the path of each file in the order of delivery, once it is there. It needs no Django, so a
first start begins with it while the database is made.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from signal import SIG_DFL, SIGINT, signal
from tempfile import TemporaryDirectory

from . import pok, second_lists
from .firms import firms_of
from .layouts import LAYOUTS
from .second_lists import SECOND_LISTS, SecondList
from .shares import ProvinceShare, province_shares
from .sheets import write_list
from .wanted import FIRMS, SEED, home_of

UNFINISHED = ".unfinished-"


def written(home: Path, firms: int, seed: int) -> Iterator[Path]:
    """Write and yield each file: guides, lists, other offices' lists; one that is there is kept.

    The same seed and number write the same bytes.
    """
    for left in home.glob(f"{UNFINISHED}*"):
        rmtree(left)  # By a writer that was stopped.
    shares = province_shares(firms, seed)
    yield _kept(
        home, "POK_2020_Ditjen_*", lambda at: pok.write_central_pok(at, pok.central_lines(seed))
    )
    for share in shares:
        yield _guide(home, share, seed)
    for share in shares:
        yield _list(home, share, seed)
    by_code = {share.code: share for share in shares}
    for wanted in SECOND_LISTS:
        yield _second_list(home, wanted, by_code[wanted.province], seed)


def _guide(home: Path, share: ProvinceShare, seed: int) -> Path:
    def write(at: Path) -> Path:
        return pok.write_provincial_pok(at, share, pok.lines_of(share, seed), seed)

    return _kept(home, f"POK_2020_{share.code}_*", write)


def _list(home: Path, share: ProvinceShare, seed: int) -> Path:
    def write(at: Path) -> Path:
        return write_list(at, share, LAYOUTS[share.code], list(firms_of(share, seed)), seed)

    return _kept(home, f"{share.code}_Data_*", write)


def _second_list(home: Path, wanted: SecondList, share: ProvinceShare, seed: int) -> Path:
    return _kept(home, wanted.file, lambda at: second_lists.write(at, wanted, share, seed))


def _kept(home: Path, pattern: str, write: Callable[[Path], Path]) -> Path:
    """Return the file that is there, or write it: whole, or of a writer that is stopped nothing."""
    found = next(home.glob(pattern), None)
    if found:
        return found
    with TemporaryDirectory(prefix=UNFINISHED, dir=home) as folder:
        made = write(Path(folder))
        return made.rename(home / made.name)


def main() -> None:
    signal(SIGINT, SIG_DFL)  # Whoever stops the build stops this too, which has nothing to say.
    folder, *asked = sys.argv[1:]
    firms, seed = map(int, asked) if asked else (FIRMS, SEED)
    for path in written(home_of(Path(folder), firms, seed), firms, seed):
        print(path, flush=True)  # Fails when nobody listens any more, which ends the writer.


if __name__ == "__main__":
    main()
