"""One sheet from raw cells to typed rows and problems: the way that every kind of sheet goes."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pulih.common.errors import Message
from pulih.intake import areas as area_columns
from pulih.intake import body as bodies
from pulih.intake import evidence, firm_checks, headings, problems, titles
from pulih.intake.assignment import Assignment, assign
from pulih.intake.cells import Sheet
from pulih.intake.columns import Column
from pulih.intake.kinds import Kind
from pulih.intake.layout import Table
from pulih.intake.readings import days, identifiers, words
from pulih.intake.readings.amounts import money
from pulih.intake.readings.reading import Reading, Result, read
from pulih.intake.totals import Total
from pulih.intake.totals import written as written_totals
from pulih.intake.wording import CORRECTED, REJECTED, RULES, WARNING
from pulih.places import Level, Place


@dataclass(frozen=True)
class Asked:
    """What the reader of a file was told: its day, its area and what headings mean."""

    on: date
    within: Place | None
    mapping: Mapping[str, str]


@dataclass
class SheetRows:
    """What a sheet came to; `work` while it is being read.

    rows: one data row each with `row`, `sheet`, the columns and `verdict`. problems: see `problems`.
    provinces: the key of each row's province, null where unknown.
    """

    sheet: Sheet
    table: Table
    kind: Kind
    assignment: Assignment
    row_numbers: pl.Series
    values: dict[str, pl.Series] = field(default_factory=dict)
    raw: dict[str, pl.Series] = field(default_factory=dict)
    numeric: dict[str, pl.Series] = field(default_factory=dict)
    found: list[pl.DataFrame] = field(default_factory=list)
    told: list[pl.DataFrame] = field(default_factory=list)
    areas: area_columns.Areas = field(default_factory=area_columns.Areas)
    columns: dict[str, Column] = field(default_factory=dict)
    extra: dict[str, pl.Series] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Return how many data rows there are."""
        return len(self.row_numbers)

    def position(self, name: str) -> int:
        """Return the position of a column in the sheet; the first if the sheet has it not."""
        return self.assignment.recognised.get(name, 0)

    def doubt(self, name: str, rows: pl.Series, rule: str | pl.Series) -> None:
        """Note a rule for the cells of a column in some rows, given as a mask or as indices."""
        at = rows.arg_true() if rows.dtype == pl.Boolean else rows
        if at.is_empty():
            return
        rules = (
            pl.Series([rule], dtype=pl.String).new_from_index(0, len(at))
            if isinstance(rule, str)
            else rule
        )
        raw = self.raw.get(name)
        told = pl.DataFrame(
            {
                "index": at.cast(pl.Int64),
                "row": self.row_numbers.gather(at),
                "value": raw.gather(at) if raw is not None else self._value(name, at),
                "rule": rules,
            }
        ).with_columns(pl.lit(name).alias("column"))
        self.found.append(told)

    def _value(self, name: str, at: pl.Series) -> pl.Series:
        values = self.values.get(name)
        empty = pl.Series([None], dtype=pl.String).new_from_index(0, len(at))
        return values.gather(at).cast(pl.String) if values is not None else empty

    def keep(self, at: pl.Series) -> None:
        """Keep only the data rows with these indices, in this order; forget what was found elsewhere."""
        new_index = pl.DataFrame(
            {"index": at.cast(pl.Int64), "new": range(len(at))}, schema_overrides={"new": pl.Int64}
        )
        self.row_numbers = self.row_numbers.gather(at)
        for store in (self.values, self.raw, self.numeric, self.extra):
            for name, series in store.items():
                store[name] = series.gather(at)
        moved = [
            part.join(new_index, on="index").drop("index").rename({"new": "index"})
            for part in self.found
        ]
        self.found = [
            part.select("index", "row", "value", "rule", "column") for part in moved if part.height
        ]

    def tell(
        self,
        row: int,
        position: int,
        column: str | None,
        value: str | None,
        kind: str,
        rule: str,
        message: Message,
    ) -> None:
        """Note what holds for a whole column or sheet; it changes no row's verdict."""
        name = self.sheet.name
        self.told.append(problems.single(name, row, position, column, value, kind, rule, message))

    def tell_heading(self, name: str, kind: str, rule: str, message: Message) -> None:
        """Note what holds for a whole column, at its heading."""
        position = self.position(name)
        heading = self.table.headings[position]
        self.tell(self.table.last + 1, position, name, heading, kind, rule, message)


