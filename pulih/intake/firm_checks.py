"""What cells of one row say of each other in lists of firms: swaps, sums, legal forms, trade."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from pulih.common.errors import Message
from pulih.intake import capacities, evidence, firm_rules, members, periods, quick, sizes
from pulih.intake.readings import identifiers, measures, words
from pulih.intake.wording import WARNING

if TYPE_CHECKING:
    from pulih.intake.work import SheetRows

SMALL, ENOUGH = 10_000, 5
SMALL_BY_NATURE = {"price"}  # A mask sells for Rp2,000.
OF_FIRMS = ("investment", "turnover", "turnover_before")
SURE = 95  # How well a heading has to match.
FEW_IN = 5  # Names of one row in five: more are a habit of the office.
BEGINS_AS_FIRM = r"^(?i:pt|cv|c\.v|ud|u\.d|pd|kub|kube|koperasi|kelompok)\b[\s.]"
MAY_SWAP = ("nik", "nib", "npwp", "phone", "email", "family_card")
TRADE_WORDS = (
    r"(?i)^\W*(?:toko|warung|kios|agen|distributor|reseller|grosir|dagang|jual beli|perdagangan|"
    r"pedagang|dropship\w*|trading|retail|"
    r"eceran|supplier|penjualan|counter|konter|jualan)\b"
)
TRADE_KBLI = r"^4[567]"
INDUSTRY_KBLI = r"^(?:[12]\d|3[0-3])"  # Section C of KBLI 2015 and 2020: divisions 10 to 33.
FORMS = {
    "CV": "CV",
    "C.V": "CV",
    "UD": "UD",
    "U.D": "UD",
    "PD": "PD",
    "P.D": "PD",
    "KOP": "KOPERASI",
    "KUBE": "KUB",
}


def put_back_swapped_cells(work: SheetRows) -> None:
    """Where two cells of one row fail and each reads as the other's column, change them back."""
    failed: dict[str, set[int]] = {}
    for part in work.found:
        name = str(part["column"][0])
        if name in MAY_SWAP and part["rule"][0] in ("unreadable", "wrong_length"):
            failed.setdefault(name, set()).update(part["index"].to_list())
    names = [name for name in MAY_SWAP if name in failed]
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            rows = sorted(failed[first] & failed[second])
            _swap(work, first, second, rows)


def _swap(work: SheetRows, first: str, second: str, rows: list[int]) -> None:
    one, other = work.columns[first].reading, work.columns[second].reading
    done: list[int] = []
    ours: list[object] = []
    theirs: list[object] = []
    for row in rows:
        left, right = one.careful(work.raw[second][row]), other.careful(work.raw[first][row])
        if left.value and right.value and not left.rule and not right.rule:
            done.append(row)
            ours.append(left.value)
            theirs.append(right.value)
    if not done:
        return
    work.values[first] = work.values[first].scatter(done, ours)
    work.values[second] = work.values[second].scatter(done, theirs)
    work.found = [_without(part, {first, second}, done) for part in work.found]
    work.found = [part for part in work.found if not part.is_empty()]
    for name in (first, second):
        work.doubt(name, pl.Series(done), "swapped")


def put_back_swapped_names(work: SheetRows) -> None:
    """Where a row has the firm's name under the owner's, change them back; districts likewise."""
    if {"business_name", "owner_name"} <= work.values.keys():
        _change_back(work, "business_name", "owner_name", _crossed_names(work))
    if {"village", "district"} <= work.values.keys():
        _change_back(work, "village", "district", _crossed_places(work))


def _crossed_names(work: SheetRows) -> pl.Series:
    firms, owners = work.values["business_name"], work.values["owner_name"]
    formed = quick.surely(owners.str.contains(BEGINS_AS_FIRM))
    if not formed.any() or int(formed.sum()) * FEW_IN > owners.count():
        return formed & False
    plain = ~firms.str.contains(rf"{BEGINS_AS_FIRM}|\d|{evidence.FIRM_WORDS}").fill_null(True)
    return formed & plain


