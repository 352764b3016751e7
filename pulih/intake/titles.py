"""What the rows above a table and the name of its sheet tell: a place, a unit, a year."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pulih import places
from pulih.intake import heading_scales
from pulih.intake.layout import Table
from pulih.places import Level, Place

NAMED = re.compile(
    r"\b(kabupaten|kab\b\.?|kota|provinsi|propinsi|prov\b\.?)\s*:?\s+((?:[A-Za-z.'’-]+\s*){1,5})",
    re.IGNORECASE,
)
ENGLISH = re.compile(r"((?:[A-Z][\w'’-]+ ){1,4})(Regency|City|Province|REGENCY|CITY|PROVINCE)\b")
OTHER_WORDS = (  # What follows a place in a title and is no part of its name.
    r"(?:kab(?:upaten)?|prov(?:insi)?|propinsi|kel(?:urahan)?|desa|tahun|thn?|bln|bulan|periode|per|"
    r"triwulan|tw|semester|tahap|keadaan|kondisi|posisi|tanggal|tgl|yang|di|dalam|pada|untuk|oleh|"
    r"akibat|terdampak|dampak|covid|januari|februari|maret|april|mei|juni|juli|agustus|september|"
    r"oktober|november|desember)\b"
)
DISTRICT = re.compile(  # `Kec. Medan Kota` is a district, `Kec. Beji Kota Depok` one in a city.
    r"(?<!\bper )(?<!\bse)(?<!-)\b(?:kecamatan|kec\.?|kapanewon|kemantren|distrik)\s*:?\s+"
    r"(?!(?:kab|prov|dan|di|yang|se)\b|kabupaten|provinsi)"
    rf"((?:kota\s+(?!{OTHER_WORDS}))?[A-Za-z.'’ -]{{3,40}}?)\s*"
    rf"(?=$|[,;(:/]|\d|\s-\s|\b{OTHER_WORDS}|\bkota\s+(?!kota\b|{OTHER_WORDS})[a-z])",
    re.IGNORECASE,
)
EXCEPT = re.compile(r"\b(?:kecuali|selain|di ?luar|bukan|except|non)\b", re.IGNORECASE)
OF_DISTRICT = re.compile(r"\b(?:kecamatan|kec\.?)\s*:?\s*$", re.IGNORECASE)
OWN_VILLAGE = 2
OWN_TITLES = 6  # So many rows above its headings tell of a table alone.
VERSION = re.compile(r"(?i)\b(?:revisi|rev|final|fix|update|perbaikan|draft?)\b")
MOST_TITLE_CELLS = 2
YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
MONEY_UNIT = re.compile(
    r"dalam\s+(?:ribu|juta|miliar|milyar)|(?:ribu|juta|miliar)\w*\s+rupiah|rp\.?\s*(?:000|ribu|"
    r"juta)|x\s*(?:rp\.?\s*)?1[.,]000",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """A place told by a title: where it stands (row from 1, column from 0) and in what words."""

    place: Place
    row: int
    column: int
    words: str


def places_in_titles(
    table: Table, sheet: str | None, on: date, within: Place | None
) -> dict[Level, Told]:
    """Return the regency and the province that titles or the sheet's name tell, if one each."""
    found: dict[Level, dict[int, Told]] = {Level.REGENCY: {}, Level.PROVINCE: {}}
    for row, column, text in labelled(table.titles):
        if EXCEPT.search(text) or unclear_regency(text, on, within):
            continue
        for place in [*places_labelled(text, on, within)] or [*places_in(text, on)]:
            found[place.level].setdefault(place.key, Told(place, row + 1, column, text))
            if (home := _province_beside(place, text, on)) is not None:
                found[Level.PROVINCE].setdefault(home.key, Told(home, row + 1, column, text))
    if sheet and not found[Level.REGENCY]:
        for place in _in_name(sheet, on, within):
            found[place.level].setdefault(place.key, Told(place, table.first + 1, 0, sheet))
    return {level: next(iter(one.values())) for level, one in found.items() if len(one) == 1}


def _province_beside(place: Place, text: str, on: date) -> Place | None:
    """Return the province of a regency where the title names it too: `Kab. Banjar, Bali`."""
    home = places.parent_of(place, on) if place.level is Level.REGENCY else None
    return home if home and home.name.casefold() in text.casefold() else None


