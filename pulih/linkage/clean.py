"""From rows as an office wrote them to comparable columns: table `given` to `cleaned`.

One row per record, ordered by `rec` (0, 1, … in the order of record ids). A column that says
nothing is null; every comparison treats null as silence, never as agreement.
"""

import duckdb

from pulih.linkage import spelling
from pulih.linkage.columns import ID_ORDER
from pulih.linkage.places import add_places
from pulih.linkage.trades import add_trades, learn_trade_words

COMMON_WORD = 0.003
"""A word in more than this share of the firms' names marks nobody."""
LEAST_POPULATION = 100_000
"""Shares are of at least so many records, so that small files are judged alike."""
SHARED_BY = 5
"""A telephone or NIK of more different owners than this belongs to a middleman or a clerk."""
LONGEST_TEXT = 200
"""Of a longer text only so many letters are read."""
MEDIUM_SHARE, COMMON_SHARE = 5e-5, 5e-4
"""Shares of all records from which on an owner's name is rather common, and common."""


COUNTS = {
    "owners": "owner VARCHAR, bearers BIGINT",
    "words": "word VARCHAR, firms BIGINT",
    "phones": "phone VARCHAR",
    "niks": "nik VARCHAR",
    "size": "records BIGINT",
}
"""What a register knows of itself: how common names and words are, who shares a number."""


