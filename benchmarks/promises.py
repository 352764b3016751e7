"""Whether money is promised twice or lost under 32 writers and kills, at a size no test has.

    python -m benchmarks.promises [--scale 0.1]

Full size: 102,400 documents that reserve, commit, release, revise and refocus on three lines, while
writers, connections and PostgreSQL are killed 45 times; a scale of 0.1 takes a hundredth of the
documents and a tenth of the kills. Exits 1 where a rupiah is lost, doubled or unlawful, or where
balances rebuilt from entries differ. The same at the size of a test: `tests/ledger/test_race.py`.
"""

import argparse
import os
import sys

from tests.ledger.race import KILLS, PAPERS, WRITERS, WRONG, raced


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    said = raced(max(8, int(PAPERS * scale**2)), max(3, int(KILLS * scale)))
    wrong = {name: said[name] for name in WRONG if said[name]}
    documents = said["passed"] + said["refused"]
    print(
        f"{documents:,} documents of {WRITERS} writers in {said['seconds']} s, "
        f"{said['refused']:,} refused; killed {said['killed']}, "
        f"{said['promises broken']:,} promises broken   load {os.getloadavg()[0]:.1f}"
    )
    print(f"wrong: {wrong or 'nothing'}; balances that differ: {said['differences']}")
    return 1 if wrong or said["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
