"""What compares the pairs: DuckDB here, or Spark for registers that outgrow one machine."""

from typing import Protocol

import duckdb

from pulih.linkage.weights import Weights


class Engine(Protocol):
    """Makes table `scored` (a, b, gamma_…, weight) of tables `cleaned`, `keys` and `pairs`."""

    def score(
        self, connection: duckdb.DuckDBPyConnection, weights: Weights, above: float | None
    ) -> None:
        """Weigh the pairs; with `above`, keep only those that weigh as much."""
