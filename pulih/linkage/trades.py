"""What each firm makes, as a KBLI code where the file or its words tell one: table `trades`."""

from collections.abc import Sequence
from functools import cache

import duckdb

from pulih.classifications import products
from pulih.classifications.entries import rows
from pulih.linkage.fill import fill
from pulih.linkage.spelling import without_words


def add_trades(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `trades` (rec, trade, product)."""
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
    FROM (SELECT rec, unnest(string_split(firm, ' ')) AS word FROM base JOIN firms USING (firm_id)
        WHERE kbli_digits IS NULL AND product_plain IS NULL)
    JOIN word_codes USING (word) GROUP BY rec
), folded AS (
    SELECT product_plain, fold(product_plain) AS product
    FROM (SELECT DISTINCT product_plain FROM base WHERE product_plain IS NOT NULL)
)
SELECT base.rec, product,
    CASE WHEN length(kbli_digits) BETWEEN 3 AND 5 THEN kbli_digits
        ELSE coalesce(told.code, by_name.code) END AS trade
FROM base LEFT JOIN told ON told.text = base.product_plain
    LEFT JOIN folded ON folded.product_plain = base.product_plain
    LEFT JOIN by_name ON by_name.rec = base.rec
"""


def learn_trade_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Make macro `without_trade_words`, and `word_codes`: the single words of one code."""
    _fill_pairs(connection, "spoken", ("word", "code"), _words())
    words = connection.execute(
        "SELECT DISTINCT unnest(string_split(fold(word), ' ')) AS word FROM spoken"
        " WHERE word <> '' ORDER BY word"
    ).fetchall()
    connection.execute(without_words("without_trade_words", [word for (word,) in words if word]))
    connection.execute("""
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
