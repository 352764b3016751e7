"""Spark finds the same pairs, where PySpark and Java are installed."""

import shutil

import pytest

from tests.linkage.small import linked, pairs_of
from tests.make.linkage import register

pytest.importorskip("pyspark")


@pytest.mark.slow  # Starting Spark takes half a minute.
@pytest.mark.skipif(shutil.which("java") is None, reason="no Java")
def test_spark_and_duckdb_find_the_same(tmp_path):
    made = register(600, seed=5).records.to_dicts()
    rows = [{**row, "record_id": str(row["record_id"])} for row in made]
    here = linked(tmp_path, rows), pairs_of(tmp_path)
    there = linked(tmp_path, rows, "--engine", "spark", "--master", "local[2]"), pairs_of(tmp_path)
    assert there == here
