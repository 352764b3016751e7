from hypothesis import given
from hypothesis import strategies as st

from pulih.planning.rules.reasons import ReasonFacts, ends_and_between, held_by, rank


def facts(**changed):
    usual = {
        "before": 1_000, "after": 800, "bound": 300, "protected": 0,
        "floor": None, "cap": None, "coverage_after": 0.4,
    }  # fmt: skip
    return ReasonFacts(**(usual | changed))


def test_a_cap_holds_when_the_next_batch_would_cross_it():
    assert held_by(facts(after=1_240, cap=1_250), 0.1, smallest_step=20) == "cap"
    assert held_by(facts(after=1_220, cap=1_250), 0.1, smallest_step=20) != "cap"


def test_a_floor_above_what_is_bound_holds_as_a_floor():
    assert held_by(facts(after=550, floor=550), 0.1, 1) == "floor"
    assert held_by(facts(after=559, floor=550), 0.1, 10) == "floor"
    assert held_by(facts(after=300, floor=250), 0.1, 1) == "bound"
    assert held_by(facts(after=300), 0.1, 1) == "bound"


def test_a_province_of_protected_lines_is_held_by_their_protection():
    assert held_by(facts(after=300, bound=300, protected=300), 0.1, 1) == "protected"


def test_the_worst_off_is_held_by_its_coverage():
    assert held_by(facts(coverage_after=0.1001), 0.1, 1) == "worst"
    assert held_by(facts(coverage_after=0.5), 0.1, 1) == "ceiling"


def test_what_is_served_in_full_needs_no_more():
    assert held_by(facts(coverage_after=1.0), 0.1, 1) == "served"


def test_a_binding_earmark_or_limit_is_named():
    assert held_by(facts(binding=frozenset({"earmark"})), 0.1, 1) == "earmark"
    assert held_by(facts(binding=frozenset({"limit"})), 0.1, 1) == "limit"


def test_a_cap_that_only_the_relaxation_touches_is_no_reason():
    far = facts(after=900, cap=1_250, binding=frozenset({"cap"}))
    assert held_by(far, 0.1, smallest_step=20) == "ceiling"


@given(st.dictionaries(st.text(max_size=3), st.integers(), min_size=1))
def test_the_largest_is_first_and_equals_share_a_place(values):
    largest = max(values, key=values.get)
    assert rank(values, largest) == 1
    assert rank(values, largest, smallest_first=True) == 1 + sum(
        value < values[largest] for value in values.values()
    )


@given(st.integers(0, 60))
def test_no_row_is_lost_between_the_ends(count):
    order = [str(number) for number in range(count)]
    shown = ends_and_between(dict.fromkeys(order, (100, 55)), order)
    assert [*shown.top, *shown.between, *shown.bottom] == order


def test_the_run_between_says_what_its_rows_share():
    order = [str(number) for number in range(34)]
    shown = ends_and_between(dict.fromkeys(order, (1_000, 550)), order)
    assert (len(shown.between), shown.direction, shown.percent) == (20, "down", -45)
    mixed = dict.fromkeys(order, (1_000, 550)) | {"12": (1_000, 1_200)}
    assert ends_and_between(mixed, order).direction == "mixed"
    assert ends_and_between(mixed, order).percent is None
