"""What the model compares, with numbers for texts: table `compact` of table `cleaned`.

Where it is only asked whether two texts are equal, their hashes of 64 bits answer. Joining pairs
with both their records is most of the work, and numbers are joined four times as fast as texts.
"""

import duckdb

from pulih.linkage.compared import columns_compared
from pulih.linkage.model import SPELT
from pulih.linkage.texts import key_of


def make_compact(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `compact` (rec and the columns that the model names) of table `cleaned`."""
    kinds = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE cleaned)")
                 .fetchall())  # fmt: skip
    picked = [f"{_number_of(name, kinds[name])} AS {name}" for name in columns_compared()]
    connection.execute(
        f"CREATE OR REPLACE TABLE compact AS SELECT rec, {', '.join(picked)} FROM cleaned"
    )


def _number_of(name: str, kind: str) -> str:
    if name == "nik":  # Its slips are counted: a one in front keeps leading noughts.
        return "('1' || nik)::BIGINT"
    return key_of(name) if kind == "VARCHAR" and name not in SPELT else name
