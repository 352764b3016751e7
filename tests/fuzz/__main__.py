"""Tries to break the reader: mutated files, each read in a child, until one is not refused well.

    python -m tests.fuzz [--files 100000] [--seed 1] [--keep FOLDER]

Every file must end in rows or in one refusal with both languages. Fails (exit 1) on a fault of our
own, and on a file that takes more than 1.5 GB or 20 seconds of processor time; those files are kept
in FOLDER. Make a test of what it finds: put the file into `tests/intake/broken`.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pulih.intake.child import Child
from tests.fuzz.mutation import mutated
from tests.fuzz.seeds import is_archive, seeds

MOST_BYTES, MOST_SECONDS = 1.5 * 1024**3, 20.0
KINDS = ("auto", "auto", "auto", "firms", "impact", "budget", "treasury")
ENDINGS = ("xlsx", "xlsx", "xls", "ods", "csv", "xlsb", "xlsm", "dat")


class Trial:
    """Reads one file after the other and counts how they end."""

    def __init__(self, folder: Path, keep: Path) -> None:
        self.folder, self.keep = folder, keep
        self.reader: Child | None = None
        self.ends: Counter[str] = Counter()
        self.bad: Counter[str] = Counter()
        self.most_bytes, self.most_seconds = 0, 0.0

    def read(self, content: bytes, ending: str, kind: str) -> str:
        """Read one file; return how it ended."""
        path = self.folder / f"a.{ending}"
        path.write_bytes(content)
        request = {"do": "read", "path": str(path), "folder": str(self.folder)}
        if self.reader is None:
            self.reader = Child()
        started = self.reader.busy_seconds()
        answer = self.reader.ask({**request, "asked": {"kind": kind}}, self._watch)
        seconds = self.reader.busy_seconds() - started
        end, words = self._end(answer)
        if not answer.get("serves_again"):
            self.reader.close()
            self.reader = None
        if seconds > MOST_SECONDS:
            end, words = "too slow", f"{seconds:.0f} s"
        self.most_seconds = max(self.most_seconds, seconds)
        self.ends[end] += 1
        if end in ("fault", "too slow"):
            self._keep(content, ending, kind, words)
        path.unlink()
        return end

    def _watch(self, done: int, total: int | None) -> None:
        assert self.reader is not None
        self.most_bytes = max(self.most_bytes, self.reader.resident_bytes())

    def _end(self, answer: dict[str, object]) -> tuple[str, str]:
        for end in ("done", "refused", "too_heavy", "ended"):
            if end in answer:
                return (f"ended: {answer[end]}" if end == "ended" else end), ""
        fault = answer["fault"]
        assert isinstance(fault, list)
        return "fault", f"{fault[0]}: {fault[1]}\n{fault[2]}"

    def _keep(self, content: bytes, ending: str, kind: str, words: str) -> None:
        """Keep the first file of each fault, distinguished by the last line of its trace."""
        place = words.strip().splitlines()
        at = next((line.strip() for line in reversed(place) if "File " in line), words[:60])
        self.bad[f"{place[0][:80]} | {at[-90:]}"] += 1
        name = hashlib.sha256(at.encode()).hexdigest()[:12]
        self.keep.mkdir(parents=True, exist_ok=True)
        target = self.keep / f"{name}.{kind}.{ending}"
        if not target.exists():
            target.write_bytes(content)
            target.with_suffix(".txt").write_text(words)


def main() -> int:
    """Mutate, read, tell, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(Path(name), options.keep)
        pool = seeds(Path(name))
        begun = time.monotonic()
        for number in range(1, options.files + 1):
            content = mutated(chance.choice(pool), chance, pool)
            trial.read(content, ending_of(content, chance), chance.choice(KINDS))
            if number % 500 == 0:
                pace = number / (time.monotonic() - begun)
                print(f"{number:,} files, {pace:.0f} a second, {dict(trial.ends)}", flush=True)
    return judge(trial)


def ending_of(content: bytes, chance: random.Random) -> str:
    """Return an ending, mostly the right one."""
    if chance.random() < 0.2:
        return chance.choice(ENDINGS)
    return "xlsx" if is_archive(content) else "csv"


def judge(trial: Trial) -> int:
    print(f"ends: {dict(trial.ends)}")
    print(f"most memory seen: {trial.most_bytes / 1024**2:,.0f} MB (at most 1,536)")
    print(f"most processor time: {trial.most_seconds:.1f} s (at most {MOST_SECONDS:.0f})")
    for what, often in trial.bad.most_common():
        print(f"{often:>6} × {what}")
    return 1 if trial.bad or trial.most_bytes > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
