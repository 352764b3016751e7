"""Rows of the treasury's lists: whole keys, gross amounts, months, and what does not agree."""

from __future__ import annotations

import polars as pl

from pulih.intake import (
    budget_rows,
    firm_checks,
    nested,
    outstanding,
    sheet_places,
    treasury_documents,
    treasury_lines,
)
from pulih.intake.readings import documents, keys
from pulih.intake.treasury import COMMITMENT, HELD, MONTHS, REALISATION, SP2D, list_kind_of
from pulih.intake.work import IntakeRequest, SheetRows

OF_A_SORT = {
    SP2D: treasury_documents.payments,
    REALISATION: treasury_lines.realisation,
    COMMITMENT: treasury_documents.contracts,
    HELD: treasury_lines.imprest,
}
ACCOUNT = r"(?:^|[^0-9])([58]\d{5})(?:[^0-9]|$)"


def is_list(work: SheetRows) -> bool:
    """Tell whether the columns of a sheet make one of the treasury's lists."""
    _mend_names(work)
    return list_kind_of(set(work.values)) is not None


def check(work: SheetRows, asked: IntakeRequest) -> None:
    """Complete the keys, bring each list to the amounts it is compared by, doubt the rest."""
    sort = list_kind_of(set(work.values))
    assert sort is not None
    _read_keys(work, sort)
    budget_rows.fill_facts(work)
    budget_rows.read_unit_codes(work)
    budget_rows.fill_province(work, asked)
    sheet_places.read_places(work, asked)
    OF_A_SORT[sort](work)
    outstanding.add_paid(work)
    firm_checks.doubt_units(work)
    _name_sort(work, sort)
    work.values.pop("line_code", None)


def _mend_names(work: SheetRows) -> None:
    """Take `SP2D` beside a ceiling, and `Jumlah` of months, for what was paid, and `Nilai` in a
    list of contracts for theirs.
    """
    values = work.values
    is_of_documents = bool({"sp2d_number", "spm_number", "net", "realised"} & set(values))
    has_months = any(name in values for name in MONTHS)
    if "gross" in values and "ceiling" in values and not is_of_documents and has_months:
        _rename(work, "gross", "realised")
    lone = "sp2d_number" in values and not {"sp2d_date", "spm_number", "gross", "net"} & set(values)
    if lone and "ceiling" in values and "realised" not in values:
        _rename(work, "sp2d_number", "realised")
    if {"contract_number", "register_number"} & set(values) and "sp2d_number" not in values:
        for name in ("gross", "committed"):
            if name in values and "contract_value" not in values:
                _rename(work, name, "contract_value")
    elif "contract_value" in values and "committed" not in values and "ceiling" in values:
        _rename(work, "contract_value", "committed")


def _rename(work: SheetRows, old: str, new: str) -> None:
    """Read a column again as what the columns beside it show it to be."""
    column = work.kind.column(new)
    work.raw[new] = work.raw.pop(old)
    if old in work.numeric:
        work.numeric[new] = work.numeric.pop(old)
    work.scales[new] = work.scales.pop(old, 1)
    del work.columns[old], work.values[old]
    work.columns[new] = column
    work.assignment.recognised[new] = work.assignment.recognised.pop(old)
    work.found = [part for part in work.found if part["column"][0] != old]
    fitted = work.readings.pop(old)
    work.readings[new] = fitted if fitted.dtype == pl.Int64 else column.reading
    work.take(new, work.read_cells(new))


def _read_keys(work: SheetRows, sort: str) -> None:
    """Cut codes into their parts: whole keys, segments of SPAN, nested lists, lone accounts."""
    texts = work.raw.get("line_code")
    if texts is None or "line_code" not in work.values:
        return
    different = texts.drop_nulls().unique().to_list()
    segments = {text: found for text in different if (found := documents.split_segments(text))}
    if segments and len(segments) * 2 >= len(different):
        for name in ("unit_code", "account", "programme", "activity", "output"):
            _fill(work, name, texts.replace_strict(
                {text: found[name] for text, found in segments.items()},
                default=None, return_dtype=pl.String,
            ))  # fmt: skip
        return
    whole = sum(keys.split(text) is not None for text in different)
    is_nested = whole * 2 < len(different) and "account" not in work.values
    if sort == REALISATION and is_nested:
        _unfold(work)
    elif not is_nested:
        budget_rows.read_line_codes(work)
    else:
        _fill(work, "account", texts.str.extract(ACCOUNT, 1))


def _unfold(work: SheetRows) -> None:
    """Keep the leaves of a nested list, which may come without ceilings."""
    had_ceiling = "ceiling" in work.values
    if not had_ceiling:
        work.values["ceiling"] = work.empty(pl.Int64)
    nested.unfold(work)
    if not had_ceiling:
        del work.values["ceiling"]


def _fill(work: SheetRows, name: str, found: pl.Series) -> None:
    old = work.values.get(name)
    work.values[name] = (found if old is None else old.zip_with(old.is_not_null(), found)).alias(
        name
    )
    work.columns.setdefault(name, work.kind.column(name))


def _name_sort(work: SheetRows, sort: str) -> None:
    """Say which list each row is of, and to how many rupiah its amounts are rounded."""
    rounded = max([work.scales.get(name, 1) for name in work.scales], default=1)
    text = pl.Series("list_kind", [sort], dtype=pl.String)
    work.extra["list_kind"] = text.new_from_index(0, work.height)
    number = pl.Series("rounded_to", [rounded], dtype=pl.Int64)
    work.extra["rounded_to"] = number.new_from_index(0, work.height)