def clean(connection: duckdb.DuckDBPyConnection, *, first: int = 0, apart: bool = False) -> None:
    """Make table `cleaned` of table `given`. `rec` counts from `first`.

    apart: records say nothing of each other: how common a name is, who shares a telephone.

    Tables `known_owners`, `known_words`, … of an indexed register are taken into account where
    they exist; tables `all_owners`, … then hold both.
    """
    connection.execute(spelling.macros())
    learn_trade_words(connection)
    for name, columns in COUNTS.items():
        connection.execute(f"CREATE TABLE IF NOT EXISTS known_{name} ({columns})")
    connection.execute(_BASE.format(order=ID_ORDER.format("record_id"), first=first))
    add_places(connection)
    add_trades(connection)
    connection.execute(_NAMES)
    connection.execute(_SHARED)
    if apart:
        connection.execute("DELETE FROM all_phones; DELETE FROM all_niks; DELETE FROM all_owners")
    _mark_firms(connection)
    connection.execute(_CLEANED)
    made = ("owners", "firms", "streets", "villages", "makes", "numbered")
    for table in (*made, "base", "named", "marks", "regencies", "trades", "given"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


_BASE = f"""
CREATE OR REPLACE TEMP TABLE numbered AS
    SELECT row, (row_number() OVER (ORDER BY {{order}}) - 1 + {{first}})::INTEGER AS rec FROM given;
CREATE OR REPLACE TEMP TABLE owners AS
WITH plainly AS (
    SELECT owner_text, plain(without_degrees(owner_text)) AS owner_plain
    FROM (SELECT DISTINCT lower(left(owner_name, {LONGEST_TEXT})) AS owner_text FROM given
        WHERE owner_name IS NOT NULL)
), worded AS MATERIALIZED (
    SELECT *, coalesce(nullif(without_honorifics(owner_plain), ''), nullif(owner_plain, ''))
        AS owner_words
    FROM plainly
), folded AS MATERIALIZED (
    SELECT *, nullif(tight(fold(owner_words)), '') AS owner,
        CASE WHEN has_widespread(owner_words)
            THEN nullif(tight(fold(without_widespread(owner_words))), '') END AS marking
    FROM worded
), parted AS MATERIALIZED (
    SELECT *, coalesce(marking, owner) AS own, string_split(owner, ' ') AS all_parts,
        list_filter(string_split(own, ' '), lambda part: length(part) > 2) AS long_parts
    FROM folded
), plainly_parted AS (
    SELECT *, if(len(long_parts) > 0, long_parts, all_parts) AS owner_parts FROM parted
)
SELECT owner_text, owner, own, all_parts, owner_parts[1] AS owner_first,
    owner_parts[-1] AS owner_last, len(all_parts) AS owner_length,
    sorted(own) AS own_sorted, sorted(owner) AS owner_sorted,
    bones(owner_first) AS first_bones, bones(owner_last) AS last_bones,
    CASE WHEN says_female(owner_plain) THEN 'P' WHEN says_male(owner_plain) THEN 'L' END AS sex_said
FROM plainly_parted;
CREATE OR REPLACE TEMP TABLE firms AS
WITH plainly AS (
    SELECT firm_text, plain(firm_text) AS firm_plain,
        coalesce(nullif(without_honorifics(without_legal_form(firm_plain)), ''),
            nullif(firm_plain, '')) AS firm_words,
        nullif(trim(fold(firm_words)), '') AS firm
    FROM (SELECT DISTINCT lower(left(business_name, {LONGEST_TEXT})) AS firm_text FROM given
        WHERE business_name IS NOT NULL)
)
SELECT firm_text, firm, sorted(firm) AS firm_sorted,
    list_filter(string_split(without_trade_words(firm), ' '), lambda part: length(part) > 1)
        AS own_parts
FROM plainly;
CREATE OR REPLACE TEMP TABLE streets AS
WITH plainly AS (
    SELECT address_text, plain(address_text) AS address_plain
    FROM (SELECT DISTINCT lower(left(address, {LONGEST_TEXT})) AS address_text FROM given
        WHERE address IS NOT NULL)
)
SELECT address_text, nullif(fold(without_street_words(tight(address_plain))), '') AS street,
    regexp_extract(address_plain, '\\brt ?0*([0-9]+)', 1) AS rt,
    regexp_extract(address_plain, '\\brw ?0*([0-9]+)', 1) AS rw,
    nullif(regexp_extract(regexp_replace(address_plain, '\\br[tw] ?[0-9]+', ' ', 'g'),
        '([0-9]+)', 1), '') AS house,
    CASE WHEN rt <> '' THEN rt || '/' || rw END AS rtrw
FROM plainly;
CREATE OR REPLACE TEMP TABLE villages AS
    SELECT village_text, nullif(fold(without_place_words(plain(village_text))), '') AS village_words
    FROM (SELECT DISTINCT left(village, {LONGEST_TEXT}) AS village_text FROM given
        WHERE village IS NOT NULL);
CREATE OR REPLACE TEMP TABLE makes AS
    SELECT product_text, nullif(plain(product_text), '') AS product_plain
    FROM (SELECT DISTINCT left(product, {LONGEST_TEXT}) AS product_text FROM given
        WHERE product IS NOT NULL);
CREATE OR REPLACE TABLE base AS
WITH told AS (
    SELECT *, unrounded(nik) AS nik_digits, digits(nib) AS nib_digits, digits(npwp) AS npwp_digits,
        subscriber(phone) AS subscriber_digits,
        lower(left(owner_name, {LONGEST_TEXT})) AS owner_text,
        lower(left(business_name, {LONGEST_TEXT})) AS firm_text,
        lower(left(address, {LONGEST_TEXT})) AS address_text,
        left(village, {LONGEST_TEXT}) AS village_text, left(product, {LONGEST_TEXT}) AS product_text
    FROM given JOIN numbered USING (row)
)
SELECT rec, record_id, source,
    CASE WHEN length(nik_digits) BETWEEN 14 AND 17 AND NOT is_filler(nik_digits)
        THEN nik_digits END AS nik,
    coalesce(is_nik(nik_digits), false) AS nik_valid,
    CASE WHEN length(nib_digits) BETWEEN 10 AND 14 AND NOT is_filler(nib_digits)
        THEN nib_digits END AS nib,
    CASE WHEN length(npwp_digits) BETWEEN 14 AND 16 AND NOT is_filler(npwp_digits)
        THEN lpad(npwp_digits, 16, '0') END AS npwp,
    CASE WHEN length(subscriber_digits) BETWEEN 7 AND 13 AND NOT is_filler(subscriber_digits)
        THEN subscriber_digits END AS phone,
    CASE WHEN email LIKE '%_@_%._%' THEN lower(email) END AS email,
    CASE WHEN lower(left(owner_sex, 1)) IN ('l', 'm') AND lower(owner_sex) <> 'male' THEN 'L'
        WHEN lower(owner_sex) IN ('pria', 'male') THEN 'L'
        WHEN lower(left(owner_sex, 1)) IN ('p', 'f', 'w') THEN 'P'
        WHEN is_nik(nik_digits) THEN if(nik_digits[7] >= '4', 'P', 'L') ELSE sex_said END AS sex,
    owner_text, firm_text, address_text, village_words,
    nullif(digits(village_code), '') AS village_digits, district,
    nullif(digits(district_code), '') AS district_digits, regency,
    nullif(digits(regency_code), '') AS regency_digits, province,
    nullif(digits(province_code), '') AS province_digits,
    nullif(digits(kbli), '') AS kbli_digits, product_plain,
    try_cast(year_established AS DOUBLE)::INTEGER AS year,
    coalesce(try_cast(workers AS DOUBLE), try_cast(workers_male AS DOUBLE)
        + coalesce(try_cast(workers_female AS DOUBLE), 0), try_cast(workers_female AS DOUBLE))
        AS workers
FROM told LEFT JOIN owners USING (owner_text) LEFT JOIN villages USING (village_text)
    LEFT JOIN makes USING (product_text)
"""

_NAMES = """
CREATE OR REPLACE TABLE named AS
WITH joined AS (
    SELECT rec, owners.* EXCLUDE (owner_text, sex_said), firm, firm_sorted, street, rtrw, house,
        CASE WHEN all_parts IS NULL OR NOT list_has_any(own_parts, all_parts) THEN own_parts
            ELSE list_filter(own_parts, lambda part: NOT list_contains(all_parts, part)) END
            AS core_parts
    FROM base LEFT JOIN owners USING (owner_text) LEFT JOIN streets USING (address_text)
        LEFT JOIN firms USING (firm_text)
)
SELECT * EXCLUDE (all_parts), nullif(array_to_string(core_parts, ' '), '') AS core FROM joined
"""

_SHARED = f"""
CREATE OR REPLACE TABLE all_phones AS SELECT phone FROM known_phones UNION
    SELECT phone FROM base JOIN named USING (rec)
    WHERE phone IS NOT NULL GROUP BY phone HAVING count(DISTINCT owner_sorted) > {SHARED_BY};
CREATE OR REPLACE TABLE all_niks AS SELECT nik FROM known_niks UNION
    SELECT nik FROM base JOIN named USING (rec)
    WHERE nik IS NOT NULL GROUP BY nik HAVING count(DISTINCT owner_sorted) > {SHARED_BY};
CREATE OR REPLACE TABLE all_owners AS SELECT owner, sum(bearers)::BIGINT AS bearers FROM (
    FROM known_owners UNION ALL SELECT owner_sorted, count(*) FROM named
    WHERE owner_sorted IS NOT NULL GROUP BY owner_sorted) GROUP BY owner;
CREATE OR REPLACE TABLE all_size AS SELECT sum(records)::BIGINT AS records FROM (
    FROM known_size UNION ALL SELECT count(*) FROM base);
"""


def _mark_firms(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `marks`: the rarest word of each firm's own words, where one is rare enough."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE all_words AS SELECT word, sum(firms)::BIGINT AS firms FROM (
            FROM known_words UNION ALL SELECT word, count(*) FROM (
                SELECT unnest(core_parts) AS word FROM named) GROUP BY word) GROUP BY word;
        CREATE OR REPLACE TABLE marks AS
        SELECT rec, arg_min(word, (firms, word)) AS mark
        FROM (SELECT rec, unnest(core_parts) AS word FROM named) JOIN all_words USING (word)
        WHERE length(word) > 2 AND firms <= {COMMON_WORD} * greatest({LEAST_POPULATION},
            (SELECT records FROM all_size))
        GROUP BY rec
    """)


_CLEANED = f"""
CREATE OR REPLACE TABLE cleaned AS
WITH population AS (SELECT greatest({LEAST_POPULATION}, records) AS size FROM all_size)
SELECT base.rec, record_id, source, base.nik, nik_valid AND all_niks.nik IS NULL AS nik_valid,
    all_niks.nik IS NOT NULL AS nik_shared, nib, npwp, base.phone,
    all_phones.phone IS NOT NULL AS phone_shared, email, sex,
    named.owner, own, own_sorted, owner_sorted, owner_first, owner_last, owner_length,
    first_bones, last_bones,
    CASE WHEN bearers > {COMMON_SHARE} * size THEN 2 WHEN bearers > {MEDIUM_SHARE} * size THEN 1
        WHEN named.owner IS NOT NULL THEN 0 END AS owner_common,
    firm, firm_sorted, core, mark, bones(core) AS core_bones,
    trade, product, bones(product) AS product_bones,
    street, rtrw, house, village_words AS village, village_key AS village_code,
    district_key AS district, regency_key AS regency, province_key AS province,
    CASE WHEN year BETWEEN 1900 AND 2100 THEN year END AS year,
    CASE WHEN workers BETWEEN 1 AND 100000 THEN ln(workers) END AS size
FROM base JOIN named USING (rec) JOIN regencies USING (rec) JOIN trades USING (rec)
    LEFT JOIN marks USING (rec) LEFT JOIN all_owners ON all_owners.owner = named.owner_sorted
    LEFT JOIN all_phones ON all_phones.phone = base.phone
    LEFT JOIN all_niks ON all_niks.nik = base.nik, population
"""