def read_sheet(sheet: Sheet, table: Table, kind: Kind, asked: Asked) -> SheetRows:
    """Read all data rows of a sheet."""
    body = sheet.cells.slice(table.body)
    body = bodies.fill_merged(body, table, sheet.merged)
    assignment = assign(table, body, kind.dictionary, asked.mapping)
    keys = [assignment.recognised[name] for name in kind.keys if name in assignment.recognised]
    amounts = [
        assignment.recognised[name] for name in ("ceiling",) if name in assignment.recognised
    ]
    found = bodies.data_rows(body, table, keys, amounts)
    numbers = (found.kept.cast(pl.Int64) + table.body + 1).alias("row")
    work = SheetRows(sheet, table, kind, assignment, numbers)
    _take_cells(work, body, found)
    _put_back_swapped(work)
    _read_columns(work)
    if kind.name != "budget":
        firm_checks.put_back_swapped_cells(work)
    return work


def _take_cells(work: SheetRows, body: pl.DataFrame, found: bodies.Body) -> None:
    """Gather the data rows of each column; nothing is copied where every row is one."""
    whole = len(found.kept) == body.height
    numeric = work.sheet.numeric
    for name, position in work.assignment.recognised.items():
        texts = body.to_series(position)
        work.raw[name] = texts if whole else texts.gather(found.kept)
        work.columns[name] = work.kind.column(name)
        if numeric is not None:
            flags = numeric.to_series(position).slice(work.table.body)
            work.numeric[name] = flags if whole else flags.gather(found.kept)
    for position, name in work.assignment.unknown.items():
        texts = body.to_series(position)
        work.extra[name] = (texts if whole else texts.gather(found.kept)).alias(name)
    work.totals = written_totals(work, body, found.totals)
    _fill_sections(work, found)


def _fill_sections(work: SheetRows, found: bodies.Body) -> None:
    """Give the rows below a lone `KECAMATAN …` that district, where they name none themselves."""
    if work.kind.name == "budget":
        return
    for level in dict.fromkeys(level for _, level, _ in found.sections):
        marks = {position: text for position, one, text in found.sections if one == level}
        positions = pl.DataFrame({"at": found.kept.cast(pl.Int64)})
        starts = pl.DataFrame({"at": list(marks), "text": list(marks.values())}).sort("at")
        filled = positions.join_asof(starts, on="at")["text"]
        old = work.raw.get(level, pl.Series([None], dtype=pl.String).new_from_index(0, work.height))
        work.raw[level] = old.zip_with(old.is_not_null(), filled)
        work.columns[level] = work.kind.column(level)
        if level not in work.assignment.recognised:
            work.numeric.pop(level, None)
        elif level in work.numeric:
            work.numeric[level] = work.numeric[level] & old.is_not_null()


def _put_back_swapped(work: SheetRows) -> None:
    for first, second in evidence.swaps(work.raw):
        for store in (work.raw, work.numeric):
            if first in store and second in store:
                store[first], store[second] = store[second], store[first]
        one, other = work.columns[first], work.columns[second]
        for name in (first, second):
            message = Message(
                f"kolom {one.title.id} dan {other.title.id} tertukar isinya dan ditukar kembali. "
                "Perbaiki judul kolomnya bila ini salah.",
                f"the columns {one.title.en} and {other.title.en} had changed places and were put back. "
                "Mend their headings if that is wrong.",
            )
            work.tell_heading(name, CORRECTED, "swapped", message)
        recognised = work.assignment.recognised
        recognised[first], recognised[second] = recognised[second], recognised[first]


