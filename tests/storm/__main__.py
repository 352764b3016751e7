"""A storm over a whole installation: the real program under writers, killed at random.

    python -m tests.storm [--kills 1000] [--seed N] [--minutes M] [--no-disk] [--clock]

Exit 0: nothing that was acknowledged is lost or doubled, nothing is stuck. Exit 1: something is;
the seed and the story are printed, so that the same blows can be dealt again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from pathlib import Path

from tests.storm.book import Story
from tests.storm.run import Asked, Result, run


def main() -> int:
    asked = _asked()
    story = Story(sys.stderr if not asked.json else None)
    print(f"seed {asked.seed}, {asked.kills} kills, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
    result = run(
        Asked(
            asked.kills, asked.seed, (0.1, asked.pause), asked.well, asked.minutes, asked.calm,
            has_disk=asked.disk, has_clock=asked.clock, keep=asked.keep,
        ),
        story,
    )  # fmt: skip
    print(in_json(result, asked.seed) if asked.json else in_words(result, asked.seed))
    if not result.is_good and asked.json:
        print("\n".join(story.lines), file=sys.stderr)
    return 0 if result.is_good else 1


def in_words(result: Result, seed: int) -> str:
    """Return the table of kills, then what is there of what was acknowledged."""
    rows = [f"{'killed':<22}{'times':>6}{'back, worst s':>15}{'usual s':>9}"]
    for kind, times in sorted(result.killed.items()):
        seconds = sorted(result.seconds.get(kind, [])) or [float("nan")]
        middle = seconds[len(seconds) // 2]
        rows.append(f"{kind:<22}{times:>6}{seconds[-1]:>15.1f}{middle:>9.1f}")
    rows.append(f"{'all':<22}{result.killed.total():>6}")
    verdict = result.verdict
    rows += ["", f"{'':<22}{'acknowledged':>13}{'lost':>6}{'doubled':>9}"]
    for what, number in verdict.acknowledged.items():
        lost, doubled = verdict.lost[what], verdict.doubled[what]
        rows.append(f"{what:<22}{number:>13}{lost:>6}{doubled:>9}")
    rows += ["", f"stuck: {verdict.stuck or 'nothing'}"]
    rows += [f"left out: {one}" for one in result.left_out]
    rows += [f"{name}: {value}" for name, value in verdict.notes.items()]
    rows += [f"answers: {dict(result.answers)}", f"starts of pulih serve: {result.starts}"]
    rows += [f"odd answer at {one}" for one in result.odd]
    rows += [f"WRONG: {one}" for one in (*result.faults, *verdict.faults)]
    rows += [f"{'good' if result.is_good else 'NOT GOOD'}, seed {seed}, {result.took:.0f} s"]
    return "\n".join(rows)


def in_json(result: Result, seed: int) -> str:
    verdict = result.verdict
    return json.dumps(
        {
            "seed": seed, "is_good": result.is_good, "killed": result.killed,
            "worst_seconds": {kind: max(each) for kind, each in result.seconds.items() if each},
            "acknowledged": verdict.acknowledged, "lost": verdict.lost,
            "doubled": verdict.doubled, "stuck": verdict.stuck, "left_out": result.left_out,
            "faults": [*result.faults, *verdict.faults], "notes": verdict.notes, "odd": result.odd,
            "seconds": round(result.took),
        }
    )  # fmt: skip


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--pause", type=float, default=1.4, help="at most so long between two")
    parser.add_argument("--well", type=float, default=0.7, help="share struck only once it is well")
    parser.add_argument(
        "--minutes", type=float, default=600.0, help="after which no more is killed"
    )
    parser.add_argument("--calm", type=float, default=180.0, help="seconds to settle afterwards")
    parser.add_argument("--keep", type=Path, help="a folder for what Pulih says meanwhile")
    parser.add_argument("--no-disk", dest="disk", action="store_false")
    parser.add_argument("--clock", action="store_true", help="also let it jump: see clock.py")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
