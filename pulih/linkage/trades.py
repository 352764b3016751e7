"""What each firm makes, as a KBLI code where the file or its words tell one: table `trades`."""

from collections.abc import Sequence
from functools import cache

import duckdb

from pulih.classifications import products
from pulih.classifications.entries import rows
from pulih.linkage.fill import fill


def add_trades(connection: duckdb.DuckDBPyConnection) -> None:
    """Make tables `trades` (rec, trade, product) and `trade_words` (one row: a list)."""
    _fill_words(connection)
    texts = connection.execute(
        "SELECT DISTINCT product_plain FROM base WHERE product_plain IS NOT NULL"
        " AND length(kbli_digits) IS DISTINCT FROM 5 ORDER BY ALL"
    ).fetchall()
    told = [(text, code) for (text,) in texts if (code := products.find(text[:120]).kbli)]
    _fill_pairs(connection, "told", ("text", "code"), told)
    connection.execute(_TRADES)


_TRADES = """
CREATE OR REPLACE TABLE trades AS
WITH by_name AS (
    SELECT rec, arg_max(code, (length(word), word)) AS code
    FROM (SELECT rec, unnest(string_split(fold(firm_words), ' ')) AS word FROM base
        WHERE kbli_digits IS NULL AND product_plain IS NULL)
    JOIN word_codes USING (word) GROUP BY rec
)
SELECT base.rec, fold(product_plain) AS product,
    CASE WHEN length(kbli_digits) BETWEEN 3 AND 5 THEN kbli_digits
        ELSE coalesce(told.code, by_name.code) END AS trade
FROM base LEFT JOIN told ON told.text = product_plain LEFT JOIN by_name ON by_name.rec = base.rec
"""


def _fill_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `trade_words`, every single word of a product, and `word_codes`, those of one code."""
    _fill_pairs(connection, "spoken", ("word", "code"), _words())
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE trade_words AS
            SELECT list_distinct(flatten(list(string_split(fold(word), ' ')))) AS words FROM spoken;
        CREATE OR REPLACE TEMP TABLE word_codes AS SELECT fold(word) AS word, min(code) AS code
            FROM spoken WHERE code <> '' AND NOT contains(word, ' ') GROUP BY fold(word)
            HAVING count(DISTINCT code) = 1;
    """)


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Return the words of products, each with its KBLI code or, for trade, with none."""
    return tuple((row["word"].replace("-", " "), row["kbli"]) for row in rows("product_words"))


def _fill_pairs(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    names: tuple[str, str],
    pairs: Sequence[tuple[str, str]],
) -> None:
    columns = [(name, "VARCHAR") for name in names]
    fill(connection, table, columns, ([one for one, _ in pairs], [other for _, other in pairs]))
