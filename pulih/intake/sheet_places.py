"""The places of a sheet: filled from titles, brought to one scheme, doubted where unknown."""

import polars as pl

from pulih import places
from pulih.common.errors import Message
from pulih.intake import areas as area_columns
from pulih.intake import titles
from pulih.intake.wording import CORRECTED, WARNING
from pulih.intake.work import IntakeRequest, SheetRows
from pulih.places import Level, Place


def read_places(work: SheetRows, asked: IntakeRequest) -> None:
    """Fill places from titles, bring codes to one scheme and doubt what is not known."""
    _fill_from_titles(work, asked)
    names = ("regency", "province", *area_columns.LENGTHS)
    frame = pl.DataFrame({name: work.values[name] for name in names if name in work.values})
    if frame.is_empty():
        work.areas.provinces = pl.Series([None], dtype=pl.Int64).new_from_index(0, work.height)
        return
    work.areas = area_columns.understand(frame, asked.on, asked.within)
    work.values.update({name: codes.alias(name) for name, codes in work.areas.codes.items()})
    for name, mask, rule in work.areas.findings:
        if name in work.columns:
            work.doubt(name, mask, rule)
    _tell_scheme(work)
    _doubt_other_provinces(work, asked)


def _fill_from_titles(work: SheetRows, asked: IntakeRequest) -> None:
    told = titles.places_in_titles(work.table, work.sheet.name, asked.on, asked.within)
    for level, name in ((Level.REGENCY, "regency"), (Level.PROVINCE, "province")):
        if level in told and name in work.kind.dictionary.names:  # Lists of money: provinces only.
            place = told[level]
            _fill(work, name, place.place.name, place.row, place.column, place.words)
    if Level.REGENCY not in told and "regency" in work.kind.dictionary.names:
        for row, column, text in titles.labelled(work.table.titles):
            if unclear := titles.unclear_regency(text, asked.on, asked.within):
                _fill(work, "regency", unclear, row + 1, column, text)
                break
    district = titles.district_told(work.table, work.sheet.name, asked.on)
    if district and "district" in work.kind.dictionary.names:
        _fill(work, "district", district.text, district.row, district.at, district.words)
    village = titles.village_told(work.table)
    is_open = "village" in work.kind.dictionary.names - work.assignment.recognised.keys()
    if village and is_open:
        _fill(work, "village", village.text, village.row, village.at, village.words)


def _fill(work: SheetRows, name: str, text: str, row: int, at: int, words: str) -> None:
    """Fill the blank cells of a place with what a title says, and tell it there."""
    old = work.values.get(name, pl.Series([None], dtype=pl.String).new_from_index(0, work.height))
    blank = old.is_null()
    if f"{name}_code" in work.values:
        blank &= work.values[f"{name}_code"].is_null()
    if not blank.any():
        return
    filled = pl.Series([text]).new_from_index(0, work.height)
    work.values[name] = filled.zip_with(blank, old).alias(name)
    work.columns.setdefault(name, work.kind.column(name))
    message = Message(
        f'{work.columns[name].title.id} {text} diambil dari "{words}" untuk '
        f"{int(blank.sum())} baris. "
        "Isi kolomnya bila ini salah.",
        f'the {work.columns[name].title.en} {text} was taken from "{words}" '
        f"for {int(blank.sum())} rows. "
        "Fill in the column if that is wrong.",
    )
    work.tell(row, at, name, words, CORRECTED, "from_title", message)


def _tell_scheme(work: SheetRows) -> None:
    scheme = {"bps": "BPS", "treasury": "Kementerian Keuangan"}.get(
        str(work.areas.scheme or ""), ""
    )
    english = {"bps": "Statistics (BPS)", "treasury": "the Finance Ministry"}.get(
        str(work.areas.scheme or ""), ""
    )
    for name in work.areas.translated:
        if name in work.assignment.recognised:
            message = Message(
                f"kode {scheme} diterjemahkan ke kode Kemendagri. Pakai kode Kemendagri bila bisa.",
                f"codes of {english} were translated to those of Home Affairs. Use Home Affairs "
                f"codes if you can.",
            )
            work.tell_heading(name, CORRECTED, "code_scheme", message)
    for name in work.areas.cleared:
        message = Message(
            f"kode {scheme} tidak dapat diterjemahkan setingkat ini dan dikosongkan. Pakai kode "
            f"Kemendagri.",
            f"codes of {english} cannot be translated at this level and were emptied. Use Home "
            f"Affairs codes.",
        )
        work.tell_heading(name, CORRECTED, "code_scheme", message)
    if work.areas.unclear:
        name = next(name for name in area_columns.LENGTHS if name in work.assignment.recognised)
        message = Message(
            "tidak jelas apakah ini kode Kemendagri atau BPS; kode dibiarkan. Tambahkan nama "
            "kabupaten/kota di sebelahnya.",
            "it is not clear whether these are codes of Home Affairs or of Statistics (BPS); "
            "they were kept. "
            "Add the names of the regencies beside them.",
        )
        work.tell_heading(name, WARNING, "scheme_unclear", message)


def _doubt_other_provinces(work: SheetRows, asked: IntakeRequest) -> None:
    home = home_province(asked)
    if home is None:
        return
    away = (work.areas.provinces != home.key).fill_null(False)
    if 0 < away.sum() * 2 < work.height:
        name = next(
            (
                n
                for n in ("regency", "province", "regency_code", "province_code")
                if n in work.columns
            ),
            None,
        )
        if name:
            work.doubt(name, away, "other_province")


def home_province(asked: IntakeRequest) -> Place | None:
    """Return the province in which all rows should lie; None when any may be meant."""
    if asked.within is None or asked.within.level is Level.COUNTRY:
        return None
    return (
        asked.within
        if asked.within.level is Level.PROVINCE
        else places.parent_of(asked.within, asked.on)
    )
