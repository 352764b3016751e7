"""Budget lines: whole keys, nested POK sheets, and what the four amounts say of each other."""

from __future__ import annotations

import polars as pl

from pulih.common.errors import Message
from pulih.intake import firm_checks, nested, outstanding, sheet_places, titles
from pulih.intake.readings import keys
from pulih.intake.readings.reading import read
from pulih.intake.wording import CORRECTED, WARNING
from pulih.intake.work import IntakeRequest, SheetRows
from pulih.places import Level

UNIT_LARGEST = (
    100 * 3_000_000_000
)  # A hundred times the largest deconcentration unit of 2018 to 2023.
CODE_IN_FRONT = r"^\(?(\d{6})\)?(?:\s*[-–:./]\s*|\s+)\D"
AMOUNTS = ("ceiling", "blocked", "committed", "realised")


def check(work: SheetRows, asked: IntakeRequest) -> None:
    """Complete the keys, then refuse rows without key or ceiling and doubt odd amounts."""
    if "line_code" in work.values:
        read_line_codes(work)
    firm_checks.add_unit(work, "volume", "unit")
    fill_facts(work)
    read_unit_codes(work)
    fill_province(work, asked)
    sheet_places.read_places(work, asked)
    _refuse(work)
    outstanding.add_paid(work)
    _assume_commitments(work)
    _doubt_sizes(work)
    _doubt_order(work)
    work.values.pop("line_code", None)


def read_line_codes(work: SheetRows) -> None:
    """Cut whole codes into their parts; where codes nest, carry the upper levels down."""
    texts = work.raw["line_code"]
    codes = texts.drop_nulls().unique().to_list()
    parts = {text: keys.split(text) for text in codes}
    if "account" in work.values:
        parts = {text: part or keys.split_path(text) for text, part in parts.items()}
    whole = sum(part is not None for part in parts.values())
    if whole * 2 < len(parts) and "account" not in work.values:
        nested.unfold(work)
        return
    _drop_groups(work, parts)
    texts = work.raw["line_code"]
    for name in keys.PARTS:
        found = {text: part[name] for text, part in parts.items() if part and name in part}
        if not found:
            continue
        series = texts.replace_strict(found, default=None, return_dtype=pl.String)
        old = work.values.get(name)
        work.values[name] = (
            series if old is None else old.zip_with(old.is_not_null(), series)
        ).alias(name)


def _drop_groups(work: SheetRows, parts: dict[str, dict[str, str] | None]) -> None:
    """Drop the rows without amounts whose code only begins those of the rows below them."""
    texts = work.raw["line_code"]
    whole = [text for text, part in parts.items() if part]
    groups = {
        text
        for text, part in parts.items()
        if part is None and any(one.startswith(f"{text.strip('. ')}.") for one in whole)
    }
    named = [name for name, one in work.columns.items() if one.is_money and name in work.values]
    empty = pl.Series([True]).new_from_index(0, work.height)
    for name in named:
        empty &= work.values[name].is_null()
    gone = texts.is_in(sorted(groups)).fill_null(False) & empty
    if gone.any():
        work.keep((~gone).arg_true())


def _refuse(work: SheetRows) -> None:
    """Refuse what has no account, no activity where the sheet has them, or no ceiling."""
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, work.height)
    broken = work.values.get("account", empty).is_null()
    if "activity" in work.values:
        broken |= work.values["activity"].is_null()
    at = next(
        (name for name in ("line_code", "account", "activity") if name in work.raw), "account"
    )
    work.columns.setdefault(at, work.kind.column(at))
    work.doubt(at, broken, "no_line_key")
    work.columns.setdefault("ceiling", work.kind.column("ceiling"))
    ceiling = work.values.get("ceiling", empty)
    work.doubt("ceiling", ceiling.is_null(), "no_ceiling")


def _assume_commitments(work: SheetRows) -> None:
    if "committed" in work.values:
        return
    realised = work.values.get("realised")
    if realised is None:
        realised = pl.Series([None], dtype=pl.Int64).new_from_index(0, work.height)
    work.values["committed"] = realised.alias("committed")
    message = Message(
        "tidak ada kolom komitmen; komitmen dianggap sama dengan realisasi. Tambahkan kolom "
        "Komitmen bila ada kontrak berjalan.",
        "there is no column of commitments; they were taken to equal what was realised. Add one "
        "if contracts are running.",
    )
    work.tell_heading(
        "realised" if "realised" in work.columns else "ceiling", WARNING, "no_commitments", message
    )


