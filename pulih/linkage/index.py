"""A prepared register: cleaned records, sorted keys and learned weights in one folder."""

import json
import shutil
from pathlib import Path

import duckdb

from pulih.common.errors import Message, Refusal
from pulih.linkage.clean import COUNTS
from pulih.linkage.model import BLOCKING, MODEL
from pulih.linkage.weights import Weights
from pulih.linkage.weights_file import as_plain, from_plain

FORMAT = 8
NOT_AN_INDEX = Message(
    "Folder ini bukan register yang disiapkan oleh versi ini; jalankan pulih link-index lagi.",
    "This folder is no register prepared by this version; run pulih link-index again.",
)


def _file(folder: Path, name: str) -> str:
    quoted = str(folder / f"{name}.parquet").replace("'", "''")
    return f"'{quoted}'"


def write_index(connection: duckdb.DuckDBPyConnection, weights: Weights, folder: Path) -> None:
    """Write tables `cleaned`, `keys`, `known_members` and the counts, whole or not at all."""
    made = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for table in ("cleaned", "known_members", *(f"all_{name}" for name in COUNTS)):
        connection.execute(
            f"COPY (FROM {table} ORDER BY ALL) TO {_file(made, table)} (FORMAT PARQUET)"
        )
    for at in range(len(BLOCKING)):
        connection.execute(
            f"COPY (SELECT k{at} AS key, rec FROM keys WHERE k{at} IS NOT NULL ORDER BY ALL)"
            f" TO {_file(made, f'key_{at}')} (FORMAT PARQUET)"
        )
    about = {
        "format": FORMAT,
        "model": MODEL,
        "duckdb": duckdb.__version__,
        "weights": as_plain(weights),
    }
    (made / "index.json").write_text(json.dumps(about), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    made.replace(folder)


def read_weights(folder: Path) -> Weights:
    """Return the weights of a prepared register. Raises Refusal if it is none of ours."""
    try:
        about = json.loads((folder / "index.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(NOT_AN_INDEX) from error
    ours = {"format": FORMAT, "model": MODEL, "duckdb": duckdb.__version__}
    if {name: about.get(name) for name in ours} != ours:
        raise Refusal(NOT_AN_INDEX)
    return from_plain(about["weights"])


def read_counts(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Make the tables `known_…` that cleaning takes into account; return how many records."""
    for name in COUNTS:
        source = _file(folder, f"all_{name}")
        connection.execute(f"CREATE OR REPLACE VIEW known_{name} AS FROM read_parquet({source})")
    (records,) = connection.execute("SELECT sum(records)::BIGINT FROM known_size").fetchall()[0]
    return int(records or 0)


def find_pairs(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make `pairs` of arrivals (in `cleaned`, `keys`) with the register; fetch whom they touch.

    Afterwards `cleaned` holds the register's records too that pairs or their enterprises need,
    and `known_members` (enterprise_id, rec) those enterprises.
    """
    connection.execute("CREATE OR REPLACE TABLE met (a INTEGER, b INTEGER)")
    for at in range(len(BLOCKING)):
        connection.execute(
            f"INSERT INTO met SELECT r.rec, l.rec FROM keys AS l JOIN"
            f" read_parquet({_file(folder, f'key_{at}')}) AS r ON l.k{at} = r.key"
        )
    connection.execute(f"""
        CREATE OR REPLACE TABLE pairs AS SELECT DISTINCT a, b FROM met ORDER BY a, b;
        CREATE OR REPLACE TABLE known_members AS
            SELECT enterprise_id, rec FROM read_parquet({_file(folder, "known_members")})
            SEMI JOIN (SELECT enterprise_id FROM read_parquet({_file(folder, "known_members")})
                SEMI JOIN pairs ON pairs.a = rec) USING (enterprise_id);
        INSERT INTO cleaned SELECT * FROM read_parquet({_file(folder, "cleaned")})
            SEMI JOIN known_members USING (rec);
        DROP TABLE met
    """)


def repeated_ids(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[tuple[int, str]]:
    """Return (row, record_id) of the arrivals in `given` whose id the register has already."""
    return connection.execute(
        f"SELECT row, record_id FROM given SEMI JOIN read_parquet({_file(folder, 'cleaned')})"
        " USING (record_id) ORDER BY row LIMIT 1000"
    ).fetchall()
