"""How much of the gap to weights fitted on the truth a thousand reviewers' answers close."""

import subprocess
import sys
from pathlib import Path

import polars as pl

from benchmarks.of_linkage.truth import Judged, judge
from pulih.linkage.learn import learn, read_weights, write_weights
from pulih.linkage.weights import Weights

ANSWERS = 1_000
ALL = 40_000


def measure(table: Path, truth: Path) -> float:
    """Print F1 without labels, after answers, and fitted on the truth; return the share closed."""
    free, pairs = _run(table, None, "free", "--all-pairs")
    known = pl.read_parquet(pairs).select("record_a", "record_b", "decision", "levels")
    labelled = _labelled(known, pl.read_parquet(truth))
    weights = read_weights(table.with_suffix(".free.json"))
    records = pl.DataFrame()
    review = labelled.filter(pl.col("decision") == "review")
    answered = review.sample(min(ANSWERS, review.height), seed=1)
    told = labelled.sample(min(ALL, labelled.height), seed=2)
    learned = _judged(table, truth, learn(answered, records, weights), "learned")
    oracle = _judged(table, truth, learn(told, records, weights), "oracle")
    start = judge(free, truth)
    closed = (learned.f1 - start.f1) / max(oracle.f1 - start.f1, 1e-9)
    print(f"  learning      without labels F1 {start.f1:.4f} ({start.merged:.2%} two firms merged),"
          f" {answered.height:,} answers {learned.f1:.4f} ({learned.merged:.2%}), fitted on"
          f" {told.height:,} true pairs {oracle.f1:.4f} ({oracle.merged:.2%}):"
          f" {closed:.0%} of the gap")  # fmt: skip
    return closed


def _labelled(pairs: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    firms = truth.select(pl.col("record_id").cast(pl.String), "firm")
    pairs = pairs.with_columns(pl.col("record_a", "record_b").cast(pl.String))
    for end in ("a", "b"):
        named = firms.rename({"record_id": f"record_{end}", "firm": f"firm_{end}"})
        pairs = pairs.join(named, on=f"record_{end}")
    pairs = pairs.with_columns(is_same=pl.col("firm_a") == pl.col("firm_b"))
    return pairs.sort("record_a", "record_b").drop("firm_a", "firm_b")


def _judged(table: Path, truth: Path, weights: Weights, name: str) -> Judged:
    return judge(_run(table, weights, name)[0], truth)


def _run(table: Path, weights: Weights | None, name: str, *options: str) -> tuple[Path, Path]:
    out, pairs = table.with_suffix(f".{name}.parquet"), table.with_suffix(f".{name}-pairs.parquet")
    path = table.with_suffix(f".{name}.json")
    given = ["--keep-weights", str(path)]
    if weights is not None:
        write_weights(weights, path)
        given = ["--weights", str(path)]
    command = [sys.executable, "-m", "pulih.linkage", str(table), "--out", str(out), "--pairs"]
    done = subprocess.run(
        [*command, str(pairs), *given, *options], capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return out, pairs
