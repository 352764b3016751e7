import itertools

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pulih.web import assets, maps
from pulih.web.maps import Province
from pulih.web.tiles import TILE_LETTERS, TILE_PLACES, TILE_PLACES_OF_38, TILE_SHORT

needs_paths = pytest.mark.skipif(not assets.country_paths(), reason="The map is not built.")
BREAKS = (10.0, 20.0, 30.0, 40.0, 50.0)


def province(code: str, value: float | None = 1.0) -> Province:
    return Province(code, f"Province {code}", value, "1")


def test_every_province_has_a_tile_of_its_own_in_both_grids() -> None:
    assert len(TILE_PLACES) == len(set(TILE_PLACES.values())) == 34
    assert len(TILE_PLACES_OF_38) == len(set(TILE_PLACES_OF_38.values())) == 38
    assert set(TILE_SHORT) == set(TILE_LETTERS) == set(TILE_PLACES_OF_38)
    assert len(set(TILE_LETTERS.values())) == 38


def test_a_value_on_a_break_belongs_to_the_higher_class_and_none_to_no_class() -> None:
    colours = [maps.colour_of(value, BREAKS) for value in (None, 0, 10, 49.9, 50, 1e9)]
    assert colours == [0, 1, 2, 5, 6, 6]


@given(st.lists(st.floats(0, 1e9, allow_nan=False)))
def test_breaks_rise(values: list[float]) -> None:
    breaks = maps.round_breaks(values)
    assert len(breaks) == 5
    assert all(low < high for low, high in itertools.pairwise(breaks))


def test_a_province_that_the_map_lacks_makes_it_a_grid_of_38() -> None:
    drawn = maps.country_map("38", [province(code) for code in TILE_PLACES_OF_38], BREAKS, [])
    assert drawn.is_grid
    assert {(s.row, s.column) for s in drawn.shapes} == set(TILE_PLACES_OF_38.values())


def test_the_map_draws_34_provinces_and_names_those_asked_for() -> None:
    provinces = [province(code) for code in TILE_PLACES]
    drawn = maps.country_map("34", provinces, BREAKS, [], selected="32", named=("32", "91"))
    assert len(drawn.shapes) == 34
    assert [s.province.code for s in drawn.shapes if s.is_selected] == ["32"]
    if assets.country_paths():
        assert drawn.shapes[-1].is_selected  # Its edge lies on top of its neighbours.
        assert [name.province.code for name in drawn.names] == ["32", "91"]


NAMES = {"31": "DKI Jakarta", "33": "Jawa Tengah", "34": "DI Yogyakarta", "35": "Jawa Timur"}


@needs_paths
def test_names_beside_java_do_not_lie_on_each_other() -> None:
    provinces = [Province(code, NAMES.get(code, code), 1.0, "39,59%") for code in TILE_PLACES]
    drawn = maps.country_map("34", provinces, BREAKS, [], named=tuple(NAMES))
    assert [name.province.code for name in drawn.names] == list(NAMES)


@needs_paths
@given(st.lists(st.sampled_from(sorted(TILE_PLACES)), max_size=6, unique=True))
def test_a_name_that_would_lie_on_one_before_it_is_left_out(codes: list[str]) -> None:
    provinces = [Province(code, f"Kalimantan {code}", 1.0, "39,59%") for code in TILE_PLACES]
    names = maps.country_map("34", provinces, BREAKS, [], named=codes).names
    assert [name.province.code for name in names][:1] == codes[:1]
    for one, other in itertools.combinations(names, 2):
        assert abs(one.y - other.y) >= 10 or abs(one.x - other.x) >= 100


@given(st.lists(st.floats(0, 500), min_size=1, max_size=40))
def test_bounds_that_differ_are_written_differently(values: list[float]) -> None:
    breaks = maps.round_breaks(values)
    close = [20 + one / 1_000 for one in breaks]
    for bounds in (breaks, close):
        written = maps.written_marks(bounds)
        assert len(set(written)) == len(written) == 6


def test_bounds_have_no_more_decimals_than_they_need() -> None:
    few, more = (10, 20, 30, 40, 50), (1.4, 2.6, 3.5, 4, 5)
    assert maps.written_marks(few) == ["0", "10", "20", "30", "40", "50"]
    with override("en"):
        assert maps.written_marks(more) == ["0.0", "1.4", "2.6", "3.5", "4.0", "5.0"]
