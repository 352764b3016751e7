"""However a system or an office lays out a list of the treasury, it comes to the same rows."""

import random
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.intake import annotate, read
from tests.examples import examples
from tests.make import intake as make
from tests.make import treasury as lists

ENDINGS = ("xlsx", "csv")
PARTS = ["activity", "output", "component", "subcomponent", "account"]


def taken(rows: make.Rows, tmp_path: Path, ending: str = "xlsx", kind: str = "auto"):
    return read(make.write(rows, tmp_path / f"daftar.{ending}"), kind=kind)


def documents(rows: pl.DataFrame) -> Counter:
    return Counter(rows.select("sp2d_number", "sp2d_date", "gross", "account").iter_rows())


def truth(paid: tuple[lists.Paid, ...]) -> Counter:
    return Counter((one.number, one.day, one.gross, one.account) for one in paid)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("layout", lists.SP2D_LAYOUTS)
def test_every_layout_of_an_sp2d_list_gives_its_documents(
    tmp_path: Path, layout: str, ending: str
) -> None:
    one = taken(lists.SP2D_LAYOUTS[layout](lists.PAID), tmp_path, ending)
    assert one.kind == "treasury"
    assert set(one.rows["list_kind"]) == {"sp2d"}
    assert documents(one.rows) == truth(lists.PAID)
    assert set(one.rows["rounded_to"]) == {1}
    counts = one.summary
    assert counts["rows"] == counts["accepted"] + counts["corrected"] + counts["rejected"] == 4
    assert not set(one.problems["rule"]) & {"total_differs", "net_differs", "unit_doubtful"}


@pytest.mark.parametrize("layout", ["sas", "sakti", "english", "office", "serial_days"])
def test_where_whole_keys_stand_every_part_of_them_is_read(tmp_path: Path, layout: str) -> None:
    one = taken(lists.SP2D_LAYOUTS[layout](lists.PAID), tmp_path)
    keys = [".".join(row) for row in one.rows.select(PARTS).iter_rows()]
    assert keys == [paid.key for paid in lists.PAID]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("layout", lists.REALISATION_LAYOUTS)
def test_every_layout_of_a_realisation_list_gives_its_lines(
    tmp_path: Path, layout: str, ending: str
) -> None:
    one = taken(lists.REALISATION_LAYOUTS[layout](lists.SPENT), tmp_path, ending)
    assert one.kind == "treasury"
    assert set(one.rows["list_kind"]) == {"realisation"}
    found = {
        ".".join(row[:5]): row[5:]
        for row in one.rows.select(*PARTS, "ceiling", "realised").iter_rows()
    }
    assert found == {spent.key: (spent.ceiling, spent.realised) for spent in lists.SPENT}
    assert "total_differs" not in set(one.problems["rule"])


def test_a_list_in_thousands_says_so_in_its_rows(tmp_path: Path) -> None:
    one = taken(lists.in_thousands(lists.SPENT), tmp_path)
    assert one.rows["ceiling"].to_list() == [600_000_000, 200_000_000, 90_000_000]
    assert one.rows["realised"].to_list() == [52_251_000, 12_601_000, 0]
    assert set(one.rows["rounded_to"]) == {1000}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_card_of_contracts_gives_contracts(tmp_path: Path, ending: str) -> None:
    one = taken(lists.contracts(), tmp_path, ending)
    assert set(one.rows["list_kind"]) == {"commitment"}
    assert one.rows["contract_number"].to_list() == ["SPK/12/IV/2020", "SPK/13/V/2020"]
    assert one.rows["contract_value"].to_list() == [80_000_000, 15_000_000]
    assert one.rows["contract_date"].dt.month().to_list() == [4, 5]
    assert one.problems.filter(pl.col("rule") == "total_differs").is_empty()


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_input_up_tup_sheet_gives_movements_by_month(tmp_path: Path, ending: str) -> None:
    one = taken(lists.imprest(), tmp_path, ending)
    assert set(one.rows["list_kind"]) == {"imprest"}
    assert one.rows["month"].to_list() == ["2020-01", "2020-04", "2020-05", "2020-06", "2020-06"]
    assert one.rows["up"].sum() == 100_000_000
    assert one.rows["ptup"].sum() == 120_000_000
    assert set(one.rows["unit_code"]) == {"029999"}


