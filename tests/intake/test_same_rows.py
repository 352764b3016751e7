"""The same list gives the same rows however it is laid out, sorted, delimited or saved."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.intake import read
from tests.examples import examples
from tests.make import intake as make

ON = date(2020, 6, 30)
SLOW = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def values(rows: pl.DataFrame) -> list[tuple[object, ...]]:
    names = sorted(make.HEADINGS)
    return sorted(rows.select(names).iter_rows(), key=str)


def truth(firms: list[dict[str, make.Cell]]) -> list[tuple[object, ...]]:
    return sorted((tuple(one[name] for name in sorted(one)) for one in firms), key=str)


@SLOW
@given(seed=st.integers(0, 10_000), count=st.integers(2, 30))
def test_an_untidy_sheet_is_read_as_it_was_meant(tmp_path: Path, seed: int, count: int) -> None:
    firms = [make.firm(number) for number in range(1, count + 1)]
    taken = read(make.write(make.office_sheet(firms, seed), tmp_path / "a.csv"), on=ON)
    assert values(taken.rows) == truth(firms)
    assert taken.problems.filter(pl.col("rule") != "unit_doubtful").is_empty()


@SLOW
@given(seed=st.integers(0, 10_000), delimiter=st.sampled_from([",", ";", "\t", "|"]))
def test_delimiter_encoding_and_form_change_nothing(
    tmp_path: Path, seed: int, delimiter: str
) -> None:
    firms = [make.firm(number) for number in range(1, 12)]
    rows = make.office_sheet(firms, seed)
    files = [
        make.write(rows, tmp_path / "a.csv", delimiter=delimiter),
        make.write(rows, tmp_path / "b.csv", delimiter=delimiter, encoding="utf-8-sig"),
        make.write(rows, tmp_path / "c.csv", delimiter=delimiter, encoding="utf-16"),
        make.write(rows, tmp_path / "d.csv", delimiter=delimiter, encoding="cp1252"),
        make.write(rows, tmp_path / "a.xlsx"),
        make.write(rows, tmp_path / "a.ods"),
    ]
    for file in files:
        assert values(read(file, on=ON).rows) == truth(firms)


@SLOW
@given(seed=st.integers(0, 10_000), order=st.randoms())
def test_sorting_rows_and_adding_blank_ones_change_nothing(
    tmp_path: Path, seed: int, order
) -> None:  # type: ignore[no-untyped-def]
    firms = [make.firm(number) for number in range(1, 20)]
    shuffled = list(firms)
    order.shuffle(shuffled)
    rows = make.office_sheet(shuffled, seed)
    rows.insert(len(rows) // 2, [])
    assert values(read(make.write(rows, tmp_path / "a.csv"), on=ON).rows) == truth(firms)


@SLOW
@given(
    st.lists(
        st.fixed_dictionaries({
            "business_name": st.sampled_from(["UD Maju", "", "-", "Toko Roti"]),
            "owner_name": st.sampled_from(["Asep", "", "Siti"]),
            "nik": st.text("0123456789E+,. '", max_size=18),
            "investment": st.text("0123456789.,RpjtM -", max_size=14),
            "phone": st.text("0123456789+-/ ", max_size=22),
        }),
        min_size=1,
        max_size=12,
    )
)  # fmt: skip
def test_every_row_is_accepted_corrected_or_rejected(
    tmp_path: Path, firms: list[dict[str, str]]
) -> None:
    firms.append(
        {
            "business_name": "CV Akhir",
            "owner_name": "Budi",
            "nik": "",
            "investment": "",
            "phone": "",
        }
    )
    heads = ["Nama Usaha", "Nama Pemilik", "NIK", "Investasi", "No HP"]
    path = make.write([heads, *(list(one.values()) for one in firms)], tmp_path / "a.csv")
    taken = read(path, on=ON)
    counts = taken.summary
    assert counts["accepted"] + counts["corrected"] + counts["rejected"] == counts["rows"]
    assert taken.rows.height == counts["rows"]
    changed = set(taken.problems.filter(pl.col("kind") == "corrected")["row"]) - {1}
    rejected = set(taken.rows.filter(pl.col("verdict") == "rejected")["row"])
    assert set(taken.rows.filter(pl.col("verdict") == "corrected")["row"]) == changed - rejected


def test_row_numbers_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    rows: list[list[make.Cell]] = [
        ["DAFTAR"],
        [],
        ["Nama Usaha", "NIK"],
        ["A", None],
        [],
        ["B", None],
    ]
    for name in ("a.csv", "a.xlsx", "a.ods"):
        taken = read(make.write(rows, tmp_path / name), on=ON)
        assert taken.rows["row"].to_list() == [4, 6]
        label = "Data" if name != "a.csv" else "1"
        assert taken.rows["record_id"][0] == f"{taken.summary['sha256'][:12]}:{label}:4"


@pytest.mark.parametrize("count", [5_000, 6_001])
def test_long_columns_with_few_values_read_like_short_ones(tmp_path: Path, count: int) -> None:
    rows: list[list[make.Cell]] = [["Nama Usaha", "Kab/Kota", "Investasi", "Tgl Lapor"]]
    for number in range(count):
        money = ("1.250.000", "x", "Rp 2 jt")[number % 3]
        rows.append([f"UD {number}", "Kab. Bandung", money, "15-Jun-20"])
    taken = read(make.write(rows, tmp_path / "a.csv"), on=ON)
    assert taken.rows["investment"][:3].to_list() == [1_250_000, None, 2_000_000]
    assert taken.problems.filter(pl.col("rule") == "unreadable").height == len(range(1, count, 3))
    assert taken.problems.filter(pl.col("rule") == "two_digit_year").height == count
