"""Gives each column of a sheet its name: recognised, or its own heading made unique."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from pulih.intake import (
    choices,
    goods_and_groups,
    headings,
    money_years,
    names,
    path_codes,
    quick,
    several_years,
    suiting,
)
from pulih.intake.choices import Choice
from pulih.intake.columns import Column
from pulih.intake.concepts import COUNTED, OF_A_HOME, OF_FIRMS, OF_MONEY
from pulih.intake.goods_and_groups import OF_MEMBER, OF_MEMBERS
from pulih.intake.headings import Dictionary
from pulih.intake.layout import Table
from pulih.intake.readings import words

SURE = 95
SAMPLE, FAR_ENOUGH = 200, 5_000
FEW_ROWS, ENOUGH = 8, 3
BESIDE_A_PERSON = {  # `Nama` beside `Usaha`, or beside an age, is the owner's.
    "usaha", "ikm", "umkm", "business", "umur", "usia", "jenis kelamin", "l p", "pendidikan",
    "tempat lahir", "tanggal lahir", "jumlah tanggungan", "agama", "merek", "merek dagang",
}  # fmt: skip
OF_TEXTS = (suiting.OF_WORDS | {"certificates"}) - {"business_name", "owner_name"}
OF_DIGITS = {"nik", "nib", "npwp", "phone", "family_card"}
ONCE = re.compile(r"(?i)\b(?:semula|awal|sebelum)\b")
NOW = re.compile(r"(?i)\b(?:menjadi|revisi|setelah|sesudah|akhir|terakhir)\b")
AT_THE_START = re.compile(r"(?i)\b(?:modal|investasi|kapasitas)\b.*\b(?:awal|semula)\b")
PRODUCTION = re.compile(r"(?:jumlah |volume |hasil )?produksi\b")
LONGEST_UNIT = 14  # Letters.
OF_ANY_DAY = {"tanggal", "date"}
UNITS = (("volume", "unit"), ("capacity", "capacity_unit"), ("quantity", "unit"))
LABELS = {"uraian", "row labels", "label baris", "baris"}
GOODS = {"komoditi", "komoditas", "jenis komoditi", "jenis komoditas", "commodity"}
GROUPS = (
    r"(?i)^(?:ikm |industri |sektor |kelompok )*(?:pangan|sandang|kerajinan|logam|mesin|"
    r"elektronika|kimia|bahan bangunan|aneka|furnitur|kayu|fashion|fesyen|makanan|minuman|tekstil|"
    r"kulit|alas kaki|agro|hasil hutan|perkebunan|perhiasan|batu mulia|alat angkut|telematika|jasa|"
    r"kosmetik|obat|herbal|mebel|rotan|garmen|konveksi|elektronik|kriya|otomotif|percetakan)"
    r"(?:\W+(?:dan |& |serta )?(?:\w+ ?){1,4})?$"
)
JOINED = re.compile(r"[/&,]|\b(?:dan|atau|and|or)\b", re.IGNORECASE)
RESERVED = {"row", "sheet", "record_id", "verdict"}


@dataclass(frozen=True)
class Assignment:
    """What each column of a sheet is.

    recognised: position by column name. unknown: the name under which each other column is kept.
    written: the heading of each position, made unique. choices: columns whose ticks say one thing;
    kept: the names under which those that hold more than ticks are kept too. parts: what each
    column that was added up counts; it is kept too. other_years: what each column of another year's
    money would have been.
    """

    recognised: dict[str, int]
    unknown: dict[int, str]
    written: dict[int, str]
    choices: list[Choice] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    parts: dict[int, str] = field(default_factory=dict)
    other_years: dict[int, str] = field(default_factory=dict)

    def heading_map(self) -> dict[str, str]:
        """Return the recognised headings and the columns they stand for, from left to right."""
        return {self.written[position]: name for position, name in sorted(self.taken().items())}

    def taken(self) -> dict[int, str]:
        """Return what each recognised position stands for; several may stand for one column."""
        ticked = {one.position: one.name for one in self.choices}
        recognised = {position: name for name, position in self.recognised.items()}
        return ticked | self.parts | recognised


def assign(
    table: Table,
    body: pl.DataFrame,
    dictionary: Dictionary,
    mapping: Mapping[str, str],
    year: int | None = None,
) -> Assignment:
    """Name every column that has a heading or a value. year: what the titles tell."""
    filled = {i for i, count in enumerate(quick.counts(body)) if count}
    written = _unique(table.headings, filled)
    recognised: dict[str, int] = {}
    _by_mapping(written, table, mapping, recognised, dictionary)
    nameless = {i for i, text in written.items() if mapping.get(headings.normal(text)) == ""}
    ticked = _by_ticks(table, body, recognised, dictionary)
    ticked = [one for one in ticked if one.position not in nameless]
    ticks = {one.position for one in ticked}
    closed = ticks | nameless
    told = several_years.find(table.headings, dictionary)
    for name, position in told.taken.items():
        if name in dictionary.names and position not in {*closed, *recognised.values()}:
            recognised.setdefault(name, position)
    others = money_years.find(table.headings, dictionary, year)
    closed |= (told.left | others.keys()) - set(recognised.values())
    open_headings = tuple(None if i in closed else text for i, text in enumerate(table.headings))
    rest = replace(table, headings=open_headings)
    _by_words(rest, body, dictionary, recognised)
    _by_doubt(rest, body, dictionary, recognised)
    _leave_groups(rest, body, dictionary, recognised)
    _by_goods(rest, body, dictionary, recognised)
    path_codes.take(body, dictionary, recognised)
    _by_label(rest, body, dictionary, recognised)
    _by_names(rest, body, dictionary, recognised)
    _units_beside(rest, body, dictionary, recognised)
    for one in ticked:
        recognised.setdefault(one.name, one.position)
    taken = {*recognised.values(), *ticks}
    unknown = {
        i: name
        for i, name in written.items()
        if i not in taken and (i in filled or table.headings[i])
    }
    kept = {one.position: written[one.position] for one in ticked if choices.holds_more(body, one)}
    unknown, kept = _free_of(unknown, dictionary), _free_of(kept, dictionary)
    others = {at: name for at, name in others.items() if at in unknown}
    return Assignment(recognised, unknown, written, ticked, kept, other_years=others)


def _by_ticks(
    table: Table, body: pl.DataFrame, recognised: dict[str, int], dictionary: Dictionary
) -> list[Choice]:
    """Find the columns to tick, but for what the office itself has explained."""
    found = choices.find(table.headings, body, dictionary)
    return [
        one
        for one in found
        if one.position not in recognised.values() and one.name not in recognised
    ]


def _by_mapping(
    written: Mapping[int, str],
    table: Table,
    mapping: Mapping[str, str],
    recognised: dict[str, int],
    dictionary: Dictionary,
) -> None:
    """Follow what the office itself has said of its headings.

    Of a repeated heading, what was said of this one (`Nama_2`) comes before what was said of all.
    """
    for position, heading in enumerate(table.headings):
        own = mapping.get(headings.normal(written[position])) if heading else None
        name = own if own is not None or not heading else mapping.get(headings.normal(heading))
        if name in dictionary.names:
            recognised.setdefault(str(name), position)


def _by_words(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Take sure headings from left to right, then the likely ones whose values agree."""
    columns = {one.name: one for one in dictionary.columns}
    for sure in (True, False):
        for position, heading in goods_and_groups.firms_first(
            _latest_first(table, dictionary), table
        ):
            if position in recognised.values():
                continue
            match = dictionary.match(heading)
            if match is None or match.name in recognised or (match.score >= SURE) is not sure:
                continue
            name = _of_both(heading, body, position, match.name)
            if name in columns and suiting.only_numbers(name, body, position):
                name = _number_instead(name, heading, columns, body, position)
            if name in recognised or name not in columns:
                continue
            if suiting.is_no_value(columns[name], heading, body, position):
                continue
            if (
                name == "reported"
                and headings.normal(heading) in OF_ANY_DAY
                and (suiting.lie_years_apart(columns[name], body, position))
            ):
                continue
            is_one_answer = name in OF_TEXTS or choices.answer_of(heading) is not None
            if is_one_answer and choices.only_marks(body, position):
                continue  # `Pemasaran` ticked below `Kendala` is no market, `/ Tidak` no answer.
            if headings.normal(heading).endswith("status") and not suiting.agrees(
                columns[name], body, position, half=True
            ):
                continue  # Of a loan, a marriage, a piece of land.
            if name in OF_DIGITS and suiting.holds_words(body, position):
                continue
            if sure or suiting.agrees(columns[name], body, position):
                recognised[name] = position


