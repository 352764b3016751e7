"""Both errors over the strength of the caution for an owner's other firm."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.of_linkage.truth import judge
from pulih.linkage.model import CAUTION, COMPARISONS
from pulih.linkage.weights import START, Correction, Weights
from pulih.linkage.weights_file import read_weights, write_weights

STRENGTHS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
"""In bits of `CAUTION`; what names and words add is changed in proportion."""


def measure(table: Path, truth: Path) -> None:
    """Print both errors at each strength; the weights are learned once."""
    kept = table.with_suffix(".caution.json")
    out = table.with_suffix(".caution.parquet")
    _run(table, out, "--keep-weights", kept)
    learned = read_weights(kept)
    for strength in STRENGTHS:
        write_weights(_cautious(learned, strength / CAUTION), kept)
        _run(table, out, "--weights", kept)
        found = judge(out, truth, table)
        print(f"  caution       {strength:g} bits: missed {1 - found.recall:.2%}, merged wrongly"
              f" {1 - found.precision:.2%}, F1 {found.f1:.4f}, two firms {found.merged:.2%}"
              f" ({found.merged_differing:.2%} where names or products differ)")  # fmt: skip


def _cautious(weights: Weights, times: float) -> Weights:
    """Return weights with so many times the shipped caution."""
    cautions = {START: CAUTION} | {
        (comparison.name, level.name): level.caution
        for comparison in COMPARISONS
        for level in comparison.levels
    }
    return replace(
        weights,
        corrections={
            key: Correction(other_firm=(1 - times) * bits) for key, bits in cautions.items()
        },
    )


def _run(table: Path, out: Path, option: str, weights: Path) -> None:
    command = [sys.executable, "-m", "pulih.linkage", str(table), "--out", str(out)]
    done = subprocess.run(
        [*command, option, str(weights)], capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
