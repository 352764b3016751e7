from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.registry import names, rules
from pulih.registry.rules import Ground, Scale

DAY = date(2020, 6, 15)
BILLION = 1_000_000_000


@pytest.mark.parametrize(
    ("workers", "investment", "scale"),
    [
        (19, BILLION - 1, Scale.SMALL),
        (19, BILLION, Scale.MEDIUM),
        (19, 30 * BILLION, Scale.MEDIUM),
        (20, 200_000_000, Scale.MEDIUM),
        (20, 15 * BILLION, Scale.MEDIUM),
        (20, 15 * BILLION + 1, Scale.LARGE),
        (None, 1, Scale.UNKNOWN),
        (5, None, Scale.UNKNOWN),
    ],
)
def test_the_scale_follows_the_ministrys_thresholds(workers, investment, scale):
    assert rules.scale(workers, investment, on=DAY) == scale


@given(st.integers(0, 10**5), st.integers(0, 10**12), st.integers(0, 10**5), st.integers(0, 10**12))
def test_a_firm_with_more_of_both_is_never_smaller(workers, investment, more, richer):
    order = [Scale.SMALL, Scale.MEDIUM, Scale.LARGE]
    small = rules.scale(workers, investment, on=DAY)
    large = rules.scale(workers + more, investment + richer, on=DAY)
    assert order.index(small) <= order.index(large)


def test_before_the_first_rule_the_scale_is_unknown():
    assert rules.scale(5, 1, on=date(2000, 1, 1)) == Scale.UNKNOWN


@pytest.mark.parametrize(
    ("kbli", "product", "makes", "ground"),
    [
        ("14111", "baju", True, Ground.KBLI_MAKES),
        ("C14111", None, True, Ground.KBLI_MAKES),
        ("33", None, True, Ground.KBLI_MAKES),
        ("47111", None, False, Ground.KBLI_OTHER),
        ("56101", None, False, Ground.KBLI_OTHER),
        ("10710", "toko sembako", False, Ground.TRADES),
        (None, "reseller baju", False, Ground.TRADES),
        (None, "keripik singkong", True, Ground.PRODUCT_MAKES),
        (None, "qwrtz", None, Ground.UNTOLD),
        (None, None, None, Ground.UNTOLD),
        ("abc", None, None, Ground.UNTOLD),
    ],
)
def test_kbli_and_product_decide_what_is_manufacturing(kbli, product, makes, ground):
    assert rules.is_manufacturing(kbli, product) == (makes, ground)


def normalise(name):
    """Return one name as the register compares it; empty where nothing is left."""
    return str(pl.select(names.normalised(pl.lit(name, pl.String))).item() or "")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("UD. Sari  Wangi", "sari wangi"),
        ("SARI WANGI (UD)", "sari wangi"),
        ("Hj. Siti", "siti"),
        ("CV", "cv"),
        ("U.D. Maju", "maju"),
        ("Kafé Ñ", "kafe n"),
        ("---", ""),
    ],
)
def test_names_are_compared_without_form_honorific_case_and_accent(written, normal):
    assert normalise(written) == normal


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once or names.fold(once).split()


@given(st.lists(st.text(max_size=30), max_size=20))
def test_many_names_are_normalised_as_one(texts):
    many = pl.DataFrame({"n": texts}, schema={"n": pl.String}).select(names.normalised(pl.col("n")))
    assert [each or "" for each in many["n"]] == [normalise(text) for text in texts]


@given(st.text(max_size=200))
def test_asked_words_hold_letters_and_figures_alone(text):
    words = names.asked_words(text)
    assert len(words) <= 6
    assert all(word.isascii() and word.isalnum() for word in words)