def _crossed_places(work: SheetRows) -> pl.Series:
    """Find rows whose village is another row's district, and whose district is nobody else's."""
    villages, districts = work.values["village"], work.values["district"]
    frame = pl.DataFrame({"village": villages, "district": districts})
    counts = {
        name: dict(frame[name].drop_nulls().value_counts().iter_rows()) for name in frame.columns
    }

    def often(name: str, value: str | None) -> int:
        return int(counts[name].get(value, 0))

    crossed = [
        often("district", village) >= 2
        and often("village", village) == 1
        and often("district", district) == 1
        and village != district
        for village, district in frame.iter_rows()
    ]
    return pl.Series(crossed, dtype=pl.Boolean)


def _change_back(work: SheetRows, first: str, second: str, crossed: pl.Series) -> None:
    if not crossed.any():
        return
    one, other = work.values[first], work.values[second]
    work.values[first] = other.zip_with(crossed, one).alias(first)
    work.values[second] = one.zip_with(crossed, other).alias(second)
    for name in (first, second):
        work.doubt(name, crossed, "swapped")


def _without(part: pl.DataFrame, names: set[str], rows: list[int]) -> pl.DataFrame:
    return part.filter(~(pl.col("column").is_in(names) & pl.col("index").is_in(rows)))


def check(work: SheetRows) -> None:
    """Doubt what does not fit together, derive the legal form, and refuse rows without a name."""
    values = work.values
    if "nik" in values:
        odd = ~values["nik"].str.contains(identifiers.BIRTH)
        odd |= ~values["nik"].str.contains(identifiers.PROVINCE)
        odd |= values["nik"].str.contains(identifiers.NO_SERIAL)
        if work.on is not None:
            odd |= ~identifiers.may_work(values["nik"], work.on.year)
        work.doubt("nik", odd, "nik_shape")
    firm_rules.check(work)
    sizes.doubt(work)
    periods.doubt_turnover(work)
    doubt_units(work)
    _doubt_trade(work)
    _tell_headings_of_two(work)
    members.tell(work)
    put_back_swapped_names(work)
    _add_legal_form(work)
    _add_turnover_period(work)
    capacities.check(work)
    _refuse_nameless(work)


def _tell_headings_of_two(work: SheetRows) -> None:
    """Tell a heading such as `Alamat/No. HP` whose cells were taken whole for the first."""
    for name, position in work.assignment.recognised.items():
        heading = work.table.headings[position] or ""
        if work.kind.dictionary.first_of_two(heading) != name or name not in work.columns:
            continue
        title = work.columns[name].title
        message = Message(
            f'judul "{heading}" menyebut dua hal; isinya dibaca utuh sebagai {title.id}. '
            "Pisahkan menjadi dua kolom.",
            f'the heading "{heading}" names two things; its cells were taken whole as the '
            f"{title.en}. Part them into two columns.",
        )
        work.tell_heading(name, WARNING, "heading_of_two", message)


def _is_joined(work: SheetRows, extra: str, name: str) -> bool:
    """Say whether a column was joined to the one left of it: `Ny.` and `Ratna`."""
    both = pl.DataFrame([work.raw[name].alias("whole"), work.extra[extra].alias("end")])
    both = both.drop_nulls()
    ends = both.select(pl.col("whole").str.ends_with(pl.lit(" ") + pl.col("end")).all())
    return name == "owner_name" and both.height > 0 and bool(ends.item())


def tell_second_headings(work: SheetRows) -> None:
    """Tell a heading that surely means a column which another one was taken for."""
    for position, name in work.assignment.unknown.items():
        heading = work.table.headings[position]
        match = work.kind.dictionary.match(heading, fuzzy=False) if heading else None
        if position in work.assignment.other_years:
            continue
        if match is None or match.score < SURE - 2 or match.name not in work.raw:
            continue  # Below a group (`SEMULA / JUMLAH`) a sure heading counts two less.
        if "%" in str(heading):
            continue  # `% Serapan` is a share of it.
        if _is_joined(work, name, match.name):
            continue
        first = work.table.headings[work.position(match.name)]
        if not work.extra[name].count() or match.name not in work.assignment.recognised:
            continue
        title = work.columns[match.name].title
        message = Message(
            f'judul "{heading}" juga berarti {title.id}, yang sudah diambil dari "{first}"; kolom '
            "ini disimpan dengan judulnya sendiri. Tukar judulnya bila yang ini yang dimaksud.",
            f'the heading "{heading}" also means the {title.en}, which was taken from "{first}"; '
            "this column is kept under its own heading. Change the two if this one is meant.",
        )
        row = work.table.last + 1
        work.tell(row, position, match.name, heading, WARNING, "second_heading", message)


