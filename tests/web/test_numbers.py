from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.periods import WITA
from pulih.web import masks, numbers

rupiah = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("id", "Rp6,90 miliar · Rp260,6 juta · 0,29% · 64,0"),
        ("en", "Rp6.90 bn · Rp260.6 m · 0.29% · 64.0"),
    ],
)
def test_numbers_are_written_in_the_language_of_the_page(language: str, written: str) -> None:
    words = "{% load pulih %}{{ a|miliar }} · {{ b|juta }} · {{ c|persen:2 }} · {{ d|desimal }}"
    values = {"a": 6_900_000_000, "b": 260_600_000, "c": Decimal("0.0029"), "d": 64}
    with translation.override(language):
        assert engines["django"].from_string(words).render(values) == written


@pytest.mark.parametrize(
    ("language", "ended", "written"),
    [
        ("id", date(2020, 7, 1), "1 Jun 2020 – 30 Jun 2020"),
        ("id", None, "sejak 1 Jun 2020"),
        ("en", None, "since 1 Jun 2020"),
    ],
)
def test_a_dated_row_says_its_first_and_its_last_day(language, ended, written) -> None:
    row = SimpleNamespace(valid_from=date(2020, 6, 1), valid_to=ended)
    words = engines["django"].from_string("{% load pulih %}{{ row|validity }}")
    with translation.override(language):
        assert words.render({"row": row}) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (6_900_000_000, "Rp6.90 bn"),
        (-10_000_000, "−Rp0.01 bn"),
        (9_999_999, "Rp10.0 m"),
        (-100_000, "−Rp0.1 m"),
        (99_999, "Rp99,999"),
        (0, "Rp0"),
    ],
)
def test_little_money_is_not_written_as_none(amount, written) -> None:
    with translation.override("en"):
        assert numbers.billions(amount) == written


@pytest.mark.parametrize(
    "write",
    [
        numbers.rupiah,
        numbers.billions,
        numbers.whole,
        numbers.decimal,
        numbers.percent,
        numbers.day,
        numbers.moment,
    ],
)
def test_unknown_is_an_en_dash(write) -> None:
    assert write(None) == "–"


def test_a_count_is_written_as_far_as_it_was_counted() -> None:
    with translation.override("id"):
        assert [numbers.counted(n) for n in (0, 10_000, 10_001)] == [
            "0",
            "10.000",
            "lebih dari 10.000",
        ]


@given(rupiah)
def test_a_sign_stands_before_every_amount_but_zero(amount: int) -> None:
    with translation.override("id"):
        text = numbers.signed(numbers.rupiah(amount))
    assert text[0] == ("+" if amount > 0 else "−" if amount < 0 else "R")


def test_a_rounded_nothing_has_no_plus() -> None:
    with translation.override("id"):
        assert numbers.signed(numbers.millions(4, bare=True)) == "0,0"


def test_a_moment_is_cut_to_its_day_in_jakarta() -> None:
    late = datetime(2020, 6, 14, 18, 30, tzinfo=UTC)
    with translation.override("id"):
        assert numbers.day(late) == numbers.day(date(2020, 6, 15)) == "15 Jun 2020"
        assert numbers.moment(late, WITA) == "15 Jun 2020 02.30 WITA"


def test_personal_data_is_cut() -> None:
    assert masks.mask_nik("3212345678900007") == "3212••••••••0007"
    assert masks.mask_name("Siti Maemunah") == masks.mask_name("Siti Marni") == "Siti M•••••••"
    assert masks.mask_phone("0819-1120-1234") == "0819-1120-••••"


@given(st.text())
def test_a_mask_never_shows_more_than_it_may(text: str) -> None:
    assert sum(a == b != "•" for a, b in zip(masks.mask_nik(text), text, strict=False)) <= 8
    shown = sum(letter.isdigit() for letter in masks.mask_phone(text))
    assert shown <= max(0, sum(letter.isdigit() for letter in text) - 4)


def test_a_source_is_written_in_the_language_of_the_page() -> None:
    template = engines["django"].from_string("{% load pulih %}{{ source|sumber }}")
    with translation.override("id"):
        assert template.render({"source": "PROG-01; assumed"}) == "PROG-01; asumsi"
        assert template.render({"source": "presumed"}) == "presumed"
