"""Enterprises given to `pulih.linkage`, and its answer in our words."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from pulih.common.errors import Refusal
from pulih.linkage.explain import explain_many
from pulih.linkage.link import Linked
from pulih.linkage.run import LinkTask, link
from pulih.linkage.weights import Weights
from pulih.linkage.weights_file import read_weights

from . import prepared, records
from .deciding import Pair, Question

PAIRS = ("record_a", "record_b", "weight", "decision", "levels")


@dataclass(frozen=True)
class Compared:
    """pairs: of PAIRS, matches and reviews; clusters: record_id, enterprise_id, both as numbers."""

    pairs: pl.DataFrame
    clusters: pl.DataFrame
    linked: Linked
    sha256: str

    def about(self, ids: pl.Series) -> "Compared":
        """Keep what concerns any of these records."""
        held = ids.to_list()
        one, other = pl.col("record_a").is_in(held), pl.col("record_b").is_in(held)
        clusters = self.clusters.filter(pl.col("record_id").is_in(held))
        return replace(self, pairs=self.pairs.filter(one | other), clusters=clusters)

    def worded(self) -> list[Pair]:
        """Return the pairs as they are decided about."""
        return [
            Pair(one, other, weight, decision == "match", levels or "")
            for one, other, weight, decision, levels in self.pairs.select(PAIRS).iter_rows()
        ]

    def findings(self) -> list[dict[str, Any]]:
        """Return what linkage found wrong with the records, as a run keeps it."""
        return [
            {
                "what": found.kind,
                "number": found.count,
                "example": str(found.example),
                "says_id": found.message.id,
                "says_en": found.message.en,
            }
            for found in self.linked.findings
        ]


def compare(known: pl.DataFrame, against: Path | None = None) -> Compared:
    """Compare records with each other and with a prepared register."""
    with prepared.scratch() as room:
        given, out, pairs = (room / f"{name}.parquet" for name in ("records", "out", "pairs"))
        known.write_parquet(given)
        asked = LinkTask(records=given, out=out, pairs=pairs, against=against, weights=learned())
        linked = link(asked)
        sha256 = hashlib.sha256(given.read_bytes()).hexdigest()
        clusters = pl.read_parquet(out).cast(pl.Int64)
        return Compared(pl.read_parquet(pairs), clusters, linked, sha256)


def learned() -> Weights | None:
    """Return the weights learned from answers; None without, or of another version of the model."""
    path = prepared.weights_path()
    try:
        return read_weights(path) if path.exists() else None
    except Refusal:
        return None


def with_missing(known: pl.DataFrame, questions: list[Question]) -> pl.DataFrame:
    """Return the records with those added that only the prepared register had."""
    named = {one for question in questions for one in (question.pair.one, question.pair.other)}
    missing = sorted(named - set(known["record_id"]))
    if not missing:
        return known
    keys = ",".join(str(one) for one in missing)
    return pl.concat([known, records.read(f"id = ANY ('{{{keys}}}')")])


def terms(
    questions: list[Question], known: pl.DataFrame, weights: Weights | None
) -> list[list[dict[str, Any]]]:
    """Return for each question what speaks for and against it, as a review keeps it."""
    named = {one for question in questions for one in (question.pair.one, question.pair.other)}
    kept = known.filter(pl.col("record_id").is_in(named))
    rows = {row["record_id"]: row for row in kept.to_dicts()}
    pairs = [(rows[q.pair.one], rows[q.pair.other]) for q in questions]
    levels = [question.pair.levels for question in questions]
    return [
        [
            {
                **{"comparison": term.comparison, "level": term.level, "bits": term.bits},
                **{"left": term.left, "right": term.right},
                **{"says_id": term.says.id, "says_en": term.says.en},
            }
            for term in explained.terms
        ]
        for explained in explain_many(pairs, weights, levels)
    ]
