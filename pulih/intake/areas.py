"""Names and codes of places: names stay as written, codes become Kemendagri's of the file's day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pulih import places
from pulih.intake import quick
from pulih.places import Level, Place, Scheme

LENGTHS = {"province_code": 2, "regency_code": 4, "district_code": 6, "village_code": 10}


@dataclass
class Areas:
    """What the places of a sheet came to.

    codes: the finished series by column name. findings: (column, mask of rows, rule).
    translated: columns whose codes came from another scheme. cleared: too fine to translate.
    provinces: the province of each row as a key, null where unknown.
    """

    scheme: Scheme | None = None
    unclear: bool = False
    codes: dict[str, pl.Series] = field(default_factory=dict)
    findings: list[tuple[str, pl.Series, str]] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    provinces: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Int64))


def understand(frame: pl.DataFrame, on: date, within: Place | None) -> Areas:
    """Read the places of all rows. frame: any of the eight columns of places, already read."""
    areas = Areas()
    areas.scheme = _scheme(frame, on)
    if areas.scheme is None and any(name in frame.columns for name in LENGTHS):
        areas.scheme = _only_possible_scheme(frame, on)
        areas.unclear = areas.scheme is None and _has_codes(frame)
    by_name = _by_name(frame, on, within, areas)
    _read_codes(frame, on, areas)
    _complete(frame, on, by_name, areas)
    return areas


def _series(frame: pl.DataFrame, name: str) -> pl.Series:
    if name in frame.columns:
        return frame[name]
    return pl.Series(name, [None], dtype=pl.String).new_from_index(0, frame.height)


def _has_codes(frame: pl.DataFrame) -> bool:
    return any(frame[name].count() for name in LENGTHS if name in frame.columns)


def _pairs(frame: pl.DataFrame, code: str, name: str) -> list[tuple[str, str]]:
    if code not in frame.columns or name not in frame.columns:
        return []
    pairs = (
        frame.select(pl.col(code).str.head(4), pl.col(name)).drop_nulls().unique().sort(pl.all())
    )
    return [(str(a), str(b)) for a, b in pairs.iter_rows()]


def _scheme(frame: pl.DataFrame, on: date) -> Scheme | None:
    """Ask the names beside the codes, finest first."""
    for code, name in (
        ("regency_code", "regency"), ("district_code", "regency"),
        ("village_code", "regency"), ("province_code", "province"),
    ):  # fmt: skip
        pairs = _pairs(frame, code, name)
        if pairs and (scheme := places.detect_scheme(pairs, on)):
            return scheme
    return None


def _only_possible_scheme(frame: pl.DataFrame, on: date) -> Scheme | None:
    """Without names beside them, codes tell their scheme only where all but one exclude them."""
    for column in ("regency_code", "district_code", "village_code", "province_code"):
        if column not in frame.columns:
            continue
        size = 2 if column == "province_code" else 4
        written = frame[column].drop_nulls().str.head(size).unique().to_list()
        codes = [code for code in written if _is_real(code, Scheme, on)]
        fitting = [
            scheme
            for scheme in Scheme
            if codes and all(places.resolve(code, on=on, scheme=scheme) for code in codes)
        ]
        if len(fitting) == 1:
            return fitting[0]
        if Scheme.KEMENDAGRI in fitting and all(_alike(code, fitting, on) for code in codes):
            return Scheme.KEMENDAGRI
    return None


def _alike(code: str, schemes: list[Scheme], on: date) -> bool:
    """Say whether a code means the same place in all these schemes."""
    return len({places.resolve(code, on=on, scheme=scheme) for scheme in schemes}) == 1


def _by_name(
    frame: pl.DataFrame, on: date, within: Place | None, areas: Areas
) -> dict[Level, pl.Series]:
    """Resolve each different name once; the regency within the province beside it."""
    province = _series(frame, "province")
    province_keys = _resolved(
        province,
        {text: places.resolve(text, on=on, level=Level.PROVINCE) for text in _different(province)},
    )
    if "province" in frame.columns:
        unknown = province.is_not_null() & province_keys.is_null()
        areas.findings.append(("province", unknown, "unknown_place"))
        areas.findings.append(("province", _misspelt(province, province_keys), "misspelt_place"))
    regency = _series(frame, "regency")
    pairs = pl.DataFrame({"name": regency, "province": province_keys})
    different = pairs.drop_nulls("name").unique()
    keys, rules = [], []
    for name, key in different.iter_rows():
        place, rule = _regency(name, places.place(key) if key else within, on)
        keys.append(place.key if place else None)
        rules.append(rule)
    answered = different.with_columns(
        pl.Series("key", keys, dtype=pl.Int64), pl.Series("rule", rules, dtype=pl.String)
    )
    joined = pairs.join(
        answered, on=["name", "province"], how="left", nulls_equal=True, maintain_order="left"
    )
    for rule in ("unknown_place", "unclear_place"):
        areas.findings.append(("regency", (joined["rule"] == rule).fill_null(False), rule))
    areas.findings.append(("regency", _misspelt(regency, joined["key"]), "misspelt_place"))
    return {Level.PROVINCE: province_keys, Level.REGENCY: joined["key"]}


def _misspelt(names: pl.Series, keys: pl.Series) -> pl.Series:
    """Find the names that were taken for the place whose name is nearest."""
    odd = [name for name in _different(names) if places.is_misspelt(name)]
    return quick.surely(names.is_in(odd)) & quick.is_filled(keys)


def _regency(name: str, within: Place | None, on: date) -> tuple[Place | None, str | None]:
    province = within if within and within.level is Level.PROVINCE else None
    if within and within.level is Level.REGENCY:
        province = places.parent_of(within, on)
    for around in dict.fromkeys((province, None)):
        if place := places.resolve(name, on=on, level=Level.REGENCY, within=around):
            return place, None
        if len(places.candidates(name, on=on, level=Level.REGENCY, within=around)) > 1:
            if (
                within
                and within.level is Level.REGENCY
                and within.bare_name.casefold() in name.casefold()
            ):
                return within, None
            return None, "unclear_place"
    return None, "unknown_place"


def _different(texts: pl.Series) -> list[str]:
    return quick.different(texts)


def _resolved(texts: pl.Series, places_by_text: dict[str, Place | None]) -> pl.Series:
    keys = {text: place.key for text, place in places_by_text.items() if place}
    return texts.replace_strict(keys, default=None, return_dtype=pl.Int64)


def _read_codes(frame: pl.DataFrame, on: date, areas: Areas) -> None:
    """Bring every code column to Kemendagri's digits; what is too fine to translate is emptied."""
    foreign = areas.scheme not in (None, Scheme.KEMENDAGRI)
    for name, length in LENGTHS.items():
        if name not in frame.columns:
            continue
        codes = frame[name]
        if foreign and length <= 4 and areas.scheme:
            known = _translated(_different(codes), areas.scheme, on)
            mended = codes.replace_strict(known, default=None, return_dtype=pl.String)
            areas.translated.append(name)
        elif foreign:
            mended = codes.set(codes.is_not_null(), None)
            areas.cleared.append(name)
        else:
            schemes = [areas.scheme] if areas.scheme else list(Scheme)
            stem = codes.str.head(min(length, 4))
            real = [one for one in _different(stem) if _is_real(one, schemes, on)]
            sound = (codes.str.len_bytes() == length) & stem.is_in(real)
            mended = codes.set(~sound, None)
        areas.findings.append((name, codes.is_not_null() & mended.is_null(), "code_elsewhere"))
        if name in areas.cleared:
            areas.findings.pop()
        areas.codes[name] = mended


