"""The three things a person asks for: link a file, prepare a register, link against one."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pulih.common.errors import Fault, Message
from pulih.linkage import copies, index
from pulih.linkage.checks import MOST_FAULTS, REPEATED, counted_with_blanks
from pulih.linkage.clean import clean
from pulih.linkage.compact import make_compact
from pulih.linkage.engines import Engine
from pulih.linkage.findings import of_names, of_shared_numbers
from pulih.linkage.grouping import group
from pulih.linkage.link import Linked
from pulih.linkage.model import MATCH, REVIEW
from pulih.linkage.outputs import id_cast, make_clusters, make_reported, write
from pulih.linkage.pairs import add_keys, cut_blocks, pairs_sql
from pulih.linkage.read import Tell, read_table, silent
from pulih.linkage.train import train
from pulih.linkage.weights import Weights
from pulih.linkage.weights_file import read_weights

THREADS = 2
MEMORY = "4500MB"
"""What DuckDB may hold before it writes to disk: a country's register fits into 5 GB with it."""
NOT_HELD = Message(
    "Baris register ini tidak ada di tabel usaha (--against-clusters, --clusters).",
    "This record of the register is missing from its clusters (--against-clusters, --clusters).",
)


class Unusable(Exception):
    """Tables cannot be used; `faults` says all that is wrong with them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(f"{len(self.faults)} fault(s)")


@dataclass(frozen=True)
class LinkTask:
    """What to link, and where the answer goes.

    against: a prepared register, or a table with `against_clusters` beside it.
    weights: used instead of learning from the records, or instead of the register's.
    """

    records: Path
    out: Path
    pairs: Path | None = None
    against: Path | None = None
    against_clusters: Path | None = None
    engine: Engine | None = None
    weights: Weights | Path | None = None
    all_pairs: bool = False
    threads: int = THREADS


def link(asked: LinkTask, tell: Tell = silent) -> Linked:
    """Link records and write CLUSTERS and PAIRS. Raises Unusable, or Refusal for an index."""
    linked = Linked()
    with tempfile.TemporaryDirectory(prefix="pulih-link-") as scratch:
        connection = connect(Path(scratch), asked.threads)
        try:
            if asked.against is None:
                first, weights = 0, _block_alone(connection, asked, linked, tell)
            else:
                register = _register(asked, Path(scratch), tell)
                first, weights = _block_against(connection, asked, register, linked, tell)
            weights = linked.weights = _given(asked) or weights
            _weigh(connection, asked, weights, linked)
            with linked.timed("cluster"):
                linked.findings += group(connection, weights)
                copies.settle(connection)
                make_clusters(connection, first=first)
            _write(connection, asked, linked)
        finally:
            connection.close()
    return linked


def prepare(
    known: Path, clusters: Path, out: Path, tell: Tell = silent, threads: int = THREADS
) -> Linked:
    """Prepare a register for `--against`. Raises Unusable."""
    linked = Linked()
    with tempfile.TemporaryDirectory(prefix="pulih-link-") as scratch:
        connection = connect(Path(scratch), threads)
        try:
            with linked.timed("read"):
                _read(connection, known, linked, tell)
                _read_held(connection, known, clusters, tell)
                _clean(connection, linked)
            with linked.timed("block"):
                add_keys(connection)
                linked.findings += cut_blocks(connection)
            make_compact(connection)
            weights = train(connection)
            connection.execute(
                "CREATE TABLE known_members AS SELECT enterprise_id, rec FROM cleaned"
                " JOIN held USING (record_id) ORDER BY ALL"
            )
            index.write_index(connection, weights, out)
            linked.records = _count(connection, "SELECT count(*) FROM cleaned")
            linked.enterprises = _count(connection, "SELECT count(DISTINCT enterprise_id) FROM"
                                        " known_members")  # fmt: skip
        finally:
            connection.close()
    return linked


def _read_held(
    connection: duckdb.DuckDBPyConnection, known: Path, clusters: Path, tell: Tell
) -> None:
    """Make table `held`: the enterprise of every record of the register. Raises Unusable."""
    columns = ("record_id", "enterprise_id")
    faults = read_table(
        connection, clusters, into="held", wanted=columns, needed=columns, tell=tell
    )
    if faults:
        raise Unusable(faults)
    missing = connection.execute(
        f"SELECT row, record_id FROM given ANTI JOIN held USING (record_id) ORDER BY row"
        f" LIMIT {MOST_FAULTS}"
    ).fetchall()
    if missing:
        faults = [Fault(known.stem, row, "record_id", one, NOT_HELD) for row, one in missing]
        raise Unusable(counted_with_blanks(faults, known))
    beyond = connection.execute(
        "SELECT record_id FROM held ANTI JOIN given USING (record_id) ORDER BY row"
    ).fetchall()
    if beyond:  # A part of a register may stand beside the clusters of all of it.
        tell(f"{clusters.stem}: ignored {len(beyond)} records not in {known.name}, the first"
             f" {beyond[0][0]}.")  # fmt: skip


def connect(scratch: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB in memory that may spill into `scratch`."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "temp_directory": str(scratch),
        "memory_limit": MEMORY,
        "preserve_insertion_order": True,
    }
    connection = duckdb.connect(config=settings)
    connection.execute("SET enable_progress_bar = false")  # It would print into --json.
    return connection


def _read(connection: duckdb.DuckDBPyConnection, path: Path, linked: Linked, tell: Tell) -> None:
    """Make tables `given` and `copies`. Raises Unusable."""
    faults = read_table(connection, path, into="given", tell=tell)
    if faults:
        raise Unusable(faults)
    linked.findings += of_names(connection)


def _clean(connection: duckdb.DuckDBPyConnection, linked: Linked, first: int = 0) -> None:
    clean(connection, first=first)
    linked.findings += of_shared_numbers(connection)


def _block_alone(
    connection: duckdb.DuckDBPyConnection, asked: LinkTask, linked: Linked, tell: Tell
) -> Weights:
    with linked.timed("read"):
        _read(connection, asked.records, linked, tell)
        copies.set_aside(connection)
        _clean(connection, linked)
    with linked.timed("block"):
        add_keys(connection)
        linked.findings += cut_blocks(connection)
        connection.execute(f"CREATE TABLE pairs AS {pairs_sql()}")
        connection.execute("CREATE TABLE known_members (enterprise_id VARCHAR, rec INTEGER)")
        make_compact(connection)
    with linked.timed("train"):
        return _given(asked) or train(connection)


def _given(asked: LinkTask) -> Weights | None:
    return read_weights(asked.weights) if isinstance(asked.weights, Path) else asked.weights


def _register(asked: LinkTask, scratch: Path, tell: Tell) -> Path:
    """Return the prepared register; prepare it now where a table was given."""
    assert asked.against is not None
    if asked.against_clusters is None:
        return asked.against
    prepare(asked.against, asked.against_clusters, scratch / "register", tell, asked.threads)
    return scratch / "register"


def _block_against(
    connection: duckdb.DuckDBPyConnection,
    asked: LinkTask,
    register: Path,
    linked: Linked,
    tell: Tell,
) -> tuple[int, Weights]:
    weights = index.read_weights(register)
    with linked.timed("read"):
        _read(connection, asked.records, linked, tell)
        known_already = index.repeated_ids(connection, register)
        if known_already:
            table = asked.records.stem
            faults = [Fault(table, row, "record_id", one, REPEATED) for row, one in known_already]
            raise Unusable(counted_with_blanks(faults, asked.records))
        copies.set_aside(connection)
        first = index.read_counts(connection, register)
        _clean(connection, linked, first)
    with linked.timed("block"):
        add_keys(connection, arriving=True)
        linked.findings += cut_blocks(connection)
        index.find_pairs(connection, register)
        connection.execute(f"INSERT INTO pairs {pairs_sql()}")
        make_compact(connection)
    return first, weights


def _weigh(
    connection: duckdb.DuckDBPyConnection, asked: LinkTask, weights: Weights, linked: Linked
) -> None:
    with linked.timed("compare"):
        linked.pairs_compared = _count(connection, "SELECT count(*) FROM pairs")
        copies.weigh(connection, weights)
        linked.findings += copies.findings(connection)
        above = None if asked.all_pairs else REVIEW
        weigh = asked.engine.score if asked.engine else _score_here
        weigh(connection, weights, above)


def _score_here(
    connection: duckdb.DuckDBPyConnection, weights: Weights, above: float | None
) -> None:
    from pulih.linkage.score import score

    score(connection, weights, above=above)


def _write(connection: duckdb.DuckDBPyConnection, asked: LinkTask, linked: Linked) -> None:
    kind = id_cast(connection, asked.records)
    write(
        connection,
        f"SELECT record_id::{kind} AS record_id, enterprise_id FROM clusters",
        asked.out,
    )
    if asked.pairs is not None:
        make_reported(connection)
        write(
            connection,
            f"SELECT record_a::{kind} AS record_a, record_b::{kind} AS record_b, probability,"
            " decision, evidence, weight, levels FROM reported",
            asked.pairs,
        )
    linked.records = _count(connection, "SELECT count(*) FROM clusters")
    linked.enterprises = _count(connection, "SELECT count(DISTINCT enterprise_id) FROM clusters")
    linked.matches = _count(
        connection,
        f"""SELECT count(*) FROM scored
        JOIN placed AS one ON one.rec = a JOIN placed AS other ON other.rec = b
        WHERE weight >= {MATCH} AND one.leader = other.leader""",
    )
    linked.matches += _count(
        connection, f"SELECT count(*) FROM copied WHERE together AND weight >= {MATCH}"
    )
    linked.reviews = -linked.matches + sum(
        _count(connection, f"SELECT count(*) FROM {table} WHERE weight >= {REVIEW}")
        for table in ("scored", "copied")
    )


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
