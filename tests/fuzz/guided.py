"""The same search led by which lines of the reader a file reaches; needs `pip install -e .[fuzz]`.

    python -m tests.fuzz.guided CORPUS [-max_total_time=600 and other options of libFuzzer]

CORPUS is a folder that is filled with the seeds when it is empty and grows by every file that
reaches something new. It reads in this very process, so that a crash is one: a fault of our own, a
hang of 20 seconds or 1.5 GB ends it with the file left beside.
"""

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pulih.intake", "pulih.places", "zipfile", "csv"]):
    from pulih.common.errors import Refusal
    from pulih.intake.intake import read

from tests.fuzz.mutation import mutated
from tests.fuzz.seeds import is_archive, seeds

LIMITS = ("-timeout=20", "-rss_limit_mb=1536", "-max_len=200000")
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
POOL = seeds(FOLDER)


def one_file(content: bytes) -> None:
    """Read one file; a refusal is well."""
    path = FOLDER / ("a.xlsx" if is_archive(content) else "a.csv")
    path.write_bytes(content)
    try:
        read(path)
    except Refusal:
        return


def mutate(content: bytes, largest: int, seed: int) -> bytes:
    """Change a file as `tests.fuzz` does, half of the time by libFuzzer's own ways."""
    if seed % 2:
        return bytes(atheris.Mutate(content, largest))
    changed = mutated(content, random.Random(seed), POOL)
    return changed if len(changed) <= largest else content


def main() -> None:
    words = sys.argv[1:]
    corpus = next((Path(word) for word in words if not word.startswith("-")), None)
    if corpus is None:
        sys.exit(__doc__)
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for number, content in enumerate(POOL):
            (corpus / f"seed-{number:03}").write_bytes(content)
    atheris.Setup([sys.argv[0], *LIMITS, *words], one_file, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