LABEL = re.compile(
    r"^\W*(?P<regency>kab(?:upaten)?\.?\s*/\s*kota|kota\s*/\s*kab(?:upaten)?\.?|kabupaten|kab\.?|"
    r"kota)?(?P<province>(?:nama\s+)?(?:provinsi|propinsi|prov\.?))?\s*:\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
IS_LABEL = re.compile(r"^[\w./ ]{2,40}$")


def labelled(titles: tuple[tuple[int, int, str], ...]) -> list[tuple[int, int, str]]:
    """Put a label and the cell beside it into one text: `Kabupaten/Kota`, `: Balikpapan`."""
    found: list[tuple[int, int, str]] = []
    rows: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in titles:
        rows.setdefault(row, []).append((column, text))
    for row, cells in rows.items():
        texts = [text for _, text in cells]
        is_pair = len(cells) in (2, 3) and IS_LABEL.match(texts[0].rstrip(": "))
        if is_pair and (len(cells) == 2 or texts[1].strip() == ":"):
            label, value = texts[0].rstrip(": "), texts[-1].lstrip(": ")
            found.append((row, cells[-1][0], f"{label} : {value}"))
        else:
            found += [(row, column, text) for column, text in cells]
    return found


def places_labelled(text: str, on: date, within: Place | None) -> Iterator[Place]:
    """Find the place that `Kabupaten/Kota : Balikpapan` names, whatever its kind."""
    label = LABEL.match(text)
    if label is None or not (label["regency"] or label["province"]):
        return
    level = Level.PROVINCE if label["province"] else Level.REGENCY
    kind = (label["regency"] or "").strip()
    value = label["value"].strip(" .,-")
    has_kind = level is Level.PROVINCE or "/" in kind or re.match(r"(?i)kab|kota", value)
    home = within if within and within.level is Level.PROVINCE else None
    asked = value if has_kind else f"{kind} {value}"
    place = places.resolve(asked, on=on, level=level, within=home)
    if place and _reads(place, re.sub(r"(?i)^(?:kab\w*\.?|kota)\s+", "", value)):
        yield place


def unclear_regency(text: str, on: date, within: Place | None) -> str | None:
    """Return the name in `Kabupaten/Kota : Mojokerto`, where a regency and a city bear it."""
    label = LABEL.match(text)
    if label is None or "/" not in (label["regency"] or ""):
        return None
    value = label["value"].strip(" .,-")
    home = within if within and within.level is Level.PROVINCE else None
    found = places.candidates(value, on=on, level=Level.REGENCY, within=home)
    return value if len(found) > 1 and within not in found else None


def places_in(text: str, on: date) -> Iterator[Place]:
    """Find the places that a text names with their kind before them (`Provinsi Jawa Barat`)."""
    for match in _named(text):
        is_of_district = OF_DISTRICT.search(text[: match.start()]) and match[1].lower() == "kota"
        if is_of_district and not is_city(f"kota {match[2]}", on):
            continue  # `Kecamatan Kota Baru` is a district, whatever regency sounds like it.
        level = Level.PROVINCE if match[1].lower().startswith("pro") else Level.REGENCY
        words = match[2].split()
        for count in range(min(4, len(words)), 0, -1):
            named = " ".join(words[:count]).rstrip(".,-")
            asked = named if level is Level.PROVINCE else f"{match[1]} {named}"
            place = places.resolve(asked, on=on, level=level)
            if place and _reads(place, named):
                yield place
                break
    for match in ENGLISH.finditer(text):
        said = match[2].title()
        level = Level.PROVINCE if said == "Province" else Level.REGENCY
        kind = {"Regency": "Kabupaten ", "City": "Kota "}.get(said, "")
        words = match[1].split()
        for start in range(len(words)):
            named = " ".join(words[start:])
            place = places.resolve(kind + named, on=on, level=level)
            if place and _reads(place, named):
                yield place
                break


def is_city(name: str, on: date) -> bool:
    """Say whether a name that begins with `Kota` is, or begins with, that of a city."""
    words = name.split()
    starts = (" ".join(words[:count]).strip(" .,-") for count in range(len(words), 1, -1))
    found = (places.resolve(start, on=on, level=Level.REGENCY) for start in starts)
    return any(place and place.name.casefold() in name.casefold() for place in found)


def _named(text: str) -> Iterator[re.Match[str]]:
    """Find each kind of place with what follows, the next kind of place included."""
    at = 0
    while match := NAMED.search(text, at):
        yield match
        at = match.end(1)


def _reads(place: Place, named: str) -> bool:
    """Guard against a forgiving resolver: the first word must really begin the same."""
    first = re.sub(r"[^a-z]", "", named.lower())[:3]
    return len(named) <= 4 or first in re.sub(r"[^a-z]", "", place.name.lower()) or len(first) < 3


def _in_name(sheet: str, on: date, within: Place | None) -> Iterator[Place]:
    name = re.sub(r"[\d_()]+", " ", VERSION.sub(" ", sheet)).strip()
    if len(name) < 3 or re.fullmatch(r"(?i)(?:sheet|lembar|data|ikm|daftar|rekap)\s*", name):
        return
    within_province = within if within and within.level is Level.PROVINCE else None
    for level in (Level.REGENCY, Level.PROVINCE):
        asked_within = within_province if level is Level.REGENCY else None
        place = places.resolve(name, on=on, level=level, within=asked_within)
        if place and (_reads(place, re.sub(r"(?i)^(?:kab\w*\.?|kota|prov\w*\.?)\s*", "", name))):
            yield place
            return


def year_told(table: Table, sheet: str | None) -> int | None:
    """Return the one year that the titles name, else the sheet's name."""
    for texts in ([text for _, _, text in table.titles], [sheet or ""]):
        years = {int(year) for text in texts for year in YEAR.findall(text)}
        if len(years) == 1:
            return years.pop()
    return None


def scale_told(table: Table) -> tuple[int, int, int, str] | None:
    """Return the unit that a title sets for all money: scale, row from 1, column, words."""
    cells = Counter(row for row, _, _ in table.titles)
    for row, column, text in table.titles:
        # A row of several cells holds headings, whose units are their own columns'.
        if cells[row] <= MOST_TITLE_CELLS and MONEY_UNIT.search(text):
            scale = heading_scales.scale_in(f"({text})")
            if scale > 1:
                return scale, row + 1, column, text
    return None


@dataclass(frozen=True)
class Fact:
    """What a title says of all rows: a column, its text and where that stands."""

    column: str
    text: str
    row: int
    at: int
    words: str


MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11,
    "des": 12, "dec": 12,
}  # fmt: skip
MONTH = re.compile(
    r"(?<![a-z])(jan|[fp]eb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|no[vp]|de[sc])"
    r"[a-z]*\.?\s*[-/,]?\s*(?:tahun\s*)?(20[12]\d)",
    re.IGNORECASE,
)
ASKS_MONTH = re.compile(
    r"bulan|periode|keadaan|kondisi|posisi|month|period|per\s|s\.?/?d\.?\s", re.IGNORECASE
)
OF_A_LETTER = re.compile(  # Of a letter, a law or a print, whose day says nothing of the list.
    r"^\W*(?:tanggal|tgl|nomor|no|(?:di)?cetak|(?:di)?unduh(?:an)?|diperbarui|"
    r"(?!.*\b(?:bulan|periode|keadaan)\b)(?:berdasarkan|sesuai|menindaklanjuti|lampiran|surat|"
    r"keputusan|peraturan|instruksi))\b",
    re.IGNORECASE,
)


