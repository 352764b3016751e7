"""How rows of datasets are counted: they add up, whatever firms there are."""

from calendar import monthrange
from collections import Counter, defaultdict
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.disclosure.rules import rules_from
from pulih.market.catalogue import entries
from pulih.portal.areas import Areas, Place
from pulih.portal.datasets import DATASETS, frozen, goods, rules_of
from pulih.portal.datasets.base import Moment, Raw, provisional, summed
from pulih.portal.datasets.impact import SCHEMA, counted

PLACES = Areas(
    {
        "ID": Place("ID", "Indonesia", "country", ""),
        "32": Place("32", "Jawa Barat", "province", "ID"),
        "51": Place("51", "Bali", "province", "ID"),
        "3212": Place("3212", "Kab. Indramayu", "regency", "32"),
        "3200": Place("3200", "Jawa Barat", "regency", "32"),
        "5171": Place("5171", "Kota Denpasar", "regency", "51"),
    },
    {},
)
firm = st.fixed_dictionaries(
    {
        "regency_code": st.sampled_from(["3212", "3200", "5171"]),
        "status": st.sampled_from(["CLOSED", "TEMP_NOT_PRODUCING", "", None]),
        "commodity_group": st.sampled_from(["food", "textile", ""]),
        "need": st.lists(st.sampled_from(["capital", "training"]), max_size=3),
        "obstacle": st.none() | st.lists(st.just("sales"), max_size=2),
        "is_affected": st.booleans(),
        "workers": st.integers(0, 99),
    }
)


@given(st.lists(firm, min_size=1, max_size=30))
def test_firms_and_workers_add_up_over_places_and_categories(firms):
    frame = pl.DataFrame(
        [{**one, "province": 0, "regency": 0} for one in firms],
        schema=SCHEMA | {"regency_code": pl.String},
    ).with_columns(pl.col("regency_code").str.slice(0, 2).alias("province_code"))
    rows = list(counted(frame))
    value = {(row.measure, row.area, row.dimension, row.category): row.value for row in rows}
    assert len(value) == len(rows)
    hit = [one for one in firms if one["is_affected"]]
    assert value["affected_firms", "ID", "all", ""] == len(hit)
    assert value["workers_hit", "ID", "all", ""] == sum(one["workers"] for one in hit)
    sums = defaultdict(int)
    for row in rows:
        parent = PLACES.places[row.area].parent
        if parent:
            sums[row.measure, parent, row.dimension, row.category] += row.value
        if row.dimension in ("status", "commodity_group"):
            sums[row.measure, row.area, row.dimension, None] += row.value
    for (measure, area, dimension, category), total in sums.items():
        whole = ("all", "") if category is None else (dimension, category)
        assert value[(measure, area, *whole)] == total
    for row in rows:
        if row.dimension in ("need", "obstacle"):  # Several may be named, each of them once a firm.
            assert row.value <= value["affected_firms", row.area, "all", ""]
        if row.measure == "workers_hit":
            assert row.largest + row.second <= row.value
            assert (row.contributors == 0) == (row.value == 0)


amounts = st.dictionaries(
    st.tuples(st.sampled_from(["32", "51"]), st.just("all"), st.just("")), st.integers(0, 10**12)
)


@given(amounts)
def test_the_country_is_the_sum_of_its_provinces_and_nothing_stated_is_0(values):
    rows = {row.area: row.value for row in summed("test", PLACES, values, ["ID", "32", "51"])}
    assert rows["ID"] == rows["32"] + rows["51"]
    assert rows["32"] == values.get(("32", "all", ""), 0)


@given(st.dates(date(2019, 12, 1), date(2021, 1, 31)))
def test_a_month_is_provisional_from_its_first_day_to_the_last_but_one(day):
    at = Moment(day, datetime(2021, 6, 1, tzinfo=UTC), PLACES)
    months = [f"{year}-{month:02}" for year in (2019, 2020, 2021) for month in range(1, 13)]
    rows = [Raw("paid", "ID", "month", month, 1) for month in months]
    rows += [Raw("paid", "ID", "unit", months[0], 1), Raw("paid", "ID", "all", "", 1)]
    marked = [row.category for row in provisional(at, rows) if row.marker]
    is_last = day.day == monthrange(day.year, day.month)[1]
    assert marked == ([] if is_last else [f"{day:%Y-%m}"])


def test_every_measure_speaks_both_languages_and_stands_once():
    words = frozen(DATASETS)
    assert len(words) == sum(len(each.measures) for each in DATASETS)
    for one in words.values():
        for name in ("label", "definition", "unit", "source", "coverage"):
            assert one[f"{name}_id"]
            assert one[f"{name}_en"]
            assert one[f"{name}_id"] != one[f"{name}_en"] or name == "unit"


def test_counts_of_people_and_firms_are_protected_and_money_is_not():
    rules = rules_of(DATASETS)["measures"]
    people = {"affected_firms", "workers_hit", "people_in_training", "known_firms", "helped_firms"}
    steps = {f"entrepreneurs_{one}" for one in ("applied", "chosen", "certified", "producing")}
    made = {key for key in rules if key.startswith(("makers_", "capacity_"))}
    assert set(rules) == people | steps | made | {"producing_again"}
    assert len(made) == 2 * len(entries())
    assert rules["workers_hit"]["with"] == "affected_firms"
    assert rules["capacity_cloth_mask"]["with"] == "makers_cloth_mask"
    assert all(rule["k"] == 5 for rule in rules.values())


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda each: each.key)
def test_an_unknown_category_has_no_word_and_no_fault(dataset):
    assert dataset.words("status", "NO_SUCH") is None


COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(["32", "63"]), st.just("good"), st.sampled_from("abc")),
    st.integers(1, 9),
)


@given(made=COUNTS, received=COUNTS)
def test_what_was_made_and_not_received_is_0_once_anything_was_received(made, received):
    both = goods.side_by_side(Counter(made), Counter(received))
    for before, after in zip((made, received), both, strict=True):
        assert {spot: value for spot, value in after.items() if value} == before
        assert set(after) == ((set(made) | set(received)) if made and received else set(before))


def test_of_people_the_few_that_a_count_leaves_out_are_protected_too():
    every = [one for each in DATASETS for one in each.measures]
    inner = [one for one in every if one.within]
    assert {one.key for one in inner if one.rest} == {
        one.key for one in inner if one.unit.en == "people"
    }
    rules = rules_of(DATASETS)["measures"]
    assert rules["entrepreneurs_certified"]["rest"] is True
    alone = [each for each in DATASETS if each.key == "people"]
    assert rules_of(alone)["measures"]["people_in_training"]["rest"] is False


def test_counts_that_lie_within_others_name_some_that_are_published():
    measures = {one.key: one for each in DATASETS for one in each.measures}
    within = {key: one.within for key, one in measures.items() if one.within}
    assert {"affected_firms", "helped_firms", "people_in_training"} < within.keys()
    assert all(measures[outer].kind == "count" for outers in within.values() for outer in outers)
    rules = rules_of(DATASETS)["measures"]
    assert rules["entrepreneurs_chosen"]["within"] == ["entrepreneurs_applied"]
    assert rules_from({"measures": rules}, print)[1] == []
    alone = [each for each in DATASETS if each.key == "impact"]
    assert rules_of(alone)["measures"]["affected_firms"]["within"] == []  # No other is counted.
