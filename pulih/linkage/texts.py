"""Names, addresses, villages and products made comparable, each distinct text once.

Every step is a table of its own: DuckDB writes an expression out wherever it is named, and what
guards a costly step would be worked out again for each place that it guards.
"""

import duckdb

from pulih.linkage.lexicon import NOTHING
from pulih.linkage.spelling import folded

_NOTHING = ", ".join(f"'{word}'" for word in NOTHING)
LONGEST_TEXT = 200
"""Of a longer text only so many letters are read."""


def asked(column: str) -> str:
    """Return SQL for the part of a column that is read: the key of its table of texts.

    Where a clerk only says that nothing is known (`N/A`, `tidak ada`), it is null.
    """
    text = f"lower(left({column}, {LONGEST_TEXT}))"
    return f"CASE WHEN {text} NOT IN ({_NOTHING}) THEN {text} END"


def key_of(column: str) -> str:
    """Return SQL for a number that is the same where the text is."""
    return f"CASE WHEN {column} IS NOT NULL THEN hash({column}) END"


def add_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make tables owners, firms, streets, villages, subdistricts and makes of texts in `given`."""
    for statement in (_OWNERS, _FIRMS, _STREETS, _VILLAGES, _SUBDISTRICTS, _MAKES):
        connection.execute(statement)


def _distinct(column: str, text: str) -> str:
    return f"SELECT DISTINCT {asked(column)} AS {text} FROM given WHERE {text} IS NOT NULL"


_OWNERS = f"""
CREATE OR REPLACE TEMP TABLE owners AS
WITH named AS MATERIALIZED (
    SELECT owner_text, without_aside(owner_text) AS name
    FROM ({_distinct("owner_name", "owner_text")})
), bare AS MATERIALIZED (
    SELECT owner_text, without_degrees(name) AS text FROM named
), plainly AS MATERIALIZED (
    SELECT owner_text, plain(text) AS owner_plain FROM bare
), titled AS MATERIALIZED (
    SELECT *, without_honorifics(owner_plain) AS untitled FROM plainly
), worded AS MATERIALIZED (
    SELECT *, coalesce(nullif(untitled, ''), nullif(owner_plain, '')) AS owner_words FROM titled
), marked AS MATERIALIZED (
    SELECT *, CASE WHEN has_widespread(owner_words) THEN without_widespread(owner_words) END
        AS marking_words
    FROM worded
), folded AS MATERIALIZED (
    FROM {folded("marked", {"owner_folded": "owner_words", "marking_folded": "marking_words"})}
), tightened AS MATERIALIZED (
    SELECT *, nullif(tight(owner_folded), '') AS owner,
        nullif(tight(marking_folded), '') AS marking
    FROM folded
), parted AS MATERIALIZED (
    SELECT *, coalesce(marking, owner) AS own, string_split(owner, ' ') AS all_parts,
        list_filter(string_split(own, ' '), lambda part: length(part) > 2) AS long_parts,
        sorted(owner) AS owner_sorted
    FROM tightened
), ended AS MATERIALIZED (
    SELECT *, if(len(long_parts) > 0, long_parts, all_parts) AS owner_parts,
        owner_parts[1] AS owner_first, owner_parts[-1] AS owner_last
    FROM parted
)
SELECT (row_number() OVER ())::INTEGER AS owner_id, owner_text, owner, own, all_parts, owner_first,
    owner_last, len(all_parts) AS owner_length,
    CASE WHEN marking IS NULL THEN owner_sorted ELSE sorted(own) END AS own_sorted, owner_sorted,
    {key_of("owner_sorted")} AS name_key,
    bones(owner_first) AS first_bones, bones(owner_last) AS last_bones,
    CASE WHEN says_female(owner_plain) THEN 'P' WHEN says_male(owner_plain) THEN 'L' END AS sex_said
