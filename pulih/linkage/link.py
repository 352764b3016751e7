"""What came of linking: counts, findings, times."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pulih.linkage.findings import Finding
from pulih.linkage.weights import Weights


@dataclass
class Linked:
    """What came of it; the pairs are in table `scored`, the groups in table `grouped`."""

    records: int = 0
    pairs_compared: int = 0
    matches: int = 0
    reviews: int = 0
    enterprises: int = 0
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    weights: Weights | None = None

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of the block to a stage."""
        started = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started