def _read_columns(work: SheetRows) -> None:
    """Read every recognised column, each by what the column as a whole shows of itself."""
    title_scale = titles.scale_told(work.table)
    if title_scale and any(work.columns[name].is_money for name in work.raw):
        _tell_title_scale(work, title_scale)
    for name in work.raw:
        work.readings[name] = _fitted(work, name, title_scale[0] if title_scale else 1)
    with ThreadPoolExecutor(max_workers=2) as pool:  # Polars lets go of the interpreter's lock.
        results = pool.map(lambda name: _read_one(work, name), list(work.raw))
        for name, result in zip(list(work.raw), results, strict=True):
            work.values[name] = result.values.alias(name)
            _note(work, name, result)


def _read_one(work: SheetRows, name: str) -> Result:
    return read(work.raw[name], work.numeric.get(name), work.readings[name])


def _note(work: SheetRows, name: str, result: Result) -> None:
    for rule in result.rules.unique(maintain_order=True):
        work.doubt(name, result.rows.filter(result.rules == rule), str(rule))


def _fitted(work: SheetRows, name: str, title_scale: int) -> Reading:
    """Return the column's reading, fitted to the evidence of all its cells."""
    column, texts, numeric = work.columns[name], work.raw[name], work.numeric.get(name)
    if column.is_money:
        return _scaled(work, name, column.reading, title_scale)
    if name in ("nik", "family_card", "npwp"):
        if evidence.lost_nothing(texts, numeric):
            return identifiers.without_loss(column.reading)
        if numeric is None and name != "npwp" and evidence.lost_in_text(texts):
            return evidence.with_lost_digits(column.reading)
    if name == "reported" and evidence.month_first(texts):
        return days.days(month_first=True)
    if name == "owner_sex" and evidence.man_is_p(texts):
        return words.sexes(man_is_p=True)
    return column.reading


def _scaled(work: SheetRows, name: str, reading: Reading, title_scale: int) -> Reading:
    heading = work.table.headings[work.position(name)] or ""
    scale = headings.scale_in(heading)
    if scale == 1:
        return money(title_scale) if title_scale > 1 else reading
    grouped = f"{scale:,}"
    dotted = grouped.replace(",", ".")
    message = Message(
        f'judul "{heading}" menyebut satuan; semua angka di kolom ini dikalikan {dotted}. Hapus satuan dari judul bila ini salah.',
        f'the heading "{heading}" names a unit; all numbers of this column were multiplied by {grouped}. '
        "Take the unit out of the heading if that is wrong.",
    )
    work.tell_heading(name, CORRECTED, "scaled", message)
    return money(scale)


def _tell_title_scale(work: SheetRows, told: tuple[int, int, int, str]) -> None:
    scale, row, position, text = told
    grouped = f"{scale:,}"
    dotted = grouped.replace(",", ".")
    message = Message(
        f"judul lembar menyebut satuan; semua nilai rupiah tanpa satuan sendiri dikalikan {dotted}. Hapus satuan dari judul bila ini salah.",
        f"the title of the sheet names a unit; all amounts without a unit of their own were multiplied by {grouped}. "
        "Take the unit out of the title if that is wrong.",
    )
    work.tell(row, position, None, text, CORRECTED, "scaled", message)


def read_places(work: SheetRows, asked: Asked) -> None:
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


