"""From rows as an office wrote them to comparable columns: table `given` to `cleaned`.

One row per record, ordered by `rec` (0, 1, … in the order of record ids). A column that says
nothing is null; every comparison treats null as silence, never as agreement.
"""

import duckdb

from pulih.linkage import spelling
from pulih.linkage.columns import ID_ORDER
from pulih.linkage.lexicon import IN_FRONT_OF_FIRMS, LEGAL_FORMS
from pulih.linkage.places import add_places
from pulih.linkage.texts import add_texts, asked, key_of
from pulih.linkage.trades import add_trades, learn_trade_words

COMMON_WORD = 0.003
"""A word in more than this share of the firms' names marks nobody."""
LEAST_POPULATION = 100_000
"""Shares are of at least so many records, so that small files are judged alike."""
SHARED_BY = 5
"""A telephone, email or NIK of more different owners is a middleman's or a clerk's."""
MEDIUM_SHARE, COMMON_SHARE = 5e-5, 5e-4
"""Shares of all records from which on an owner's name is rather common, and common."""


COUNTS = {
    "owners": "name_key UBIGINT, bearers BIGINT",
    "words": "word VARCHAR, firms BIGINT",
    "phones": "phone VARCHAR",
    "niks": "nik VARCHAR",
    "emails": "email VARCHAR",
    "size": "records BIGINT",
    "crowded": "rule INTEGER, key UBIGINT",
}
"""What a register knows of itself: how common names, words and keys are, who shares a number."""


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
    connection.execute(_UNCROSSED)
    connection.execute(_NUMBERED.format(order=ID_ORDER.format("record_id"), first=first))
    add_texts(connection)
    connection.execute(_BASE)
    _drop(connection, "numbered", "given", "villages", "subdistricts", "makes")
    add_places(connection)
    add_trades(connection)
    connection.execute(_NAMES)
    connection.execute(_SHARED)
    if apart:
        connection.execute(
            "DELETE FROM all_phones; DELETE FROM all_niks; DELETE FROM all_emails;"
            " DELETE FROM all_owners"
        )
    _mark_firms(connection)
    connection.execute(_CLEANED)
    _drop(connection, "owners", "firms", "streets", "base", "named", "marks", "regencies", "trades")