def _latest_first(table: Table, dictionary: Dictionary) -> list[tuple[int, str]]:
    """Return the headings from left to right, but the likelier ones of a column first.

    Of money, what was (`SEMULA`, `Modal Awal`) comes after what is now; of places, a home after a
    business.
    """
    found = [(i, heading) for i, heading in enumerate(table.headings) if heading]
    found.sort(key=lambda one: _is_of_a_home(one[1], dictionary))
    if "line_code" in dictionary.names:  # `Realisasi` before `Realisasi 2020`.
        found.sort(key=lambda one: bool(money_years.YEAR.search(one[1])))
    found.sort(key=lambda one: bool(AT_THE_START.search(one[1])))
    if "ceiling" not in dictionary.names or not any(NOW.search(text) for _, text in found):
        return found
    return sorted(found, key=lambda one: bool(ONCE.search(one[1]) and not NOW.search(one[1])))


def _is_of_a_home(heading: str, dictionary: Dictionary) -> bool:
    """Say whether a heading asks where an owner lives: `Alamat Rumah`."""
    match = dictionary.match(heading)
    is_place = match is not None and match.name in OF_A_HOME
    return is_place and headings.whose_group(heading) == "owner_name"


def _of_both(heading: str, body: pl.DataFrame, position: int, name: str) -> str:
    """Decide by the values whose name stands under `Nama Perusahaan / Pemilik`."""
    text = headings.normal(heading, keep_brackets=True)
    of_both = OF_FIRMS.search(text) and headings.OF_OWNERS.search(text)
    if name not in ("business_name", "owner_name") or not of_both or not JOINED.search(heading):
        return name
    return "business_name" if names.name_firms(body.to_series(position)) else name


