"""Where most numbers of a level of area are small, the level is not shown at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.portal.counting import WITHHELD, shown, too_sparse
from pulih.portal.datasets import Raw, impact
from pulih.portal.models import Cell
from tests.make import impact as make_impact
from tests.make import portal as make

MEASURES = {one.key: one for one in impact.DATASET.measures}
LEVELS = {"ID": "country", "32": "province", "32.12": "regency"}
numbers = st.lists(st.integers(0, 20), max_size=12)


def rows(measure, area, values):
    return [Raw(measure, area, "status", str(at), value) for at, value in enumerate(values)]


@given(numbers, numbers)
def test_a_level_is_withheld_where_over_half_of_its_numbers_are_small(provinces, regencies):
    found = too_sparse(
        rows("affected_firms", "32", provinces) + rows("affected_firms", "32.12", regencies),
        LEVELS, MEASURES,
    )  # fmt: skip
    for level, values in (("province", provinces), ("regency", regencies)):
        counted = [value for value in values if value]
        few = [value for value in counted if value < 5]
        assert (("affected_firms", level) in found) == (2 * len(few) > len(counted))
        assert (("workers_hit", level) in found) == (("affected_firms", level) in found)


def test_the_country_is_always_shown_and_a_sum_alone_withholds_nothing():
    few = rows("affected_firms", "ID", [1, 1]) + rows("workers_hit", "32.12", [1, 2])
    assert too_sparse(few, LEVELS, MEASURES) == set()


@pytest.mark.django_db
def test_a_withheld_level_is_hidden_in_cells_and_no_burden_to_the_next_release():
    for regency in ("Kab. Indramayu", "Kab. Bandung", "Kab. Cirebon"):
        batch = make_impact.batch()
        firms = [make_impact.enterprise(f"{regency} {at}", regency) for at in range(2)]
        make_impact.take(batch, make_impact.rows(firms, batch, workers_hit=2))
    first = make.checked()
    assert ["affected_firms", "regency"] in first.explanation[WITHHELD]
    regencies = Cell.objects.filter(release=first, area_level="regency", measure="affected_firms")
    told = regencies.exclude(value=None)
    assert regencies.filter(marker="[c]").exists()
    assert not told.filter(value__gt=0).exists()
    frame = shown(first)
    counted = frame.filter(frame["measure"] == "affected_firms")["area"]
    assert set(counted) & set(regencies.values_list("area", flat=True)) == set()
    assert "ID" in set(counted)
    again = make.checked(make.DAY + timedelta(days=30))
    assert ["affected_firms", "regency"] in again.explanation[WITHHELD]


def test_a_measure_of_its_own_keeps_its_levels():
    lonely = {"other": replace(MEASURES["affected_firms"], key="other")}
    assert too_sparse(rows("other", "32", [9, 8]), LEVELS, lonely) == set()
