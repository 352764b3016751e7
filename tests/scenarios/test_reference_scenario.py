"""The reference scenario's numbers and files, without a database."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.scenarios.covid_2020 import figures, pok
from pulih.scenarios.covid_2020.firms import firms_of
from pulih.scenarios.covid_2020.layouts import HEADINGS, LAYOUTS
from pulih.scenarios.covid_2020.shares import largest_remainder, province_shares
from pulih.scenarios.covid_2020.sheets import write_list

SEED = 2020


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=40), st.integers(0, 10**12))
def test_a_split_adds_up_and_nobody_is_a_unit_off(weights, total):
    parts = largest_remainder(weights, total)
    assert sum(parts) == total
    exact = [weight / sum(weights) * total for weight in weights]
    assert all(
        abs(part - share) <= 1 + total * 1e-9 for part, share in zip(parts, exact, strict=True)
    )


@given(st.integers(34 * 40, 200_000))
def test_every_province_sends_a_list_whatever_their_number(firms):
    shares = province_shares(firms, SEED)
    assert len(shares) == 34
    assert sum(share.firms for share in shares) == firms
    assert min(share.firms for share in shares) >= 40


def test_the_totals_are_the_public_ones():
    shares = province_shares(60_000, SEED)
    assert sum(share.ceiling for share in shares) == figures.DECONCENTRATION
    assert sum(share.establishments for share in shares) == figures.ESTABLISHMENTS_OF_ALL
    by_code = {share.code: share for share in shares}
    assert by_code["65"].ceiling == figures.KALTARA_CEILING
    for code, count in figures.ESTABLISHMENTS.items():
        assert by_code[code].establishments == count


def test_the_money_of_new_entrepreneurs_is_what_the_release_says():
    provincial = sum(share.ceiling for share in province_shares(60_000, SEED))
    quoted = {figure.key: figure.value for figure in figures.FIGURES}
    central = figures.CENTRAL_LINES["new_entrepreneurs_central"]
    assert provincial + central == quoted["new_entrepreneurs"] == 33_610_000_000


def test_every_unit_keeps_the_order_of_its_four_amounts():
    for share in province_shares(60_000, SEED):
        lines = pok.lines_of(share, SEED)
        assert sum(line.ceiling for line in lines) == share.ceiling
        for line in lines:
            assert 0 <= line.realised <= line.committed <= line.ceiling - line.blocked


def test_every_layout_uses_known_headings_and_every_province_has_one():
    assert set(LAYOUTS) == {share.code for share in province_shares(2_000, SEED)}
    for layout in LAYOUTS.values():
        assert set(layout.columns.split()) <= set(HEADINGS)


@pytest.mark.parametrize("code", ["33", "14", "12", "51"])
def test_the_same_seed_writes_the_same_file(tmp_path, code):
    share = next(share for share in province_shares(2_000, SEED) if share.code == code)
    digests = set()
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        path = write_list(folder, share, LAYOUTS[code], list(firms_of(share, SEED)), SEED)
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1