def test_a_monthly_table_of_imprest_keeps_its_kinds(tmp_path: Path) -> None:
    one = taken(lists.imprest_by_month(), tmp_path)
    assert one.rows["imprest_kind"].to_list() == ["UP", "UP", "TUP"]
    assert one.rows["month"].to_list() == ["2020-01", "2020-02", "2020-02"]
    assert one.rows["given"].to_list() == [100_000_000, 0, 50_000_000]


def test_a_book_of_several_lists_gives_them_all(tmp_path: Path) -> None:
    sheets = {
        "Januari-Maret": lists.sas(lists.PAID[:2]),
        "April-Juni": lists.office(lists.PAID[2:]),
        "Realisasi": lists.by_month(lists.SPENT),
        "Kontrak": lists.contracts(),
        "INPUT UP TUP": lists.imprest(),
        "Petunjuk": [["Isi lembar lain."]],
    }
    one = read(make.write_xlsx(sheets, tmp_path / "buku.xlsx"))
    found = Counter(one.rows["list_kind"])
    assert found == {"sp2d": 4, "realisation": 3, "commitment": 2, "imprest": 5}
    assert one.summary["skipped"] == ["Petunjuk"]
    assert documents(one.rows.filter(pl.col("list_kind") == "sp2d")) == truth(lists.PAID)


def test_merged_cells_give_each_line_its_document(tmp_path: Path) -> None:
    rows: make.Rows = [
        ["No SP2D", "Tanggal SP2D", "Kode", "Bruto"],
        ["200231301000777", "05/06/2020", lists.KEY, 10],
        [None, None, lists.OTHER_KEY, 20],
    ]
    path = make.write_xlsx({"Data": rows}, tmp_path / "a.xlsx", merged=("A2:A3", "B2:B3"))
    one = read(path, kind="treasury")
    assert one.rows["sp2d_number"].to_list() == ["200231301000777"] * 2
    assert one.rows["gross"].to_list() == [10, 20]


def test_a_pok_that_tells_what_was_realised_stays_a_pok(tmp_path: Path) -> None:
    heads = ["Kode", "Uraian", "Volume", "Pagu", "Blokir", "Komitmen", "Realisasi"]
    rows: make.Rows = [["POK 2020"], heads, [lists.KEY, "Bahan", 1, 100, 0, 50, 40]]
    assert taken(rows, tmp_path).kind == "budget"
    plain: make.Rows = [["Kode", "Pagu", "SP2D"], [lists.KEY, 100, 40]]
    assert taken(plain, tmp_path).kind == "budget"
    assert taken(plain, tmp_path, kind="treasury").rows["realised"].to_list() == [40]


def test_the_marked_file_marks_a_treasury_list_too(tmp_path: Path) -> None:
    rows = lists.sakti(lists.PAID)
    rows[2][11] = None
    one = taken(rows, tmp_path)
    out = annotate(one.path, one, tmp_path / "out.xlsx")
    assert out.exists()
    told = one.problems.filter(pl.col("rule") == "no_document")
    assert told["cell"].to_list() == ["L3"]


PAIDS = st.lists(
    st.builds(
        lists.Paid,
        number=st.integers(10**14, 10**15 - 1).map(str),
        day=st.dates(lists.PAID[0].day, lists.PAID[-1].day),
        gross=st.integers(-(10**9), 10**11),
        key=st.sampled_from([lists.KEY, lists.OTHER_KEY]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.number,
)


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(paid=PAIDS, layout=st.sampled_from(["sakti", "english", "bracketed"]), seed=st.integers())
def test_the_order_of_rows_does_not_matter_and_returns_keep_their_sign(
    tmp_path: Path, paid: list[lists.Paid], layout: str, seed: int
) -> None:
    moved = [*paid]
    random.Random(seed).shuffle(moved)
    one = taken(lists.SP2D_LAYOUTS[layout](paid), tmp_path, "csv", "treasury")
    other = taken(lists.SP2D_LAYOUTS[layout](moved), tmp_path, "csv", "treasury")
    assert documents(one.rows) == documents(other.rows) == truth(tuple(paid))