def month_told(table: Table, sheet: str | None) -> Fact | None:
    """Return the one month that the titles name for the list, else the sheet's name."""
    titles = [(row + 1, at, text) for row, at, text in table.titles if not OF_A_LETTER.match(text)]
    named = [one for one in titles if ASKS_MONTH.search(one[2])]
    year = year_told(table, sheet)
    label = [(table.first + 1, 0, f"{sheet} {year}" if year else sheet)] if sheet else []
    heads = [(table.last + 1, at, text) for at, text in enumerate(table.headings) if text]
    for texts in (named, titles, label, heads):
        found = {month: (row, at, text) for row, at, text in texts for month in _months(text)}
        if len(found) == 1:
            ((month, (row, at, text)),) = found.items()
            return Fact("month", month, row, at, text if texts is not label else str(sheet))
        if found:
            return None
    return None


MONTH_ALONE = re.compile(
    r"\W*(?:bulan\s+)?(jan|[fp]eb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|no[vp]|de[sc])"
    r"[a-z]*\W*(?:20[12]\d)?\W*",
    re.IGNORECASE,
)


def own_months(table: Table, sheet: str | None) -> set[int]:
    """Return the months of which a table speaks by its sheet's name or its columns' headings."""
    if named := MONTH_ALONE.fullmatch(sheet or ""):
        return {MONTHS[named[1].lower()]}
    texts = [heading for heading in table.headings if heading]
    return {MONTHS[word.lower()] for text in texts for word, _ in MONTH.findall(text)}


def _months(text: str) -> set[str]:
    return {f"{year}-{MONTHS[word.lower()]:02d}" for word, year in MONTH.findall(text)}


