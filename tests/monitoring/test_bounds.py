"""What is typed in another unit than asked is noticed, and the likeliest intent is offered."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.monitoring.rules import bounds
from pulih.monitoring.rules.missing import missing, sentence
from tests.make import monitoring as make

unhurried = settings(deadline=None)  # A busy machine is no fault of ours.

ceilings = st.integers(1_000_000_000, 3_000_000_000).map(lambda rupiah: rupiah // 1000 * 1000)


@unhurried
@given(ceilings, st.integers(2, 100))
def test_a_plan_typed_in_rupiah_is_noticed_and_the_thousands_are_offered(ceiling, percent):
    meant = ceiling * percent // 100 // 1000
    fault = bounds.plan_fault(meant * 1000, ceiling, is_whole_year=True)
    assert fault is not None
    assert f"Maksud Anda {meant:,}?".replace(",", ".") in fault.id
    assert bounds.plan_fault(meant, ceiling, is_whole_year=True) is None


@unhurried
@given(ceilings, st.integers(20, 100))
def test_a_plan_typed_in_millions_is_noticed(ceiling, percent):
    meant = ceiling * percent // 100 // 1_000_000
    fault = bounds.plan_fault(meant, ceiling, is_whole_year=True)
    assert fault is not None
    assert f"Maksud Anda {meant * 1000:,}?".replace(",", ".") in fault.id


@unhurried
@given(ceilings)
def test_a_plan_of_an_early_quarter_typed_in_millions_is_noticed_too(ceiling):
    meant = ceiling // 10 // 1_000_000
    fault = bounds.plan_fault(meant, ceiling, is_whole_year=False)
    assert fault is not None
    assert "kurang dari 0,1% pagu" in fault.id
    assert "below 0.1% of the ceiling" in fault.en
    assert bounds.plan_fault(0, ceiling, is_whole_year=False) is None
    assert bounds.plan_fault(ceiling // 100 // 1_000, ceiling, is_whole_year=False) is None


@pytest.mark.parametrize("volume", ["412700000", "412700"])
def test_money_typed_as_a_target_volume_is_noticed(volume):
    fault = bounds.target_fault(Decimal(volume), 412_700_000)
    assert "volume, bukan uang" in fault.id
    assert bounds.target_fault(Decimal(120), 412_700_000) is None
    assert bounds.target_fault(Decimal(120), 0) is None
    assert "lebih dari 0" in bounds.target_fault(Decimal(0), 412_700_000).id


@unhurried
@given(ceilings, st.integers(0, 10**16), st.booleans())
def test_what_is_offered_would_be_taken(ceiling, typed, is_whole_year):
    most = -(-ceiling // 1000)
    meant = bounds.likeliest(typed, most)
    if meant is not None and bounds.plan_fault(typed, ceiling, is_whole_year=is_whole_year):
        assert meant <= most


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("101", None, "antara 0 dan 100"),
        ("4500", "20", "Maksud Anda 45,00?"),
        ("30", "45", "Maksud Anda 75,00?"),
        ("45", "80", "turun dari 80,00% ke 45,00%"),
    ],
)
def test_progress_that_cannot_be_is_told(now, before, words):
    fault = bounds.progress_fault(Decimal(now), Decimal(before) if before else None)
    assert words in fault.id


def test_progress_that_may_be_is_taken():
    assert bounds.progress_fault(Decimal(45), Decimal(20)) is None
    assert bounds.volume_fault(Decimal(45), Decimal(40), Decimal(20)) is None


def test_a_volume_a_thousand_times_too_large_is_noticed():
    fault = bounds.volume_fault(Decimal(38_000), Decimal(40), None)
    assert "Maksud Anda 38,00?" in fault.id
    assert "turun" in bounds.volume_fault(Decimal(3), Decimal(40), Decimal(8)).id


@unhurried
@given(st.lists(st.none() | st.integers(0, 9), min_size=4, max_size=4))
def test_cumulative_figures_may_stand_but_not_fall(values):
    known = [value for value in values if value is not None]
    assert (bounds.falling_fault(tuple(values)) is None) == (known == sorted(known))


def test_the_quarter_that_falls_is_named():
    assert bounds.falling_at((1, 3, 2, 4)) == 3
    assert bounds.falling_at((5, None, None, 4)) == 4
    assert bounds.falling_at((1, None, 1, 2)) is None


def test_nothing_is_missing_of_a_unit_of_which_all_is_typed():
    for form in ("A", "B", "C", "managerial", "accountability"):
        assert missing(make.facts(), form) == []
    assert sentence([]) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lines": ()}, "tidak ada dokumen anggaran yang berlaku pada 31 Mar 2020"),
        ({"signers": ()}, "penanda tangan (KPA) belum diisi"),
        ({"outputs": ()}, "1 keluaran belum punya target (9201.001.001)"),
        ({"outputs": (make.output(physical=None),)}, "belum berisi realisasi fisik"),
        ({"outputs": (make.output(planned=90_000_000),), "notes": ()}, "belum menyebut kendala"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(changes, words):
    told = sentence(missing(make.facts(**changes), "C"))
    assert words in told.id
    assert told.id.startswith("Belum dapat dilaporkan: ")
    assert told.id.count(".") >= 1


def test_the_money_alone_suffices_for_the_accountability_tables():
    assert missing(make.facts(outputs=(), notes=()), "accountability") == []
