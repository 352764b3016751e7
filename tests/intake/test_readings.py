"""What one cell says, in the many ways that it is written; quick and careful reading agree."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.intake import lists
from pulih.intake.heading_scales import scale_in
from pulih.intake.headings import Dictionary
from pulih.intake.impact import COLUMNS
from pulih.intake.readings import amounts, counts, days, identifiers, keys, phones, words
from pulih.intake.readings.reading import Answer, Reading, read
from pulih.intake.readings.signed import signed_money
from tests.make.intake import money_notations

DICTIONARY = Dictionary(COLUMNS)
RUPIAH = amounts.money()


def cell(reading: Reading, text: str, *, number: bool = False) -> Answer:
    result = read(pl.Series([text]), pl.Series([number]), reading)
    return Answer(result.values[0], result.rules[0] if len(result.rules) else None)


@given(st.integers(0, 10**13), st.data())
def test_every_notation_of_an_amount_reads_as_that_amount(amount: int, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(money_notations(amount)))
    assert cell(RUPIAH, text) == Answer(amount)


@pytest.mark.parametrize(
    ("text", "amount", "rule"),
    [
        ("Rp 2,5 jt", 2_500_000, None),
        ("1,5 M", 1_500_000_000, None),
        ("2jt500rb", 2_500_000, None),
        ("1 250 000", 1_250_000, None),
        ("10 jt/bln", 10_000_000, None),
        ("nihil", 0, None),
        ("-", None, None),
        ("± 3 jt", 3_000_000, "approximate"),
        ("5-10 juta", None, "range"),
        ("(5.000)", None, "negative"),
        ("lima juta", 5_000_000, None),
        ("12,5", 12, "rounded"),
    ],
)
def test_money_is_read_or_doubted(text: str, amount: int | None, rule: str | None) -> None:
    assert cell(RUPIAH, text) == Answer(amount, rule)


def test_a_stored_number_is_never_taken_for_grouped_thousands() -> None:
    assert cell(amounts.money(10**6), "1.125", number=True) == Answer(1_125_000)
    assert cell(amounts.money(10**6), "1.125") == Answer(1_125_000_000)
    assert cell(amounts.money(1_000), "2,5 jt") == Answer(2_500_000)


@pytest.mark.parametrize(
    ("text", "number", "nik", "rule"),
    [
        ("3204121201900001", False, "3204121201900001", None),
        ("'3204 1212 0190 0001", False, "3204121201900001", None),
        ("32.04.12.120190.0001", False, "3204121201900001", None),
        ("3204121201900001", True, "3204121201900001", None),
        ("3204121201900000", True, None, "digits_lost"),
        ("3,2121E+15", False, None, "digits_lost"),
        ("320412120190001", False, None, "wrong_length"),
        ("belum ada", False, None, None),
    ],
)
def test_an_identity_number_is_whole_or_nothing(
    text: str, number: bool, nik: str | None, rule: str | None
) -> None:
    assert cell(identifiers.NIK, text, number=number) == Answer(nik, rule)


@pytest.mark.parametrize(
    ("reading", "text", "whole"),
    [
        (identifiers.NIB, "220001234567", "0220001234567"),
        (identifiers.NPWP, "12345678901000", "012345678901000"),
        (identifiers.NPWP, "1234567017000", "001234567017000"),
    ],
)
def test_zeros_that_a_spreadsheet_dropped_are_put_back_and_told(reading, text, whole) -> None:
    assert cell(reading, text, number=True) == Answer(whole, "zero_restored")
    assert cell(reading, text) == Answer(None, "wrong_length")  # No spreadsheet shortens a text.
    assert cell(reading, whole, number=False) == Answer(whole)


@pytest.mark.parametrize("text", ["00.000.000.0-000.000", "0000 0000 0000 0000", "O" * 16])
def test_a_number_of_zeros_alone_is_none(text: str) -> None:
    assert cell(identifiers.NPWP, text) == Answer(None, "unreadable")


def test_a_number_that_lacks_more_than_a_spreadsheet_drops_is_none() -> None:
    assert cell(identifiers.NIB, "20001234567", number=True) == Answer(None, "wrong_length")
    assert cell(identifiers.NPWP, "345678901000", number=True) == Answer(None, "wrong_length")


@pytest.mark.parametrize(
    ("text", "phone", "rule"),
    [
        ("+62 812-3456-7890", "+6281234567890", None),
        ("81234567890", "+6281234567890", None),
        ("(022) 1234567", "+62221234567", None),
        ("0812 3456 7890 / 0813 9876 5432", "+6281234567890", "second_value"),
        ("08123456789 - 08139876543", "+628123456789", "second_value"),
        ("6,28123E+12", None, "digits_lost"),
        ("08l234567890", None, "unreadable"),
    ],
)
def test_telephone_numbers_become_e164(text: str, phone: str | None, rule: str | None) -> None:
    assert cell(phones.PHONE, text) == Answer(phone, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("15/06/2020", None),
        ("2020-06-15", None),
        ("15 Juni 2020", None),
        ("Senin, 15 Juni 2020", None),
        ("06/15/2020", None),
        ("43997", None),
        ("20200615", None),
        ("15-Jun-20", "two_digit_year"),
        ("15/6/20", "two_digit_year"),
    ],
)
def test_a_day_is_read_in_many_forms(text: str, rule: str | None) -> None:
    assert cell(days.days(), text) == Answer(date(2020, 6, 15), rule)


def test_a_day_that_does_not_exist_is_emptied() -> None:
    assert cell(days.days(), "31/02/2020") == Answer(None, "no_such_day")
    assert cell(days.days(), "43997", number=True) == Answer(date(2020, 6, 15))


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_day_survives_every_way_to_write_it(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d %b %Y}"):
        assert cell(days.days(), text) == Answer(day)


@pytest.mark.parametrize("reading", [RUPIAH, counts.COUNT])
def test_a_sign_before_nothing_is_zero_and_only_a_minus_is_negative(reading: Reading) -> None:
    assert cell(reading, "-0") == reading.careful("-0") == reading.careful("- 0,00") == Answer(0)
    assert cell(reading, "+10") == reading.careful("+10") == Answer(10)
    assert cell(reading, "-10") == cell(reading, "-0,5") == Answer(None, "negative")


@pytest.mark.parametrize(
    ("reading", "text"),
    [(RUPIAH, "0.856"), (RUPIAH, "0.000"), (signed_money(), "0.856"), (days.YEAR, "01996")],
)
def test_a_zero_before_other_figures_is_read_carefully(reading: Reading, text: str) -> None:
    assert cell(reading, text) == reading.careful(text)


QUICK: list[Reading] = [
    RUPIAH, counts.COUNT, identifiers.NIK, identifiers.NIB, identifiers.KBLI, phones.PHONE,
    days.days(), days.YEAR, days.MONTH, words.sexes(), identifiers.AREA_CODE,
]  # fmt: skip


@given(st.sampled_from(QUICK), st.text("0123456789.,-/+ ERpjtLP", min_size=1, max_size=18))
def test_quick_and_careful_reading_agree(reading: Reading, text: str) -> None:
    text = text.strip()
    quick = read(pl.Series([text]), None, reading)
    if text and len(quick.rules) == 0 and quick.values[0] is not None:
        careful = reading.careful(text)
        assert (careful.value, careful.rule) == (quick.values[0], None)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Tutup sementara", "TEMP_NOT_PRODUCING"),
        ("produksi menurun", "PRODUCING_SAME_KBLI"),
        ("gulung tikar", "CLOSED"),
        ("beralih produk masker", "PRODUCING_CHANGED_KBLI"),
        ("tidak ditemukan", "NOT_FOUND"),
        ("???", None),
    ],
)
def test_the_status_is_one_of_the_statistics_offices_list(text: str, status: str | None) -> None:
    assert cell(lists.status(), text).value == status


def test_needs_and_certificates_are_codes_and_the_unknown_stays() -> None:
    assert cell(lists.needs(), "1. Modal 2. Mesin").value == "working_capital;equipment"
    assert cell(lists.needs(), "modal; sapi perah").value == "working_capital;sapi perah"
    assert cell(lists.certificates(), "Halal, P-IRT No. 2063201").value == "halal;pirt"


@pytest.mark.parametrize(
    ("text", "activity", "suboutput"),
    [
        ("3038.001.051.A.521211", "3038", None),
        ("`\t4498.ABO.001.051.A. 521211".strip("`"), "4498", "001"),
        ("019.06.07.3038.001.001.051.0A.521211", "3038", "001"),
    ],
)
def test_a_line_code_is_cut_into_its_parts(text: str, activity: str, suboutput: str | None) -> None:
    parts = keys.split(text)
    assert parts is not None
    assert (parts["activity"], parts.get("suboutput")) == (activity, suboutput)
    assert parts["account"] == "521211"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nm Usaha", "business_name"),
        ("NAMA PEMILIK / PENANGGUNG JAWAB", "owner_name"),
        ("Pemilik/Penanggung Jawab", "owner_name"),
        ("No KTP", "nik"),
        ("NIK (KTP)", "nik"),
        ("No. HP/WA", "phone"),
        ("Kel/Desa", "village"),
        ("KAB./KOTA", "regency"),
        ("Jml Naker", "workers"),
        ("TK L", "workers_male"),
        ("Tenaga Kerja / P", "workers_female"),
        ("Tenaga Kerja Sebelum Covid", "workers_before"),
        ("Jumlah tenaga kerja yang dirumahkan", "furloughed"),
        ("Jml. TK di-PHK", "laid_off"),
        ("Omset skrg", "turnover"),
        ("Omzet/bln sebelum Covid-19 (Rp ribu)", "turnover_before"),
        ("Omzet 2019", "turnover_before"),
        ("Nilai Investasi (Rp.000)", "investment"),
        ("Dampak/Kendala", "obstacles"),
        ("Bantuan yang dibutuhkan", "needs"),
        ("Izin/Sertifikat Halal/PIRT", "certificates"),
        ("Tahun Berdiri", "year_established"),
        ("IDENTITAS USAHA / Nama IKM", "business_name"),
        ("Nama Pemlik", "owner_name"),
        ("Kecamtan", "district"),
        ("Penurunan omzet (%)", None),
        ("Nomor HP yang terhubung WhatsApp", "phone"),
        ("Jumlah tenaga kerja yang dibutuhkan", None),
        ("Jumlah karyawan yang dikurangi", None),
        ("Berapa nilai penjualan yang diharapkan?", None),
        ("Modal usaha yang diperlukan", None),
        ("Nama Anak", None),
        ("Hobi", None),
    ],
)
def test_headings_are_recognised_in_their_many_spellings(heading: str, column: str | None) -> None:
    match = DICTIONARY.match(heading)
    assert (match.name if match else None) == column


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Investasi (Rp.000)", 1_000),
        ("Omzet (Rp juta)", 10**6),
        ("Pagu (dalam ribuan rupiah)", 1_000),
        ("Nilai (x 1.000)", 1_000),
        ("Investasi (Rp)", 1),
        ("Omzet 2020", 1),
    ],
)
def test_a_unit_in_the_heading_is_seen(heading: str, scale: int) -> None:
    assert scale_in(heading) == scale


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("2.000.000 pcs", 2_000_000, None),
        ("5 ribu", 5_000, None),
        ("1,5 juta lembar", 1_500_000, None),
        ("0,0005 ribu", None, "unreadable"),
        ("1 kodi", None, "unreadable"),
        ("100 liter", None, "unreadable"),
        ("2000 juta", None, "too_much"),
    ],
)
def test_pieces_may_be_asked_for_by_the_thousand_and_the_million(
    text: str, value: int | None, rule: str | None
) -> None:
    answer = counts.PIECES_COUNTED.careful(text)
    assert (answer.value, answer.rule) == (value, rule)