def district_told(table: Table, sheet: str | None, on: date) -> Fact | None:
    """Return the one district that titles name for the list, else the sheet's name."""
    titles = [(row + 1, at, text) for row, at, text in labelled(table.titles)]
    below = [title for title in titles if title[0] > table.start]
    own = [title for title in titles if title[0] > table.first - OWN_TITLES]
    label = [(table.first + 1, 0, sheet)] if sheet else []
    # A lower table of a sheet also has the titles above.
    for texts in (below if table.start else [], own, titles, label):
        found: dict[str, Fact] = {}
        for row, at, text in texts:
            for name in _districts_in(text, on):
                found.setdefault(name.casefold(), Fact("district", name.strip(), row, at, text))
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _districts_in(text: str, on: date) -> Iterator[str]:
    for name in DISTRICT.findall(text):
        is_several = re.search(r"(?i)\s(?:dan|serta)\s", name)
        if not is_several and not (name.lower().startswith("kota ") and is_city(name, on)):
            yield name


VILLAGE = re.compile(
    r"\W*((?:kelurahan|kel\.|desa|kalurahan|gampong|nagari|kampung)\s+[A-Za-z.'’ -]{3,40}?)"
    r"(?:[\s,]+(?:kecamatan|kec\.?|kapanewon|kabupaten|kab\.?|kota)\b.*)?\W*",
    re.IGNORECASE,
)


VILLAGE_LABEL = re.compile(
    r"\W*(?:desa|kelurahan|kel\.?|kalurahan|gampong|nagari|kampung)"
    r"(?:\s*/\s*(?:desa|kelurahan|kel\.?))?\s*:\s*([A-Za-z][A-Za-z.'’ -]{2,40}?)\W*",
    re.IGNORECASE,
)


def village_told(table: Table) -> Fact | None:
    """Return the one village of `Kelurahan : Barombong`, or alone in a row above the headings."""
    own = max(table.first - OWN_TITLES, table.start)
    labels = [
        Fact("village", named[1].strip(), row + 1, at, text)
        for row, at, text in labelled(table.titles)
        if own <= row and (named := VILLAGE_LABEL.fullmatch(text))
    ]
    if labels:
        return labels[0] if len(labels) == 1 else None
    rows = Counter(row for row, _, _ in table.titles)
    found = [
        Fact("village", named[1].strip(), row + 1, at, text)
        for row, at, text in table.titles
        if table.first - OWN_VILLAGE <= row
        and rows[row] == 1
        and (named := VILLAGE.fullmatch(text))
    ]
    return found[0] if len(found) == 1 else None


UNIT = re.compile(r"(?:satker|satuan\s+kerja)\D{0,12}(\d{6})\)?[\s:.-]*(.*)", re.IGNORECASE)
UNIT_LAST = re.compile(
    r"(?:satker|satuan\s+kerja)\s*[:.-]*\s*(\D{3,}?)[\s(:/-]*(\d{6})\)?\s*$", re.IGNORECASE
)
YEAR_BEHIND = re.compile(  # `Satker 030405 TA 2020` has no name.
    r"[\s,(:-]*\b(?:t\.?\s?a\.?|tahun(?:\s+anggaran)?|th\.?|thn\.?|bulan|per|periode|"
    r"s\.?\s?/?\s?d\.?|tanggal)\b.*$|[\s,(:-]*20\d\d\)?$",
    re.IGNORECASE,
)
AUTHORITY = re.compile(r"kewenangan\s*:?\s*\(?(\w+)", re.IGNORECASE)
FUND = re.compile(r"sumber\s+dana\s*:?\s*\(?(\w+)", re.IGNORECASE)


def budget_facts(table: Table, sheet: str | None) -> list[Fact]:
    """Return the year, spending unit, authority and fund source that titles tell."""
    facts: dict[str, Fact] = {}
    for row, at, text in labelled(table.titles):
        found: dict[str, str] = {}
        if unit := UNIT.search(text):
            found["unit_code"], found["unit_name"] = unit[1], YEAR_BEHIND.sub("", unit[2]).strip()
        elif unit := UNIT_LAST.search(text):
            found["unit_code"], found["unit_name"] = unit[2], unit[1].strip()
        if authority := AUTHORITY.search(text):
            found["authority"] = authority[1]
        if fund := FUND.search(text):
            found["fund_source"] = fund[1]
        for column, value in found.items():
            if value:
                facts.setdefault(column, Fact(column, value, row + 1, at, text))
    if (year := year_told(table, sheet)) is not None:
        where = next(((r + 1, c, t) for r, c, t in table.titles if str(year) in t), None)
        row, at, words = where or (table.first + 1, 0, sheet or "")
        facts["fiscal_year"] = Fact("fiscal_year", str(year), row, at, words)
    return list(facts.values())