def _fill_from_titles(work: SheetRows, asked: Asked) -> None:
    told = titles.told_places(work.table, work.sheet.name, asked.on, asked.within)
    level, name = Level.REGENCY, "regency"
    if level not in told and "regency" not in work.values and "regency_code" not in work.values:
        level, name = Level.PROVINCE, "province"
    if level not in told:
        return
    place = told[level]
    old = work.values.get(name, pl.Series([None], dtype=pl.String).new_from_index(0, work.height))
    blank = old.is_null()
    if f"{name}_code" in work.values:
        blank &= work.values[f"{name}_code"].is_null()
    if not blank.any():
        return
    filled = pl.Series([place.place.name]).new_from_index(0, work.height)
    work.values[name] = filled.zip_with(blank, old).alias(name)
    work.columns.setdefault(name, work.kind.column(name))
    message = Message(
        f'{work.columns[name].title.id} {place.place.name} diambil dari "{place.words}" untuk {int(blank.sum())} baris. '
        "Isi kolomnya bila ini salah.",
        f'the {work.columns[name].title.en} {place.place.name} was taken from "{place.words}" for {int(blank.sum())} rows. '
        "Fill in the column if that is wrong.",
    )
    work.tell(place.row, place.column, name, place.words, CORRECTED, "from_title", message)


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
                f"codes of {english} were translated to those of Home Affairs. Use Home Affairs codes if you can.",
            )
            work.tell_heading(name, CORRECTED, "code_scheme", message)
    for name in work.areas.cleared:
        message = Message(
            f"kode {scheme} tidak dapat diterjemahkan setingkat ini dan dikosongkan. Pakai kode Kemendagri.",
            f"codes of {english} cannot be translated at this level and were emptied. Use Home Affairs codes.",
        )
        work.tell_heading(name, CORRECTED, "code_scheme", message)
    if work.areas.unclear:
        name = next(name for name in area_columns.LENGTHS if name in work.assignment.recognised)
        message = Message(
            "tidak jelas apakah ini kode Kemendagri atau BPS; kode dibiarkan. Tambahkan nama kabupaten/kota di sebelahnya.",
            "it is not clear whether these are codes of Home Affairs or of Statistics (BPS); they were kept. "
            "Add the names of the regencies beside them.",
        )
        work.tell_heading(name, WARNING, "scheme_unclear", message)


def _doubt_other_provinces(work: SheetRows, asked: Asked) -> None:
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


def home_province(asked: Asked) -> Place | None:
    """Return the province in which all rows should lie; None when any may be meant."""
    from pulih import places

    if asked.within is None or asked.within.level is Level.COUNTRY:
        return None
    return (
        asked.within
        if asked.within.level is Level.PROVINCE
        else places.parent_of(asked.within, asked.on)
    )


def finish(work: SheetRows) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with their verdicts, and the problems in words."""
    found = pl.concat(work.found) if work.found else None
    verdict = pl.Series([None], dtype=pl.String).new_from_index(0, work.height)
    verdict = verdict.fill_null("accepted")
    worded = list(work.told)
    if found is not None:
        kinds = found["rule"].replace_strict(
            {name: rule.kind for name, rule in RULES.items()}, return_dtype=pl.String
        )
        for kind in (CORRECTED, REJECTED):
            at = found["index"].filter(kinds == kind)
            verdict = verdict.scatter(at, kind) if len(at) else verdict
        for (name,), part in found.partition_by(
            "column", as_dict=True, maintain_order=True
        ).items():
            column = work.columns.get(str(name)) or work.kind.column(str(name))
            worded.append(
                problems.of_cells(work.sheet.name, column, work.position(str(name)), part)
            )
    rows = pl.DataFrame(
        [
            work.row_numbers.alias("row"),
            pl.Series("sheet", [work.sheet.name], dtype=pl.String)
            .new_from_index(0, work.height)
            .alias("sheet"),
            *(
                work.values[one.name].alias(one.name)
                for one in work.kind.columns
                if one.name in work.values
            ),
            *work.extra.values(),
            verdict.alias("verdict"),
        ]
    )
    return rows, problems.joined(worded)


__all__ = ["Asked", "SheetRows", "finish", "read_places", "read_sheet"]
