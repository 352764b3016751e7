"""The same model on Spark, for registers that outgrow one machine. An optional extra."""

import shutil
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from pulih.common.errors import Message, Refusal
from pulih.linkage.compared import weight_sql
from pulih.linkage.model import BLOCKING, COMPARISONS
from pulih.linkage.train import settings
from pulih.linkage.weights import Weights

NO_SPARK = Message(
    "--engine spark memerlukan PySpark: pip install 'pulih[spark]'.",
    "--engine spark needs PySpark: pip install 'pulih[spark]'.",
)
NO_JAVA = Message(
    "--engine spark memerlukan Java 17 atau lebih baru: pasang misalnya openjdk-17-jre-headless.",
    "--engine spark needs Java 17 or newer: install for example openjdk-17-jre-headless.",
)


@dataclass(frozen=True)
class SparkEngine:
    """Compares on the cluster behind `master`. Raises Refusal where Spark or Java is missing."""

    master: str

    def __post_init__(self) -> None:
        if find_spec("pyspark") is None:
            raise Refusal(NO_SPARK)
        if shutil.which("java") is None:
            raise Refusal(NO_JAVA)

    def score(
        self, connection: duckdb.DuckDBPyConnection, weights: Weights, above: float | None
    ) -> None:
        """Let Splink compare on Spark what the keys bring together; weigh the answer here."""
        with tempfile.TemporaryDirectory(prefix="pulih-spark-") as folder:
            records, compared = Path(folder) / "records.parquet", Path(folder) / "compared"
            keys = ", ".join(f"CAST(k{at} AS VARCHAR) AS k{at}" for at in range(len(BLOCKING)))
            connection.execute(
                f"COPY (SELECT cleaned.*, {keys} FROM cleaned JOIN keys USING (rec))"
                f" TO '{records}' (FORMAT PARQUET)"
            )
            self._compare(records, compared, weights)
            gammas = ", ".join(
                f"gamma_{one.name}::TINYINT AS gamma_{one.name}" for one in COMPARISONS
            )
            keeping = "" if above is None else f" WHERE weight >= {above}"
            connection.execute(f"""
                CREATE OR REPLACE TABLE scored AS SELECT * FROM (
                    SELECT *, {weight_sql(weights)} AS weight FROM (
                        SELECT least(rec_l, rec_r)::INTEGER AS a,
                            greatest(rec_l, rec_r)::INTEGER AS b, {gammas}
                        FROM read_parquet('{compared}/*.parquet'))){keeping} ORDER BY a, b
            """)

    def _compare(self, records: Path, compared: Path, weights: Weights) -> None:
        from pyspark.sql import SparkSession
        from splink import Linker
        from splink.backends.spark import SparkAPI

        spark: Any = (
            SparkSession.builder.master(self.master)
            .appName("pulih link")
            .config("spark.jars", str(_likenesses()))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "16")
            .getOrCreate()
        )
        try:
            spark.sparkContext.setCheckpointDir(str(records.parent / "checkpoints"))
            api_of: Any = SparkAPI
            api = api_of(spark_session=spark, break_lineage_method="parquet",
                           register_udfs_automatically=True)  # fmt: skip
            rules = [f"l.k{at} = r.k{at}" for at in range(len(BLOCKING))]
            model = settings(weights, blocking=rules, unique_id="rec", dialect="spark")
            linker = Linker(api.register(spark.read.parquet(str(records))), model)
            found = linker.inference.predict().as_spark_dataframe()
            columns = ["rec_l", "rec_r", *(f"gamma_{one.name}" for one in COMPARISONS)]
            found.select(*columns).write.parquet(str(compared))
        finally:
            spark.stop()


def _likenesses() -> Path:
    """Return Splink's own jar, which brings `jaro_winkler` to Spark."""
    spec = find_spec("splink")
    assert spec is not None
    assert spec.origin is not None
    jars = Path(spec.origin).parent / "internals" / "files" / "spark_jars"
    return max(jars.glob("scala-udf-similarity-*_spark4*.jar"), key=lambda path: path.name)
