"""Any amount in any usual notation reads back exactly, and no column's unit touches another's."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.intake import read
from pulih.intake.readings import amounts, reading
from pulih.intake.readings.spelled import spelled
from tests.examples import examples
from tests.make import intake as make

ON = date(2020, 6, 30)
ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
POWERS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"), (1, ""))
FILES = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def words(number: int) -> str:
    """Spell a whole number out, as on a receipt."""
    if not number:
        return "nol"
    parts: list[str] = []
    for power, name in POWERS:
        group, number = divmod(number, power)
        if group:
            is_se = group == 1 and power == 1_000
            parts.append("seribu" if is_se else f"{below_thousand(group)} {name}".strip())
    return " ".join(parts)


def below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    text = ["", "seratus"][hundreds] if hundreds < 2 else f"{ONES[hundreds]} ratus"
    tens, ones = divmod(rest, 10)
    if tens == 1:
        low = {0: "sepuluh", 1: "sebelas"}.get(ones, f"{ONES[ones]} belas")
    else:
        low = f"{ONES[tens]} puluh {ONES[ones]}" if tens else ONES[ones]
    return " ".join(f"{text} {low}".split())


def with_unit(amount: int, factor: int, unit: str) -> str:
    """Write an amount as a decimal of a unit, with a comma: 2.500.000 is `2,5 juta`."""
    whole, rest = divmod(amount, factor)
    decimals = str(Decimal(rest) / factor)[2:].rstrip("0") if rest else ""
    grouped = f"{whole:,}".replace(",", ".")
    return f"{grouped},{decimals} {unit}" if decimals else f"{grouped} {unit}"


@st.composite
def notations(draw: st.DrawFn) -> tuple[str, int]:
    amount = draw(st.integers(1, 9_999)) * 10 ** draw(st.integers(0, 8))
    dotted = f"{amount:,}".replace(",", ".")
    forms = [
        str(amount), dotted, f"{amount:,}", f"{amount:,}".replace(",", " "), f"{dotted},00",
        f"Rp{dotted}", f"Rp. {dotted},-", f"Rp {dotted}/bulan", f"{dotted} rupiah",
        f"IDR {amount:,}.00", words(amount), f"{words(amount)} rupiah".title(),
        f"Rp {dotted} ({words(amount)} rupiah)",
    ]  # fmt: skip
    for factor, names in ((10**6, ("juta", "jt", "Jt.")), (10**9, ("miliar", "M"))):
        if amount >= factor // 10 and amount < factor * 10_000:
            forms += [
                with_unit(amount, factor, name)
                for name in names
                if factor > 10**6 or len(str(amount % factor).rstrip("0")) != 3
            ]
    return draw(st.sampled_from(forms)), amount


@settings(max_examples=examples(600), deadline=None)
@given(notations())
def test_an_amount_in_any_usual_notation_reads_back_exactly(case: tuple[str, int]) -> None:
    text, amount = case
    result = reading.read(pl.Series([text]), None, amounts.money())
    assert result.values.to_list() == [amount], text
    assert set(result.rules) <= {"unclear_separator"}, text


@given(st.integers(0, 10**15 - 1))
def test_what_is_spelled_out_reads_back(number: int) -> None:
    assert spelled(words(number)) == number
    assert spelled(words(number).replace(" ", "")) == number


@FILES
@given(
    units=st.lists(st.sampled_from(["", "Rp", "Rp.000", "Rp juta"]), min_size=3, max_size=3),
    figures=st.lists(st.integers(2, 900), min_size=3, max_size=8),
    title=st.sampled_from([None, "DAFTAR IKM", "DAFTAR IKM (dalam ribuan rupiah)"]),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_a_unit_multiplies_its_own_column_only(
    tmp_path: Path, units: list[str], figures: list[int], title: str | None, ending: str
) -> None:
    names = ("Nilai Investasi", "Omzet per Bulan", "Omzet Sebelum Covid")
    scales = {"Rp": 1, "Rp.000": 1_000, "Rp juta": 10**6}
    of_title = 1_000 if title and "ribuan" in title else 1
    factors = [scales.get(unit, of_title) for unit in units]
    heads = [f"{name} ({unit})" if unit else name for name, unit in zip(names, units, strict=True)]
    rows: list[list[make.Cell]] = [["Nama Usaha", "Nama Pemilik", *heads]]
    for number, figure in enumerate(figures):
        written = [figure * 10**6 // factor for factor in factors]
        rows.append([f"UD {number}", f"Siti {number}", *written])
    if title:
        rows.insert(0, [title])
    one = read(make.write(rows, tmp_path / f"a.{ending}"), kind="impact", on=ON)
    for name in ("investment", "turnover", "turnover_before"):
        assert one.rows[name].to_list() == [figure * 10**6 for figure in figures], (heads, title)
    assert set(one.problems["rule"]) <= {"scaled", "from_title"}


NASTY = ("idem", "#REF!", "5 - 10 juta", "Rp 5OO.000", "1,500 juta", "60 jt/tahun", "US$ 500",
         "Rp 5.000.000", "± 3 jt", "lima juta", "-", "2 jt 500 rb", "7.5", "9" * 30)  # fmt: skip
TRUE_VALUES = {
    "Rp 5.000.000": 5_000_000, "± 3 jt": 3_000_000, "lima juta": 5_000_000, "-": None,
    "2 jt 500 rb": 2_500_000, "Rp 5OO.000": 500_000,
}  # fmt: skip


@FILES
@given(
    cells=st.lists(st.one_of(st.sampled_from(NASTY), notations()), min_size=4, max_size=10),
    unit=st.sampled_from(["", " (Rp)"]),
)
def test_no_value_of_a_messy_column_is_wrong_without_a_word(
    tmp_path: Path, cells: list[str | tuple[str, int]], unit: str
) -> None:
    rows: list[list[make.Cell]] = [["Nama Usaha", "Nama Pemilik", f"Omzet per Bulan{unit}"]]
    texts = [cell if isinstance(cell, str) else f"Rp {cell[1]}" for cell in cells]
    truth = [TRUE_VALUES.get(cell, ...) if isinstance(cell, str) else cell[1] for cell in cells]
    rows += [[f"UD {n}", f"Siti {n}", text] for n, text in enumerate(texts)]
    one = read(make.write(rows, tmp_path / "a.csv"), kind="firms", on=ON)
    told = set(one.problems["cell"])
    for number, (value, wanted) in enumerate(zip(one.rows["turnover"], truth, strict=True)):
        assert value == wanted or f"C{number + 2}" in told, (texts, unit, number, value)


@FILES
@given(
    figures=st.lists(st.integers(2, 60), min_size=4, max_size=9),
    full=st.integers(1_000, 900_000),
    at=st.integers(0, 3),
    unit=st.sampled_from([("Rp juta", 10**6), ("Rp.000", 1_000)]),
    written=st.sampled_from(["Rp {}", "{}", "Rp. {},-", "number"]),
)
def test_a_full_amount_among_scaled_ones_is_never_taken_without_a_word(
    tmp_path: Path, figures: list[int], full: int, at: int, unit: tuple[str, int], written: str
) -> None:
    amount = full * 1_000
    steps = [figure * (1 if unit[1] == 10**6 else 1_000) for figure in figures]
    cells: list[make.Cell] = list(steps)
    dotted = f"{amount:,}".replace(",", ".")
    cells[at] = amount if written == "number" else written.format(dotted)
    rows: list[list[make.Cell]] = [["Nama Usaha", "Nama Pemilik", f"Nilai Investasi ({unit[0]})"]]
    rows += [[f"UD {n}", f"Siti {n}", cell] for n, cell in enumerate(cells)]
    one = read(make.write(rows, tmp_path / "a.csv"), kind="firms", on=ON)
    values = one.rows["investment"].to_list()
    assert values[at] == amount or f"C{at + 2}" in set(one.problems["cell"]), (cells, unit, values)
    others = [value for i, value in enumerate(values) if i != at]
    assert others == [step * unit[1] for i, step in enumerate(steps) if i != at]