def _number_instead(
    name: str, heading: str, columns: Mapping[str, Column], body: pl.DataFrame, position: int
) -> str:
    """Return the column that numbers alone belong to: `Satker`, 150022, and `Produksi`, 900."""
    code = columns.get(f"{name.removesuffix('_name')}_code")
    if name == "product" and PRODUCTION.match(headings.normal(heading.rpartition(" / ")[2])):
        code = columns.get("turnover" if OF_MONEY.search(heading) else "capacity")
    return code.name if code and suiting.agrees(code, body, position) else ""


def _by_goods(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Take `Komoditi` for the product where it names goods and no groups of industry."""
    at = recognised.get("commodity_group")
    if at is None or "product" in recognised or "product" not in dictionary.names:
        return
    if headings.normal((table.headings[at] or "").rpartition(" / ")[2]) not in GOODS:
        return
    texts = body.to_series(at).drop_nulls().unique()
    if len(texts) and int(texts.str.contains(GROUPS).sum()) * 2 < len(texts):
        recognised["product"] = recognised.pop("commodity_group")


def _by_doubt(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Give headings such as `Nama` to the first column they may mean that is still missing."""
    columns = {one.name: one for one in dictionary.columns}
    for position, heading in _latest_first(table, dictionary):
        if position in recognised.values():
            continue
        sure = dictionary.match(heading, fuzzy=False)
        if sure and sure.name in COUNTED and sure.name in recognised:
            continue  # `PHK / P` counts women laid off, and no women who work.
        possible = [name for name in dictionary.possible(heading) if name not in recognised]
        own = headings.normal(heading.rpartition(" / ")[2])
        if own in ("jumlah", "total") and _is_beside_both(position, recognised, table):
            possible = ["workers"]
        is_firm = "business_name" in columns and "business_name" not in recognised
        if own in ("nama", "name") and is_firm:
            others = _beside(table, position)
            is_beside = bool(others & BESIDE_A_PERSON) and "owner_name" not in recognised
            name = "owner_name" if is_beside else names.whose(body, position, recognised)
            possible = [name]
        if (
            own in ("usaha", "unit usaha")
            and "product" in possible
            and goods_and_groups.names_goods(body, position)
        ):
            possible = ["product"]
        if own in OF_MEMBERS and goods_and_groups.are_members(table, body, position, recognised):
            continue  # Members of one group are no one firm.
        if own == "tanggal masuk" and any(OF_MEMBER.search(one or "") for one in table.headings):
            continue  # They joined then; nobody reported.
        if own == "tanggal" and "contract_number" in recognised:
            possible = ["contract_date", *possible]
        # A text says yes to everything, so what has a form of its own is asked first.
        for name in sorted(possible, key=lambda one: columns[one].reading in words.FREE):
            if name not in recognised and suiting.suits(columns[name], body, position):
                recognised[name] = position
                break


def _leave_groups(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Take `Nama KUB` beside `Nama Anggota` for no firm but their group: each member is one."""
    at, owner = recognised.get("business_name"), recognised.get("owner_name")
    if at is None or owner is None or not OF_MEMBER.search(table.headings[owner] or ""):
        return
    own = headings.normal((table.headings[at] or "").rpartition(" / ")[2])
    if own in OF_MEMBERS and goods_and_groups.are_members(table, body, at, recognised):
        del recognised["business_name"]
        if "group_name" in dictionary.names:
            recognised.setdefault("group_name", at)


def _by_label(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Take `Uraian` or a pivot's `Row Labels` for the firms, where only their owners are named."""
    if "business_name" in recognised or not recognised.keys() >= {"owner_name"}:
        return
    for position, heading in enumerate(table.headings):
        is_open = position not in recognised.values() and "business_name" in dictionary.names
        if is_open and headings.normal(heading or "") in LABELS:
            recognised["business_name"] = position
            return


def _by_names(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Where no heading tells of a name, take the column that holds names for it."""
    if not {"business_name", "owner_name"} <= dictionary.names or (
        recognised.keys() & {"business_name", "owner_name"}
    ):
        return
    taken = set(recognised.values())
    free = tuple(None if i in taken else text for i, text in enumerate(table.headings))
    position = names.by_values(replace(table, headings=free), body, recognised)
    if position is not None:
        name = "business_name" if names.name_firms(body.to_series(position)) else "owner_name"
        recognised[name] = position


def _units_beside(
    table: Table, body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]
) -> None:
    """Take words right of numbers under one heading, or under none, for their units."""
    for number, unit in UNITS:
        at = recognised.get(number)
        if at is None or unit in recognised or unit not in dictionary.names:
            continue
        beside = table.headings[at + 1] if at + 1 < len(table.headings) else None
        if at + 1 >= body.width or beside not in (None, table.headings[at]):
            continue
        texts = quick.filled(body.to_series(at + 1)).head(SAMPLE)
        words = len(texts) > 0 and not texts.str.contains(suiting.NUMBER).any()
        if words and (texts.str.len_chars() <= LONGEST_UNIT).all():
            recognised[unit] = at + 1


def _is_beside_both(position: int, recognised: Mapping[str, int], table: Table) -> bool:
    """Say whether a column stands right of the men and the women: it counts both.

    Of men and women in one cell (`3/2`) the women stand beside the sheet, as far as it is wide.
    """
    both = {recognised.get("workers_male"), recognised.get("workers_female")}
    parted = {position - 1, position - 1 + len(table.headings) // 2}
    return both in ({position - 1, position - 2}, parted) and "workers" not in recognised


def _beside(table: Table, position: int) -> set[str]:
    """Return the last words of each other heading, and those of the groups over them."""
    others = [one for i, one in enumerate(table.headings) if one and i != position]
    parts = [part for one in others for part in (one.rpartition(" / ")[2], one.split(" / ")[0])]
    return {headings.normal(part) for part in parts}


def _unique(found: tuple[str | None, ...], filled: set[int]) -> dict[int, str]:
    """Name blank headings `column_7`, and repeated ones `name_2`."""
    names: dict[int, str] = {}
    seen: dict[str, int] = {}
    for position, heading in enumerate(found):
        if heading is None and position not in filled:
            continue
        name = heading or f"column_{position + 1}"
        seen[name] = seen.get(name, 0) + 1
        names[position] = name if seen[name] == 1 else f"{name}_{seen[name]}"
    return names


def _free_of(unknown: dict[int, str], dictionary: Dictionary) -> dict[int, str]:
    """Keep unknown headings from taking the name of a column of ours."""
    ours = dictionary.names | RESERVED
    return {i: f"{name}_2" if name in ours else name for i, name in unknown.items()}