def doubt_units(work: SheetRows) -> None:
    """Doubt a column of amounts so small that thousands may be meant; nothing is rescaled.

    Where few amounts are so small, or there are few, each of them is doubted by itself.
    """
    for name, column in work.columns.items():
        if not column.is_money or name in SMALL_BY_NATURE or name not in work.values:
            continue
        amounts = work.values[name].filter(work.values[name] > 0)
        if len(amounts) < ENOUGH or (amounts > SMALL).sum() * 2 > len(amounts):
            if name in OF_FIRMS and name in work.raw and work.scales.get(name, 1) == 1:
                values = work.values[name]
                little = quick.surely((values > 0) & (values < SMALL))
                sizes.doubt_once(work, name, little, "too_little")
            continue
        message = Message(
            "sebagian besar angka di bawah Rp10.000; mungkin dalam ribuan atau jutaan. "
            'Angka dibiarkan; tulis satuannya di judul, misalnya "(Rp ribu)".',
            "most amounts are below Rp10,000; they may be in thousands or millions. "
            'They were kept; name the unit in the heading, such as "(Rp ribu)".',
        )
        work.tell_heading(name, WARNING, "unit_doubtful", message)


def _doubt_trade(work: SheetRows) -> None:
    values = work.values
    if "kbli" in values:
        trade = values["kbli"].str.contains(TRADE_KBLI)
        work.doubt("kbli", trade, "trade")
        work.doubt("kbli", ~trade & ~values["kbli"].str.contains(INDUSTRY_KBLI), "not_industry")
    if "product" in values:
        trade = quick.surely(values["product"].str.contains(TRADE_WORDS))
        if "kbli" in values and trade.any():
            trade &= ~values["kbli"].str.contains(r"^(?:[123]|4[567])").fill_null(False)
        work.doubt("product", trade, "trade")


def _add_legal_form(work: SheetRows) -> None:
    """Read the legal form out of the name, which stays as it is."""
    if "business_name" not in work.values:
        return
    extracted = pl.col("name").str.extract(words.LEGAL_FORM, 1).str.to_uppercase()
    form = work.values["business_name"].to_frame("name").select(extracted).to_series()
    if form.count():
        form = form.replace(FORMS)
    if "legal_form" in work.values:
        written = work.values["legal_form"]
        form = written.zip_with(quick.is_filled(written), form)
    if form.count():
        work.values["legal_form"] = form.alias("legal_form")


def _add_turnover_period(work: SheetRows) -> None:
    """Read from the heading whether turnover is a month's or a year's; nothing is divided."""
    name = next((one for one in ("turnover", "turnover_before") if one in work.raw), None)
    if work.kind.name != "impact" or name is None or "turnover_period" in work.values:
        return
    heading = work.table.headings[work.position(name)] or ""
    period = words.PERIODS.careful(re.sub(r"20[12]\d", "", heading)).value
    if period:
        filled = pl.Series([period], dtype=pl.String).new_from_index(0, work.height)
        work.values["turnover_period"] = filled.alias("turnover_period")


def add_unit(work: SheetRows, number: str, unit: str) -> None:
    """Take the unit from `120 OH` where no column of its own holds one."""
    written = work.raw.get(number)
    if written is None or unit in work.values:
        return
    different = written.filter(written.str.contains(r"[A-Za-z]")).unique()
    units = {text: measures.unit_in(text) for text in different}
    if any(units.values()):
        told = written.replace_strict(units, default=None, return_dtype=pl.String)
        work.values[unit] = told.alias(unit)


def _refuse_nameless(work: SheetRows) -> None:
    names = [quick.is_blank(work.values[name]) for name in work.kind.keys if name in work.values]
    if not names:
        return
    nameless = names[0]
    for one in names[1:]:
        nameless = nameless & one
    key = next(name for name in work.kind.keys if name in work.values)
    work.doubt(key, nameless, "no_name")