def _is_real(code: str, schemes: Iterable[Scheme], on: date) -> bool:
    """Say whether a place has this code that day in one of these schemes."""
    return any(places.resolve(code, on=on, scheme=scheme) for scheme in schemes)


def _translated(codes: Iterable[str], scheme: Scheme, on: date) -> dict[str, str]:
    known: dict[str, str] = {}
    for code in codes:
        place = places.resolve(code, on=on, scheme=scheme)
        home = places.code_of(place, Scheme.KEMENDAGRI, on) if place else None
        if home:
            known[code] = home
    return known


def _complete(frame: pl.DataFrame, on: date, by_name: dict[Level, pl.Series], areas: Areas) -> None:
    """Add the codes that names tell, and the province that a regency lies in."""
    regency_keys = by_name[Level.REGENCY]
    named = _codes_of(regency_keys, on)
    if "regency_code" in areas.codes:
        codes = areas.codes["regency_code"]
        differs = codes.is_not_null() & named.is_not_null() & (codes != named)
        areas.findings.append(("regency_code", differs.fill_null(False), "code_and_name"))
        named = codes.zip_with(codes.is_not_null(), named)
    elif finer := next((n for n in ("district_code", "village_code") if n in areas.codes), None):
        named = named.zip_with(named.is_not_null(), areas.codes[finer].str.head(4))
    if named.count():
        areas.codes["regency_code"] = named
        if "regency_code" in frame.columns:
            _settle_unclear(frame, areas)
    provinces = _codes_of(by_name[Level.PROVINCE], on)
    if "province_code" in areas.codes:
        codes = areas.codes["province_code"]
        provinces = codes.zip_with(codes.is_not_null(), provinces)
    provinces = provinces.zip_with(provinces.is_not_null(), named.str.head(2))
    if provinces.count():
        areas.codes["province_code"] = provinces
    keys = {
        code: place.key
        for place in places.provinces(on)
        if (code := places.code_of(place, Scheme.KEMENDAGRI, on))
    }
    areas.provinces = provinces.replace_strict(keys, default=None, return_dtype=pl.Int64)


def _settle_unclear(frame: pl.DataFrame, areas: Areas) -> None:
    """A name that may be a regency or a city is clear where a code stands beside it."""
    has_code = frame["regency_code"].is_not_null()
    areas.findings = [
        (column, mask & ~has_code if rule == "unclear_place" else mask, rule)
        for column, mask, rule in areas.findings
    ]


def _codes_of(keys: pl.Series, on: date) -> pl.Series:
    known = {
        key: places.code_of(places.place(key), Scheme.KEMENDAGRI, on)
        for key in quick.filled(keys).unique().to_list()
    }
    if not known:
        return quick.same(None, len(keys), pl.String).alias(keys.name)
    return keys.replace_strict(known, default=None, return_dtype=pl.String)
