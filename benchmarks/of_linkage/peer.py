"""Splink as its documentation would set it up for these columns: what `pulih link` is beside.

Names in small letters, digits of NIK and telephone, comparisons of each column by itself, five
blocking rules, clusters at probability 0.95.
"""

import json
import logging
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from pulih.linkage.memory import peak_megabytes

CLEAN = """
    CREATE TABLE records AS SELECT record_id, lower(owner_name) AS owner_name,
        lower(business_name) AS business_name, kbli, lower(village) AS village, regency_code,
        CASE WHEN length(regexp_replace(nik, '[^0-9]', '', 'g')) = 16
            THEN regexp_replace(nik, '[^0-9]', '', 'g') END AS nik,
        regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^(62|0)', '') AS phone,
        year_established
    FROM read_parquet('{}')
"""


def main(table: str, out: str) -> None:
    began = time.perf_counter()
    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(CLEAN.format(table))
    rules = [
        block_on("nik"),
        block_on("phone"),
        block_on("owner_name", "regency_code"),
        block_on("village", "substr(owner_name, 1, 4)"),
        block_on("business_name", "regency_code"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[
            cl.ExactMatch("nik"),
            cl.JaroWinklerAtThresholds("owner_name").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("business_name"),
            cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("village"),
            cl.ExactMatch("kbli"),
            cl.ExactMatch("year_established"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(DuckDBAPI(connection=connection).register("records"), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("nik")], recall=0.4)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("nik"), block_on("owner_name", "regency_code")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.95)
    (pairs,) = connection.sql(f"SELECT count(*) FROM {predicted.physical_name}").fetchall()[0]
    connection.execute(
        f"COPY (SELECT record_id, cluster_id::VARCHAR AS enterprise_id FROM"
        f" {clusters.physical_name}) TO '{out}' (FORMAT PARQUET)"
    )
    peak = peak_megabytes()
    print(json.dumps({"pairs": pairs, "seconds": time.perf_counter() - began, "peak_mb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
