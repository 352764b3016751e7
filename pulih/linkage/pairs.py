"""Which records are looked at side by side, and the guards against blocks that are too large."""

import duckdb

from pulih.common.errors import Message
from pulih.linkage.findings import Finding
from pulih.linkage.model import BLOCKING
from pulih.linkage.words import RULES

LARGEST_BLOCK = 400
"""No key may bring more records together: 79,800 pairs."""
PAIRS_A_RECORD = 12
"""One rule may bring about so many pairs a record; its largest blocks go first."""
FEWEST_PAIRS = 2_000_000


def add_keys(connection: duckdb.DuckDBPyConnection, *, arriving: bool = False) -> None:
    """Make table `keys` (rec, k0, k1, …) of `cleaned`: a hashed key a rule, null where none is.

    Table `all_crowded` (rule, key) then holds the keys that too many records share: such records
    must share more to be looked at. arriving: only what is crowded in the register
    (`known_crowded`) counts, for both sides must have the same keys to meet.
    """
    keys = ", ".join(
        f"CASE WHEN ({rule.key}) IS NOT NULL THEN hash({rule.key}) END AS k{at}"
        for at, rule in enumerate(BLOCKING)
    )
    connection.execute(f"CREATE OR REPLACE TABLE keys AS SELECT rec, {keys} FROM cleaned")
    crowds = " UNION ALL ".join(
        f"SELECT {at} AS rule, k{at} AS key FROM keys WHERE k{at} IS NOT NULL"
        f" GROUP BY k{at} HAVING count(*) > {rule.crowd}"
        for at, rule in enumerate(BLOCKING)
        if rule.narrower
    )
    counted = "FROM known_crowded" if arriving else crowds
    connection.execute(f"CREATE OR REPLACE TABLE all_crowded AS {counted}")
    _narrow(connection)


def _narrow(connection: duckdb.DuckDBPyConnection) -> None:
    """Let crowded records share more than their key."""
    picked, joined = [], []
    for at, rule in enumerate(BLOCKING):
        if rule.narrower is None:
            picked.append(f"k{at}")
            continue
        more = f"CASE WHEN ({rule.narrower}) IS NOT NULL THEN hash(k{at}, {rule.narrower}) END"
        picked.append(f"CASE WHEN crowd{at}.key IS NULL THEN k{at} ELSE {more} END AS k{at}")
        joined.append(
            f"LEFT JOIN all_crowded AS crowd{at} ON crowd{at}.rule = {at} AND crowd{at}.key = k{at}"
        )
    connection.execute(f"""
        CREATE OR REPLACE TABLE keys AS SELECT keys.rec, {", ".join(picked)}
        FROM keys JOIN cleaned ON cleaned.rec = keys.rec {" ".join(joined)}
    """)


def cut_blocks(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Empty the keys in `keys` whose blocks are too large; return what was cut."""
    findings = []
    for at, rule in enumerate(BLOCKING):
        most = _largest_allowed(connection, at)
        cut = connection.execute(
            f"SELECT k{at}, count(*) AS records, min(rec) FROM keys WHERE k{at} IS NOT NULL"
            f" GROUP BY k{at} HAVING records > {most} ORDER BY records DESC, min(rec)"
        ).fetchall()
        if cut:
            findings.append(_finding(connection, rule.name, cut))
            connection.execute(
                f"UPDATE keys SET k{at} = NULL WHERE k{at} IN (SELECT k{at} FROM keys"
                f" WHERE k{at} IS NOT NULL GROUP BY k{at} HAVING count(*) > {most})"
            )
    return findings


def _largest_allowed(connection: duckdb.DuckDBPyConnection, at: int) -> int:
    """Return the size up to which a rule's blocks may stay, so that its pairs stay bounded."""
    sizes = connection.execute(
        f"SELECT size, count(*) FROM (SELECT count(*) AS size FROM keys WHERE k{at} IS NOT NULL"
        f" GROUP BY k{at}) WHERE size > 1 GROUP BY size ORDER BY size"
    ).fetchall()
    (records,) = connection.execute("SELECT count(*) FROM keys").fetchall()[0]
    room = max(FEWEST_PAIRS, PAIRS_A_RECORD * records)
    allowed = 1
    for size, blocks in sizes:
        room -= blocks * size * (size - 1) // 2
        if room < 0 or size > LARGEST_BLOCK:
            break
        allowed = size
    return allowed


def _finding(
    connection: duckdb.DuckDBPyConnection, rule: str, cut: list[tuple[int, int, int]]
) -> Finding:
    _, records, first = cut[0]
    (example,) = connection.execute(
        f"SELECT record_id FROM cleaned WHERE rec = {first}"
    ).fetchall()[0]
    return Finding(
        f"block: {rule}",
        sum(each[1] for each in cut),
        example,
        Message(
            f"{records} baris (di antaranya {example}) berbagi satu kunci “{RULES[rule]}”;"
            " terlalu banyak untuk dibandingkan satu per satu. Periksa kolomnya.",
            f"{records} records ({example} among them) share one key of “{rule}”;"
            " too many to be compared one by one. Look at that column.",
        ),
    )


def pairs_sql(left: str = "keys", right: str = "keys", together: str = "l.rec < r.rec") -> str:
    """Return SQL that gives each pair of records (a, b) once, whatever rules bring it."""
    parts = []
    for at in range(len(BLOCKING)):
        before = "".join(
            f" AND (l.k{earlier} IS NULL OR r.k{earlier} IS NULL OR l.k{earlier} <> r.k{earlier})"
            for earlier in range(at)
        )
        parts.append(
            f"SELECT l.rec AS a, r.rec AS b FROM {left} AS l JOIN {right} AS r"
            f" ON l.k{at} = r.k{at} WHERE {together}{before}"
        )
    return " UNION ALL ".join(parts)
