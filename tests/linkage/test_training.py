"""What is learned from a whole register, where keys bring few pairs of a kind together."""

import duckdb
import pytest

from pulih.linkage import pairs, train
from pulih.linkage.clean import clean
from pulih.linkage.compact import make_compact
from pulih.linkage.model import COMPARISONS
from pulih.linkage.read import read_table
from tests.make.linkage import register


@pytest.mark.slow  # Six thousand records are trained on.
def test_another_regency_speaks_against_one_firm_however_few_such_pairs_are_seen(tmp_path):
    connection = duckdb.connect(config={"threads": 2})
    path = tmp_path / "records.parquet"
    register(6_000, seed=8).records.write_parquet(path)
    assert read_table(connection, path, into="given") == []
    clean(connection)
    pairs.add_keys(connection)
    make_compact(connection)
    weights = train.train(connection)
    place = next(one for one in COMPARISONS if one.name == "place")
    bits = dict(weights.against_strangers(place))
    elsewhere = next(level for level in place.levels if level.name == "elsewhere")
    assert bits[place.gamma(elsewhere)] < -2
