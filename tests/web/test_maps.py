import itertools

from hypothesis import given
from hypothesis import strategies as st

from pulih.web import assets, maps
from pulih.web.maps import Province
from pulih.web.tiles import TILE_LETTERS, TILE_PLACES, TILE_PLACES_OF_38, TILE_SHORT

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
