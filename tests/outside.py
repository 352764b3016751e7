"""Cases for the cores as strangers write them: files in odd but lawful forms, answers as files.

`python -m tests.outside refocus --examples 1000` draws so many cases and judges every answer.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

Row = dict[str, str]
Rows = list[Row]

CORES = {
    "refocus": "refocusing",
    "protect": "disclosure",
    "link": "linkage",
    "match": "matching",
    "select": "selection",
}


@dataclass
class Case:
    """A case as texts: what stands in `case.toml`, and tables by name with their columns."""

    settings: dict[str, Any]
    columns: dict[str, tuple[str, ...]]
    tables: dict[str, Rows] = field(default_factory=dict)

    def add(self, table: str, *cells: object) -> None:
        texts = ["" if cell is None else str(cell) for cell in cells]
        row = dict(zip(self.columns[table], texts, strict=True))
        self.tables.setdefault(table, []).append(row)

    def rows(self, table: str) -> Rows:
        return self.tables.get(table, [])


@dataclass
class Answer:
    """What a command did: its exit status, what it printed, and the files it left."""

    status: int
    printed: str
    told: str
    files: dict[str, str]

    def table(self, name: str) -> Rows:
        return list(csv.DictReader(io.StringIO(self.files[name])))

    def json(self, name: str = "explanation.json") -> Any:
        return json.loads(self.files[name])


def write_settings(settings: dict[str, Any], path: Path) -> None:
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in settings.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_case(case: Case, folder: Path, chance: random.Random) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(case.settings, folder / "case.toml")
    for name, columns in case.columns.items():
        if name in case.tables:
            write_table(columns, case.tables[name], folder / name, chance)


def write_table(columns: tuple[str, ...], rows: Rows, path: Path, chance: random.Random) -> Path:
    """Write one table in one of the forms that the contract allows; rows come in any order."""
    columns = tuple(chance.sample(columns, len(columns)))
    rows = chance.sample(rows, len(rows))
    if chance.random() < 0.2:
        target = path.with_name(path.name + ".parquet")
        texts = {c: [row[c] or None for row in rows] for c in columns}
        pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String)).write_parquet(target)
        return target
    target = path.with_name(path.name + ".csv")
    target.write_bytes(_csv(columns, rows, chance).encode("utf-8"))
    return target


def _csv(columns: tuple[str, ...], rows: Rows, chance: random.Random) -> str:
    extra = ("catatan",) if chance.random() < 0.3 else ()
    blank = " " if chance.random() < 0.2 else ""
    out = io.StringIO()
    ending = chance.choice(["\n", "\r\n"])
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(out, lineterminator=ending, quoting=quoting)
    writer.writerow((*columns, *extra))
    for row in rows:
        cells = [blank + row[column] + blank for column in columns]
        writer.writerow((*cells, *(["baris\n“dua”, ya"] if extra else [])))
    return chance.choice(["", "\ufeff"]) + out.getvalue()


def run_here(run: Callable[[list[str]], int], arguments: list[str], out: Path) -> Answer:
    """Call a core's command in this process."""
    printed, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(told):
        try:
            status = run(arguments)
        except SystemExit as left:
            status = int(left.code or 0)
        except Exception as error:  # noqa: BLE001  What the command itself would end with.
            told.write(f"Internal error: {error!r}")
            status = 70
    return Answer(status, printed.getvalue(), told.getvalue(), files(out))


def run_program(command: str, arguments: list[str], out: Path) -> Answer:
    """Call `pulih COMMAND` as a person would."""
    program = Path(sys.executable).with_name("pulih")
    done = subprocess.run([program, command, *arguments], capture_output=True, check=False)
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode(), files(out))


def files(out: Path) -> dict[str, str]:
    if not out.is_dir():
        return {}
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(out.iterdir())}


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("core", choices=CORES)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--program", action="store_true", help="through the command line itself")
    asked = parser.parse_args()
    outside = importlib.import_module(f"tests.{CORES[asked.core]}.outside")
    wrong, began = 0, time.monotonic()
    for seed in range(asked.first, asked.first + asked.examples):
        with tempfile.TemporaryDirectory() as folder:
            for objection in outside.objections(seed, Path(folder), program=asked.program):
                wrong += 1
                print(f"{asked.core} {seed}: {objection}", flush=True)
    seconds = time.monotonic() - began
    print(f"{asked.examples} cases, {wrong} objections, {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(_main())
