"""Which regency each record means, whatever scheme its codes follow: tables `regencies`.

Codes of Home Affairs and of Statistics differ for 199 regencies, so a source's scheme is told
from the names beside its codes or, where there are none, from the NIK of its owners, whose
first four digits are mostly the regency they live in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import duckdb

from pulih import places
from pulih.linkage.fill import fill
from pulih.linkage.spelling import folded, macros
from pulih.places import Level, Place, Scheme

DAYS = (date(2020, 6, 15), date(2025, 6, 1), date(2017, 1, 1))
"""Lists of these days are asked in turn: records of one file may be of different years."""
ENOUGH_VOTES = 5
SCHEMES = (Scheme.KEMENDAGRI, Scheme.BPS)

Combination = tuple[str, str, str, str, str]
"""source, regency's digits, regency's name, province's digits, province's name; or empty."""

_WRITTEN = """
CREATE OR REPLACE TEMP TABLE written AS
SELECT rec, coalesce(source, '') AS source, coalesce(left(regency_digits, 4),
        left(district_digits, 4), left(village_digits, 4), '') AS code,
    coalesce(regency, '') AS regency,
    coalesce(province_digits, left(village_digits, 2), '') AS province_code,
    coalesce(province, '') AS province
FROM base
"""


@dataclass(frozen=True)
class Meant:
    """The keys of a regency and its province; text of our own where the lists know neither."""

    regency: str | None
    province: str | None


def add_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `regencies` (rec, regency_key, province_key, district_…, village_key)."""
    connection.execute(_WRITTEN)
    counted = connection.execute(
        "SELECT source, code, regency, province_code, province, count(*) FROM written"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    combinations: dict[Combination, int] = {row[:5]: row[5] for row in counted}
    scheme_by_source = _schemes(connection, combinations)
    usual = _usual_scheme(combinations, scheme_by_source)
    rows = []
    for combination in combinations:
        scheme = scheme_by_source[combination[0]]
        meant = _meant(combination, scheme)
        mark = "" if scheme is usual else f"{scheme} "
        listed = "yes" if scheme is Scheme.KEMENDAGRI else ""
        rows.append((*combination, meant.regency, meant.province, mark, listed))
    names = (
        "source",
        "code",
        "regency",
        "province_code",
        "province",
        "regency_key",
        "province_key",
    )
    columns = [(name, "VARCHAR") for name in (*names, "mark", "listed")]
    fill(connection, "meant", columns, [[row[at] for row in rows] for at in range(len(columns))])
    _fill_districts(connection)
    connection.execute(_REGENCIES)


_REGENCIES = """
CREATE OR REPLACE TABLE regencies AS
SELECT rec, regency_key, province_key,
    -- Codes of the rarer scheme are marked: they agree with one another, and with no others.
    CASE WHEN length(district_digits) >= 6 THEN mark || left(district_digits, 7)
        WHEN length(village_digits) = 10 THEN mark || left(village_digits, 6)
        WHEN district_words IS NOT NULL
            THEN regency_key || ' ' || district_words
        END AS district_key,
    -- Offices write a name or a code: both are told by the name.
    coalesce(district_words, CASE WHEN listed <> '' THEN listed_name END) AS district_name,
    CASE WHEN length(village_digits) = 10 THEN mark || village_digits END AS village_key
FROM base JOIN written USING (rec)
    JOIN meant ON meant.source = written.source AND meant.code = written.code
        AND meant.province_code = written.province_code
    LEFT JOIN listed_districts
        ON listed_code = left(coalesce(district_digits, village_digits), 6)
WHERE meant.regency = written.regency AND meant.province = written.province
"""


def _fill_districts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make table `listed_districts` (listed_code, listed_name): Home Affairs' sub-districts."""
    columns = (("listed_code", "VARCHAR"), ("listed_name", "VARCHAR"))
    fill(connection, "listed_districts", columns, _listed_districts())


@cache
def _listed_districts() -> tuple[list[str], list[str | None]]:
    """Return the codes of sub-districts and their names as they are compared: once a process."""
    named = {
        one.code: one.name
        for on in DAYS
        for outer in places.provinces(on)
        for regency in places.children_of(outer, on)
        for one in places.districts(regency, on)
    }
    columns = (("code", "VARCHAR"), ("name", "VARCHAR"))
    with duckdb.connect() as connection:
        connection.execute(macros())
        fill(connection, "named", columns, (list(named), list(named.values())))
        listed = connection.execute(f"""
            WITH plainly AS MATERIALIZED (SELECT code, plain(name) AS name FROM named),
            worded AS MATERIALIZED (SELECT code, without_place_words(name) AS name FROM plainly)
            SELECT code, nullif(folded, '') FROM {folded("worded", {"folded": "name"}, "code")}
            ORDER BY code
        """).fetchall()
    return [code for code, _ in listed], [name for _, name in listed]


def _schemes(
    connection: duckdb.DuckDBPyConnection, combinations: Iterable[Combination]
) -> dict[str, Scheme]:
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for source, code, regency, *_ in combinations:
        if code and regency:
            named[source].add((code, regency))
    votes = _votes_of_niks(connection)
    return {
        source: _told_by_names(named[source]) or _told_by_niks(votes[source])
        for source in {combination[0] for combination in combinations}
    }


def _told_by_names(pairs: set[tuple[str, str]]) -> Scheme | None:
    found = (places.detect_scheme(pairs, on) for on in DAYS) if pairs else iter(())
    return next((scheme for scheme in found if scheme in SCHEMES), None)


def _told_by_niks(votes: Counter[Scheme]) -> Scheme:
    bps = votes[Scheme.BPS]
    likelier = bps >= ENOUGH_VOTES and bps > votes[Scheme.KEMENDAGRI]
    return Scheme.BPS if likelier else Scheme.KEMENDAGRI


def _votes_of_niks(connection: duckdb.DuckDBPyConnection) -> dict[str, Counter[Scheme]]:
    """Count for each source how many owners' NIK begin with the regency of each reading."""
    counted = connection.execute("""
        SELECT written.source, code, left(nik, 4), count(*) FROM written JOIN base USING (rec)
        WHERE nik_valid AND code <> '' GROUP BY ALL
    """).fetchall()
    votes: dict[str, Counter[Scheme]] = defaultdict(Counter)
    for source, code, prefix, count in counted:
        for scheme in SCHEMES:
            one, home = _by_code(code, scheme), _by_code(prefix, Scheme.KEMENDAGRI)
            if one is not None and one == home:
                votes[source][scheme] += count
    return votes


def _usual_scheme(
    combinations: Mapping[Combination, int], scheme_by_source: Mapping[str, Scheme]
) -> Scheme:
    rows: Counter[Scheme] = Counter()
    for (source, *_), count in combinations.items():
        rows[scheme_by_source[source]] += count
    return max(SCHEMES, key=lambda scheme: rows[scheme])


@lru_cache(maxsize=1 << 16)
def _meant(combination: Combination, scheme: Scheme) -> Meant:
    _, code, regency, province_code, province = combination
    outer = _by_name(province, Level.PROVINCE) or _by_code(province_code[:2], scheme)
    one = _by_name(regency, Level.REGENCY, outer) or _by_code(code, scheme)
    if one is None or one.level is not Level.REGENCY:
        own = code if len(code) == 4 else " ".join(regency.lower().split())
        return Meant(own or None, _key(outer) or province_code[:2] or None)
    above = next((up for up in (places.parent_of(one, on) for on in DAYS) if up), outer)
    return Meant(_key(one), _key(above))


def _key(one: Place | None) -> str | None:
    return f"area {one.key}" if one else None


def _by_name(name: str, level: Level, within: Place | None = None) -> Place | None:
    if not name:
        return None
    asked = (places.resolve(name, on=on, level=level, within=within) for on in DAYS)
    return next((one for one in asked if one), None)


@lru_cache(maxsize=1 << 12)
def _by_code(code: str, scheme: Scheme) -> Place | None:
    if len(code) not in (2, 4):
        return None
    asked = (places.resolve(code, on=on, scheme=scheme) for on in DAYS)
    return next((one for one in asked if one), None)
