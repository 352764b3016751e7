"""The tables of a release as files: what is written quickly is what would be written slowly."""

import json

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pulih.portal.tables import rows_as_json

rows = st.tuples(st.none() | st.text(), st.none() | st.integers(-(2**63), 2**63 - 1))


@given(st.lists(rows))
def test_rows_are_written_as_json_writes_them(given_rows):
    schema = {"name": pl.String, "value": pl.Int64}
    frame = pl.DataFrame(given_rows, schema=schema, orient="row")
    slowly = json.dumps(frame.to_dicts(), ensure_ascii=False, separators=(",", ":"))
    assert rows_as_json(frame) == slowly
