"""The ribbons of a match show every consignment at its share, inside the rows they join."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.market.ribbons import MOST, ROW, THICKEST, Asked, Drawing, Supply, drawing
from tests.examples import examples


@st.composite
def matches(draw):
    makers = draw(st.integers(1, 25))
    needs = []
    for place in range(draw(st.integers(1, 15))):
        codes = draw(st.lists(st.integers(1, makers), unique=True, max_size=25))
        weights = [draw(st.integers(1, 1000)) for _ in codes]
        share = draw(st.floats(0.01, 1.0))
        supplies = [
            Supply(("firm", code), f"Usaha {code}", share * weight / sum(weights), weight)
            for code, weight in zip(codes, weights, strict=True)
        ]
        needs.append(Asked(f"Pemesan {place}", "", share if codes else 0.0, supplies))
    return needs


def heights(ribbon):
    """Return where a ribbon begins and ends, at its need and at its supplier."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", ribbon.path)]
    return (numbers[1], numbers[-1]), (numbers[7], numbers[8])


@settings(max_examples=examples(100))
@given(matches())
def test_every_supplier_is_counted_once_and_every_ribbon_stays_in_its_rows(needs):
    drawn = drawing(needs)
    sent = {each.code for need in needs[:MOST] for each in need.supplies}
    if not sent:
        assert drawn is None
        return
    assert len(drawn.needs) + drawn.more == len(needs)
    assert sum(end.count for end in drawn.suppliers) == len(sent)
    assert len(drawn.suppliers) == min(MOST, len(sent))
    goods = sum(each.goods for need in needs[:MOST] for each in need.supplies)
    assert sum(end.goods for end in drawn.suppliers) == goods
    for ribbon in drawn.ribbons:
        for low, high in heights(ribbon):
            assert int(low // ROW) == int((high - 0.2) // ROW)
            assert 0 <= low < high <= drawn.height


def test_a_ribbon_is_as_thick_as_its_share_and_tells_whether_the_need_is_filled():
    drawn = drawing([
        Asked("Gugus Tugas", "Masker kain", 1.0, [Supply(("firm", 1), "Konveksi", 1.0, 900)]),
        Asked("RSUD", "Masker kain", 0.5, [Supply(("group", 1), "Koperasi", 0.5, 400)]),
    ])  # fmt: skip
    assert [(one.thickness, one.is_whole) for one in drawn.ribbons] == [
        (pytest.approx(THICKEST), True),
        (pytest.approx(THICKEST / 2), False),
    ]
    assert [(end.name, end.goods) for end in drawn.suppliers] == [
        ("Konveksi", 900),
        ("Koperasi", 400),
    ]


def test_a_match_in_which_nobody_sends_anything_has_no_drawing():
    assert drawing([Asked("RSUD", "Masker medis", 0.0, [])]) is None
    assert isinstance(drawing([Asked("A", "", 1.0, [Supply(("firm", 1), "B", 1.0, 1)])]), Drawing)