def _drop(connection: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """Give back the memory of tables that nothing asks any more."""
    for table in tables:
        connection.execute(f"DROP TABLE {table}")


_FIRM_IN_FRONT = rf"^[^a-z]*({'|'.join(IN_FRONT_OF_FIRMS)})\b"
_OF_A_FIRM = rf"[0-9]|\b({'|'.join([*IN_FRONT_OF_FIRMS, *LEGAL_FORMS])})\b"
_UNCROSSED = f"""
UPDATE given SET owner_name = business_name, business_name = owner_name
WHERE regexp_matches(lower(owner_name), '{_FIRM_IN_FRONT}')
    AND {asked("business_name")} IS NOT NULL
    AND NOT regexp_matches(lower(business_name), '{_OF_A_FIRM}')
"""
"""A clerk wrote the firm in the owner's column and the owner in the firm's: *UD Maju*, *Siti*."""

_NUMBERED = """
CREATE OR REPLACE TEMP TABLE numbered AS
    SELECT row, (row_number() OVER (ORDER BY {order}) - 1 + {first})::INTEGER AS rec FROM given
"""

_BASE = f"""
CREATE OR REPLACE TABLE base AS
WITH told AS (
    SELECT * REPLACE (first_of_several(phone) AS phone,
            lower(regexp_replace(first_of_several(email), '^(?i:mailto:)', '')) AS email),
        unrounded(nik) AS nik_digits,
        digits(nib) AS nib_digits, digits(npwp) AS npwp_digits,
        {asked("owner_name")} AS owner_text, {asked("business_name")} AS firm_text,
        {asked("address")} AS address_text, {asked("village")} AS village_text,
        {asked("district")} AS district_text, {asked("product")} AS product_text
    FROM given JOIN numbered USING (row)
), read AS (
    SELECT *, coalesce(is_nik(nik_digits), false) AS nik_valid,
        subscriber(phone) AS subscriber_digits
    FROM told
)
SELECT rec, record_id, source,
    source || ' ' || nullif(regexp_extract(reported, '^[0-9]{{4}}-[0-9]{{2}}'), '') AS listing,
    CASE WHEN length(nik_digits) BETWEEN 14 AND 17 AND NOT is_filler(nik_digits)
        THEN nik_digits END AS nik,
    nik_valid,
    CASE WHEN length(nib_digits) BETWEEN 10 AND 14 AND NOT is_filler(nib_digits)
        THEN nib_digits END AS nib,
    CASE WHEN length(npwp_digits) BETWEEN 14 AND 16 AND NOT is_filler(npwp_digits)
        THEN lpad(npwp_digits, 16, '0') END AS npwp,
    CASE WHEN length(subscriber_digits) BETWEEN 7 AND 13 AND NOT is_filler(subscriber_digits)
        THEN subscriber_digits END AS phone,
    CASE WHEN regexp_full_match(email, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+')
        THEN email END AS email,
    CASE WHEN lower(left(owner_sex, 1)) IN ('l', 'm') AND lower(owner_sex) <> 'male' THEN 'L'
        WHEN lower(owner_sex) IN ('pria', 'male') THEN 'L'
        WHEN lower(left(owner_sex, 1)) IN ('p', 'f', 'w') THEN 'P'
        WHEN nik_valid THEN if(nik_digits[7] >= '4', 'P', 'L') ELSE sex_said END AS sex,
    owner_id, name_key, firm_id, street_id, village_words,
    nullif(digits(village_code), '') AS village_digits, district_words,
    nullif(digits(district_code), '') AS district_digits, regency,
    nullif(digits(regency_code), '') AS regency_digits, province,
    nullif(digits(province_code), '') AS province_digits,
    nullif(digits(kbli), '') AS kbli_digits, product_plain,
    try_cast(year_established AS DOUBLE)::INTEGER AS year,
    coalesce(try_cast(workers AS DOUBLE), try_cast(workers_male AS DOUBLE)
        + coalesce(try_cast(workers_female AS DOUBLE), 0), try_cast(workers_female AS DOUBLE))
        AS workers
FROM read LEFT JOIN owners USING (owner_text) LEFT JOIN firms USING (firm_text)
    LEFT JOIN streets USING (address_text) LEFT JOIN villages USING (village_text)
    LEFT JOIN subdistricts USING (district_text) LEFT JOIN makes USING (product_text)
"""

_NAMES = """
CREATE OR REPLACE TABLE named AS
SELECT rec, core_parts, nullif(array_to_string(core_parts, ' '), '') AS core FROM (
    SELECT rec,
        CASE WHEN all_parts IS NULL OR NOT list_has_any(own_parts, all_parts) THEN own_parts
            ELSE list_filter(own_parts, lambda part: NOT list_contains(all_parts, part)) END
            AS core_parts
    FROM base JOIN firms USING (firm_id) LEFT JOIN owners USING (owner_id))
"""

_SHARED = f"""
CREATE OR REPLACE TABLE all_phones AS SELECT phone FROM known_phones UNION
    SELECT phone FROM base
    WHERE phone IS NOT NULL GROUP BY phone HAVING count(DISTINCT name_key) > {SHARED_BY};
CREATE OR REPLACE TABLE all_niks AS SELECT nik FROM known_niks UNION
    SELECT nik FROM base
    WHERE nik IS NOT NULL GROUP BY nik HAVING count(DISTINCT name_key) > {SHARED_BY};
CREATE OR REPLACE TABLE all_emails AS SELECT email FROM known_emails UNION
    SELECT email FROM base
    WHERE email IS NOT NULL GROUP BY email HAVING count(DISTINCT name_key) > {SHARED_BY};
CREATE OR REPLACE TABLE all_owners AS SELECT name_key, sum(bearers)::BIGINT AS bearers FROM (
    FROM known_owners UNION ALL SELECT name_key, count(*) FROM base
    WHERE name_key IS NOT NULL GROUP BY name_key) GROUP BY name_key;
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


NIK_PARTS = {
    "nik_first": "left({0}, 4)::SMALLINT",
    "nik_second": "substr({0}, 5, 4)::SMALLINT",
    "nik_third": "substr({0}, 9, 4)::SMALLINT",
    "nik_last": "right({0}, 4)::SMALLINT",
    "nik_head": "('1' || left({0}, 12))::BIGINT",
    "nik_tail": "right({0}, 8)::INTEGER",
    "nik_length": "length({0})::TINYINT",
}
"""Parts of a NIK as numbers, which are compared faster than texts; a one keeps leading noughts."""


def parts_of_nik(nik: str) -> str:
    """Return SQL for the columns of `NIK_PARTS`."""
    return ", ".join(f"{sql.format(nik)} AS {name}" for name, sql in NIK_PARTS.items())


_OWN_STREET = """CASE WHEN village_words IS NULL OR NOT contains(street, village_words) THEN street
        WHEN street = village_words THEN CASE WHEN house IS NOT NULL THEN street END
        WHEN ends_with(street, ' ' || village_words)
            THEN left(street, length(street) - length(village_words) - 1)
        ELSE street END"""
"""The street without the village behind it, which tells no door: *Jl. Mawar, Desa Sukamaju*.

A street of the village's name is kept where a house is numbered: *Jl. Sukamaju No. 5*.
"""

_CLEANED = f"""
CREATE OR REPLACE TABLE cleaned AS
WITH population AS (SELECT greatest({LEAST_POPULATION}, records) AS size FROM all_size)
SELECT base.rec, record_id, base.nik, {parts_of_nik("base.nik")},
    nik_valid AND all_niks.nik IS NULL AS nik_valid,
    all_niks.nik IS NOT NULL AS nik_shared, nib, npwp, base.phone,
    all_phones.phone IS NOT NULL AS phone_shared,
    CASE WHEN all_emails.email IS NULL THEN base.email END AS email, sex,
    {key_of("owner")} AS owner_key, {key_of("firm")} AS firm_key,
    own, own_sorted, owner_sorted, owner_first, owner_last, owner_length,
    first_bones, last_bones,
    CASE WHEN bearers > {COMMON_SHARE} * size THEN 2 WHEN bearers > {MEDIUM_SHARE} * size THEN 1
        WHEN owner IS NOT NULL THEN 0 END AS owner_common,
    firm, firm_sorted, firm_number, core, mark, bones(core) AS core_bones,
    product, bones(product) AS product_bones, made, named, coalesce(made, named) AS work,
    left(coalesce(made, named), 3) AS work_group, left(coalesce(made, named), 2) AS work_division,
    code, left(code, 4) AS code_class,
    length(code) = 4 AS code_short, left(code, 3) AS code_group, left(code, 2) AS code_division,
    left(code, 2) NOT BETWEEN '10' AND '33' AS code_sells,
    coalesce(made, named, code) AS trade, left(coalesce(made, named, code), 3) AS trade_group,
    {_OWN_STREET} AS street, rtrw, rt, rw, house, village_words AS village,
    village_key AS village_code,
    district_key AS district, district_name, regency_key AS regency,
    listing, CASE WHEN year BETWEEN 1900 AND 2100 THEN year END AS year,
    CASE WHEN workers BETWEEN 1 AND 100000 THEN ln(workers) END AS size
FROM base JOIN regencies USING (rec) JOIN trades USING (rec) LEFT JOIN named USING (rec)
    LEFT JOIN owners USING (owner_id) LEFT JOIN firms USING (firm_id)
    LEFT JOIN streets USING (street_id) LEFT JOIN marks USING (rec)
    LEFT JOIN all_owners ON all_owners.name_key = base.name_key
    LEFT JOIN all_phones ON all_phones.phone = base.phone
    LEFT JOIN all_emails ON all_emails.email = base.email
    LEFT JOIN all_niks ON all_niks.nik = base.nik, population
"""
