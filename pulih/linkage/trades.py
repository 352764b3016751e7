"""What each firm makes: what its words say, and the KBLI code that was sent: table `trades`."""

from functools import cache

import duckdb

from pulih.classifications.entries import rows
from pulih.classifications.products import MAKING
from pulih.linkage.fill import fill
from pulih.linkage.spelling import folded, macros, without_words

LONGEST_PHRASE = 3
"""Words of the longest phrase that is looked up."""


def add_trades(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `trades` (rec, product, made, named, code).

    made, named: the code of what the product's words and the firm's name say. code: as sent.
    """
    products = "(SELECT DISTINCT product_plain FROM base WHERE product_plain IS NOT NULL)"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE said AS FROM {folded(products, {"product": "product_plain"})};
        CREATE OR REPLACE TEMP TABLE made AS {_told_sql("said", "product_plain", "product")}
            HAVING NOT bool_or(code = '') OR regexp_matches(product_plain, '{MAKING.pattern}');
        CREATE OR REPLACE TEMP TABLE called AS {_told_sql("firms", "firm_id", "firm")};
    """)
    connection.execute(_TRADES)
    connection.execute("DROP TABLE said; DROP TABLE made; DROP TABLE called")


def _told_sql(table: str, key: str, text: str) -> str:
    """Return SQL for (key, told): the code of the longest known phrase in each text of a table."""
    phrases = " UNION ALL ".join(
        f"SELECT {key}, unnest(list_transform(range(1, len(parts) - {more - 1} + 1),"
        f" lambda first: array_to_string(parts[first:first + {more - 1}], ' '))) AS phrase"
        " FROM parted"
        for more in range(1, LONGEST_PHRASE + 1)
    )
    return f"""
        WITH parted AS (SELECT {key}, string_split({text}, ' ') AS parts FROM {table}),
        phrases AS ({phrases})
        SELECT {key}, arg_max(code, (length(phrase), phrase)) FILTER (code <> '') AS told
        FROM phrases JOIN phrase_codes USING (phrase) GROUP BY {key}
    """


_TRADES = """
CREATE OR REPLACE TABLE trades AS
SELECT base.rec, product, made.told AS made, called.told AS named,
    CASE WHEN regexp_full_match(kbli_digits, '(0[1-9]|[1-9][0-9])[0-9]{1,3}')
        THEN kbli_digits END AS code
FROM base LEFT JOIN made USING (product_plain) LEFT JOIN said USING (product_plain)
    LEFT JOIN called USING (firm_id)
"""


def learn_trade_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Make macro `without_trade_words`, and table `phrase_codes`: what words say one makes."""
    words, phrases, codes = _trade_words()
    connection.execute(without_words("without_trade_words", words))
    columns = (("phrase", "VARCHAR"), ("code", "VARCHAR"))
    fill(connection, "phrase_codes", columns, (phrases, codes))


@cache
def _trade_words() -> tuple[list[str], list[str], list[str]]:
    """Return the words of trades, and phrases each with the one code that it says.

    Once for each process: nothing of it depends on what is linked.
    """
    written = [row["word"].replace("-", " ") for row in rows("product_words")]
    spoken = (written, [row["kbli"] for row in rows("product_words")])
    with duckdb.connect() as connection:
        connection.execute(macros())
        fill(connection, "written", (("written", "VARCHAR"), ("code", "VARCHAR")), spoken)
        kept = folded("written", {"word": "written"}, "code")
        connection.execute(f"CREATE TABLE spoken AS FROM {kept}")
        words = connection.execute(
            "SELECT DISTINCT unnest(string_split(word, ' ')) AS word FROM spoken ORDER BY word"
        ).fetchall()
        coded = connection.execute(
            "SELECT word, min(code) FROM spoken GROUP BY word HAVING count(DISTINCT code) = 1"
            " ORDER BY word"
        ).fetchall()
    return [word for (word,) in words if word], [one for one, _ in coded], [two for _, two in coded]