FROM ended
"""

_FIRMS = f"""
CREATE OR REPLACE TEMP TABLE firms AS
WITH plainly AS MATERIALIZED (
    SELECT firm_text, plain(firm_text) AS firm_plain
    FROM ({_distinct("business_name", "firm_text")})
), formless AS MATERIALIZED (
    SELECT *, without_legal_form(firm_plain) AS formless FROM plainly
), titled AS MATERIALIZED (
    SELECT *, without_honorifics(formless) AS untitled FROM formless
), worded AS MATERIALIZED (
    SELECT *, coalesce(nullif(untitled, ''), nullif(firm_plain, '')) AS firm_words FROM titled
), folded AS MATERIALIZED (
    SELECT firm_text, firm_folded, number_behind(firm_plain) AS firm_number
    FROM {folded("worded", {"firm_folded": "firm_words"})}
), trimmed AS MATERIALIZED (
    SELECT firm_text, firm_number, nullif(trim(firm_folded), '') AS firm FROM folded
), own AS MATERIALIZED (
    SELECT *, without_trade_words(firm) AS own_words FROM trimmed
)
SELECT (row_number() OVER ())::INTEGER AS firm_id, firm_text, firm, sorted(firm) AS firm_sorted,
    firm_number,
    list_filter(string_split(own_words, ' '), lambda part: length(part) > 1) AS own_parts
FROM own
"""

_STREETS = f"""
CREATE OR REPLACE TEMP TABLE streets AS
WITH warded AS MATERIALIZED (
    SELECT address_text, with_both_wards(address_text) AS warded
    FROM ({_distinct("address", "address_text")})
), plainly AS MATERIALIZED (
    SELECT address_text, plain(warded) AS address_plain FROM warded
), tightened AS MATERIALIZED (
    SELECT *, tight(address_plain) AS words, contains(address_plain, 'rt') AS has_rt,
        contains(address_plain, 'rw') AS has_rw
    FROM plainly
), bare AS MATERIALIZED (
    SELECT *, without_street_words(words) AS street_words,
        CASE WHEN has_rt THEN regexp_extract(address_plain, '\\brt ?0*([0-9]+)', 1) ELSE '' END
            AS rt,
        CASE WHEN has_rw THEN regexp_extract(address_plain, '\\brw ?0*([0-9]+)', 1) ELSE '' END
            AS rw,
        CASE WHEN has_rt OR has_rw
            THEN regexp_replace(address_plain, '\\br[tw] ?[0-9]+', ' ', 'g') ELSE address_plain END
            AS unwarded
    FROM tightened
), folded AS MATERIALIZED (
    SELECT *, CASE WHEN regexp_matches(unwarded, '[0-9]')
            THEN regexp_extract(unwarded, '[0-9]+') END AS house
    FROM {folded("bare", {"street_folded": "street_words"})}
)
SELECT (row_number() OVER ())::INTEGER AS street_id, address_text,
    nullif(street_folded, '') AS street, house,
    CASE WHEN rt <> '' THEN rt || '/' || rw END AS rtrw,
    nullif(rt, '') AS rt, CASE WHEN rt <> '' THEN nullif(rw, '') END AS rw
FROM folded
"""


def _places(table: str, column: str) -> str:
    """Return SQL that makes a table (…_text, …_words) of the names of places in a column."""
    return f"""
CREATE OR REPLACE TEMP TABLE {table} AS
WITH plainly AS MATERIALIZED (
    SELECT {column}_text, plain({column}_text) AS text FROM ({_distinct(column, f"{column}_text")})
), worded AS MATERIALIZED (
    SELECT {column}_text, without_place_words(text) AS words FROM plainly
)
SELECT {column}_text, nullif(folded, '') AS {column}_words
FROM {folded("worded", {"folded": "words"})}
"""


_VILLAGES = _places("villages", "village")
_SUBDISTRICTS = _places("subdistricts", "district")

_MAKES = f"""
CREATE OR REPLACE TEMP TABLE makes AS
WITH plainly AS MATERIALIZED (
    SELECT product_text, plain(product_text) AS text FROM ({_distinct("product", "product_text")})
)
SELECT product_text, nullif(text, '') AS product_plain FROM plainly
"""