def _doubt_sizes(work: SheetRows) -> None:
    """Doubt amounts in trillions: deconcentration units had Rp0.5 to 3 bn in 2018 to 2023."""
    told = False
    for name in AMOUNTS:
        if name in work.values and name in work.raw:
            large = (work.values[name] > UNIT_LARGEST).fill_null(False)
            large |= work.raw[name].str.contains(r"(?i)tril").fill_null(False)
            work.doubt(name, large, "trillions")
            told |= bool(large.any())
    ceiling = work.values.get("ceiling")
    if told or ceiling is None or (ceiling.sum() or 0) <= UNIT_LARGEST:
        return
    units = work.values.get("unit_code", work.values.get("unit_name"))
    frame = pl.DataFrame(
        {
            "unit": units if units is not None else pl.Series(["1"]).new_from_index(0, work.height),
            "ceiling": ceiling,
        }
    )
    if (frame.group_by("unit").agg(pl.col("ceiling").sum())["ceiling"] > UNIT_LARGEST).any():
        message = Message(
            "jumlah pagu satu satker melebihi Rp300 miliar, seratus kali satker dekonsentrasi "
            "terbesar 2018–2023 (Rp3 miliar). "
            "Periksa apakah maksudnya miliar, bukan triliun.",
            "the ceilings of one unit sum to over Rp300 bn, a hundred times the largest "
            "deconcentration unit of 2018–2023 (Rp3 bn). "
            "Check whether billions were meant, not trillions.",
        )
        work.tell_heading("ceiling", WARNING, "trillions", message)


def _doubt_order(work: SheetRows) -> None:
    """Doubt what breaks `realised ≤ committed ≤ ceiling − blocked`."""
    values = work.values
    if "ceiling" not in values:
        return
    free = (
        values["ceiling"] - values["blocked"].fill_null(0)
        if "blocked" in values
        else values["ceiling"]
    )
    for name in ("committed", "realised"):
        if name in values and name in work.raw:
            work.doubt(name, (values[name] > free).fill_null(False), "above_ceiling")
    if {"committed", "realised"} <= work.raw.keys():
        ahead = (values["realised"] > values["committed"]).fill_null(False)
        work.doubt("realised", ahead, "above_commitment")


def fill_facts(work: SheetRows) -> None:
    """Fill year, spending unit, authority and fund source from the titles; told once a sheet."""
    used: list[titles.Fact] = []
    for fact in titles.budget_facts(work.table, work.sheet.name):
        column = work.kind.column(fact.column)
        value = read(pl.Series([fact.text]), None, column.reading).values
        old = work.values.get(fact.column, value.clear().extend_constant(None, work.height))
        if value[0] is None or not old.is_null().any():
            continue
        filled = value.new_from_index(0, work.height)
        work.values[fact.column] = old.zip_with(old.is_not_null(), filled).alias(fact.column)
        work.columns.setdefault(fact.column, column)
        used.append(fact)
    if not used:
        return
    listed = [(work.kind.column(fact.column).title, fact.text) for fact in used]
    message = Message(
        f"{', '.join(f'{title.id} {text}' for title, text in listed)} diambil dari judul lembar. "
        "Tambahkan kolomnya bila ini salah.",
        f"{', '.join(f'{title.en} {text}' for title, text in listed)} taken from the titles of the "
        "sheet. Add columns for them if that is wrong.",
    )
    first = used[0]
    work.tell(first.row, first.at, first.column, first.words, CORRECTED, "from_title", message)


def read_unit_codes(work: SheetRows) -> None:
    """Read the code in front of the units' names, `080101 - Disperin`, where no column has it."""
    if "unit_code" in work.values or "unit_name" not in work.values:
        return
    codes = work.values["unit_name"].str.extract(CODE_IN_FRONT, 1)
    if codes.count():
        work.values["unit_code"] = codes.alias("unit_code")
        work.columns["unit_code"] = work.kind.column("unit_code")


def fill_province(work: SheetRows, asked: IntakeRequest) -> None:
    """Read the province out of the units' own names, where no column tells it."""
    if (
        "province" in work.values
        or "province_code" in work.values
        or "unit_name" not in work.values
    ):
        return
    names = work.values["unit_name"]
    told = {}
    for text in names.drop_nulls().unique().to_list():
        found = [
            place for place in titles.places_in(text, asked.on) if place.level is Level.PROVINCE
        ]
        if len(found) == 1:
            told[text] = found[0].name
    if told:
        work.values["province"] = names.replace_strict(
            told, default=None, return_dtype=pl.String
        ).alias("province")
        work.columns["province"] = work.kind.column("province")
